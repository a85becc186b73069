"""From the structure of a note to the elements of a page. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element

from learning.catalogue.embeds import embed
from learning.catalogue.errors import N_
from learning.catalogue.footnotes import Footnotes
from learning.catalogue.highlight import code_block
from learning.catalogue.limits import BIG_TABLE
from learning.catalogue.lists import is_loose, task
from learning.catalogue.obsidian import callout_kind
from learning.catalogue.page import Page, element
from learning.catalogue.phrases import callout_title
from learning.catalogue.schema import Heading
from learning.catalogue.source import prepared
from learning.catalogue.structure import Kind, Node, Structure, parse
from learning.catalogue.tables import cells
from learning.catalogue.words import Words

SECOND_ID = N_("The id stands twice in this note: %(id)s")

_ANCHOR = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]{1,120})\s*$")


class Builder:
    """Builds the elements of one note, or of one that is embedded in it."""

    def __init__(self, page: Page, structure: Structure, footnotes: Footnotes) -> None:
        self.page = page
        self.structure = structure
        self.footnotes = footnotes
        self.words = Words(page, structure.references, self._footnote)
        self.kinds: Mapping[Kind, Callable[[Node], list[Element]]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "quote": self._quote,
            "list": self._list,
            "table": self._table,
            "fence": self._code,
            "indented": self._code,
            "formula": self._formula,
            "rule": lambda node: [element("hr")],
            "embed": lambda node: embed(self.page, node, self._nested),
        }

    def blocks(self, nodes: Iterable[Node]) -> list[Element]:
        """Build blocks one after another."""
        return [made for node in nodes for made in self.block(node)]

    def block(self, node: Node) -> list[Element]:
        """Build one block: usually one element, none for a block without content."""
        made = self.kinds[node.kind](node)
        if made and node.anchor:
            self._name(made[-1], node)
        return made

    def _nested(self, text: str) -> list[Element]:
        structure = parse(prepared(text), 1, self.page.budget.left["blocks"])
        if not self.page.budget.spend("blocks", structure.count):
            return [element("p", self.page.phrase("refused"))]
        return Builder(self.page, structure, self.footnotes).blocks(structure.root.children)

    def _footnote(self, label: str) -> Element | None:
        node = self.structure.footnotes.get(label)
        return self.footnotes.reference(node, lambda note: self.blocks(note.children)) if node else None

    def _name(self, made: Element, node: Node) -> None:
        """Make `made` the place that the block id of `node` names; an embedded note keeps its ids to itself."""
        if self.page.embedding:
            return
        if self.page.anchors.take(node.anchor):
            made.set("id", node.anchor)
            made.set("class", f"{made.get('class', '')} statement".strip())
        else:
            self.page.warn(node.line, SECOND_ID, id=node.anchor)

    def _text(self, node: Node) -> str:
        """Return the text of a block without the id at its end, which becomes the block's."""
        text = "\n".join(node.lines)
        found = _ANCHOR.search(node.lines[-1]) if "^" in node.lines[-1] else None
        if found and not node.anchor:
            node.anchor = found[1]
            text = text[: len(text) - len(found[0])].rstrip()
        return text

    def _paragraph(self, node: Node) -> list[Element]:
        made = element("p")
        self.words.fill(made, self._text(node), node.line)
        return [made] if len(made) or (made.text or "").strip() else []

    def _heading(self, node: Node) -> list[Element]:
        level = self.page.levels.enter(node.level)
        made = element(f"h{level}")
        self.words.fill(made, self._text(node), node.line)
        text = " ".join("".join(made.itertext()).split())
        if not text:
            return []
        if not self.page.embedding:
            self._anchor(made, node, text, level)
        return [made]

    def _anchor(self, made: Element, node: Node, text: str, level: int) -> None:
        name = node.anchor
        if not name or not self.page.anchors.take(name):
            name = self.page.anchors.heading(text)
        node.anchor = ""
        made.set("id", name)
        self.page.headings.append(Heading(name, text, level))

    # Quotations and callouts

    def _quote(self, node: Node) -> list[Element]:
        if node.callout is None:
            made = element("blockquote")
            made.extend(self.blocks(node.children))
            return [made] if len(made) else []
        kind, fold, title = node.callout
        css = f"callout callout-{callout_kind(kind)}"
        if fold:
            made = element("details", class_=css, **({"open": "open"} if fold == "+" else {}))
        else:
            made = element("aside", class_=css, role="note")
        made.append(self._title("summary" if fold else "p", kind, title, node.line))
        made.extend(self.blocks(node.children))
        return [made]

    def _title(self, tag: str, kind: str, title: str, line: int) -> Element:
        made = element(tag, class_="callout-title")
        known = callout_kind(kind)
        if title:
            self.words.fill(made, title, line)
        else:
            made.text = callout_title(self.page.context.language, known) if known != "note" or kind == "note" else kind
        return made

    # Lists

    def _list(self, node: Node) -> list[Element]:
        ordered = node.info in ".)"
        made = element("ol" if ordered else "ul")
        if ordered and node.level != 1:
            made.set("start", str(node.level))
        loose = is_loose(node.children)
        items = [self._item(item, loose=loose) for item in node.children]
        if any("task" in item.get("class", "").split() for item in items):
            made.set("class", "tasks")
        made.extend(items)
        return [made]

    def _item(self, node: Node, *, loose: bool) -> Element:
        made = element("li")
        for number, child in enumerate(node.children):
            first = number == 0
            if child.kind == "paragraph" and first:
                self._lead(made, child, loose=loose)
            elif child.kind == "paragraph" and not loose:
                self._tight(made, child)
            else:
                made.extend(self.block(child))
        return made

    def _lead(self, item: Element, node: Node, *, loose: bool) -> None:
        """Put the first paragraph of an item into it: its task mark, its words, its id."""
        if todo := task(node.lines[0]):
            node.lines[0] = todo[1]
            done = todo[0] != " "
            item.set("class", "task task-done" if done else "task")
        holder = element("p") if loose else item
        if todo:
            holder.append(element("span", "☑" if done else "☐", class_="task-mark", aria_hidden="true"))
            holder.append(element("span", self.page.phrase("done" if done else "open"), class_="visually-hidden"))
        self.words.fill(holder, self._text(node), node.line)
        if loose:
            item.append(holder)
        if node.anchor:
            self._name(item, node)

    def _tight(self, item: Element, node: Node) -> None:
        """Put a later paragraph into a tight item; only one with an id needs an element to carry it."""
        text = self._text(node)
        holder = element("p") if node.anchor else item
        self.words.fill(holder, text, node.line)
        if node.anchor:
            item.append(holder)
            self._name(holder, node)

    # Tables and code

    def _table(self, node: Node) -> list[Element]:
        columns = len(node.alignments)
        if not self.page.budget.spend("cells", columns * len(node.lines)):
            limit = self.page.budget.limit["cells"]
            self.page.warn(node.line, BIG_TABLE, limit=limit)
            return [code_block("\n".join(node.lines), "", self.page.budget)]
        self.page.tables += 1
        table, head, body = element("table"), element("thead"), element("tbody")
        head.append(self._row(node, 0))
        body.extend(self._row(node, number) for number in range(1, len(node.lines)))
        table.extend([head, body] if len(body) else [head])
        return [self._wrapped(table)]

    def _wrapped(self, table: Element) -> Element:
        name = self.page.phrase("table").format(number=self.page.tables)
        columns = ", ".join(filter(None, ("".join(cell.itertext()).strip() for cell in table.iter("th"))))
        label = f"{name}: {columns[:120]}" if columns else name
        made = element("div", class_="table-wrap", tabindex="0", role="region", aria_label=label)
        made.append(table)
        return made

    def _row(self, node: Node, number: int) -> Element:
        made = element("tr")
        line = node.line + number + (1 if number else 0)  # the delimiter row stands between
        texts = cells(node.lines[number])
        for place, alignment in enumerate(node.alignments):
            text = texts[place] if place < len(texts) else ""
            cell = element("td") if number or not text else element("th", scope="col")
            if alignment:
                cell.set("class", f"align-{alignment}")
            self.words.fill(cell, text, line)
            made.append(cell)
        return made

    def _code(self, node: Node) -> list[Element]:
        language = node.lines[0] if node.kind == "fence" else ""
        code = "\n".join(node.lines[1:] if node.kind == "fence" else node.lines).rstrip("\n")
        return [code_block(code, language, self.page.budget)]

    def _formula(self, node: Node) -> list[Element]:
        made = element("div", class_="formula")
        made.append(element("code", "\n".join(node.lines[1:]), class_="math"))
        return [made]
