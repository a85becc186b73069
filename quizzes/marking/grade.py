"""From marks to a grade: a scaled score with its range, and what each topic says. Pure.

Method, as the pages state it: share = points / points there were, unanswered items counting 0;
score = 100 + 900 * share, so that nothing right is 100 and everything is 1000.
Range: the 95 % interval of Wilson (1927) for that share on as many observations as there were items. It says how far
the score would move if other items of the same kind had been drawn; it knows nothing of luck in guessing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

LOWEST, HIGHEST = 100, 1000
Z = 1.959963984540054  # 95 %
FEWEST = 5  # items of a topic below which nothing is said of it


@dataclass(frozen=True, slots=True)
class Marked:
    """An item's mark, and its topic."""

    topic: str
    points: Decimal
    of: Decimal

    @property
    def right(self) -> bool:
        """Whether nothing was lost."""
        return self.points == self.of


@dataclass(frozen=True, slots=True)
class Part:
    """How a number of items went: how many were right, and the share of points, in percent with its range."""

    topic: str  # "" for all
    right: int
    items: int
    percent: int
    low: int
    high: int

    @property
    def enough(self) -> bool:
        """Whether there are items enough to say anything."""
        return self.items >= FEWEST


@dataclass(frozen=True, slots=True)
class Grading:
    """The grade of an attempt."""

    scaled: int  # 100-1000
    low: int
    high: int
    whole: Part
    topics: tuple[Part, ...]  # in the order in which they first occur

    def as_json(self) -> dict[str, Any]:
        """Return it ready to be stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Grading":
        """Return what `as_json` stored."""
        whole, topics = Part(**stored["whole"]), tuple(Part(**part) for part in stored["topics"])
        return cls(stored["scaled"], stored["low"], stored["high"], whole, topics)


def grade(marked: Sequence[Marked]) -> Grading:
    """Return the grade of these items. Raises ValueError when there are none."""
    if not marked:
        raise ValueError("Nothing to grade.")
    low, high = wilson(_share(marked), len(marked))
    topics = dict.fromkeys(one.topic for one in marked)
    return Grading(
        scaled=scaled(_share(marked)),
        low=scaled(low),
        high=scaled(high),
        whole=part("", marked),
        topics=tuple(part(topic, [one for one in marked if one.topic == topic]) for topic in topics),
    )


def part(topic: str, marked: Sequence[Marked]) -> Part:
    """Return how these items went."""
    share = _share(marked)
    low, high = wilson(share, len(marked))
    right = sum(one.right for one in marked)
    return Part(topic, right, len(marked), *(_rounded(100 * float(value)) for value in (share, low, high)))


def scaled(share: Fraction | float) -> int:
    """Return the scaled score of a share, rounded half up."""
    return LOWEST + _rounded((HIGHEST - LOWEST) * share)


def wilson(share: Fraction | float, count: int) -> tuple[float, float]:
    """Return the 95 % range of a share seen in `count` observations, between 0 and 1; (0, 1) without any."""
    if count == 0:
        return 0.0, 1.0
    seen, square = float(share), Z * Z
    middle = seen + square / (2 * count)
    reach = Z * sqrt(seen * (1 - seen) / count + square / (4 * count * count))
    low, high = ((middle + sign * reach) / (1 + square / count) for sign in (-1, 1))
    return max(0.0, min(low, seen)), min(1.0, max(high, seen))


def _share(marked: Iterable[Marked]) -> Fraction:
    marks = list(marked)
    of = sum((Fraction(one.of) for one in marks), Fraction(0))
    return sum((Fraction(one.points) for one in marks), Fraction(0)) / of if of else Fraction(0)


def _rounded(value: Fraction | float) -> int:
    return int(value + Fraction(1, 2)) if isinstance(value, Fraction) else int(value + 0.5)
