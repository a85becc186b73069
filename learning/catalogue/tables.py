"""The rows of a table, as text. Pure."""

import re

# A pipe inside [[note|alias]] divides no cells, nor does one after a backslash.
_PIECE = re.compile(r"\\.|\[\[[^\[\]\n]*\]\]|\|", re.DOTALL)
_DELIMITER = re.compile(r":?-+:?")
_ONLY = frozenset("|:- ")


def cells(row: str) -> list[str]:
    """Split a row into its cells."""
    row = row.strip()
    row = row.removeprefix("|")
    found, start = [], 0
    for piece in _PIECE.finditer(row):
        if piece[0] == "|":
            found.append(row[start : piece.start()])
            start = piece.end()
    if row[start:].strip() or not found:
        found.append(row[start:])
    return [cell.strip().replace("\\|", "|") for cell in found]


def alignments(row: str) -> list[str] | None:
    """Read a delimiter row (`|:--|--:|`) as "", "left", "center" or "right" for each column; None if it is none."""
    if "|" not in row or not _ONLY.issuperset(row):
        return None
    columns = cells(row)
    if not all(_DELIMITER.fullmatch(column) for column in columns):
        return None
    return [_alignment(column) for column in columns]


def _alignment(column: str) -> str:
    left, right = column.startswith(":"), column.endswith(":")
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""
