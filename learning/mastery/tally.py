"""So many right of so many, with the range of the share. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from learning.mastery.beta import interval
from learning.mastery.rules import LEVEL, PRIOR


@dataclass(frozen=True, slots=True)
class Tally:
    """Responses: `right` of `n`, the share and its range Beta(PRIOR + right, PRIOR + wrong), between 0 and 1."""

    n: int
    right: int
    share: float
    low: float
    high: float


def tally(marks: Sequence[bool]) -> Tally:
    """Return the tally of `marks`; without any the share is 0 and the range that of the prior."""
    n, right = len(marks), sum(marks)
    low, high = interval(PRIOR + right, PRIOR + n - right, LEVEL)
    return Tally(n, right, right / n if n else 0.0, low, high)
