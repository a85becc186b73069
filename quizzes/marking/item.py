"""What a question is, as data. Pure, and in one language: a question in two languages is two items with one id.

A response is the same for every kind: positions among the pieces a learner sees (options, steps, right-hand cells),
counted from 0. Positions do not depend on the language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Protocol

from quizzes.marking.lines import numbered

type Response = tuple[int, ...]

WIKILINK = re.compile(r"\[\[[^\[\]|#]*#\^([A-Za-z0-9-]+)(?:\\?\|([^\[\]]*))?\]\]")
GAP = "\x00"  # where a link was; no text holds it


@dataclass(frozen=True, slots=True)
class Beyond:
    """An item goes beyond the notes: the day its AWS pages were read, and a page for all its options, if any."""

    checked: str  # 2026-11-22
    url: str = ""

    def __str__(self) -> str:
        return f"{self.url} {self.checked}".strip()


@dataclass(frozen=True, slots=True)
class Correction:
    """An item was wrong before: since which day it is right, and what was wrong. The words differ by language."""

    day: str  # 2026-11-22
    said: str

    def __str__(self) -> str:
        return f"{self.day} {self.said}"


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of an item with the reason why it stands where it stands. `rationale` is Markdown with wikilinks."""

    text: str
    rationale: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of the statements the rationale links to."""
        return cites(self.rationale)


@dataclass(frozen=True, slots=True)
class Option(Step):
    """An option of a choice. `design` is what it means in the builder, see `quizzes.marking.designs`; "" for none."""

    right: bool = False
    design: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a response earned, in hundredths of a point at the finest; `0 <= points <= of`."""

    points: Decimal
    of: Decimal

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.points == self.of


class BodyView(Protocol):
    """What a learner may see of a body: it has no field for a key, a rationale or a weight."""

    kind: ClassVar[str]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The texts that a response counts from 0."""
        ...


class Body(Protocol):
    """The part of an item that differs by kind. `seed` is the item's id; it fixes an order that says nothing."""

    kind: ClassVar[str]

    def public_view(self, seed: str) -> BodyView:
        """Return what a learner may see."""
        ...

    def told(self, seed: str) -> tuple[Step, ...]:
        """Return every piece with its reason, in the order of the public view's pieces; () when it has none."""
        ...

    def key(self, seed: str) -> Response:
        """Return the response that earns everything."""
        ...

    def proves(self) -> tuple[str, ...]:
        """Return the statements that a full mark is evidence of, as far as the pieces say."""
        ...

    def accepts(self, response: Response) -> bool:
        """Return whether `response` could have been given to this body at all; an incomplete one could."""
        ...

    def share(self, response: Response, seed: str) -> Fraction:
        """Return how much of the answer is right, 0 to 1."""
        ...

    def lines(self) -> list[str]:
        """Return the body as lines of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """The `key:: value` lines of an item; None stands for a line that is not there."""

    difficulty: int | None = None
    topic: str | None = None
    shuffle: bool | None = None
    partial: bool | None = None
    points: int | None = None
    pilot: bool | None = None
    beyond: Beyond | None = None
    scenario: str | None = None
    erratum: Correction | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A text that several items share."""

    title: str
    id: str = ""
    text: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A question in one language. `stem` is its heading; `text` what stands between heading and options, if anything.

    `layout` keeps where its file put what, so that writing changes nothing else; () is the canonical layout.
    """

    id: str
    stem: str
    body: Body
    text: str = ""
    settings: Settings = Settings()
    explain: str = ""
    hint: str = ""
    layout: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    def told(self) -> tuple[Step, ...]:
        """Return every piece with its reason, in the order a response counts them."""
        return self.body.told(self.id)

    def key(self) -> Response:
        """Return the response that earns everything."""
        return self.body.key(self.id)

    def proves(self) -> tuple[str, ...]:
        """Return the statements that a full mark is evidence of."""
        return self.body.proves() or cites(self.explain)

    def cites(self) -> tuple[str, ...]:
        """Return every statement the item rests on, each once."""
        found = [slug for step in self.told() for slug in step.cites] + list(cites(self.explain))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Section:
    """A run of items: those of a case, or (without one) those before the first case."""

    items: tuple[Item, ...]
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Bank:
    """A `*.quiz.md` file, read."""

    id: str
    lang: str
    topic: str = ""
    difficulty: int | None = None
    sections: tuple[Section, ...] = ()
    path: str = field(default="", compare=False)

    def items(self) -> tuple[Item, ...]:
        """Return the items in the order of the file."""
        return tuple(item for section in self.sections for item in section.items)

    def cases(self) -> Mapping[str, Case]:
        """Return the case of each item that has one, by the item's id."""
        return {item.id: section.case for section in self.sections if section.case for item in section.items}

    def topic_of(self, item: Item) -> str:
        """Return the topic of `item`: its own, else the file's."""
        return item.settings.topic or self.topic

    def difficulty_of(self, item: Item) -> int:
        """Return the difficulty of `item`, 1 to 5: its own, else the file's, else 3."""
        return item.settings.difficulty or self.difficulty or 3


def cites(text: str) -> tuple[str, ...]:
    """Return the ids of the statements that `text` links to, each once, in order."""
    return tuple(dict.fromkeys(match[1] for match in WIKILINK.finditer(text)))


def unlinked(text: str) -> str:
    """Return `text` without its statement links; an alias stays as plain words, and other lines as they are."""
    bare = WIKILINK.sub(lambda match: GAP + (match[2] or ""), text)
    return "\n".join(
        line.text.replace(GAP, "") if line.code else _closed(line.text) for line in numbered(bare, 1)
    ).strip()


def _closed(line: str) -> str:
    """Return a line without the gaps that links left in its words; its indentation may be that of a list."""
    if GAP not in line:
        return line
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    words = re.sub(r"[ \t]{2,}", " ", line.replace(GAP, "")).strip()
    return indent + words if words else ""
