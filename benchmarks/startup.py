"""How long whole processes take, start to end: python benchmarks/startup.py

Each command runs in a process of its own in an empty folder, once to warm up and then a few times. Prints the median
and the slowest in seconds beside the most the project allows itself on two cores, and exits with 1 if a median is over.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "outputs/2018-12-31/IXIC/article.md"

# arguments of technical-trader, seconds allowed, times measured; write makes the article that check reads
COMMANDS = (
    (("--help",), 0.5, 7),
    (("write",), 4.0, 5),
    (("check", ARTICLE), 0.5, 7),
    (("snapshot",), 4.0, 3),
    (("run",), 40.0, 2),
)


def measure(arguments: tuple[str, ...], times: int, folder: Path) -> list[float]:
    """Seconds of each run of a command but the first. Raises CalledProcessError if one fails."""
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    seconds = []
    for _ in range(times + 1):
        started = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=True)
        seconds.append(time.perf_counter() - started)
    return seconds[1:]


def main() -> int:
    """Measure and print every command."""
    over = 0
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print(f"{'technical-trader':<40} {'median':>7} {'slowest':>8} {'allowed':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for arguments, allowed, times in COMMANDS:
            seconds = measure(arguments, times, Path(folder))
            median = statistics.median(seconds)
            over += median > allowed
            print(f"{' '.join(arguments):<40} {median:7.2f} {max(seconds):8.2f} {allowed:8.2f}", flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
