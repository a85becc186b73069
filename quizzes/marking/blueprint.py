"""What an attempt asks: how many items of each topic, and which. Pure; everything follows from its arguments.

Numbers go by largest remainder, so that they are as near to the weights as whole items can be. Items of a case are
drawn together and stand together, in their order: what is drawn is a *unit*, one item or the items of one case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes.marking.shuffle import shuffled

type Unit[T] = tuple[T, ...]
type Pools[T] = Mapping[str, Sequence[Unit[T]]]  # the units of each topic


@dataclass(frozen=True, slots=True)
class Share:
    """What a draw takes of one topic: `drawn` of the `available` items."""

    topic: str
    available: int
    drawn: int


def quotas(weights: Mapping[str, int], held: Mapping[str, int], count: int) -> dict[str, int]:
    """Share `count` items out among topics by weight, none getting more than it has; what one lacks others give.

    The sum is `count`, or everything held where that is less. Ties go to the topic named first.
    """
    given = dict.fromkeys(weights, 0)
    open_ = [topic for topic in weights if weights[topic] > 0]
    while open_ and (left := count - sum(given[topic] for topic in given)) > 0:
        asked = _largest_remainder({topic: weights[topic] for topic in open_}, left)
        for topic, more in asked.items():
            given[topic] = min(held.get(topic, 0), given[topic] + more)
        open_ = [topic for topic in open_ if given[topic] < held.get(topic, 0)]
    return given


def _largest_remainder(weights: Mapping[str, int], count: int) -> dict[str, int]:
    total = sum(weights.values())
    exact = {topic: Fraction(count * weight, total) for topic, weight in weights.items()}
    whole = {topic: int(share) for topic, share in exact.items()}
    by_remainder = sorted(weights, key=lambda topic: whole[topic] - exact[topic])  # stable: the first named first
    for topic in by_remainder[: count - sum(whole.values())]:
        whole[topic] += 1
    return whole


def plan[T](pools: Pools[T], weights: Mapping[str, int], count: int) -> tuple[Share, ...]:
    """Return how many items of each topic a draw of `count` takes, whatever its seed.

    Cases are not torn apart: a topic that cannot give its quota in whole units gives less, and others make up for it
    where they can.
    """
    held = {topic: sum(len(unit) for unit in pools.get(topic, ())) for topic in weights}
    sums = {topic: _sums([len(unit) for unit in pools.get(topic, ())], count) for topic in weights}
    wanted = quotas(weights, held, count)
    drawn = {topic: max(total for total in sums[topic] if total <= wanted[topic]) for topic in weights}
    for topic in weights if sum(wanted.values()) > sum(drawn.values()) else ():
        most = drawn[topic] + sum(wanted.values()) - sum(drawn.values())
        drawn[topic] = max(total for total in sums[topic] if total <= most)
    return tuple(Share(topic, held[topic], drawn[topic]) for topic in weights)


def allows[T](pools: Pools[T], weights: Mapping[str, int], count: int) -> bool:
    """Return whether every topic can give exactly its share of `count` items."""
    wanted = _largest_remainder(weights, count) if sum(weights.values()) else {}
    drawn = {share.topic: share.drawn for share in plan(pools, weights, count)}
    return bool(wanted) and drawn == wanted


def draw[T](pools: Pools[T], weights: Mapping[str, int], count: int, seed: str) -> list[T]:
    """Return the items that `plan` counts, drawn and put in order by `seed`; those of a case in a row."""
    units = [
        unit
        for share in plan(pools, weights, count)
        for unit in _fill(pools.get(share.topic, ()), share.drawn, f"{seed}:{share.topic}")
    ]
    return [item for place in shuffled(len(units), f"{seed}:drawn") for item in units[place]]


def take[T](units: Sequence[Unit[T]], most: int, seed: str) -> list[Unit[T]]:
    """Return units in random order of as many items as whole units can give, up to `most`."""
    return _fill(units, max(_sums([len(unit) for unit in units], most)), seed)


def _fill[T](units: Sequence[Unit[T]], count: int, seed: str) -> list[Unit[T]]:
    """Return units of exactly `count` items: in random order, each that leaves the rest attainable."""
    turn = [units[i] for i in shuffled(len(units), seed)]
    after = [{0}]  # after[-1 - i]: what the units from i on can add up to
    for unit in reversed(turn):
        after.append(after[-1] | {total + len(unit) for total in after[-1] if total + len(unit) <= count})
    taken: list[Unit[T]] = []
    left = count
    for place, unit in enumerate(turn, start=1):
        if left - len(unit) in after[-1 - place]:
            taken.append(unit)
            left -= len(unit)
    return taken


def _sums(sizes: Sequence[int], most: int) -> set[int]:
    """Return what some of `sizes` can add up to, up to `most`."""
    found = {0}
    for size in sizes:
        found |= {total + size for total in found if total + size <= most}
    return found


def units[T](things: Sequence[tuple[str, T]]) -> list[Unit[T]]:
    """Return (case, item) pairs as units in the order of their first items; "" is no case."""
    found: dict[object, list[T]] = {}
    for place, (case, thing) in enumerate(things):
        found.setdefault(case or place, []).append(thing)
    return [tuple(unit) for unit in found.values()]
