"""Links between the notes of a vault, rewritten to the lessons that the notes become. Pure.

A link means the note it means in Obsidian: by file name or path, the nearest of several; a section or block of a note
that became several lessons is looked for in all of them. What resolves to nothing is left as it is, to be reported.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote

from learning.catalogue.anchors import slug
from learning.catalogue.blocks import Block, blocks
from learning.catalogue.obsidian import Wikilink, wikilink
from learning.catalogue.shelf import key, names_of
from learning.catalogue.statements import plain, split_code
from learning.catalogue.vault_split import Section

_WIKI = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
_INLINE = re.compile(r"\]\(<?([^()<>\s:#]+\.md)(?:#([^()<>\s]*))?>?\)")


@dataclass
class Draft:
    """A lesson to be. `ids` says for each block id of the note what it is called in the course ("" when left out)."""

    note: str
    section: Section
    id: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)  # lines of the section that differ, by index

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the section; lines count from 1."""
        return blocks(self.section.body)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The slugs of the headings in the section."""
        return frozenset(slug(plain(block.text)) for block in self.blocks if block.kind == "heading")

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The block ids of the section."""
        return frozenset(block.id for block in self.blocks if block.id)


class Index:
    """Which lessons a name in a link means."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.of_note: dict[str, list[Draft]] = {}
        for draft in drafts:
            self.of_note.setdefault(draft.note, []).append(draft)
        self.by_name: dict[str, list[str]] = {}
        self.by_alias: dict[str, list[str]] = {}
        for note, made in self.of_note.items():
            parts = names_of(note)[0].split("/")
            for at in range(len(parts)):
                self.by_name.setdefault(key("/".join(parts[at:])), []).append(note)
            for alias in made[0].aliases:
                self.by_alias.setdefault(key(alias), []).append(note)

    def find(self, link: Wikilink, here: Draft) -> tuple[Draft, str, str] | None:
        """Return the lesson, the heading in it and the block in it that `link` means, or None."""
        drafts = self.of_note[here.note] if not link.target else self._drafts(link.target, here)
        if not drafts:
            return None
        if link.block:
            home = next((draft for draft in drafts if link.block in draft.anchors), drafts[0])
            return home, "", home.ids.get(link.block, link.block)
        if link.heading:
            return self._heading(drafts, link.heading)
        return drafts[0], "", ""

    def _drafts(self, target: str, here: Draft) -> list[Draft]:
        name = key(target.strip("/"))
        notes = self.by_name.get(name) or self.by_alias.get(name)
        if not notes:
            return []
        folder = here.note.rpartition("/")[0]
        return self.of_note[min(notes, key=lambda n: (n.rpartition("/")[0] != folder, n.count("/"), n))]

    def _heading(self, drafts: list[Draft], heading: str) -> tuple[Draft, str, str]:
        wanted = slug(heading)
        for draft in drafts:
            if draft.section.heading and wanted == slug(plain(draft.section.heading)):
                return draft, "", ""
            if wanted in draft.headings:
                return draft, heading, ""
        return drafts[0], heading, ""


def rewritten(draft: Draft, index: Index) -> str:
    """Return the body of `draft` with links to other notes leading to their lessons, and block ids renamed."""
    code = {at for block in draft.blocks if block.kind == "verbatim" for at in range(block.line - 1, block.end)}
    lines = []
    for at, (_, text) in enumerate(draft.section.lines):
        line = draft.lines.get(at, text)
        lines.append(line if at in code or "[" not in line else _line(line, draft, index))
    return "\n".join(lines)


def _line(line: str, draft: Draft, index: Index) -> str:
    pieces = split_code(line)
    pieces[::2] = (
        _INLINE.sub(lambda m: _inline(m, draft, index), _WIKI.sub(lambda m: _wiki(m, line, draft, index), prose))
        for prose in pieces[::2]
    )
    return "".join(pieces)


def _wiki(match: re.Match[str], line: str, draft: Draft, index: Index) -> str:
    link = wikilink(match[2])
    found = None if link.is_image or link.check or not link.is_note else index.find(link, draft)
    if found is None:
        return match[0]
    home, heading, block = found
    if home is draft and not link.target and (heading, block) == (link.heading, link.block):
        return match[0]
    place = home.id + (f"#^{block}" if block else f"#{heading}" if heading else "")
    if match[1] and not link.alias:
        return f"![[{place}]]"
    in_table = "|" in line.replace(match[0], "")  # a bar would end the cell
    return f"{match[1]}[[{place}{'\\|' if in_table else '|'}{link.alias or link.words}]]"


def _inline(match: re.Match[str], draft: Draft, index: Index) -> str:
    heading = unquote(match[2] or "")
    block = heading[1:] if heading.startswith("^") else ""
    target = unquote(match[1]).removesuffix(".md").removeprefix("./")
    found = index.find(Wikilink(target, "" if block else heading, block), draft)
    if found is None:
        return match[0]
    home, heading, block = found
    return f"]({home.id}{f'#^{block}' if block else f'#{quote(heading)}' if heading else ''})"


def aliases_of(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the aliases that a note's properties give it."""
    given = values.get("aliases") or values.get("alias") or []
    names = given if isinstance(given, list) else [given]
    return tuple(name for name in names if isinstance(name, str) and name.strip())
