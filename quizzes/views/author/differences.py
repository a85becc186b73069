"""Two texts line by line: what stayed, what came, what went. Knows no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    """Return what differs in two texts with some lines around it; a "@" wherever lines are left out, and only there."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Change] = []
    shown = 0  # lines of the old text, up to here
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        if found or group[0][1]:
            found.append(Change("@", ""))
        for tag, i1, i2, j1, j2 in group:
            found += _changed(tag, old[i1:i2], new[j1:j2])
        shown = group[-1][2]
    return [*found, Change("@", "")] if found and shown < len(old) else found


def _changed(tag: str, old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return the lines of one piece: as they stayed, or what went and then what came."""
    if tag == "equal":
        return [Change(" ", line) for line in new]
    return [Change("-", line) for line in old] + [Change("+", line) for line in new]
