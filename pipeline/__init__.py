"""Technical Trader: bars in, proved market articles out."""

__version__ = "0.1.0"
