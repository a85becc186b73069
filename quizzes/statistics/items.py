"""What the answers say of one item: how hard it is, whether it tells learners apart, what its options do. Pure.

Counted is the first time each learner had the question marked: who sees it again knows it already.

Facility: the mean share of points, with Wilson's 95 % range. Discrimination: the corrected item-total correlation, the
item's share against the share of the *other* items of the same attempt (its rest score), so that the item is not
correlated with itself; Moodle and the textbooks call it the same. Learners whose attempt had fewer than FEWEST_REST
other marked items have no rest score and do not count in it. Where attempts drew different items, rest scores are
shares of items that differ in difficulty; that makes the correlation a little lower than it would be, never higher.
Thirds: the learners at or above the rest score of the best third, and those at or below that of the last; who ties at
the border is in, so the groups may be larger than a third and their sizes are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.statistics.rates import Rate, Relation, median, rate, relation

FEWEST = 10  # responses below which no facility, time or option is judged
FEWEST_RELATED = 30  # below which no discrimination is told
FEWEST_REST = 5  # other marked items that make a rest score


@dataclass(frozen=True, slots=True)
class Seen:
    """A learner's first marked response to the item.

    `share`: points by points there were, 0 to 1. `hits`: what it says of the item's pieces: of a choice the options
    chosen, of an ordering the steps and of a matching the rows that were put right. `rest`: the share of the other
    items of its attempt, 0 to 1, or None. `seconds`: 0 when not known. `confidence`: "guess", "maybe", "sure" or "".
    """

    share: float
    hits: frozenset[int] = frozenset()
    blank: bool = False
    rest: float | None = None
    seconds: int = 0
    confidence: str = ""

    @property
    def right(self) -> bool:
        """Whether nothing was lost."""
        return self.share == 1


@dataclass(frozen=True, slots=True)
class Piece:
    """How often a piece was hit: by all, by the best third and by the last. `right`: whether the key has it."""

    position: int
    right: bool
    all: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Thirds:
    """How many learners the best and the last third hold, ties included."""

    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class ItemNumbers:
    """What there is to say of an item. `n` counts learners; what is None is not enough yet, or cannot be told."""

    n: int
    facility: Rate | None
    discrimination: Relation | None
    related: int  # learners with a rest score
    thirds: Thirds | None
    pieces: tuple[Piece, ...]
    blank: int
    seconds: float | None  # the median of those known
    timed: int
    sure_wrong: Rate | None  # of those who said how sure they were
    told: int  # how many did


def item_numbers(seen: Sequence[Seen], pieces: Mapping[int, bool]) -> ItemNumbers:
    """Return the numbers of an item with these `pieces` (position: whether the key has it)."""
    related = [one for one in seen if one.rest is not None]
    top, bottom = thirds(related)
    times = [one.seconds for one in seen if one.seconds]
    told = [one for one in seen if one.confidence]
    return ItemNumbers(
        n=len(seen),
        facility=rate([one.share for one in seen]) if len(seen) >= FEWEST else None,
        discrimination=_discrimination(related),
        related=len(related),
        thirds=Thirds(len(top), len(bottom)) if top else None,
        pieces=tuple(
            Piece(place, right, *(sum(place in one.hits for one in group) for group in (seen, top, bottom)))
            for place, right in pieces.items()
        ),
        blank=sum(one.blank for one in seen),
        seconds=median(times) if len(times) >= FEWEST else None,
        timed=len(times),
        sure_wrong=rate([float(_sure_wrong(one)) for one in told]) if len(told) >= FEWEST else None,
        told=len(told),
    )


def thirds(related: Sequence[Seen]) -> tuple[list[Seen], list[Seen]]:
    """Return the best and the last third of those with a rest score, ties in; nobody when they cannot be told apart."""
    scores = sorted(one.rest for one in related if one.rest is not None)
    size = len(scores) // 3
    if not size or scores[-size] <= scores[size - 1]:
        return [], []
    low, high = scores[size - 1], scores[-size]
    kept = [one for one in related if one.rest is not None]
    return [one for one in kept if _rest(one) >= high], [one for one in kept if _rest(one) <= low]


def _rest(one: Seen) -> float:
    return one.rest or 0.0


def _sure_wrong(one: Seen) -> bool:
    return one.confidence == "sure" and not one.right


def _discrimination(related: Sequence[Seen]) -> Relation | None:
    if len(related) < FEWEST_RELATED:
        return None
    return relation([one.share for one in related], [_rest(one) for one in related])
