"""Single choice and multiple response: a task list. Pure.

```
choose:: 2
- [x] EC2
  > why it is right
- [ ] Fargate
  design:: launch=fargate azs=2
  > (what the option means in the builder, see quizzes/marking/designs.py)
- [ ] Lambda
  > why it is not
```
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from learning.catalogue.errors import N_
from quizzes.marking.designs import read_design
from quizzes.marking.item import Option, Response, Step
from quizzes.marking.kinds.pieces import entries, reason_lines
from quizzes.marking.lines import Line, Report

ENTRY = re.compile(r"[-*+][ \t]+\[(.)\](?:[ \t]+(.*))?$")
MAX_OPTIONS = 9  # each has a key, 1 to 9


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What a learner may see of a choice: the options, and how many to choose (1 with radio buttons, or a number)."""

    pieces: tuple[str, ...]
    choose: int
    multiple: bool
    kind: ClassVar[str] = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """Options, some of them right. `choose` is the number the file states, None when it leaves it to the options."""

    options: tuple[Option, ...]
    choose: int | None = None
    kind: ClassVar[str] = "choice"

    @property
    def multiple(self) -> bool:
        """Whether several options may be chosen."""
        return self.choose is not None or len(self._right()) > 1

    def public_view(self, seed: str) -> ChoiceView:
        """Return the options without anything that says which are right."""
        return ChoiceView(tuple(o.text for o in self.options), self.choose or len(self._right()), self.multiple)

    def told(self, seed: str) -> tuple[Step, ...]:
        """Return the options in the order of the file."""
        return self.options

    def key(self, seed: str) -> Response:
        """Return the positions of the right options."""
        return tuple(sorted(self._right()))

    def proves(self) -> tuple[str, ...]:
        """Return what the right options cite."""
        return tuple(dict.fromkeys(slug for o in self.options if o.right for slug in o.cites))

    def accepts(self, response: Response) -> bool:
        """Return whether `response` names options of this item, each once, and only one in a single choice."""
        known = set(response) <= set(range(len(self.options)))
        return known and len(set(response)) == len(response) and (self.multiple or len(response) <= 1)

    def share(self, response: Response, seed: str) -> Fraction:
        """Return (right ones chosen - wrong ones chosen) / right ones, never below 0."""
        chosen, right = set(response), self._right()
        return max(Fraction(0), Fraction(len(chosen & right) - len(chosen - right), len(right)))

    def lines(self) -> list[str]:
        """Return the task list."""
        return [
            line
            for option in self.options
            for line in (
                f"- [{'x' if option.right else ' '}] {option.text}",
                *([f"  design:: {option.design}"] if option.design else []),
                *reason_lines(option),
            )
        ]

    def _right(self) -> set[int]:
        return {i for i, option in enumerate(self.options) if option.right}


def starts(text: str) -> bool:
    """Return whether a line begins a task list."""
    return bool(ENTRY.match(text))


def parse(lines: Sequence[Line], start: int, report: Report) -> tuple[Choice | None, int]:
    """Read the task list that begins at `start`; return it and where it ends."""
    before = len(report.problems)
    found, end = entries(lines, start, ENTRY, report)
    for entry in found:
        if entry.match[1] not in " xX":
            report(entry.line, N_("Expected `- [x]` for a right option or `- [ ]` for a wrong one."))
        if not entry.match[2]:
            report(entry.line, N_("Expected the text of the option after the box."))
        if entry.design:
            read_design(entry.design, entry.line + 1, report)
    options = tuple(Option(f.match[2] or "", f.rationale, right=f.match[1] in "xX", design=f.design) for f in found)
    if len(options) < 2:
        report(found[0].line, N_("Expected at least two options."))
    if len(options) > MAX_OPTIONS:
        report(found[MAX_OPTIONS].line, N_("Expected at most %(limit)s options."), limit=MAX_OPTIONS)
    if not any(option.right for option in options):
        report(found[0].line, N_("Expected at least one right option, `- [x]`."))
    return (Choice(options) if len(report.problems) == before else None), end
