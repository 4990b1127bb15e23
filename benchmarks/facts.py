"""How fast bars become a snapshot: `python -m benchmarks.facts`.

Full catalogue for an instrument and its benchmark over 5,000 daily bars of the bundled sample, on one core, after
imports, beside `ta.add_all_ta_features` (the obvious alternative, about a quarter of the catalogue and no labels, dates
or records) on the same frames in the same run; how time grows from 1,000 to 20,000 bars; and 500 instruments in one
process. Medians of the process's own time; the last two use bars made from the sample's own returns, for load only.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from pipeline.facts.build import build_snapshot
from pipeline.market.bars import Bars
from pipeline.market.sources.sample import SampleSource

BARS = 5_000
SIZES = (1_000, 5_000, 20_000)
INSTRUMENTS = 500
PRICES = ["open", "high", "low", "close"]


def median_ms(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each work in milliseconds of this process's own time, rounds taken in turn after a warm-up."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, spent in zip(works, times, strict=True):
            started = time.process_time()
            work()
            spent.append(time.process_time() - started)
    return [1000 * statistics.median(spent[1:]) for spent in times]


def synthetic(bars: Bars, length: int, seed: int = 0) -> Bars:
    """Bars of any length from the sample's own daily shapes, drawn anew: for load, never for facts."""
    rng = np.random.default_rng(seed)
    frame = bars.frame
    drawn = rng.integers(1, len(frame), length)
    returns = frame["close"].to_numpy()[drawn] / frame["close"].to_numpy()[drawn - 1]
    close = 100 * np.exp(np.cumsum(np.log(returns) - np.log(returns).mean()))
    shape = frame[PRICES].to_numpy()[drawn] / frame["close"].to_numpy()[drawn][:, None]
    made = pd.DataFrame(shape * close[:, None], columns=PRICES, index=pd.bdate_range("1945-01-01", periods=length))
    return Bars(bars.instrument, made.assign(volume=frame["volume"].to_numpy()[drawn]), "synthetic", "for load only")


def everything_of_ta(frame: pd.DataFrame) -> None:
    """All indicators of the package ta on a frame."""
    import ta

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        ta.add_all_ta_features(frame.fillna(1.0), *PRICES, "volume")


def peak_mib() -> float:
    """The most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Print the figures."""
    source = SampleSource()
    mine, theirs = (source.load(symbol) for symbol in ("IXIC", "SPX"))
    cut = [Bars(one.instrument, one.frame.iloc[-BARS:], one.source, one.description) for one in (mine, theirs)]

    [whole] = median_ms(15, lambda: build_snapshot(*cut))
    facts = len(build_snapshot(*cut).facts)
    [rival] = median_ms(3, lambda: [everything_of_ta(one.frame) for one in cut])
    print(f"{facts} facts of an instrument and its benchmark, {BARS:,} bars each: {whole:.0f} ms")
    print(f"ta.add_all_ta_features on the same two frames: {rival:,.0f} ms, {rival / whole:.1f} times as long")

    pairs = [(synthetic(mine, size), synthetic(theirs, size, 1)) for size in SIZES]
    times = median_ms(41, *(partial(build_snapshot, *pair) for pair in pairs))
    slopes = [1000 * (times[n + 1] - times[n]) / (SIZES[n + 1] - SIZES[n]) for n in (0, 1)]
    sizes = [f"{size:,}" for size in SIZES]
    print(", ".join(f"{size} bars {spent:.0f} ms" for size, spent in zip(sizes, times, strict=True)) + " (synthetic)")
    print(f"1,000 bars more: {slopes[0]:.2f} ms from {sizes[0]} to {sizes[1]}, {slopes[1]:.2f} ms from {sizes[1]} to "
          f"{sizes[2]}, ratio {slopes[1] / slopes[0]:.2f}")  # fmt: skip

    benchmark, before, marks = synthetic(theirs, BARS, INSTRUMENTS), peak_mib(), []
    started = time.process_time()
    for number in range(INSTRUMENTS):
        build_snapshot(synthetic(mine, BARS, number), benchmark)
        if number + 1 in (INSTRUMENTS // 10, INSTRUMENTS):
            marks.append(peak_mib())
    rate = INSTRUMENTS / (time.process_time() - started)
    print(f"{INSTRUMENTS} instruments in one process: {rate:.1f} a second, peak memory {before:.0f} MiB before, "
          f"{marks[0]:.0f} after {INSTRUMENTS // 10}, {marks[1]:.0f} after {INSTRUMENTS} (synthetic)")  # fmt: skip


if __name__ == "__main__":
    main()
