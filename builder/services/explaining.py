"""What would be right instead, as JSON that a report keeps: the nearest full-mark design, and whom this one would suit.

Knows no rows. Searched once a process for each design of a scenario's version.
"""

from dataclasses import asdict
from functools import lru_cache

from builder.engine.design import Design
from builder.engine.explain import Change, Wish, nearest_full, when_right
from builder.services.library import Shelf
from builder.services.reports import Given


def explained(design: Design, shelf: Shelf) -> Given:
    """Return `{"nearest": [{path, before, after}], "when_right": {service, requirement, before, after} or None}`."""
    nearest, wish = _searched(design.normalised(), shelf)
    return {"nearest": [_plain(asdict(one)) for one in nearest], "when_right": _plain(asdict(wish)) if wish else None}


@lru_cache(maxsize=512)
def _searched(design: Design, shelf: Shelf) -> tuple[tuple[Change, ...], Wish | None]:
    return nearest_full(design, shelf.task, shelf.rules), when_right(design, shelf.task, shelf.rules)


def _plain(values: Given) -> Given:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
