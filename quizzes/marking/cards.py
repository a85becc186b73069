"""An item as one learner meets it: in their language, in the order and under the tokens of their attempt. Pure.

Two types, so that nothing can leak by mistake: an `OpenCard` has no field for a key or a reason; a `MarkedCard` is
made only when the item has been marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = "ABCDEFGHI"


@dataclass(frozen=True, slots=True)
class Words:
    """What an item says before and after marking alike, as HTML."""

    id: str
    title: str  # plain text
    stem: str
    text: str
    case_title: str
    case_text: str
    hint: str
    partial: bool
    choose: int
    multiple: bool


@dataclass(frozen=True, slots=True)
class OpenOption:
    """An option that can be chosen."""

    letter: str
    token: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OpenCard:
    """An item to answer."""

    words: Words
    options: tuple[OpenOption, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A statement to go back to: its words, and the address that opens it marked in its lesson."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class MarkedOption:
    """An option after marking: whether it was right, and why."""

    letter: str
    text: str
    chosen: bool
    right: bool
    reason: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class MarkedCard:
    """An item after marking."""

    words: Words
    options: tuple[MarkedOption, ...]
    explain: str


def open_card(
    public: Mapping[str, Any], order: Sequence[int], tokens: Sequence[str], response: Sequence[int] | None
) -> OpenCard:
    """Return the card of the stored public item `public` (of one language), with `response` chosen."""
    pieces, chosen = public["body"]["pieces"], set(response or ())
    return OpenCard(
        _words(public),
        tuple(
            OpenOption(letter, tokens[position], pieces[position], position in chosen)
            for letter, position in zip(LETTERS, order, strict=False)
        ),
    )


def marked_card(
    public: Mapping[str, Any],
    secret: Mapping[str, Any],
    language: str,
    order: Sequence[int],
    response: Sequence[int] | None,
    sources: Mapping[str, Source],
) -> MarkedCard:
    """Return the card with key and reasons; `sources` are the statements it may cite, by slug."""
    pieces, chosen, right = public["body"]["pieces"], set(response or ()), set(secret["key"])
    reasons = secret["reasons"][language]
    return MarkedCard(
        _words(public),
        tuple(
            MarkedOption(
                letter,
                pieces[position],
                position in chosen,
                position in right,
                reasons["pieces"][position],
                tuple(sources[slug] for slug in secret["cites"][position] if slug in sources),
            )
            for letter, position in zip(LETTERS, order, strict=False)
        ),
        reasons["explain"],
    )


def _words(public: Mapping[str, Any]) -> Words:
    body = public["body"]
    said = {
        name: public[name] for name in ("id", "title", "stem", "text", "case_title", "case_text", "hint", "partial")
    }
    return Words(**said, choose=body["choose"], multiple=body["multiple"])
