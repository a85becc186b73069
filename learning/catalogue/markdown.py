"""The one renderer of notes: Obsidian Markdown in, safe HTML out. Pure.

It asks a `Context` about the world around a note (what a wikilink points at, where an image is) and knows nothing of
files, requests or databases. It never raises: what it cannot show becomes a framed notice and a `Problem`.
"""

from dataclasses import dataclass
from typing import Protocol

import markdown
import nh3

from learning.catalogue.errors import Problem
from learning.catalogue.schema import Heading, Part


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link or an image leads: a URL of this site or an http(s) one, and a title for links without an alias."""

    url: str
    title: str = ""


class Context(Protocol):
    """What the renderer asks about the world around a note. All names arrive in NFC, as the note spells them."""

    language: str

    def link(self, target: str, heading: str, block: str) -> LinkTarget | None:
        """Resolve `[[target#heading]]` or `[[target#^block]]`; an empty target means this note."""

    def image(self, name: str) -> LinkTarget | None:
        """Return where the image file `name` is served, or None."""

    def diagram(self, name: str) -> tuple[str, str] | None:
        """Return the wide and the narrow SVG source (or "") of the course's diagram `name` (`x.svg`), or None."""

    def note(self, target: str, heading: str, block: str) -> str | None:
        """Return the Markdown that `![[target#heading]]` embeds, or None."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A note as HTML: its pieces, its headings in order, what was wrong with it, and its length in words."""

    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]
    words: int


def render(text: str, context: Context, *, path: str = "", first_line: int = 1) -> Rendered:
    """Render the body of a note. Problems name `path` and the line, counted from `first_line`."""
    html = nh3.clean(markdown.markdown(text))
    return Rendered((Part(html),), (), (), len(text.split()))
