"""A row of evidence as data, and how much it counts. Pure: the time is a number of seconds since 1970."""

from collections.abc import Iterable
from typing import NamedTuple

from learning.mastery.rules import BUILDER, DAY, FIRST, HALF_LIFE, LUCKY, REPEAT


class Seen(NamedTuple):
    """A response showed that a statement was known (`correct`) or not. Words as in `Observation`; slugs, not keys.

    `number`: of the row, growing; `undoes`: the number of the row this one takes back. `at`: seconds since 1970.
    A named tuple, for ten thousand of them are made for one page.
    """

    number: int
    act: str
    statement: str
    topic: str
    source: str
    subject: str
    version: str
    correct: bool
    confidence: str
    first: bool
    undoes: int | None
    at: int

    @property
    def day(self) -> int:
        """The day of UTC, counted from 1970."""
        return self.at // DAY


def kept(rows: Iterable[Seen]) -> list[Seen]:
    """Return the rows that hold, in the order they were written: without those taken back and those that take back."""
    ordered = sorted(rows)
    undone = {row.undoes for row in ordered if row.undoes is not None}
    if not undone:
        return ordered
    return [row for row in ordered if row.undoes is None and row.number not in undone]


def weight(row: Seen) -> float:
    """Return how much a row counts for mastery on the day it was seen."""
    value = FIRST if row.first else REPEAT
    if row.source == "builder":
        value *= BUILDER
    return value * LUCKY if row.correct and row.confidence == "guess" else value


def fading(days: int) -> float:
    """Return what is left of a weight after `days`; what lies in the future counts as of today."""
    return float(0.5 ** (max(0, days) / HALF_LIFE))
