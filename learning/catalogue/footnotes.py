"""The footnotes of a page: numbered as they are referred to, listed at its end. Pure."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from learning.catalogue.page import Page, element
from learning.catalogue.structure import Node

type Build = Callable[[Node], list[Element]]


class Footnotes:
    """Collects references while a page is built. Each note has its own labels, the page has one list."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.waiting: list[tuple[Node, Build]] = []
        self.references: dict[int, int] = {}

    def reference(self, node: Node, build: Build) -> Element:
        """Make the mark in the text that leads to a footnote."""
        if id(node) not in self.numbers:
            self.waiting.append((node, build))
            self.numbers[id(node)] = len(self.waiting)
        number = self.numbers[id(node)]
        self.references[number] = self.references.get(number, 0) + 1
        mark = element("sup")
        if self.references[number] == 1:
            mark.set("id", f"fnref-{number}")
        mark.append(element("a", str(number), href=f"#fn-{number}", class_="footnote-ref"))
        return mark

    def section(self, page: Page) -> Element | None:
        """Make the list of footnotes; building one may refer to others, which join the list."""
        if not self.waiting:
            return None
        section = element("section", class_="footnotes", role="doc-endnotes", aria_label=page.phrase("footnotes"))
        items = element("ol")
        section.append(items)
        for number, (node, build) in enumerate(self.waiting, start=1):
            items.append(self._item(page, number, build(node)))
        return section

    def _item(self, page: Page, number: int, blocks: list[Element]) -> Element:
        item = element("li", id=f"fn-{number}")
        item.extend(blocks)
        if not blocks or blocks[-1].tag != "p":
            item.append(element("p"))
        back = element("a", "↩", href=f"#fnref-{number}", class_="footnote-back", aria_label=page.phrase("back"))
        last = item[-1]
        if len(last):
            last[-1].tail = (last[-1].tail or "") + " "
        else:
            last.text = (last.text or "") + " "
        last.append(back)
        return item
