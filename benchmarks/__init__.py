"""Measurements of the project, each run by `python -m benchmarks.<name>`."""
