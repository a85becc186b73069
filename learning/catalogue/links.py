"""Links and images: where they lead, or an honest word on what is missing. Pure."""

import re
from collections.abc import Container
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from learning.catalogue.errors import N_
from learning.catalogue.inline import add_text, atomic
from learning.catalogue.obsidian import Wikilink, size, wikilink
from learning.catalogue.page import LinkTarget, Page, element

NO_NOTE = N_("The link leads nowhere: %(target)s")
NO_IMAGE = N_("The image is missing: %(name)s")
NO_FILE = N_("A file of this kind is not shown: %(name)s")
REMOTE_IMAGE = N_("An image on another site is not loaded: %(url)s")
BAD_LINK = N_("A link may only begin with http, https or mailto: %(url)s")

_OUTSIDE = re.compile(r"https?://[^\s/]|mailto:[^\s]", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\s-]*:|//|\\)")


def outside(url: str, text: str) -> Element:
    """Make a link to another site."""
    return element("a", text, href=url, rel="noopener noreferrer")


def missing(words: str, reason: str, name: str) -> Element:
    """Make the notice that stands in the text where `name` is missing."""
    label = f"{reason}: {name}" if name and name != words else reason
    made = element("span", atomic(f"{words} "), class_="missing")
    made.append(element("small", atomic(f"({label})")))
    return made


def follow(page: Page, link: Wikilink, line: int) -> Element:
    """Make what a wikilink becomes."""
    found = page.context.link(link.target, link.heading, link.block)
    if found:
        return element("a", atomic(link.alias or found.title or link.words), href=found.url)
    name = link.target + (f"#^{link.block}" if link.block else f"#{link.heading}" if link.heading else "")
    page.warn(line, NO_NOTE, target=name)
    return missing(link.words, page.phrase("no note"), name)


def picture(page: Page, link: Wikilink, line: int) -> Element | None:
    """Make the image that an embed shows, or None (and a problem) when there is none."""
    found = page.context.image(link.target)
    if found is None:
        page.warn(line, NO_IMAGE, name=link.target)
        return None
    words, measures = size(link.alias)
    return _image(found, words or found.title or link.target.rsplit("/", 1)[-1].rsplit(".", 1)[0], measures)


def _image(found: LinkTarget, words: str, measures: dict[str, str]) -> Element:
    return element("img", src=found.url, alt=words, loading="lazy", **measures)


def inline_embed(page: Page, link: Wikilink, line: int) -> Element:
    """Make what an embed in the middle of a text becomes: an image, or a link."""
    if link.check:
        page.warn(
            line, N_("A question must stand on a line of its own, outside lists and quotations: %(id)s"), id=link.check
        )
        return missing(link.check, page.phrase("no check"), "")
    if link.is_image:
        image = picture(page, link, line)
        return missing(page.phrase("no image"), link.target, "") if image is None else image
    if link.is_note:
        return follow(page, link, line)
    page.warn(line, NO_FILE, name=link.target)
    return missing(page.phrase("no file"), link.target, "")


def settle(page: Page, block: Element, line: int, settled: Container[Element]) -> None:
    """Decide about the links and images that python-markdown made in `block`; `settled` are others."""
    for holder in reversed(list(block.iter())):  # an image inside a link before the link
        for place, child in enumerate(list(holder)):
            if child.tag in ("a", "img") and child not in settled:
                made = _link(page, child, line) if child.tag == "a" else _markdown_image(page, child, line)
                made.tail = child.tail
                holder[place] = made


def _link(page: Page, link: Element, line: int) -> Element:
    url = link.get("href", "").strip()
    for inner in link.iter("a"):
        if inner is not link:  # a link inside a link is no link
            inner.tag = "span"
            inner.attrib.clear()
    if _OUTSIDE.match(url):
        made = outside(url, "")
    elif _OTHER_SCHEME.match(url) or not url:
        page.warn(line, BAD_LINK, url=url[:200])
        made = missing(url[:200], page.phrase("bad link"), "")
    else:
        made = follow(page, wikilink(unquote(url)), line)
    return _with_content(made, link)


def _with_content(made: Element, link: Element) -> Element:
    """Give `made` the words of `link`, when it has some; a notice keeps its reason behind them."""
    if len(link) or (link.text or "").strip():
        reason = list(made)
        made[:] = list(link)
        made.text = link.text
        add_text(made, " " if reason else "")
        made.extend(reason)
    return made


def _markdown_image(page: Page, image: Element, line: int) -> Element:
    source, alt = image.get("src", "").strip(), image.get("alt", "")
    words, measures = size(alt)
    if re.match(r"https?://", source, re.IGNORECASE):
        page.warn(line, REMOTE_IMAGE, url=source[:200])
        return outside(source, f"{words or source} ({page.phrase('remote image')})")
    name = unquote(source)
    found = None if _OTHER_SCHEME.match(name) else page.context.image(name)
    if found is None:
        page.warn(line, NO_IMAGE, name=name[:200])
        return missing(page.phrase("no image"), name[:200], "")
    return _image(found, words or found.title, measures)
