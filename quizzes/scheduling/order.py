"""The order of a session: the most urgent first, but never two on one statement in a row where it can be helped. Pure.

Questions that share a case stay together in the order of the case: its text is read once.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

type Unit = tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to ask: the statements it rests on, its case ("" for none) and its place there."""

    id: int
    statements: frozenset[str] = frozenset()
    case: str = ""
    position: int = 0


def arrange(asks: Sequence[Ask], after: Ask | None = None) -> list[Ask]:
    """Return `asks`, given most urgent first, in the order to ask them when `after` was the last one asked."""
    units = _units(asks)
    ordered: list[Ask] = []
    last = after
    while units:
        unit = _next(units, last)
        units.remove(unit)
        ordered += unit
        last = unit[-1]
    return ordered


def _units(asks: Sequence[Ask]) -> list[Unit]:
    groups: dict[object, list[Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.case or ask.id, []).append(ask)
    return [tuple(sorted(group, key=lambda ask: (ask.position, ask.id))) for group in groups.values()]


def _next(units: Sequence[Unit], last: Ask | None) -> Unit:
    """Return the unit to ask next. One whose statement more than half of them share cannot wait any longer."""
    if last and last.case:
        for unit in units:
            if unit[0].case == last.case:
                return unit
    held = Counter(statement for unit in units for statement in _statements(unit))
    pressing = {statement for statement, count in held.items() if count > len(units) // 2}
    apart = [unit for unit in units if not (last and last.statements & unit[0].statements)]
    urgent = [unit for unit in apart if pressing & _statements(unit)]
    return next(iter(urgent or apart or units))


def _statements(unit: Unit) -> frozenset[str]:
    return frozenset[str]().union(*(ask.statements for ask in unit))
