"""Names of places in a note: what a heading, a block or a wikilink's `#heading` is called in a URL. Pure."""

import re
import unicodedata
from collections.abc import Iterable

# Ids that the pages around a lesson use themselves.
RESERVED = frozenset({"main", "lesson", "toc", "messages"})

_DROP = re.compile(r"[^\w\s-]")
_GAP = re.compile(r"[-\s]+")
_BLOCK = re.compile(r"[A-Za-z0-9-]+")


def slug(heading: str) -> str:
    """Return the anchor of a heading, in any script: "EC2 시작 유형" -> "ec2-시작-유형"."""
    words = _DROP.sub("", unicodedata.normalize("NFC", heading[:200])).strip().lower()
    return _GAP.sub("-", words).strip("-") or "section"


def is_block_id(name: str) -> bool:
    """Tell whether `name` may stand after `^`."""
    return len(name) <= 120 and _BLOCK.fullmatch(name) is not None


class Anchors:
    """The ids already given in a page."""

    def __init__(self, taken: Iterable[str] = RESERVED) -> None:
        self.taken = set(taken)
        self.numbers: dict[str, int] = {}

    def heading(self, text: str) -> str:
        """Return an id for a heading: its slug, with a number when another has it."""
        name = base = slug(text)
        while name in self.taken:
            self.numbers[base] = self.numbers.get(base, 0) + 1
            name = f"{base}-{self.numbers[base]}"
        self.taken.add(name)
        return name

    def take(self, name: str) -> bool:
        """Give `name` away; False when it is taken already."""
        if name in self.taken:
            return False
        self.taken.add(name)
        return True
