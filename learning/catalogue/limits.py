"""How much one note may hold, checked before it is rendered. Pure.

The numbers keep any accepted 64 KiB under 250 ms, and lie far above what people write. A note over a document limit is
refused; a block over a block limit is shown as plain text. `docs/notes-syntax.md` lists them.
"""

from learning.catalogue.errors import N_

MAX_CHARS = 262_144  # of a note, embedded notes included
MAX_LINE = 65_536
MAX_DEPTH = 12  # lists and quotations inside one another
MAX_BLOCK = 12_000  # characters of a paragraph, heading or cell that may hold markup
MAX_MARKS = 800  # emphasis marks, links, … of one paragraph
MAX_TICKS = 16  # length of a run of backticks
MAX_BRACKETS = 4  # brackets inside one another
MAX_CODE = 3_000  # characters of a code block that is highlighted
MAX_CODE_LINE = 300
MAX_EMBED_DEPTH = 3
MAX_DIAGRAMS = 40

PARSED = 3

# For each 64 KiB begun:
UNIT = 65_536
PER_UNIT = {
    "blocks": 4_500,  # paragraphs, list items, headings, …
    "work": 8_000,  # emphasis marks, links, code spans, …; each counts PARSED times beside emphasis or HTML
    "cells": 4_000,  # of tables
    "code": 7_500,  # highlighted characters
    "embeds": 40,
    "embedded": 65_536,  # characters of embedded notes
}

TOO_LONG = N_("The note is longer than %(limit)s characters. Split it into several notes.")
LONG_LINE = N_("This line is longer than %(limit)s characters. Break it into several lines.")
TOO_MANY_BLOCKS = N_(
    "The note holds more than %(limit)s paragraphs, list items and headings. Split it into several notes."
)
DENSE_BLOCK = N_("This paragraph holds more than %(limit)s pieces of markup and is shown as plain text.")
TOO_DENSE = N_("The note holds more markup than can be shown. From here on it is shown as plain text.")
LONG_BLOCK = N_("This paragraph is longer than %(limit)s characters and is shown as plain text.")
BIG_TABLE = N_("The tables of the note hold more than %(limit)s cells. This one is shown as plain text.")


class Budget:
    """What a note of `size` characters may still spend of each kind of PER_UNIT."""

    def __init__(self, size: int) -> None:
        units = max(1, -(-size // UNIT))
        self.limit = {kind: amount * units for kind, amount in PER_UNIT.items()}
        self.left = dict(self.limit)

    def spend(self, kind: str, amount: int = 1) -> bool:
        """Take `amount` of `kind`; False, and nothing taken, when there is not so much left."""
        if amount > self.left[kind]:
            return False
        self.left[kind] -= amount
        return True
