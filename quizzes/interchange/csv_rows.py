"""A CSV file as rows with their lines: whatever separates its columns, however badly its quotes are closed. Pure."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from learning.catalogue.errors import N_, Problem

SEPARATOR = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
DELIMITERS = ",;\t"
FORMULA = re.compile(r"('*)[=+\-@\t\r]")
MOST_BROKEN = 50  # rows with bad quotes after which the rest is not read
FIELD = 131_072  # characters of a cell; Python's own limit
UNCLOSED = N_("A quotation mark that opens in this row is never closed, or closes in the middle of a cell.")
LONG = N_("A cell of this row is longer than %(limit)s characters, or its quotation mark is never closed.")
TOO_BROKEN = N_("More than %(limit)s rows have bad quotation marks; the rows from here on were not read.")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, trimmed, and its first line."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, the first of them its heads; and the rows that could not be read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def split(text: str, known: Callable[[Sequence[str]], int]) -> Rows:
    """Return the rows of `text`. `known` tells how many of some heads are known: so the separator is found out."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    said = SEPARATOR.match(lines[first])
    start = first + 1 if said else first
    heads = lines[start] if start < len(lines) else ""
    delimiter = said[1] if said else max(DELIMITERS, key=lambda sign: known(_cells(heads, sign)))
    problems: list[Problem] = []
    rows = tuple(_rows(lines, start, delimiter, problems))
    return Rows(rows, tuple(problems))


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in line.replace('"', "").split(delimiter)]


def _rows(lines: Sequence[str], start: int, delimiter: str, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows from the line `start` on; after a row that cannot be read, go on with the line below its first."""
    at = start
    while at < len(lines):
        if len(problems) >= MOST_BROKEN:
            problems.append(Problem("", at + 1, TOO_BROKEN, {"limit": MOST_BROKEN}))
            return
        reader = csv.reader((f"{line}\n" for line in lines[at:]), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Row(at + done + 1, tuple(plain(cell.strip()) for cell in cells))
                done = reader.line_num
            return
        except csv.Error as error:
            long = "limit" in str(error)
            problems.append(Problem("", at + done + 1, LONG if long else UNCLOSED, {"limit": FIELD} if long else {}))
            at += done + 1


def plain(cell: str) -> str:
    """Return what a cell says without the signs that kept a spreadsheet from running it."""
    match, count = FORMULA.match(cell), _shields(cell)
    return cell[count:] if match and len(match[1]) >= count else cell


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `plain(safe(cell)) == cell`."""
    match, count = FORMULA.match(cell), _shields(cell)
    quoted = match and count == 2 and len(match[1]) == 1
    return "'" * count + cell if match and not quoted else cell


def _shields(cell: str) -> int:
    """Return how many signs keep `cell` from being run: two with another one inside, as in words that people quote."""
    return 2 if "'" in cell.lstrip("'") else 1
