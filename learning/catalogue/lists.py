"""Lists as Obsidian writes them: right after a paragraph, indented by tabs, by two or four spaces, loose or not. Pure.

python-markdown reads only its own dialect of lists (four spaces, an empty line before). So the structure of a note is
found here and in `structure`, by CommonMark's rules, and python-markdown gets only the text inside.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learning.catalogue.structure import Node

_MARKER = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])( +|$)")
_TASK = re.compile(r"\[(.)\](?: +|$)")


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a list item: its kind (`-`, `*`, `+`, `.` or `)`), its number, and where its content begins."""

    kind: str
    number: int
    offset: int
    empty: bool

    def interrupts(self) -> bool:
        """Tell whether such an item may follow a line of a paragraph without an empty line between."""
        return not self.empty and (not self.ordered or self.number == 1)

    @property
    def ordered(self) -> bool:
        """Whether items are numbered."""
        return self.kind in ".)"


def marker(line: str) -> Marker | None:
    """Read the list mark that `line` begins with."""
    found = _MARKER.match(line)
    if not found:
        return None
    kind, space = found[2], len(found[3])
    empty = found.end() == len(line)
    # Five spaces or more: one belongs to the mark, the rest is indented code.
    offset = found.end(2) + (1 if empty or space > 4 else space)
    return Marker(kind[-1], int(kind[:-1]) if kind[:-1] else 0, offset, empty)


def is_loose(items: "list[Node]") -> bool:
    """Tell whether an empty line stands between two items, or between two blocks of one."""
    return _has_gap(items) or any(_has_gap(item.children) for item in items)


def _has_gap(blocks: "list[Node]") -> bool:
    return any(after.line > _end(before) + 1 for before, after in pairwise(blocks))


def _end(block: "Node") -> int:
    while block.kind == "list":
        block = block.children[-1]
    return block.end


def task(text: str) -> tuple[str, str] | None:
    """Split the text of a task into its mark (" " when open) and the words; None for other items."""
    found = _TASK.match(text)
    return (found[1], text[found.end() :]) if found else None
