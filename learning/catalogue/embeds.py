"""Embeds on a line of their own: images, diagrams, other notes. Pure. (Questions are places, see `markdown`.)"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from learning.catalogue import limits
from learning.catalogue.diagrams import UnfitDrawingError, drawing
from learning.catalogue.errors import N_
from learning.catalogue.links import NO_NOTE, follow, inline_embed, missing, picture
from learning.catalogue.obsidian import Wikilink, size, wikilink
from learning.catalogue.page import Page, element
from learning.catalogue.structure import Node

NO_DIAGRAM = N_("The diagram is missing: %(name)s")
BAD_DIAGRAM = N_("The diagram %(name)s cannot be shown: %(reason)s")
TOO_MANY = N_("The note embeds too many others; this one is only linked: %(target)s")
TOO_DEEP = N_("Notes embed one another in a circle or too deeply; this one is only linked: %(target)s")

type Nested = Callable[[str], list[Element]]


def embed(page: Page, node: Node, nested: Nested) -> list[Element]:
    """Make the blocks that `![[…]]` on a line of its own becomes; `nested` builds the blocks of an embedded note."""
    link = wikilink(node.info)
    if link.is_image:
        diagram = _diagram(page, link, node.line)
        return [_figure(page, link, node.line) if diagram is None else diagram]
    if link.check or not link.is_note:
        return [_paragraph(inline_embed(page, link, node.line))]
    return [_note(page, link, node.line, nested)]


def _paragraph(inner: Element) -> Element:
    made = element("p")
    made.append(inner)
    return made


def _missing(page: Page, key: str, name: str, caption: str) -> Element:
    figure = element("figure", class_="missing")
    words = f"{page.phrase(key)}: {name}"
    figure.append(element("p", f"{words}\n{caption}" if caption else words))
    return figure


def _figure(page: Page, link: Wikilink, line: int) -> Element:
    image = picture(page, link, line)
    if image is None:
        return _missing(page, "no image", link.target, size(link.alias)[0])
    figure = element("figure", class_="image")
    figure.append(image)
    return figure


def _diagram(page: Page, link: Wikilink, line: int) -> Element | None:
    """Make a figure of a diagram of the course; None when the target is not one, and may be an image file."""
    if not link.target.lower().endswith(".svg"):
        return None
    sources = page.context.diagram(link.target)
    caption = size(link.alias)[0]
    if sources is None:
        if page.context.image(link.target):
            return None
        page.warn(line, NO_DIAGRAM, name=link.target)
        return _missing(page, "no diagram", link.target, caption)
    return _drawn(page, link.target, sources, caption, line)


def _drawn(page: Page, name: str, sources: tuple[str, str], caption: str, line: int) -> Element:
    language = page.context.language
    try:
        drawings = [
            drawing(svg, language, width) for svg, width in zip(sources, ("wide", "narrow"), strict=True) if svg
        ]
    except UnfitDrawingError as unfit:
        page.warn(line, BAD_DIAGRAM, name=name, reason=unfit)
        return _missing(page, "no diagram", name, caption)
    if len(page.drawings) >= limits.MAX_DIAGRAMS:
        page.warn(line, BAD_DIAGRAM, name=name, reason="too many")
        return _missing(page, "no diagram", name, caption)
    figure = element("figure", class_="diagram")
    figure.append(element("hr", class_=f"slot-{len(page.drawings)}"))
    page.drawings.append("".join(drawings))
    if caption:
        figure.append(element("figcaption", caption))
    return figure


def _note(page: Page, link: Wikilink, line: int, nested: Nested) -> Element:
    key = (link.target, link.heading, link.block)
    name = link.words
    if key in page.embedding or len(page.embedding) >= limits.MAX_EMBED_DEPTH:
        page.warn(line, TOO_DEEP, target=name)
        return _paragraph(follow(page, link, line))
    text = page.context.note(*key)
    if text is None:
        page.warn(line, NO_NOTE, target=name)
        return _paragraph(missing(name, page.phrase("no note"), link.target))
    if not (page.budget.spend("embeds") and page.budget.spend("embedded", len(text))):
        page.warn(line, TOO_MANY, target=name)
        return _paragraph(follow(page, link, line))
    return _unfolded(page, link, line, lambda: _nested(page, key, text, nested))


def _nested(page: Page, key: tuple[str, str, str], text: str, nested: Nested) -> list[Element]:
    with page.embedded(key):
        return nested(text)


def _unfolded(page: Page, link: Wikilink, line: int, blocks: Callable[[], list[Element]]) -> Element:
    made = element("div", class_="embed")
    if page.context.link(link.target, link.heading, link.block):
        title = element("p", class_="embed-title")
        title.append(follow(page, link, line))
        made.append(title)
    made.extend(blocks())
    return made
