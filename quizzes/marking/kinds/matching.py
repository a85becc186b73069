"""Matching: a table of two columns, each row a pair; an empty left cell makes its right cell a distractor. Pure.

```
| role | used by |
|---|---|
| instance profile | ECS agent |
|  | load balancer |
```
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from learning.catalogue.errors import N_
from quizzes.marking.item import Response, Step
from quizzes.marking.lines import Line, Report
from quizzes.marking.shuffle import shuffled

UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
RULER = re.compile(r":?-+:?")
MAX_ROWS = 12
NOTHING = -1  # in a response: this row was left open


@dataclass(frozen=True, slots=True)
class MatchingView:
    """What a learner may see of a matching: the column heads, the rows to match, and the cells to choose from."""

    heads: tuple[str, str]
    rows: tuple[str, ...]
    pieces: tuple[str, ...]
    kind: ClassVar[str] = "matching"


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of cells. A response names for each row with a left cell a position among the pieces, or NOTHING."""

    heads: tuple[str, str]
    pairs: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "matching"

    def public_view(self, seed: str) -> MatchingView:
        """Return rows and cells, the cells in an order that depends on `seed` only."""
        return MatchingView(self.heads, tuple(left for left, _ in self._rows()), self._pieces(seed))

    def told(self, seed: str) -> tuple[Step, ...]:
        """Return nothing: a table has no room for reasons, they stand in the explanation."""
        return ()

    def key(self, seed: str) -> Response:
        """Return the position of each row's cell."""
        pieces = self._pieces(seed)
        return tuple(pieces.index(right) for _, right in self._rows())

    def proves(self) -> tuple[str, ...]:
        """Return nothing: what a table proves, the explanation cites."""
        return ()

    def accepts(self, response: Response) -> bool:
        """Return whether `response` has one entry a row, each a piece or NOTHING."""
        known = set(response) <= {NOTHING, *range(len(self._pieces("")))}
        return known and len(response) == len(self._rows())

    def share(self, response: Response, seed: str) -> Fraction:
        """Return the share of rows matched rightly."""
        matched = sum(given == right for given, right in zip(response, self.key(seed), strict=False))
        return Fraction(matched, len(self._rows()))

    def lines(self) -> list[str]:
        """Return the table."""
        return [_row(self.heads), "|---|---|", *(_row(pair) for pair in self.pairs)]

    def _rows(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[0])

    def _pieces(self, seed: str) -> tuple[str, ...]:
        cells = tuple(dict.fromkeys(right for _, right in self.pairs))
        return tuple(cells[i] for i in shuffled(len(cells), seed))


def _row(cells: tuple[str, str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cells(text: str) -> list[str]:
    inner = text.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in UNESCAPED_BAR.split(inner)]


def starts(text: str) -> bool:
    """Return whether a line begins a table."""
    return text.startswith("|")


def parse(lines: Sequence[Line], start: int, report: Report) -> tuple[Matching | None, int]:
    """Read the table that begins at `start`; return it and where it ends."""
    end = start
    while end < len(lines) and starts(lines[end].text):
        end += 1
    before = len(report.problems)
    table = lines[start:end]
    rows = [_two(line, report) for line in table]
    if len(table) < 2 or not all(RULER.fullmatch(cell) for cell in rows[1]):
        report(table[min(1, len(table) - 1)].number, N_("Expected `|---|---|` below the heads of the table."))
        return None, end
    pairs = tuple(rows[2:])
    for line, (_, right) in zip(table[2:], pairs, strict=True):
        if not right:
            report(line.number, N_("Expected a right-hand cell; only the left one may be empty."))
    if len(pairs) > MAX_ROWS:
        report(table[2 + MAX_ROWS].number, N_("Expected at most %(limit)s rows."), limit=MAX_ROWS)
    if sum(bool(left) for left, _ in pairs) < 2:
        report(table[0].number, N_("Expected at least two rows to match."))
    return (Matching(rows[0], pairs) if len(report.problems) == before else None), end


def _two(line: Line, report: Report) -> tuple[str, str]:
    cells = _cells(line.text)
    if len(cells) != 2:
        report(line.number, N_("Expected two columns, found %(count)s."), count=len(cells))
        return ("", "")
    return (cells[0], cells[1])
