"""Ordering: a numbered list in the right order. Pure.

```
1. Provision instances
2. The agent registers
3. Tasks are placed
```
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from learning.catalogue.errors import N_
from quizzes.marking.item import Response, Step
from quizzes.marking.kinds.pieces import entries, reason_lines
from quizzes.marking.lines import Line, Report
from quizzes.marking.shuffle import shuffled

ENTRY = re.compile(r"[0-9]{1,3}[.)](?:[ \t]+(.*))?$")
MAX_STEPS = 12


@dataclass(frozen=True, slots=True)
class OrderingView:
    """What a learner may see of an ordering: the steps, in an order that says nothing."""

    pieces: tuple[str, ...]
    kind: ClassVar[str] = "ordering"


@dataclass(frozen=True, slots=True)
class Ordering:
    """Steps in their right order. A response lists the view's positions, first step first."""

    steps: tuple[Step, ...]
    kind: ClassVar[str] = "ordering"

    def public_view(self, seed: str) -> OrderingView:
        """Return the steps in an order that depends on `seed` only."""
        return OrderingView(tuple(step.text for step in self.told(seed)))

    def told(self, seed: str) -> tuple[Step, ...]:
        """Return the steps in the view's order."""
        return tuple(self.steps[i] for i in shuffled(len(self.steps), seed))

    def key(self, seed: str) -> Response:
        """Return the view's positions in the right order."""
        order = shuffled(len(self.steps), seed)
        return tuple(order.index(i) for i in range(len(order)))

    def proves(self) -> tuple[str, ...]:
        """Return what the steps cite."""
        return tuple(dict.fromkeys(slug for step in self.steps for slug in step.cites))

    def accepts(self, response: Response) -> bool:
        """Return whether `response` names steps of this item, each once; fewer than all is incomplete."""
        return set(response) <= set(range(len(self.steps))) and len(set(response)) == len(response)

    def share(self, response: Response, seed: str) -> Fraction:
        """Return the share of steps that stand in their place."""
        placed = sum(given == right for given, right in zip(response, self.key(seed), strict=False))
        return Fraction(placed, len(self.steps))

    def lines(self) -> list[str]:
        """Return the numbered list."""
        return [
            line
            for number, step in enumerate(self.steps, start=1)
            for line in (f"{number}. {step.text}", *reason_lines(step))
        ]


def starts(text: str) -> bool:
    """Return whether a line begins a numbered list."""
    return bool(ENTRY.match(text))


def parse(lines: Sequence[Line], start: int, report: Report) -> tuple[Ordering | None, int]:
    """Read the numbered list that begins at `start`; return it and where it ends."""
    before = len(report.problems)
    found, end = entries(lines, start, ENTRY, report)
    for entry in found:
        if not entry.match[1]:
            report(entry.line, N_("Expected the text of the step after its number."))
        if entry.design:
            report(entry.line + 1, N_("`design::` goes with options only, not with this kind."))
    if len(found) < 2:
        report(found[0].line, N_("Expected at least two steps to put in order."))
    if len(found) > MAX_STEPS:
        report(found[MAX_STEPS].line, N_("Expected at most %(limit)s steps."), limit=MAX_STEPS)
    steps = tuple(Step(f.match[1] or "", f.rationale) for f in found)
    return (Ordering(steps) if len(report.problems) == before else None), end
