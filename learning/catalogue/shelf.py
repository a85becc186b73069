"""What notes point at: the lessons of a course in one language, their sections and blocks, and the course's diagrams.

Pure; of files it reads the diagrams it is asked for. `Shelf` is the lessons, `CourseContext` the shelf seen from one
lesson, which is what the renderer asks.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from learning.catalogue.anchors import Anchors, slug
from learning.catalogue.blocks import Block, blocks
from learning.catalogue.markdown import LinkTarget, Rendered, render
from learning.catalogue.statements import plain

MAX_DIAGRAM = 262_144  # bytes

_ENDING = re.compile(r"(?:\.(?:ko|en))?\.md$")
_NUMBER = re.compile(r"^\d+-")
_ID_AT_END = re.compile(r"(?m)[ \t]+\^[A-Za-z0-9-]+$")


def key(name: str) -> str:
    """Return `name` so that NFC and NFD, upper and lower case, and runs of spaces compare equal."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def names_of(path: str) -> tuple[str, ...]:
    """Return what a link may call the note in `path`: path and file name, with and without number and ending."""
    whole = _ENDING.sub("", path)
    last = whole.rsplit("/", 1)[-1]
    return whole, last, _NUMBER.sub("", last)


@dataclass(frozen=True)
class Page:
    """One lesson in one language as links see it; `names` are what a wikilink may call it besides its id and title."""

    id: str
    title: str
    url: str
    body: str
    names: tuple[str, ...] = ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the lesson."""
        return blocks(self.body)

    @cached_property
    def anchors(self) -> dict[str, Block]:
        """The blocks that have an id."""
        return {block.id: block for block in self.blocks if block.id}

    @cached_property
    def headings(self) -> dict[str, str]:
        """The anchor of each heading, as the renderer gives it, by the slug of its words; the first of two alike."""
        given, found = Anchors(), dict[str, str]()
        for block in self.blocks:
            named = bool(block.id) and given.take(block.id)
            if block.kind == "heading":
                words = plain(block.text)
                found.setdefault(slug(words), block.id if named else given.heading(words))
        return found

    def place(self, heading: str, block: str) -> str:
        """Return the address of a block, a heading, or the lesson when neither is asked for; "" if it is not there."""
        if block:
            found = self.anchors.get(block)
            mark = f"?s={block}" if found and found.kind in ("paragraph", "item") else ""
            return f"{self.url}{mark}#{block}" if found else ""
        if heading:
            anchor = self.headings.get(slug(heading))
            return f"{self.url}#{quote(anchor)}" if anchor else ""
        return self.url

    def text(self, heading: str, block: str) -> str | None:
        """Return the Markdown of a block, of a section or of the whole lesson, without ids; None if it is not there."""
        if block:
            found = self.anchors.get(block)
            return found.text if found else None
        text = self.section(heading) if heading else self.body
        return None if text is None else _ID_AT_END.sub("", text)

    def section(self, heading: str) -> str | None:
        """Return the Markdown of the section under `heading`, to the next heading of its level or above."""
        heads = [block for block in self.blocks if block.kind == "heading" and not block.callout]
        start = next((h for h in heads if slug(plain(h.text)) == slug(heading)), None)
        if start is None:
            return None
        end = next((h.line for h in heads if h.line > start.line and h.level <= start.level), None)
        return "\n".join(self.body.split("\n")[start.line - 1 : end - 1 if end else None])


def lesson_url(course: str, language: str, lesson: str) -> str:
    """Return the address of a lesson."""
    return f"/{language}/courses/{course}/lessons/{quote(lesson)}/"


@dataclass(frozen=True)
class Shelf:
    """The lessons of a course in one language, the folder of its drawings, and its pictures: addresses by key."""

    language: str
    pages: tuple[Page, ...]
    diagrams: Path | None = None
    pictures: Mapping[str, str] = field(default_factory=dict)
    _drawn: dict[str, tuple[str, str] | None] = field(default_factory=dict, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Page]:
        """The lessons by their ids."""
        return {page.id: page for page in self.pages}

    @cached_property
    def by_name(self) -> dict[str, Page]:
        """The lessons by every name, the surest names first: id, file name, title."""
        found: dict[str, Page] = {}
        for names in (lambda p: (p.id,), lambda p: p.names, lambda p: (p.title,)):
            for page in self.pages:
                for name in names(page):
                    found.setdefault(key(name), page)
        return found

    def find(self, name: str) -> Page | None:
        """Return the lesson called `name`, a path being called by its last part too."""
        name = _ENDING.sub("", name.strip())
        return self.by_name.get(key(name)) or self.by_name.get(key(name.rsplit("/", 1)[-1]))

    def diagram(self, name: str) -> tuple[str, str] | None:
        """Return the wide and the narrow drawing called `name`, or None."""
        if name not in self._drawn:
            self._drawn[name] = self._read_diagram(name)
        return self._drawn[name]

    def _read_diagram(self, name: str) -> tuple[str, str] | None:
        if self.diagrams is None or not name.endswith(".svg") or re.search(r"[\\/:\0]|^\.", name):
            return None
        wide = _svg(self.diagrams / name)
        return None if wide is None else (wide, _svg(self.diagrams / f"{name[:-4]}.narrow.svg") or "")

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that the HTML of any of these lessons can depend on, the renderer itself apart."""
        digest = hashlib.sha256(self.language.encode())
        for page in self.pages:
            digest.update(repr((page.id, page.title, page.url, page.names, page.body)).encode())
        for path in sorted(self.diagrams.glob("*.svg")) if self.diagrams else ():
            digest.update(f"{path.name}{_svg(path)}".encode(errors="replace"))
        digest.update(repr(sorted(self.pictures.items())).encode())
        return digest.hexdigest()


def _svg(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path.stat().st_size <= MAX_DIAGRAM else None
    except (OSError, UnicodeDecodeError):
        return None


class CourseContext:
    """The shelf as seen from the lesson `here`: what the renderer asks about the world around a note."""

    def __init__(self, shelf: Shelf, here: Page) -> None:
        self.shelf, self.here, self.language = shelf, here, shelf.language
        self.links: list[tuple[str, bool]] = []  # each note that was asked for, and whether it is there
        self.images: list[str] = []  # each image that was asked for

    def _page(self, target: str) -> Page | None:
        return self.shelf.find(target) if target.strip() else self.here

    def link(self, target: str, heading: str, block: str) -> LinkTarget | None:
        """Resolve a wikilink; one to a section or block that is not there leads nowhere."""
        page = self._page(target)
        url = page.place(heading, block) if page else ""
        self.links.append((target, bool(url)))
        return LinkTarget(url, page.title) if page and url else None

    def image(self, name: str) -> LinkTarget | None:
        """Return where the picture `name` is served; a path is called by its last part too."""
        self.images.append(name)
        url = self.shelf.pictures.get(key(name)) or self.shelf.pictures.get(key(name.rsplit("/", 1)[-1]))
        return LinkTarget(url) if url else None

    def diagram(self, name: str) -> tuple[str, str] | None:
        """Return the wide and narrow source of a diagram of the course."""
        return self.shelf.diagram(name)

    def note(self, target: str, heading: str, block: str) -> str | None:
        """Return the Markdown of a lesson, section or block, without ids: what is embedded must not repeat them."""
        page = self._page(target)
        text = page.text(heading, block) if page else None
        self.links.append((target, text is not None))
        return text


def render_page(shelf: Shelf, page: Page, *, path: str = "", first_line: int = 1) -> Rendered:
    """Render one lesson of `shelf`."""
    return render(page.body, CourseContext(shelf, page), path=path, first_line=first_line)


def shelve(
    language: str, pages: Iterable[Page], diagrams: Path | None = None, pictures: Mapping[str, str] | None = None
) -> Shelf:
    """Return the shelf of `pages`; a folder of diagrams that is not there is left out."""
    return Shelf(language, tuple(pages), diagrams if diagrams and diagrams.is_dir() else None, pictures or {})
