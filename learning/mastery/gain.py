"""What reading a lesson changed: answers before it was finished and after. Pure.

Each response to a question of the lesson's statements counts once, at first sight only, so that a question met again
does not look like learning. Nothing fades.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from learning.mastery.seen import Seen
from learning.mastery.tally import Tally, tally

FEWEST = 3  # responses on either side below which nothing is said


@dataclass(frozen=True, slots=True)
class Gain:
    """Both sides; `enough` on both to say anything; `apart`: the ranges do not overlap."""

    before: Tally
    after: Tally
    enough: bool
    apart: bool


def gains(rows: Iterable[Seen], lesson_of: Mapping[str, str], finished: Mapping[str, int]) -> dict[str, Gain]:
    """Return the gain of each lesson in `finished` (lesson -> seconds since 1970) that has rows, as `kept` has them.

    `lesson_of`: the lesson of each statement.
    """
    found: dict[str, tuple[dict[str, bool], dict[str, bool]]] = {}
    for row in rows:
        lesson = lesson_of.get(row.statement, "")
        if row.first and row.source != "builder" and lesson in finished:
            sides = found.setdefault(lesson, ({}, {}))
            sides[row.at > finished[lesson]][row.act] = row.correct
    return {lesson: _gain(list(before.values()), list(after.values())) for lesson, (before, after) in found.items()}


def _gain(before: Sequence[bool], after: Sequence[bool]) -> Gain:
    one, other = tally(before), tally(after)
    apart = one.high < other.low or other.high < one.low
    return Gain(one, other, min(one.n, other.n) >= FEWEST, apart)
