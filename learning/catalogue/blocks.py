"""A note cut into its blocks, by lines: paragraphs, list items, headings, table rows and callouts, each with its line.

Pure. It finds what a course needs before anything is rendered (statements, callouts, headings); it makes no HTML. Code
and comments hold no blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

type Kind = Literal["paragraph", "item", "heading", "table", "title", "anchor"]

_QUOTE = re.compile(r"^[ \t]{0,12}((?:>[ \t]?)+)(.*)$")
_FENCE = re.compile(r"^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})")
_CALLOUT = re.compile(r"^\s*\[!([\w-]+)\][-+]?\s*(.*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[.\]\s+)?(.*)$")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)\s*$")
_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)$")


@dataclass(slots=True)
class Block:
    """One block: its text as written, without list marks, quote marks and id; `line` counts from 1.

    An "anchor" is an id on a line of its own: it names the whole table, list or quotation above it. `callout` is the
    kind of callout around it ("quote" for a plain quotation, "" for none) and `callout_line` its first line. `stray` is
    a line that ends in an id although the block goes on.
    """

    kind: Kind
    line: int
    pieces: list[str] = field(default_factory=list)
    id: str = ""
    level: int = 0
    callout: str = ""
    callout_line: int = 0
    stray: int = 0

    @property
    def text(self) -> str:
        """Return the lines of the block as one."""
        return " ".join(self.pieces).strip()


def prose(body: str) -> Iterator[tuple[int, int, str]]:
    """Yield (index from 0, depth of quotation, line without quote marks) for the lines outside code and comments."""
    fence, fence_depth, comment = "", 0, False
    for index, line in enumerate(body.split("\n")):
        quote = _QUOTE.match(line)
        depth, inner = (quote[1].count(">"), quote[2]) if quote else (0, line)
        if fence and fence_depth > depth:
            fence = ""  # the quotation around the code ended, and the code with it
        if fence:
            fence = "" if _closes(inner, fence) else fence
        elif mark := _FENCE.match(inner):
            fence, fence_depth = mark[1], depth
        elif inner.count("%%") % 2:
            comment = not comment
        elif not comment:
            yield index, depth, inner


def _closes(line: str, fence: str) -> bool:
    mark = line.strip()
    return len(mark) >= len(fence) and not mark.strip(fence[0])


def blocks(body: str, first_line: int = 1) -> list[Block]:
    """Return the blocks of a note whose body begins in line `first_line` of its file."""
    reader = _Reader()
    for index, depth, line in prose(body):
        reader.take(index + first_line, depth, line)
    return reader.found


class _Reader:
    """Takes line after line and keeps the block that is open."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.open: Block | None = None
        self.next_line = 0
        self.depth = 0
        self.callout = ("", 0)

    def take(self, number: int, depth: int, line: str) -> None:
        if number != self.next_line or depth != self.depth or not line.strip() or _RULE.match(line):
            underlined = depth == self.depth and number == self.next_line and self._underline(line)
            self.open = None
            self._enter(number, depth)
            if underlined or not line.strip() or _RULE.match(line):
                self.next_line = number + 1
                return
        self.next_line = number + 1
        self._read(number, line)

    def _enter(self, number: int, depth: int) -> None:
        if depth == 0:
            self.callout = ("", 0)
        elif depth > self.depth:
            self.callout = ("quote", number)
        self.depth = depth

    def _read(self, number: int, line: str) -> None:
        if self.depth and (title := _CALLOUT.match(line)) and self.open is None:
            self.callout = (title[1].lower(), number)
            self._start("title", number, title[2])
            self.open = None
        elif heading := _HEADING.match(line):
            self._start("heading", number, heading[2].rstrip("# "), level=len(heading[1]))
            self.open = None
        elif item := _ITEM.match(line):
            self._start("item", number, item[1])
        elif line.lstrip().startswith("|"):
            self._start("table", number, line.strip())
            self.open = None
        elif not self._underline(line):
            self._continue(number, line.strip())

    def _start(self, kind: Kind, number: int, text: str, level: int = 0) -> None:
        self.open = Block(kind, number, level=level, callout=self.callout[0], callout_line=self.callout[1])
        self.found.append(self.open)
        self._add(self.open, text)

    def _continue(self, number: int, text: str) -> None:
        if self.open is None:
            self._start("anchor" if self._names_last(text) else "paragraph", number, text)
            return
        if self.open.id:
            self.open.id, self.open.stray = "", number - 1
        self._add(self.open, text)

    def _names_last(self, text: str) -> bool:
        """Tell whether `text` is an id on a line of its own, which names the table, list or quotation above it."""
        last = self.found[-1] if self.found else None
        return bool(last and _ID.fullmatch(text) and (last.kind in ("table", "item") or last.callout))

    def _underline(self, line: str) -> bool:
        """Make a heading of the open one-line paragraph when `line` underlines it."""
        block = self.open
        if not (block and block.kind == "paragraph" and len(block.pieces) == 1 and _UNDERLINE.match(line)):
            return False
        block.kind, block.level = "heading", 1 if "=" in line else 2
        self.open = None
        return True

    def _add(self, block: Block, text: str) -> None:
        text = text.rstrip()
        if named := _ID.search(text):
            block.id, text = named[1], text[: named.start()].rstrip()
        block.pieces.append(text)
