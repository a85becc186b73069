"""A tree of elements as HTML text. Pure.

All text in the tree is plain text, so that everything is escaped here and nothing twice. A newline inside a block is a
line break, as in Obsidian.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

_VOID = frozenset({"br", "hr", "img"})


def write(elements: Iterable[Element]) -> str:
    """Return the HTML of `elements`, one after another."""
    pieces: list[str] = []
    for element in elements:
        _write(element, pieces, verbatim=False)
        pieces.append("\n")
    return "".join(pieces)


def plain_text(text: str) -> str:
    """Escape text that stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute_text(text: str) -> str:
    """Escape text that stands between double quotes in a tag."""
    return plain_text(text).replace('"', "&quot;")


def _write(element: Element, pieces: list[str], *, verbatim: bool) -> None:
    attributes = "".join(f' {name}="{attribute_text(value)}"' for name, value in element.items())
    pieces.append(f"<{element.tag}{attributes}>")
    if element.tag in _VOID:
        return
    verbatim = verbatim or element.tag == "pre"
    if element.text:
        pieces.append(_text(element.text, verbatim=verbatim))
    for child in element:
        _write(child, pieces, verbatim=verbatim)
        if child.tail:
            pieces.append(_text(child.tail, verbatim=verbatim))
    pieces.append(f"</{element.tag}>")


def _text(text: str, *, verbatim: bool) -> str:
    escaped = plain_text(text)
    return escaped if verbatim else escaped.replace("\n", "<br>\n")
