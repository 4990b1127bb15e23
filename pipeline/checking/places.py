"""Proof of where values stand to one another without a figure: near, in a part of a range, of opposite signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.checking.claims import Near, Opposed, Outcome, Placed, Ref

if TYPE_CHECKING:
    from pipeline.checking.proof import Prover


def near(prover: Prover, claim: Near) -> Outcome:
    """Whether one level lies within so many average true ranges of another."""
    left, right = prover.fact(claim.left), prover.fact(claim.right)
    width = prover.fact(Ref("atr_14", claim.right.instrument))
    if left is None or right is None or width is None:
        return Outcome(None)
    near = abs(left.number - right.number) <= claim.ranges * width.number
    truth = f"{prover.shown(left)} against {prover.shown(right)}"
    return Outcome(near is claim.expected, (left.id, right.id, width.id), truth)


def placed(prover: Prover, claim: Placed) -> Outcome:
    """Whether the close lies in a part of a range."""
    low, high = prover.fact(claim.low), prover.fact(claim.high)
    close = prover.fact(Ref("close", claim.low.instrument))
    if low is None or high is None or close is None or high.number == low.number:
        return Outcome(None)
    place = 100 * (close.number - low.number) / (high.number - low.number)
    inside = claim.least <= place <= claim.most
    return Outcome(inside is claim.expected, (close.id, low.id, high.id), f"{place:.1f}% of the way up")


def opposed(prover: Prover, claim: Opposed) -> Outcome:
    """Whether two values have opposite signs."""
    left, right = prover.fact(claim.left), prover.fact(claim.right)
    if left is None or right is None:
        return Outcome(None)
    truth = f"{prover.shown(left, 'signed')} against {prover.shown(right, 'signed')}"
    signs = left.number * right.number
    return Outcome(signs < 0 if claim.apart else signs > 0, (left.id, right.id), truth)
