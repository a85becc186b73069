"""A GIFT file cut into its questions, before anything is read of them. Pure.

GIFT ends a question at a blank line, wherever that stands; comments are lines that begin with `//`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ESCAPE = re.compile(r"\\[\\~=#{}:n]")
MARK = re.compile(r"\[(id|tag|case):([^\[\]]{1,200})\]")
CATEGORY = "$CATEGORY:"
MOST_JOINED = 40  # blocks that a question with blank lines inside its braces may spread over


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a block: its words as they stand and, letter for letter, with every escaped sign made harmless.

    `line`: the line of its first letter.
    """

    raw: str
    masked: str
    line: int

    def part(self, start: int, end: int | None = None) -> "Piece":
        """Return the letters from `start` to `end`, without spaces at either end."""
        raw = self.raw[start:end]
        lead = len(raw) - len(raw.lstrip())
        size = len(raw.strip())
        at = start + lead
        return Piece(self.raw[at : at + size], self.masked[at : at + size], self.line_at(at))

    def line_at(self, at: int) -> int:
        """Return the line of the letter `at`."""
        return self.line + self.raw.count("\n", 0, at)

    def __bool__(self) -> bool:
        return bool(self.raw)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two blank lines. `blank`: the first blank line inside its braces, 0 for none.

    `marks`: what its comments say as `[id:…]`, `[tag:…]` (a habit of Moodle's) or `[case:…]` (one of ours).
    """

    piece: Piece
    marks: tuple[tuple[str, str], ...] = ()
    blank: int = 0


def piece_of(raw: str, line: int) -> Piece:
    """Return text as a piece."""
    return Piece(raw, ESCAPE.sub("\x01\x01", raw), line)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a file; a question that blank lines tear apart inside its braces comes as one."""
    found = list(_blocks(text))
    at = 0
    while at < len(found):
        end = _end(found, at)
        if end > at + 1:
            yield _joined(found[at:end])
        else:
            yield found[at]
        at = end


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    marks: list[tuple[str, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip().startswith("//"):
            marks += MARK.findall(line)
            lines.append("")  # keeps the numbers of the lines below
        elif line.strip():
            lines.append(line)
        else:
            if any(lines):
                piece = piece_of("\n".join(lines), number - len(lines))
                yield from _parted(piece.part(0), tuple(marks))
            lines, marks = [], []


def _parted(piece: Piece, marks: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    """Yield a category line apart from a question that follows it at once."""
    end = piece.raw.find("\n")
    if piece.raw.startswith(CATEGORY) and end >= 0:
        yield Block(piece.part(0, end))
        yield from _parted(piece.part(end), marks)
    else:
        yield Block(piece, marks)


def _end(found: list[Block], at: int) -> int:
    """Return where the question that begins with the block `at` ends."""
    masked = found[at].piece.masked
    if "{" not in masked or "}" in masked[masked.index("{") :]:
        return at + 1
    for end in range(at + 1, min(len(found), at + MOST_JOINED)):
        masked = found[end].piece.masked
        if masked.startswith(("::", CATEGORY)) or 0 <= masked.find("{") < (masked.find("}") % (len(masked) + 1)):
            break
        if "}" in masked:
            return end + 1
    return at + 1


def _joined(parts: list[Block]) -> Block:
    raw, first = parts[0].piece.raw, parts[0].piece
    for part in parts[1:]:
        raw += "\n" * (part.piece.line - first.line - raw.count("\n")) + part.piece.raw
    marks = tuple(mark for part in parts for mark in part.marks)
    return Block(piece_of(raw, first.line), marks, first.line + first.raw.count("\n") + 1)
