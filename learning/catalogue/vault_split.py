"""One note into the lessons it holds: the whole note, or its numbered sections. Pure.

A note whose sections are numbered (`### 1. …`, `### 2. …`) becomes one lesson for each section of that level; what
stands above the first becomes the lead of the first. Text stays as it was written, and each line knows where it was.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from learning.catalogue.blocks import Block, blocks
from learning.catalogue.frontmatter import FrontMatter
from learning.catalogue.manifest import MAX_TITLE
from learning.catalogue.statements import plain

MAX_SUMMARY = 240
MAX_SLUG = 60

_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_SENTENCE = re.compile(r".+?[.!?。](?=\s|$)")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A lesson to be: `lines` are (line in the note, text); `heading` is the heading that became its title, if any."""

    title: str
    lines: tuple[tuple[int, str], ...]
    heading: str = ""

    @property
    def body(self) -> str:
        """The text of the section."""
        return "\n".join(text for _, text in self.lines)


def clean(text: str, limit: int) -> str:
    """Return `text` fit for a title: one line, composed, printable, at most `limit` characters."""
    words = " ".join(_UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text)).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Return `text` as a quoted scalar that YAML and TOML both read."""
    return json.dumps(text, ensure_ascii=False)


def slugify(title: str) -> str:
    """Return the id that `title` suggests, in any script: "시작 유형 (Launch Types)" -> "시작-유형-launch-types"."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", title).casefold()).strip("-")
    return words[:MAX_SLUG].strip("-") or "note"


def summary_of(section: Section) -> str:
    """Return the first sentence of a section, or its title when it begins with none."""
    first = next((b for b in blocks(section.body) if b.kind == "paragraph" and plain(b.text)), None)
    words = plain(first.text) if first else section.title
    sentence = _SENTENCE.match(words)
    return clean(sentence[0] if sentence else words, MAX_SUMMARY) or section.title


def split(matter: FrontMatter, name: str, *, sections: bool) -> list[Section]:
    """Return the lessons of the note called `name`; with `sections`, one for each numbered section if there are two."""
    lines = [(matter.body_line + at, text) for at, text in enumerate(matter.body.split("\n"))]
    heads = [b for b in blocks(matter.body, matter.body_line) if b.kind == "heading" and not b.callout]
    opening, lines = _opening(heads, lines)
    found = _cut(lines, _tops(heads)) if sections else []
    if found:
        return found
    lines = _trim(lines)
    title = clean(matter.text("title") or plain(opening) or name.rsplit("/", 1)[-1].removesuffix(".md"), MAX_TITLE)
    return [Section(title or "Note", tuple(lines), opening)] if lines else []


def _opening(heads: Sequence[Block], lines: list[tuple[int, str]]) -> tuple[str, list[tuple[int, str]]]:
    """Return the `#` heading that opens the note, if any, and the lines without it: the page prints the title."""
    first = next((number for number, text in lines if text.strip()), 0)
    if heads and heads[0].line == first and heads[0].level == 1:
        return heads[0].text, [line for line in lines if not heads[0].line <= line[0] <= heads[0].end]
    return "", lines


def _tops(heads: Sequence[Block]) -> list[Block]:
    """Return the headings that begin sections: from the first numbered one on, all of the level of the numbered."""
    numbered = [head for head in heads if _NUMBERED.match(plain(head.text))]
    level = min((head.level for head in numbered), default=0)
    if sum(head.level == level for head in numbered) < 2:
        return []
    begin = next(head.line for head in numbered if head.level == level)
    return [head for head in heads if head.level == level and head.line >= begin]


def _cut(lines: list[tuple[int, str]], tops: Sequence[Block]) -> list[Section]:
    if not tops:
        return []
    intro = _trim([line for line in lines if line[0] < tops[0].line])
    found = []
    for head, following in zip(tops, [*tops[1:], None], strict=True):
        inside = _trim([x for x in lines if x[0] > head.end and (following is None or x[0] < following.line)])
        if intro and inside:
            inside = [*intro, (head.line, ""), *inside]
            intro = []
        title = clean(_NUMBERED.sub("", plain(head.text)), MAX_TITLE) or "Note"
        if inside:
            found.append(Section(title, tuple(inside), head.text))
    return found


def _trim(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Drop empty lines and rules (`---`) from both ends: they parted what now stands alone."""
    kept = [at for at, (_, text) in enumerate(lines) if text.strip() and not _RULE.fullmatch(text.rstrip())]
    return lines[kept[0] : kept[-1] + 1] if kept else []
