"""The second reader: readings that somebody else proposes for what the first one could not read, proved by code."""
