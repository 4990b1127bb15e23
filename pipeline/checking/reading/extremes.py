"""Highs and lows that are named without their span: "its June 20 peak", "the trough"."""

from __future__ import annotations

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words

DAY = "day"
"""The range of the session, whose high and low have no window in their names."""
_WORDS = words("peak peaks trough troughs zenith apex pinnacle nadir summit")
_FURTHEST = {"high": ("record_close", "record_high"), "low": ("low_52w_close", "low_52w")}
"""Levels meant where nothing was spoken of: the record, and the low of the longest span."""


def is_extreme(stage: Stage, mention: Mention) -> bool:
    """Whether a mention is a high or low without a span."""
    return mention.kind == "record" and bool(_WORDS & set(stage.norms(mention.first, mention.last)))


def levels(stage: Stage, mention: Mention) -> tuple[str, ...]:
    """Levels such a mention may be: the one of its side spoken of last, else the furthest one held."""
    side = "high" if mention.sign > 0 else "low"
    told = [name for m in stage.ms if m.kind == "measure" for name in m.values]
    if "ratio" in told or stage.state.measure.startswith("ratio"):
        return tuple(name for name in (f"ratio_{side}_52w",) if name in stage.measures)
    carried = stage.spoken_of
    spoken = carried.of if carried is not None and carried.of else stage.state.measure
    for name in (*reversed(told), spoken):
        if name.startswith((f"{side}_", f"record_{side}")) or (name == "record_close" and side == "high"):
            return (name,)
    if stage.state.range == DAY:
        return (side,)
    span = f"{side}_{stage.state.range}"
    known = (span, f"{span}_close") if stage.state.range else _FURTHEST[side]
    return tuple(name for name in known if name in stage.measures)
