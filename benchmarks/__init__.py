"""Measurements of the project, each run by `python -m benchmarks.<name>`."""

from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""The folder of longer real series and expected values that may lie beside a checkout."""
