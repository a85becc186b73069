"""The structure of a note: quotations and callouts, lists, headings, code, tables and paragraphs, as a tree. Pure.

By CommonMark's rules, line by line and in linear time, with Obsidian's additions (callouts, embeds and block ids on
lines of their own, footnotes, `$$` formulas). Text inside blocks is left as it is.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from learning.catalogue.limits import MAX_DEPTH
from learning.catalogue.lists import Marker, marker
from learning.catalogue.tables import alignments, cells

type Kind = Literal[
    "note", "quote", "list", "item", "footnote",
    "paragraph", "heading", "rule", "fence", "indented", "formula", "table", "embed",
]  # fmt: skip

_QUOTE = re.compile(r" {0,3}> ?")
_CALLOUT = re.compile(r" {0,3}\[!([^\[\]\n|]+)(?:\|[^\[\]\n]*)?\]([+-]?)(?: +(.*))?$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?= |$)(.*)$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,}) *(.*)$")
_FORMULA = re.compile(r" {0,3}\$\$ *$")
_EMBED = re.compile(r" {0,3}!\[\[([^\[\]]+)\]\] *(?:\^([A-Za-z0-9-]+) *)?$")
_ANCHOR = re.compile(r" {0,3}\^([A-Za-z0-9-]+) *$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\[\]\s]{1,80})\]:(?: +|$)")
_REFERENCE = re.compile(
    r""" {0,3}\[([^\[\]^][^\[\]]{0,200})\]: *<?([^\s<>]+)>?(?: +("[^"]*"|'[^']*'|\([^()]*\)))? *$"""
)
_STARTS = frozenset(">-*+_=#`~$!^[|:0123456789")  # only such a line can be more than text
_LEAVES = (_HEADING, _FENCE, _FORMULA, _RULE, _EMBED, _ANCHOR)


@dataclass(slots=True)
class Node:
    """One block. `line` and `end` are its first and last line with content; `lines` the text of one without children.

    `level` is a heading's level or an ordered list's first number; `info` the language of code, the mark of a list, the
    label of a footnote or the target of an embed; `offset` how far the content of an item or of code is indented.
    """

    kind: Kind
    line: int
    end: int = 0
    children: list["Node"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    level: int = 0
    info: str = ""
    offset: int = 0
    anchor: str = ""
    callout: tuple[str, str, str] | None = None  # type, fold mark, title
    alignments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """A note's tree, its footnotes by label, its link references by name, and how many blocks it has."""

    root: Node
    footnotes: dict[str, Node]
    references: dict[str, tuple[str, str]]
    count: int


def parse(text: str, first_line: int, max_blocks: int) -> Structure:
    """Find the structure of `text`; reading stops after `max_blocks` blocks (`count` is then larger)."""
    reader = _Reader(first_line)
    for number, line in enumerate(text.split("\n"), start=first_line):
        reader.read(number, line.expandtabs(4) if "\t" in line else line)
        if reader.found.count > max_blocks:
            break
    return reader.found


class _Reader:
    """Takes line after line. `open` holds the open containers, the note first; `leaf` is the open block in the last."""

    def __init__(self, first_line: int) -> None:
        root = Node("note", first_line)
        self.found = Structure(root, {}, {}, 0)
        self.open = [root]
        self.leaf: Node | None = None
        self.number = first_line

    def read(self, number: int, line: str) -> None:
        self.number = number
        depth, rest = self._match(line)
        if self.leaf and depth == len(self.open) and self.leaf.kind in ("fence", "formula"):
            self._verbatim(self.leaf, rest)
        elif not rest.strip():
            self._blank(depth)
        else:
            self._line(depth, rest)

    # Containers

    def _match(self, line: str) -> tuple[int, str]:
        """Return how many open containers `line` goes on in, and what is left of it inside them."""
        for depth, container in enumerate(self.open):
            if depth == 0:
                continue
            inner = self._inside(container, line)
            if inner is None:
                return depth, line
            if line.strip():
                container.end = self.number
            line = inner
        return len(self.open), line

    def _inside(self, container: Node, line: str) -> str | None:
        if container.kind == "quote":
            found = _QUOTE.match(line)
            return line[found.end() :] if found else None
        if not line.strip():  # an item that begins with an empty line ends at the next
            return line if container.children or self.leaf or container.kind == "footnote" else None
        return line[container.offset :] if _indent(line) >= container.offset else None

    def _close(self, depth: int) -> None:
        del self.open[depth:]
        self.leaf = None

    def _add(self, node: Node) -> Node:
        node.end = self.number
        self.open[-1].children.append(node)
        self.found.count += 1
        self._touch()
        return node

    def _touch(self) -> None:
        """Note that all open containers have content in this line."""
        for container in self.open:
            container.end = self.number

    def _enter(self, node: Node, depth: int) -> None:
        self._close(depth)
        if node.kind == "footnote":
            self.found.footnotes.setdefault(node.info, node)
            node.end = self.number
            self.found.count += 1
        else:
            self._add(node)
        self.open.append(node)

    def _containers(self, depth: int, rest: str) -> tuple[int, str]:
        """Open the quotations, items and footnotes that begin in `rest`."""
        while _indent(rest) < 4 and len(self.open[:depth]) <= MAX_DEPTH:
            if quote := _QUOTE.match(rest):
                self._enter(Node("quote", self.number), depth)
                rest = self._callout(rest[quote.end() :])
            elif (item := marker(rest)) and not _RULE.match(rest) and self._may_begin(item, depth):
                self._item(item, depth)
                rest = rest[item.offset :]
            elif footnote := _FOOTNOTE.match(rest):
                self._enter(Node("footnote", self.number, info=footnote[1], offset=4), depth)
                rest = rest[footnote.end() :]
            else:
                break
            depth = len(self.open)
        return depth, rest

    def _callout(self, rest: str) -> str:
        if found := _CALLOUT.match(rest):
            self.open[-1].callout = (found[1].strip().lower(), found[2], (found[3] or "").strip())
            return ""
        return rest

    def _may_begin(self, item: Marker, depth: int) -> bool:
        return depth < len(self.open) or not self._paragraph() or item.interrupts()

    def _item(self, item: Marker, depth: int) -> None:
        self._close(depth)
        siblings = self.open[-1].children
        last = siblings[-1] if siblings else None
        if last is None or last.kind != "list" or last.info != item.kind or last.anchor:
            last = self._add(Node("list", self.number, info=item.kind, level=item.number))
        node = Node("item", self.number, self.number, offset=item.offset)
        last.children.append(node)
        last.end = self.number
        self.found.count += 1
        self.open.append(node)

    # Blocks without children

    def _paragraph(self) -> Node | None:
        return self.leaf if self.leaf and self.leaf.kind == "paragraph" else None

    def _line(self, depth: int, rest: str) -> None:
        first = rest.lstrip(" ")[0]
        if first not in _STARTS and (self._paragraph() or rest[:4] != "    "):
            self._text(depth, rest)
            return
        if depth == len(self.open) and (self._underlined(rest) or self._table(rest)):
            return
        depth, rest = self._containers(depth, rest)
        if not rest.strip():
            return
        if _indent(rest) >= 4 and not self._paragraph():
            self._indented(depth, rest)
        elif _indent(rest) >= 4 or not self._opens(depth, rest):
            self._text(depth, rest)

    def _text(self, depth: int, rest: str) -> None:
        rows = self.leaf if self.leaf and self.leaf.kind == "table" and depth == len(self.open) else None
        if open_block := self._paragraph() or rows:
            open_block.lines.append(rest.strip())
            open_block.end = self.number
            self._touch()
            return
        self._close(depth)
        if not self._reference(rest):
            self.leaf = self._add(Node("paragraph", self.number, lines=[rest.strip()]))

    def _opens(self, depth: int, rest: str) -> bool:
        """Begin the block that `rest` alone tells: a heading, code, a formula, a rule, an embed; or name a block."""
        found = next((match for pattern in _LEAVES if (match := pattern.match(rest))), None)
        if found is None:
            return False
        if found.re is _ANCHOR:
            return self._name(depth, found[1])
        self._close(depth)
        node = self._add(_leaf(found, self.number))
        self.leaf = node if node.kind in ("fence", "formula") else None
        return True

    def _name(self, depth: int, anchor: str) -> bool:
        """Give an id that stands alone to the quotation it ends, the paragraph it follows, or the block above it."""
        above = self.open[depth - 1].children
        quotes = [node for node in self.open[depth:] if node.kind == "quote"]
        named = quotes[0] if quotes else self._paragraph() or (above[-1] if above else None)
        if named is None or named.anchor:
            return False
        named.anchor = anchor
        self._close(depth)
        return True

    def _reference(self, rest: str) -> bool:
        found = _REFERENCE.match(rest)
        if found:
            name = " ".join(found[1].split()).lower()
            self.found.references.setdefault(name, (found[2], (found[3] or "")[1:-1]))
        return found is not None

    def _underlined(self, rest: str) -> bool:
        block, found = self._paragraph(), _UNDERLINE.match(rest)
        if block is None or found is None:
            return False
        block.kind, block.level = "heading", 1 if found[1][0] == "=" else 2
        block.end, self.leaf = self.number, None
        return True

    def _table(self, rest: str) -> bool:
        """Make a table of the last line of the open paragraph when `rest` is a delimiter row for it."""
        block = self._paragraph()
        columns = alignments(rest) if block and "-" in rest else None
        if block is None or columns is None or len(cells(block.lines[-1])) != len(columns):
            return False
        header = block.lines.pop()
        if not block.lines:
            self.open[-1].children.pop()
        self.leaf = self._add(Node("table", self.number - 1, lines=[header], alignments=columns))
        return True

    def _indented(self, depth: int, rest: str) -> None:
        if self.leaf is None or self.leaf.kind != "indented" or depth < len(self.open):
            self._close(depth)
            self.leaf = self._add(Node("indented", self.number))
        self.leaf.lines.append(rest[4:])
        self.leaf.end = self.number
        self._touch()

    def _verbatim(self, leaf: Node, rest: str) -> None:
        self._touch()
        leaf.end = self.number
        closing = rest.strip()
        if _indent(rest) < 4 and len(closing) >= len(leaf.info) and not closing.strip(leaf.info[0]):
            self.leaf = None
        else:
            leaf.lines.append(rest[min(leaf.offset, _indent(rest)) :])

    def _blank(self, depth: int) -> None:
        del self.open[depth:]
        if self.leaf and self.leaf.kind == "indented":
            self.leaf.lines.append("")
        else:
            self.leaf = None


def _leaf(found: re.Match[str], number: int) -> Node:
    """Make the block that one of _LEAVES found."""
    if found.re is _HEADING:
        return Node("heading", number, lines=[_without_closing(found[2].strip())], level=len(found[1]))
    if found.re is _FENCE:
        return Node("fence", number, info=found[2], offset=len(found[1]), lines=[found[3].strip()])
    if found.re is _FORMULA:
        return Node("formula", number, info="$$", lines=[""])
    if found.re is _EMBED:
        return Node("embed", number, info=found[1], anchor=found[2] or "")
    return Node("rule", number)


def _without_closing(heading: str) -> str:
    words = heading.rstrip("#")
    return words.rstrip() if not words or words[-1] == " " else heading


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
