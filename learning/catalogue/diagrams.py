"""SVG drawings that are put into a page: read safely, cut to an allow-list and to one language. Pure."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

from learning.catalogue.html import attribute_text, plain_text

MAX_CHARS = 200_000
MAX_DEPTH = 30
MAX_ELEMENTS = 3_000

TAGS = frozenset({
    "svg", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan", "title", "desc",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "viewBox", "role", "class", "lang", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width",
    "height", "d", "points", "transform", "text-anchor", "dominant-baseline", "aria-hidden",
})  # fmt: skip

_SVG = "{http://www.w3.org/2000/svg}"
_WORDS = frozenset({"text", "tspan", "title", "desc"})
_CLASS = re.compile(r"(?:d-[a-z0-9-]+|diagram-svg|wide|narrow)")
_VALUE = re.compile(r"[\w\s.,;:%#()+-]{0,20000}")


class UnfitDrawingError(ValueError):
    """A file that is not a drawing we can show; the message says why, in English, for the author."""


def drawing(source: str, language: str, width: str) -> str:
    """Return the SVG of `source` for a page: allowed elements only, in `language`, with the class `width`."""
    root = _read(source)
    root.set("class", f"{root.get('class', '')} {width}")
    root.set("role", "img")
    return "".join(_write(root, language))


def _read(source: str) -> Element:
    if len(source) > MAX_CHARS:
        raise UnfitDrawingError(f"it is longer than {MAX_CHARS} characters")
    if re.search(r"<!(?!--)", source):
        raise UnfitDrawingError("it declares a document type or holds a CDATA section")
    parser = XMLParser()  # noqa: S314 - nothing is declared in it, so no entity can be expanded or fetched
    try:
        parser.feed(source)
        root = parser.close()
    except (ParseError, ValueError) as error:
        raise UnfitDrawingError(f"it is not well-formed: {error}") from error
    _measure(root)
    return root


def _measure(root: Element) -> None:
    if root.tag not in ("svg", f"{_SVG}svg"):
        raise UnfitDrawingError("its root is not <svg>")
    level, depth, count = [root], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise UnfitDrawingError(f"it has more than {MAX_ELEMENTS} elements or {MAX_DEPTH} levels")
        level = [child for element in level for child in element]


def _write(element: Element, language: str) -> Iterator[str]:
    tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if tag not in TAGS or element.get("lang", language) != language:
        return
    yield f"<{tag}{''.join(_attributes(element))}>"
    if tag in _WORDS and element.text:
        yield plain_text(element.text)
    for child in element:
        yield from _write(child, language)
        if tag in _WORDS and child.tail:
            yield plain_text(child.tail)
    yield f"</{tag}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.items():
        if name == "class":
            value = " ".join(filter(_CLASS.fullmatch, value.split()))
        if name in ATTRIBUTES and name != "lang" and value and _VALUE.fullmatch(value):
            yield f' {name}="{attribute_text(value)}"'
