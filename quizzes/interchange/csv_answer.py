"""Which options an answer names: by their places or by their words, and never by a guess between the two. Pure."""

import re
from collections.abc import Sequence

from learning.catalogue.errors import N_

LETTERS = "abcdefghijkl"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
TWOFOLD = N_(
    "The answer “%(found)s” is the words of one option and the place of another. Write the place as ①, ② or ③."
)


def named(said: str, texts: Sequence[str], places: Sequence[int], *, numbered: bool | None) -> set[int] | None:
    """Return the positions of the options that `said` names; None when its words and its places name others.

    `numbered`: whether the options are called 1, 2, 3 in their file, False for A, B, C, None when neither is sure.
    """
    parts = _parts(said)
    by_words, by_places = _by_words(said, texts), _by_places(parts, places)
    if not by_words or not by_places or by_words == by_places:
        return by_words or by_places
    no_place_here = numbered is not None and all(part.isdigit() != numbered for part in parts)
    return by_words if no_place_here else None


def _by_words(said: str, texts: Sequence[str]) -> set[int]:
    plain = [_plain(text) for text in texts]
    for names in ([_plain(said)], _parts(said)):
        if names and set(names) <= set(plain) - {""}:
            return {plain.index(name) for name in names}
    return set()


def _by_places(parts: Sequence[str], places: Sequence[int]) -> set[int]:
    """Return the positions of the options at the places that `parts` name; none unless each names one."""
    if len(parts) == 1 and re.fullmatch("[a-i]{2,9}", parts[0]):
        parts = list(parts[0])
    said = {_place(part) for part in parts}
    return {at for at, place in enumerate(places) if place in said} if said <= set(places) else set()


def _parts(said: str) -> list[str]:
    spaced = re.sub(f"([{CIRCLED}])", r" \1 ", said.casefold())
    return [part for piece in re.split(r"[\s,;/|]+", spaced) if (part := piece.strip(".()"))]


def _place(part: str) -> int:
    """Return the place that a letter or a number names, 0 for all else."""
    if re.fullmatch("[0-9]{1,2}", part):
        return int(part)
    signs = CIRCLED if part in CIRCLED else LETTERS
    return signs.find(part) + 1 if len(part) == 1 else 0


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
