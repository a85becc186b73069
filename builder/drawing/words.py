"""Words of drawing and outline as data (an English msgid and its parameters), and an estimate of how wide text is.

Pure: whoever shows a `Said` translates it. Estimates are for the site's sans-serif stack, a little on the wide side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NARROW_LETTERS = frozenset("fijlrtI.,:;'|!()· ")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Said:
    """A message to translate: `msgid` in English with %(name)s for `params`; a parameter may be a `Said` itself."""

    msgid: str
    params: Mapping[str, "str | int | Said"] = field(default_factory=dict)


def plain(text: str) -> Said:
    """Return `text` as something said that is the same in every language (a name)."""
    return Said("%(name)s", {"name": text})


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide `text` is, in the unit of `size`."""
    return sum(map(_em, text)) * size * (1.05 if bold else 1)


def _em(letter: str) -> float:
    if ord(letter) >= 0x1100:
        return 0.94
    if letter in NARROW_LETTERS:
        return 0.32
    return 0.68 if letter.isupper() else 0.57


def fitted(text: str, size: float, room: float, bold: bool = False) -> str:
    """Return `text`, or as much of it as fits in `room`, with an ellipsis."""
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(text + ELLIPSIS, size, bold) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
