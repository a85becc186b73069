"""What the parts of the renderer share while one note is rendered: its context, its problems, its ids. Pure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import Element

from learning.catalogue.anchors import Anchors
from learning.catalogue.errors import Problem
from learning.catalogue.limits import Budget
from learning.catalogue.phrases import phrase
from learning.catalogue.schema import Heading


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link or an image leads: a URL, and a title for links without an alias."""

    url: str
    title: str = ""


class Context(Protocol):
    """What the renderer asks about the world around a note. Names arrive in NFC, headings as the note spells them.

    `anchors.slug(heading)` is the id of a heading in a rendered page, a block id is its own.
    """

    @property
    def language(self) -> str:
        """The language the note is written in."""

    def link(self, target: str, heading: str, block: str) -> LinkTarget | None:
        """Resolve `[[target#heading]]` or `[[target#^block]]`; an empty target means this note."""

    def image(self, name: str) -> LinkTarget | None:
        """Return where the image file `name` is served, or None."""

    def diagram(self, name: str) -> tuple[str, str] | None:
        """Return the wide and the narrow SVG source (or "") of the course's diagram `name` (`x.svg`), or None."""

    def note(self, target: str, heading: str, block: str) -> str | None:
        """Return the Markdown that `![[target#heading]]` embeds, or None."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The world around words that stand alone, as a question's do: no lessons, images or notes to point at."""

    language: str

    def link(self, target: str, heading: str, block: str) -> LinkTarget | None:
        """Return nothing."""
        return None

    def image(self, name: str) -> LinkTarget | None:
        """Return nothing."""
        return None

    def diagram(self, name: str) -> tuple[str, str] | None:
        """Return nothing."""
        return None

    def note(self, target: str, heading: str, block: str) -> str | None:
        """Return nothing."""
        return None


class Levels:
    """Turns a note's heading levels into the page's: the highest is one below `base`, and none is skipped."""

    def __init__(self, base: int = 1) -> None:
        self.base = base
        self.open: list[int] = []

    @property
    def current(self) -> int:
        """The page's level of the last heading."""
        return min(6, self.base + len(self.open))

    def enter(self, level: int) -> int:
        """Return the page's level for a heading of `level`."""
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        return self.current


@dataclass(slots=True)
class Page:
    """The state of one rendering. `drawings` are SVG texts whose place is kept by an element of class `slot-N`."""

    context: Context
    path: str
    budget: Budget
    problems: list[Problem] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)
    levels: Levels = field(default_factory=Levels)
    embedding: list[tuple[str, str, str]] = field(default_factory=list)
    tables: int = 0
    dense: bool = False  # the budget for markup is spent: the rest is shown as plain text
    said: set[str] = field(default_factory=set)

    def warn(self, line: int, message: str, **params: object) -> None:
        """Report a problem of the note itself; those of notes embedded in it are their own."""
        if not self.embedding:
            self.problems.append(Problem(self.path, line, message, params, "warning"))

    def warn_once(self, line: int, message: str, **params: object) -> None:
        """Report a problem, the first time only."""
        key = f"{message}{params}"
        if key not in self.said:
            self.said.add(key)
            self.warn(line, message, **params)

    def phrase(self, key: str) -> str:
        """Return the renderer's own words for `key` in the note's language."""
        return phrase(self.context.language, key)

    @contextmanager
    def embedded(self, key: tuple[str, str, str]) -> Iterator[None]:
        """Render an embedded note meanwhile: its headings lie deeper, its problems are its own."""
        outer = self.levels
        self.embedding.append(key)
        self.levels = Levels(outer.current)
        try:
            yield
        finally:
            self.embedding.pop()
            self.levels = outer


def element(tag: str, text: str = "", /, **attributes: str) -> Element:
    """Make an element; `class_` and `aria_label` stand for `class` and `aria-label`."""
    made = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    made.text = text or None
    return made
