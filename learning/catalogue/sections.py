"""A rendered lesson as words: its sections for search, and how long it takes to read. Pure."""

import math
from dataclasses import dataclass
from html.parser import HTMLParser

from learning.catalogue.markdown import Rendered

KOREAN_CHARACTERS_A_MINUTE = 500
ENGLISH_WORDS_A_MINUTE = 200

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"svg", "script", "style"})
_INLINE = frozenset({"a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "span", "strong", "sub", "sup"})


@dataclass(frozen=True, slots=True)
class Section:
    """The words between one heading and the next; the section before the first heading has no anchor."""

    anchor: str
    title: str
    text: str


class _Reader(HTMLParser):
    """Collects the words under each heading. Drawings are left out, heading words are known already."""

    def __init__(self, anchors: frozenset[str]) -> None:
        super().__init__()
        self.anchors = anchors
        self.found: list[tuple[str, list[str]]] = [("", [])]
        self.silent = 0
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        anchor = dict(attrs).get("id") or ""
        if tag in _HEADINGS and anchor in self.anchors:
            self.heading = True
            self.found.append((anchor, []))
        elif tag not in _INLINE:
            self.found[-1][1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _HEADINGS:
            self.heading = False
        elif tag not in _INLINE:
            self.found[-1][1].append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent and not self.heading:
            self.found[-1][1].append(data)


def sections(rendered: Rendered, title: str) -> tuple[Section, ...]:
    """Return the sections of a lesson called `title`; one without words of its own still has its heading."""
    titles = {heading.id: heading.text for heading in rendered.headings}
    reader = _Reader(frozenset(titles))
    for part in rendered.parts:
        reader.feed(part.html)
    reader.close()
    return tuple(
        Section(anchor, titles.get(anchor, title), " ".join("".join(words).split())) for anchor, words in reader.found
    )


def minutes(found: tuple[Section, ...], language: str) -> int:
    """Return how many minutes, at least one, reading these sections takes."""
    if language == "ko":
        characters = sum(len(section.text.replace(" ", "")) for section in found)
        return max(1, math.ceil(characters / KOREAN_CHARACTERS_A_MINUTE))
    return max(1, math.ceil(sum(len(section.text.split()) for section in found) / ENGLISH_WORDS_A_MINUTE))
