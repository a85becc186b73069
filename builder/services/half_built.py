"""A design to complete or repair: one of a scenario's wrong designs from which, where possible, a part was taken too.

Knows no rows, no clock and no chance: the same seed always gives the same design.
"""

from collections.abc import Iterator
from hashlib import sha256

from builder.engine.design import Design, changed
from builder.engine.explain import changes
from builder.engine.rules import Rule
from builder.engine.scenario import Scenario as Task
from builder.engine.scenario import empty_design
from builder.engine.score import FULL, score

KEPT = (".launch", ".azs")  # taking these away would not leave a gap, but another design


def half_built(task: Task, rules: tuple[Rule, ...], seed: str) -> Design:
    """Return a design below full marks, and never the one that the scenario starts with.

    Raises ValueError for a scenario that lists no wrong design.
    """
    wrong = [design for design, _score in task.wrong if design != task.start]
    if not wrong:
        raise ValueError(task.id)
    chosen = wrong[_number(seed) % len(wrong)]
    gaps = [one for one in _with_a_gap(chosen) if one != task.start and score(one, task, rules).score < FULL]
    return gaps[_number(f"{seed}:gap") % len(gaps)] if gaps else chosen


def _with_a_gap(design: Design) -> Iterator[Design]:
    """`design` with one part taken away, in every way."""
    for change in changes(design, empty_design(len(design.services))):
        if not change.path.endswith(KEPT):
            after = list(change.after) if isinstance(change.after, tuple) else change.after
            fewer = changed(design, {change.path: after})
            if fewer != design:
                yield fewer


def _number(seed: str) -> int:
    return int.from_bytes(sha256(seed.encode()).digest()[:8])
