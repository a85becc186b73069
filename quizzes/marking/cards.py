"""An item as one learner meets it: in their language, in the order and under the tokens of their attempt. Pure.

Two types, so that nothing can leak by mistake: an `OpenCard` has no field for a key or a reason; a `MarkedCard` is
made only when the item has been marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes.marking.kinds.matching import NOTHING
from quizzes.marking.responses import kind_of

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def spoken(public: Mapping[str, Any], language: str) -> str:
    """Return the language to show an item in: `language`, or the one it was written in where it has no other."""
    return language if language in public else next(iter(public))


@dataclass(frozen=True, slots=True)
class Words:
    """What an item says before and after marking alike, as HTML. Of a matching, `heads` are those of its columns."""

    id: str
    title: str  # plain text
    stem: str
    text: str
    case_title: str
    case_text: str
    hint: str
    partial: bool
    kind: str
    choose: int
    multiple: bool
    heads: tuple[str, ...]
    lang: str = ""  # the language of all these words where it is not that of the page


@dataclass(frozen=True, slots=True)
class OpenOption:
    """A piece to answer with. `place`: where the learner put it in an ordering, from 1."""

    letter: str
    token: str
    text: str
    chosen: bool
    struck: bool = False
    place: int | None = None


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of a matching, from 1, with the token of the cell given to it, or ""."""

    number: int
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class OpenCard:
    """An item to answer. In an ordering that has an answer the options stand as the learner put them."""

    words: Words
    options: tuple[OpenOption, ...]
    rows: tuple[OpenRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A statement to go back to: its words, and the address that opens it marked in its lesson."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class MarkedOption:
    """A piece after marking: whether it was right, and why. `place` and `right_place` are those of an ordering."""

    letter: str
    text: str
    chosen: bool
    right: bool
    reason: str
    sources: tuple[Source, ...]
    place: int | None = None
    right_place: int | None = None


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a matching after marking: the cell given ("" for none) and the one wanted."""

    number: int
    text: str
    given: str
    wanted: str
    right: bool


@dataclass(frozen=True, slots=True)
class MarkedCard:
    """An item after marking; `sources` are the statements that its explanation cites."""

    words: Words
    options: tuple[MarkedOption, ...]
    explain: str
    rows: tuple[MarkedRow, ...] = ()
    sources: tuple[Source, ...] = ()


def told_in[C: (OpenCard, MarkedCard)](card: C, lang: str) -> C:
    """Return `card` saying that its words are in `lang`, which is not the language of the page."""
    return replace(card, words=replace(card.words, lang=lang))


def open_card(
    public: Mapping[str, Any],
    order: Sequence[int],
    tokens: Sequence[str],
    response: Sequence[int] | None,
    struck: Sequence[int] = (),
) -> OpenCard:
    """Return the card of the stored public item `public` (of one language), with `response` chosen."""
    pieces, given = public["body"]["pieces"], tuple(response or ())
    places = _places(public, given)
    shown = [*places, *(p for p in order if p not in places)]
    letters = dict(zip(order, LETTERS, strict=False))
    options = tuple(OpenOption(letters[p], tokens[p], pieces[p], p in given, p in struck, places.get(p)) for p in shown)
    rows = tuple(OpenRow(number, text, tokens[p] if p != NOTHING else "") for number, text, p in _rows(public, given))
    return OpenCard(_words(public), options, rows)


def marked_card(
    public: Mapping[str, Any],
    secret: Mapping[str, Any],
    language: str,
    order: Sequence[int],
    response: Sequence[int] | None,
    sources: Mapping[str, Source],
) -> MarkedCard:
    """Return the card with key and reasons; `sources` are the statements it may cite, by slug."""
    pieces, given, key = public["body"]["pieces"], tuple(response or ()), secret["key"]
    said, cited = secret["reasons"][language], secret["cites"]
    places, wanted = _places(public, given), _places(public, key)

    def option(letter: str, p: int) -> MarkedOption:
        right = places.get(p) == wanted[p] if wanted else p in key
        reason = said["pieces"][p] if said["pieces"] else ""
        rests_on = _sources(cited[p], sources) if cited else ()
        return MarkedOption(letter, pieces[p], p in given, right, reason, rests_on, places.get(p), wanted.get(p))

    options = tuple(option(letter, p) for letter, p in zip(LETTERS, order, strict=False))
    cell = {NOTHING: "", **dict(enumerate(pieces))}
    rows = tuple(
        MarkedRow(number, text, cell[p], cell[right], p == right)
        for (number, text, p), right in zip(_rows(public, given), key, strict=False)
    )
    explained = _sources(secret.get("explain_cites", ()), sources)
    return MarkedCard(_words(public), options, said["explain"], rows, explained)


def _places(public: Mapping[str, Any], response: Sequence[int]) -> dict[int, int]:
    """Return the place of each piece of an ordering, from 1; nothing of other kinds."""
    return {p: place for place, p in enumerate(response, start=1)} if kind_of(public) == "ordering" else {}


def _rows(public: Mapping[str, Any], response: Sequence[int]) -> list[tuple[int, str, int]]:
    """Return number, text and given piece of each row of a matching; nothing of other kinds."""
    texts = public["body"].get("rows", ())
    given = response or (NOTHING,) * len(texts)
    return [(number, text, p) for number, (text, p) in enumerate(zip(texts, given, strict=False), start=1)]


def _sources(slugs: Sequence[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    return tuple(sources[slug] for slug in slugs if slug in sources)


def _words(public: Mapping[str, Any]) -> Words:
    body = public["body"]
    said = {
        name: public[name] for name in ("id", "title", "stem", "text", "case_title", "case_text", "hint", "partial")
    }
    choose, multiple = body.get("choose", 0), body.get("multiple", False)
    heads = tuple(body.get("heads", ()))
    return Words(**said, kind=kind_of(public), choose=choose, multiple=multiple, heads=heads)
