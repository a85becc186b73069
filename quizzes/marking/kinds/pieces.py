"""What the kinds share: a list of pieces with rationales in the file. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learning.catalogue.errors import N_
from quizzes.marking.item import Step
from quizzes.marking.lines import CALLOUT, Line, Report

RATIONALE = re.compile(r"[ \t]*>[ \t]?(.*)$")
INDENT = "  > "
DESIGN = re.compile(r"[ \t]+design::(?:[ \t]+(.*))?$")


@dataclass(frozen=True, slots=True)
class Found:
    """A list entry as it stands in the file: the match of its first line, its rationale, its line, its design."""

    match: re.Match[str]
    rationale: str
    line: int
    design: str = ""


def entries(lines: Sequence[Line], start: int, entry: re.Pattern[str], report: Report) -> tuple[list[Found], int]:
    """Read the list from `start`: entries, each with its indented quote. Return them and where the list ends."""
    found: list[Found] = []
    at = start
    while (here := _past_blanks(lines, at)) < len(lines) and (match := entry.match(lines[here].text)):
        below = lines[here + 1].text if here + 1 < len(lines) else ""
        design = DESIGN.match(below)
        rationale, at = _rationale(lines, here + (2 if design else 1), report)
        if design and not design[1]:
            report(lines[here].number + 1, N_("Expected `key=value` after `design::`."))
        found.append(Found(match, rationale, lines[here].number, (design[1] or "").strip() if design else ""))
    return found, at


def _past_blanks(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].blank:
        at += 1
    return at


def _rationale(lines: Sequence[Line], start: int, report: Report) -> tuple[str, int]:
    said: list[str] = []
    at = start
    while at < len(lines) and (match := RATIONALE.match(lines[at].text)) and not CALLOUT.match(lines[at].text):
        if lines[at].text.startswith(">"):
            report(lines[at].number, N_("Expected two spaces before `>`: a reason is indented below its option."))
        said.append(match[1].rstrip())
        at += 1
    return "\n".join(said).strip("\n"), at


def reason_lines(step: Step) -> list[str]:
    """Return the rationale of `step` as lines of the file."""
    return [f"{INDENT}{line}".rstrip() for line in step.rationale.split("\n") if step.rationale]
