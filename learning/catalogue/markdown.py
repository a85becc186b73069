"""The one renderer of notes: Obsidian Markdown in, safe HTML out. Pure.

It asks a `Context` about the world around a note (what a wikilink points at, where an image is) and knows nothing of
files, requests or databases. It never raises: what it cannot show becomes a framed notice and a `Problem`.

A note goes through `source` (made fit, comments out), `structure` (its tree), `build` with `words` (elements; emphasis
and links by python-markdown), `html` (text) and `sanitise` (nh3, then the drawings). `limits` bounds each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from learning.catalogue import limits
from learning.catalogue.build import Builder
from learning.catalogue.errors import Problem
from learning.catalogue.footnotes import Footnotes
from learning.catalogue.html import write
from learning.catalogue.obsidian import wikilink
from learning.catalogue.page import Context, LinkTarget, Nowhere, Page, element
from learning.catalogue.sanitise import clean, with_drawings
from learning.catalogue.schema import Heading, Part
from learning.catalogue.source import prepared
from learning.catalogue.structure import Node, parse

__all__ = ["Context", "LinkTarget", "Nowhere", "Rendered", "render"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A note as HTML: its pieces, its headings in order, what was wrong with it, and its length in words."""

    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]
    words: int


def render(text: str, context: Context, *, path: str = "", first_line: int = 1) -> Rendered:
    """Render a note, without the properties at its top. Problems name `path` and the line from `first_line` on."""
    text = prepared(text)
    page = Page(context, path, limits.Budget(len(text)))
    refusal = _refusal(text, first_line)
    if refusal:
        return _refused(page, *refusal)
    structure = parse(text, first_line, page.budget.left["blocks"])
    if not page.budget.spend("blocks", structure.count):
        return _refused(page, first_line, limits.TOO_MANY_BLOCKS, page.budget.limit["blocks"])
    pieces = list(_pieces(page, Builder(page, structure, footnotes := Footnotes()), structure.root.children))
    section = footnotes.section(page)
    if section is not None:
        pieces.append(section)
    return Rendered(tuple(_parts(page, pieces)), tuple(page.headings), tuple(page.problems), _words(pieces))


def _refusal(text: str, first_line: int) -> tuple[int, str, int] | None:
    """Say why `text` is not rendered at all: line, message and limit."""
    if len(text) > limits.MAX_CHARS:
        return 0, limits.TOO_LONG, limits.MAX_CHARS
    if len(text) <= limits.MAX_LINE:
        return None
    for number, line in enumerate(text.split("\n"), start=first_line):
        if len(line) > limits.MAX_LINE:
            return number, limits.LONG_LINE, limits.MAX_LINE
    return None


def _refused(page: Page, line: int, message: str, limit: int) -> Rendered:
    figure = element("figure", class_="missing")
    figure.append(element("p", page.phrase("refused")))
    return Rendered((Part(clean(write([figure]))),), (), (Problem(page.path, line, message, {"limit": limit}),), 0)


def _pieces(page: Page, builder: Builder, nodes: list[Node]) -> Iterator[Element | str]:
    """Build the top of a note: elements, and the ids of quick checks between them."""
    for node in nodes:
        check = wikilink(node.info).check if node.kind == "embed" else ""
        if check:
            yield check
        else:
            yield from builder.block(node)


def _parts(page: Page, pieces: list[Element | str]) -> Iterator[Part]:
    for is_check, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if is_check:
            yield from (Part(check=str(piece)) for piece in group)
        else:
            html = clean(write(piece for piece in group if isinstance(piece, Element)))
            yield Part(with_drawings(html, page.drawings))


def _words(pieces: list[Element | str]) -> int:
    texts = (" ".join(piece.itertext()) for piece in pieces if isinstance(piece, Element))
    return sum(len(text.split()) for text in texts)
