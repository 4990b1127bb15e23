"""From mentions to ranked readings, blind to values."""
