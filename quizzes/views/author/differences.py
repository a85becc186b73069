"""Two texts line by line: what stayed, what came, what went. Knows no rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff

AROUND = 3  # lines shown around a change


@dataclass(frozen=True, slots=True)
class Change:
    """A line and what became of it: "+" it came, "-" it went, " " it stayed, "@" lines were left out here."""

    sign: str
    text: str


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, list[Change]]]:
    """Return the changes by language, in which there are any."""
    found = [(lang, changes(before.get(lang, ""), after.get(lang, ""))) for lang in sorted({*before, *after})]
    return [(lang, lines) for lang, lines in found if lines]


def changes(before: str, after: str) -> list[Change]:
    """Return the unified difference of two texts, without its head."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=AROUND))[2:]
    return [Change(line[0], "" if line[0] == "@" else line[1:]) for line in lines]
