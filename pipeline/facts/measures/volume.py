"""Volume, where it is real: against its averages, on up and down days, on-balance volume and money flow.

An index has none: the volume printed for it is that of an exchange or of its members. Then these are gaps, and an
article may tell those of a named proxy.
"""

from __future__ import annotations

from decimal import Decimal

from pipeline.facts import series
from pipeline.facts.catalogue import Label, Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View
from pipeline.facts.words import combine, window_words

HEAVY, LIGHT = Decimal("1.2"), Decimal("0.8")
RATIO_LABELS = (Label("heavy", (), at_least=HEAVY), Label("light", (), at_most=LIGHT))
"""What earns the words of vocabulary/volume.tsv."""
RATIO_SOURCE = f"House rule: heavy at {HEAVY} times the 20-session average or more, light at {LIGHT} times or less"
SMALLEST = Decimal("0.000001")
DIRECTIONS = (Label("up", (), at_least=SMALLEST), Label("down", (), at_most=-SMALLEST), Label("flat", ()))
NOISE = 1e-12
GRANVILLE = "Granville, 1963, as TA-Lib has it: an unchanged close adds nothing"


@measure("volume", unit=Unit.VOLUME, kind=Kind.INDICATOR, decimals=0, limits=(0, None), needs_volume=True,
         phrases=("volume", "trading volume", "share volume", "dollar volume", "daily volume", "day's volume",
                  "session's volume", "volume for the day", "volume for the session", "volume on the day",
                  "volume of the session", "turnover", "changed hands", "shares changed hands",
                  "shares traded", "share turnover", "total volume"))  # fmt: skip
def volume(view: View) -> Found:
    """Volume of the as-of session."""
    return Found(float(series.volumes(view, 1)[-1]), bars=1)


def average(view: View, window: int) -> float:
    """Mean volume of the last sessions, the as-of included."""
    return float(series.volumes(view, window).mean())


def against_averages(window: int) -> tuple[Measure, ...]:
    """The mean volume of a window, and the as-of session's as a multiple of it and of the mean before the session."""
    spans = window_words(window)
    usual = window == 20  # what prose means by an average without its window

    @measure(f"volume_sma_{window}", unit=Unit.VOLUME, kind=Kind.INDICATOR, decimals=0, window=window, bars=window,
             limits=(0, None), needs_volume=True,
             phrases=(*combine(spans, ("average volume", "average daily volume", "average trading volume",
                                       "average turnover", "volume average", "average of volume",
                                       "moving average of volume", "mean volume", "avg volume", "avg. volume",
                                       "volume avg",
                                       "volume SMA", "volume MA", "daily average", "volume moving average")),
                      *combine(("average volume", "average daily volume", "avg volume", "mean volume", "volume average",
                                "average trading volume"),
                               (f"({window} days)", f"({window}d)", f"({window}-day)", f", {window} days",
                                f"over {window} days",
                                f"over {window} sessions", f"over the last {window} sessions", f"({window})",
                                f"of {window} sessions", f"of the last {window} sessions", f"for {window} days",
                                f"over the past {window} sessions", f"over {window}d", f"({window} sessions)")),
                      *(("average volume", "average daily volume", "average trading volume") if usual else ())),
             meaning=f"Mean volume of the last {window} sessions, the as-of included")  # fmt: skip
    def mean(view: View) -> Found:
        return Found(average(view, window), bars=window)

    @measure(f"volume_ratio_{window}", unit=Unit.RATIO, kind=Kind.INDICATOR, window=window, bars=window,
             limits=(0, window), of=f"volume_sma_{window}", needs_volume=True, labels=RATIO_LABELS if usual else (),
             source=RATIO_SOURCE if usual else "",
             phrases=(f"ratio of volume to its {window}-day average",
                      *combine(spans, ("volume ratio", "relative volume")),
                      *combine(("volume vs", "volume vs.", "volume versus", "volume to", "volume against", "volume /",
                                "ratio to", "volume relative to", "volume as a multiple of"),
                               ("", "its", "the"), spans, ("average", "avg", "avg.", "mean")),
                      *(("volume ratio", "relative volume") if usual else ())),
             meaning=f"Volume / volume_sma_{window}")  # fmt: skip
    def ratio(view: View) -> Found:
        value = multiple(view, average(view, window), window)
        return Found(value, bars=window, of=("volume", f"volume_sma_{window}"))

    @measure(f"volume_ratio_{window}_prior", unit=Unit.RATIO, kind=Kind.INDICATOR, window=window, bars=window + 1,
             limits=(0, None), of="volume", needs_volume=True,
             phrases=(f"ratio of volume to the average of the {window} sessions before",
                      *combine(("the average of the",), ("prior", "previous", "preceding"), (str(window),),
                               ("sessions", "days", "trading days")),
                      *combine(("the average of the",), (f"{window} sessions", f"{window} days"), ("before",)),
                      *combine(("prior", "previous", "preceding"), spans, ("average", "average volume", "avg")),
                      *combine(("prior", "previous", "preceding"), (f"{window} sessions'", f"{window} days'"),
                               ("average", "average volume", "avg", "volume"))),
             meaning=f"Volume / mean of the {window} sessions before the as-of")  # fmt: skip
    def ratio_prior(view: View) -> Found:
        before = float(series.volumes(view, window + 1)[:-1].mean())
        return Found(multiple(view, before, window), bars=window + 1, of=("volume",))

    return mean, ratio, ratio_prior


def multiple(view: View, of: float, window: int) -> float:
    """The as-of session's volume as a multiple of a mean."""
    if not of:
        raise Missing(f"has no value: nothing was traded over {window} sessions")
    return float(series.volumes(view, 1)[-1]) / of


def signed_volume(view: View, window: int) -> tuple[float, float]:
    """Volume of the last sessions with a higher and with a lower close; an unchanged close counts in neither."""
    import numpy as np

    moves, traded = np.diff(view.close[-window - 1 :]), series.volumes(view, window)
    return float(traded[moves > 0].sum()), float(traded[moves < 0].sum())


def on_days(way: str, window: int) -> Measure:
    """The volume of the sessions that closed one way."""
    sessions = ("sessions", "days")
    bare = (
        f"{way} volume", f"{way}-day volume",
        *combine(("volume",), ("on", "in", "of"), (way,), sessions),
        *combine(("volume",), ("on", "in", "of"), ("the",), (way,), sessions),
        *combine(("on", "in"), (way,), sessions),
    )  # fmt: skip
    higher = "higher" if way == "up" else "lower"

    @measure(f"{way}_volume_{window}", unit=Unit.VOLUME, kind=Kind.INDICATOR, decimals=0, window=window,
             bars=window + 1, limits=(0, None), needs_volume=True,
             phrases=(*combine(window_words(window), (f"{way} volume", f"{way}-day volume")),
                      *(bare if window == 20 else ())),
             meaning=f"Volume of the sessions with a {higher} close among the last {window}")  # fmt: skip
    def traded(view: View) -> Found:
        return Found(signed_volume(view, window)[way == "down"], bars=window + 1)

    return traded


@measure("obv_change_20", unit=Unit.VOLUME, kind=Kind.POINTS, decimals=0, window=20, bars=21, needs_volume=True,
         source=GRANVILLE,
         phrases=("on-balance volume", "OBV", "on balance volume", "20-day change in on-balance volume",
                  "change in on-balance volume"))  # fmt: skip
def obv_change_20(view: View) -> Found:
    """On-balance volume minus its value 20 sessions before."""
    up, down = signed_volume(view, 20)
    day = view.day(-21)
    return Found(up - down, 21, start=day, end=view.as_of, dates=(day,), of=("up_volume_20", "down_volume_20"))


@measure("obv_direction_20", unit=Unit.LABEL, kind=Kind.LABEL, window=20, bars=21, of="obv_change_20",
         labels=DIRECTIONS, needs_volume=True, source=f"{GRANVILLE}; up, down or flat")  # fmt: skip
def obv_direction_20(view: View) -> Found:
    """Sign of obv_change_20."""
    up, down = signed_volume(view, 20)
    return Found("up" if up > down else "down" if up < down else "flat", bars=21, of=("obv_change_20",))


@measure("mfi_14", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=15, limits=(0, 100), needs_volume=True,
         source="Quong and Soudack, 1989",
         phrases=("MFI", "money flow index", "money-flow index", "MFI(14)", "MFI (14)", "14-day MFI",
                  "14-day money flow index", "14-session money flow index"))  # fmt: skip
def mfi_14(view: View) -> Found:
    """Money flow index."""
    import numpy as np

    typical = (view.high[-15:] + view.low[-15:] + view.close[-15:]) / 3
    moves, flow = np.diff(typical), typical[1:] * series.volumes(view, 14)
    least = NOISE * typical[1:]  # equal sums of three prices may differ in the last bit
    into, out = float(flow[moves > least].sum()), float(flow[moves < -least].sum())
    if not into + out:
        raise Missing("has no value while no volume moves the typical price over 14 bars")
    return Found(100 * into / (into + out), bars=15)


@measure("cmf_20", unit=Unit.RATIO, kind=Kind.INDICATOR, window=20, bars=20, limits=(-1, 1), needs_volume=True,
         source="Chaikin",
         phrases=("CMF", "Chaikin money flow", "CMF(20)", "20-day Chaikin money flow", "20-day CMF",
                  "Chaikin's money flow"))  # fmt: skip
def cmf_20(view: View) -> Found:
    """Chaikin money flow, -1 to 1."""
    from ta.volume import ChaikinMoneyFlowIndicator

    if not series.volumes(view, 20).any():
        raise Missing("has no value: nothing was traded over 20 sessions")
    frame = view.tail(20)
    found = ChaikinMoneyFlowIndicator(frame["high"], frame["low"], frame["close"], frame["volume"], 20)
    return Found(float(found.chaikin_money_flow().iloc[-1]), bars=20)


MEASURES: tuple[Measure, ...] = (
    volume, *against_averages(20), *against_averages(50),
    *(on_days(way, window) for window in (20, 50) for way in ("up", "down")),
    obv_change_20, obv_direction_20, mfi_14, cmf_20,
)  # fmt: skip
