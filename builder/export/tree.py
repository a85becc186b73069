"""Pasted text as a tree that remembers lines, and the bounds of reading one.

Pure. Parse only, within bounds that hold while it is being read: characters, depth, number of values. Anchors and
aliases are refused. Nothing of the text ever goes into a message: it may hold secrets.
Plain `true`, `false`, `null` and whole numbers are themselves, everything else is text (so a date stays a date's text).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from learning.catalogue.errors import N_

MAX_BYTES = 256 * 1024
MAX_DEPTH = 60
MAX_NODES = 40_000
MOST_DIGITS = 15

type Value = str | int | bool | list[Node] | dict[str, Node] | None


@dataclass(slots=True)
class Node:
    """One value; `line` counts from 1."""

    value: Value
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about the text; `line` counts from 1, 0 means the text as a whole. `message` is a msgid."""

    line: int
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class RefusedError(Exception):
    """The text cannot be read; `note` says where and why."""

    def __init__(self, line: int, message: str, **params: str | int) -> None:
        super().__init__(message)
        self.note = Note(line, message, params)


TOO_LARGE = N_("The text is larger than %(most)s KiB.")
EMPTY = N_("There is nothing in it.")
NO_TEXT = N_("It holds characters that no text file has.")
NO_YAML = N_("The YAML cannot be read from this line on. Look at the indentation and the quotes just before it.")
TAB = N_("This line is indented with a tab. YAML wants spaces.")
NO_JSON = N_("The JSON cannot be read from this line on. Look for a missing comma, quote or bracket just before it.")
ALIAS = N_("Anchors and aliases (& and *) and merges (<<) are not read. Write the value out.")
TAG = N_("This tag is not one of CloudFormation's.")
TOO_DEEP = N_("It is nested more than %(most)s levels deep.")
TOO_MANY = N_("It holds more than %(most)s values.")
ODD_KEY = N_("A name here is no plain text.")
TWICE = N_("The same name stands twice here; the last one counts.")
SECOND = N_("A second YAML document begins here. Only the first was read.")


def check_text(text: str) -> None:
    """Refuse what is empty, too large or no text."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise RefusedError(0, NO_TEXT) from None
    if size > MAX_BYTES:
        raise RefusedError(0, TOO_LARGE, most=MAX_BYTES // 1024)
    if not text.strip():
        raise RefusedError(0, EMPTY)


@dataclass(slots=True)
class Bounds:
    """Counts values and levels while a text is read."""

    notes: list[Note] = field(default_factory=list)
    nodes: int = 0

    def enter(self, depth: int, line: int) -> None:
        """Count a value at `depth`."""
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise RefusedError(line, TOO_DEEP, most=MAX_DEPTH)
        if self.nodes > MAX_NODES:
            raise RefusedError(line, TOO_MANY, most=MAX_NODES)

    def put(self, mapping: dict[str, Node], key: str, node: Node, line: int) -> None:
        """Put a field into a mapping; say so where one is there already."""
        if key in mapping:
            self.notes.append(Note(line, TWICE))
        mapping[key] = node


def plain(text: str) -> Value:
    """Return what unquoted `text` means."""
    if text in ("", "~", "null"):
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return int(text) if re.fullmatch(rf"-?[0-9]{{1,{MOST_DIGITS}}}", text) else text
