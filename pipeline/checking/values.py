"""When a printed figure supports a value: printed precision, never tolerance (all in Decimal)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pipeline.checking.mentions import Figure

ABOUT = Decimal("0.025")
"""How far "about" reaches, as a share of the figure; one unit of its last printed digit is always within reach."""
NEARLY = Decimal("0.03")
"""How far "nearly" reaches below the figure, as a share of it, and never more than half its next step."""


def _rounds_to(value: Decimal, figure: Decimal, step: Decimal) -> bool:
    """Whether a value rounds to a figure at the figure's last printed digit, half up or half even."""
    return any(
        (value / step).quantize(Decimal(1), rounding) * step == figure for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def _next_step(figure: Decimal, step: Decimal) -> Decimal:
    """One unit of the last significant digit: 100 for 2,600, 1 for 2, 0.1 for 2.5."""
    if figure == 0:
        return step
    digits = figure.normalize()
    exponent = digits.as_tuple().exponent
    return max(step, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else step


def supports(value: Decimal, figure: Figure, decimals: int | None = None) -> bool:
    """Whether a magnitude is what the figure says, hedge included.

    decimals: those of the form shown to writers; a figure may be rounded from the stored value or from that form.
    """
    forms = [value]
    if decimals is not None:
        forms.append(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    printed, step = figure.value, figure.step
    exact = any(_rounds_to(form, printed, step) for form in forms)
    wide = _next_step(printed, step)
    if figure.rough and printed > 1:
        wide = Decimal(1) if printed == printed.to_integral_value() else Decimal("0.5")
    least = printed - step if figure.rough else max(printed - wide / 2, printed * (1 - NEARLY))
    match figure.hedge:
        case "":
            return exact
        case "about":
            return exact or abs(value - printed) <= max(step, printed * ABOUT)
        case "over":
            return printed < value < printed + wide
        case "at_least":
            return printed <= value < printed + wide
        case "under":
            return least <= value < printed
        case "less":
            return printed - wide <= value < printed
        case "at_most":
            return least <= value <= printed
        case _:
            return False
