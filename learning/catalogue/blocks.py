"""The blocks of a note in a row: what a course looks for before anything is rendered (statements, callouts, headings).

Pure. Where blocks begin and end is the renderer's knowledge (`structure`), so that both always agree.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from learning.catalogue.source import prepared
from learning.catalogue.structure import Node, parse

type Kind = Literal["paragraph", "item", "heading", "title", "table", "embed", "verbatim", "anchor"]

MAX_BLOCKS = 1_000_000  # reading is linear; the renderer refuses notes with far fewer

_KINDS: dict[str, Kind] = {
    "paragraph": "paragraph",
    "heading": "heading",
    "table": "table",
    "embed": "embed",
    "fence": "verbatim",
    "indented": "verbatim",
    "formula": "verbatim",
}
_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its text as written, without list marks, quote marks and id; lines count from 1.

    An "item" is the first paragraph of a list item, a "title" that of a callout, "verbatim" code or a formula; an
    "anchor" is an id that names a whole list, table or quotation. `callout` is the kind of callout around the block
    ("quote" for a plain quotation, "" for none) and `callout_line` its first line. `stray` is a line that ends in an id
    although the block goes on. `text` of an embed is its target.
    """

    kind: Kind
    line: int
    end: int
    text: str = ""
    id: str = ""
    level: int = 0
    callout: str = ""
    callout_line: int = 0
    stray: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: in which callout, and whether it begins a list item."""

    callout: str = ""
    line: int = 0
    item: bool = False
    found: list[Block] = field(default_factory=list)

    def add(self, kind: Kind, node: Node, text: str = "", anchor: str = "", stray: int = 0) -> None:
        self.found.append(Block(kind, node.line, node.end, text, anchor, node.level, self.callout, self.line, stray))


@lru_cache(maxsize=8)  # several readers ask about one note, one after the other
def blocks(body: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a note whose body begins in line `first_line` of its file, in reading order."""
    place = _Place()
    for node in parse(prepared(body), first_line, MAX_BLOCKS).root.children:
        _walk(node, place)
    return tuple(place.found)


def _walk(node: Node, place: _Place) -> None:
    if node.kind in _KINDS:
        _leaf(node, place)
        return
    if node.kind == "quote":
        place = replace(place, callout=node.callout[0] if node.callout else "quote", line=node.line, item=False)
        if node.callout:
            place.add("title", replace(node, end=node.line), node.callout[2])
    for at, child in enumerate(node.children):
        _walk(child, replace(place, item=node.kind == "item" and at == 0))
    if node.anchor:
        place.add("anchor", node, anchor=node.anchor)


def _leaf(node: Node, place: _Place) -> None:
    kind = _KINDS[node.kind]
    if kind == "paragraph" and place.item:
        kind = "item"
    if kind in ("embed", "table", "verbatim"):
        place.add(kind, node, node.info if kind == "embed" else "")
        if node.anchor:
            place.add("anchor", node, anchor=node.anchor)
        return
    text, anchor = _without_id(" ".join(node.lines))
    stray = next((node.line + at for at, line in enumerate(node.lines[:-1]) if _ID.search(line)), 0)
    place.add(kind, node, text, node.anchor or anchor, stray)


def _without_id(text: str) -> tuple[str, str]:
    found = _ID.search(text.rstrip())
    return (text[: found.start()].rstrip(), found[1]) if found else (text, "")
