"""When a printed figure supports a value: printed precision, never tolerance (all in Decimal)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pipeline.checking.mentions import Figure


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
    match figure.hedge:
        case "":
            return exact
        case "about":
            return exact or abs(value - printed) <= max(step, printed * Decimal("0.025"))
        case "over":
            return printed < value < printed + wide
        case "at_least":
            return printed <= value < printed + wide
        case "under":
            return max(printed - wide / 2, printed * Decimal("0.97")) <= value < printed
        case "at_most":
            return max(printed - wide / 2, printed * Decimal("0.97")) <= value <= printed
        case _:
            return False
