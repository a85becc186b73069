"""A draw by quotas: so many items of a topic and a difficulty. Pure; everything follows from its arguments.

Items of a case are drawn together, as a unit; a unit is as difficult as its hardest item.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.marking.blueprint import Unit, take
from quizzes.marking.shuffle import shuffled

TURNS = 20  # tries at fitting cases into quotas that share their topic


@dataclass(frozen=True, slots=True)
class Quota:
    """So many items of a topic, of one difficulty (1-5) or of any."""

    topic: str
    difficulty: int | None
    count: int

    def fits(self, topic: str, difficulty: int) -> bool:
        """Whether something of `topic` and `difficulty` may be drawn for it."""
        return topic == self.topic and self.difficulty in (None, difficulty)


@dataclass(frozen=True, slots=True)
class Stocked[T]:
    """A unit that can be drawn."""

    topic: str
    difficulty: int
    unit: Unit[T]


def held[T](stock: Sequence[Stocked[T]], quota: Quota) -> int:
    """Return how many items there are for `quota`, other quotas left aside."""
    return sum(len(one.unit) for one in stock if quota.fits(one.topic, one.difficulty))


def draw_quotas[T](stock: Sequence[Stocked[T]], quotas: Sequence[Quota], seed: str) -> list[T]:
    """Return items for `quotas`, drawn and put in order by `seed`; fewer where there are not as many.

    Quotas of one difficulty are met before those of any. Where a case leaves one of them short, it is tried otherwise.
    """
    wanted = sum(quota.count for quota in quotas)
    fullest: list[Unit[T]] = []
    for turn in range(TURNS):
        units = _drawn(stock, quotas, f"{seed}:{turn}")
        if _size(units) > _size(fullest):
            fullest = units
        if _size(fullest) == wanted:
            break
    return [item for place in shuffled(len(fullest), f"{seed}:drawn") for item in fullest[place]]


def _size[T](units: Sequence[Unit[T]]) -> int:
    return sum(len(unit) for unit in units)


def _drawn[T](stock: Sequence[Stocked[T]], quotas: Sequence[Quota], seed: str) -> list[Unit[T]]:
    left, drawn = list(range(len(stock))), []
    for number, quota in sorted(enumerate(quotas), key=lambda each: each[1].difficulty is None):
        fit = [place for place in left if quota.fits(stock[place].topic, stock[place].difficulty)]
        pool = [tuple((place, item) for item in stock[place].unit) for place in fit]
        for unit in take(pool, quota.count, f"{seed}:{number}"):
            left.remove(unit[0][0])
            drawn.append(tuple(item for _, item in unit))
    return drawn


def spread[T](units: Sequence[Unit[T]], more: Sequence[T], seed: str) -> list[tuple[T, bool]]:
    """Return the items of `units` in their order with each of `more` at a place of chance, never inside a unit.

    The flag says which are from `more`.
    """
    gaps = [shuffled(len(units) + 1, f"{seed}:{number}")[0] for number in range(len(more))]
    placed: list[tuple[T, bool]] = []
    for place in range(len(units) + 1):
        placed += [(item, True) for item, gap in zip(more, gaps, strict=True) if gap == place]
        placed += [(item, False) for item in (units[place] if place < len(units) else ())]
    return placed
