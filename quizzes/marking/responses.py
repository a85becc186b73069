"""What a browser sends, as a response; what a response of one revision says in another. Pure.

Works on stored public items (`quizzes.marking.rendering.public_json`), which know no key.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.marking.item import Response
from quizzes.marking.kinds.matching import NOTHING

type Public = Mapping[str, Any]  # a stored public item in one language


def kind_of(public: Public) -> str:
    """Return the kind of a stored item; the first ones stored were all choices and did not say so."""
    return str(public.get("kind", "choice"))


def response_of(public: Public, tokens: Sequence[str], sent: Sequence[str]) -> Response | None:
    """Return the response that the tokens `sent` name; None when they are no response to this item.

    `tokens` are the item's, by position. A choice comes in any order, an ordering first step first, a matching with one
    entry a row, "" for a row left open. Nothing sent is the empty response of any kind.
    """
    kind = kind_of(public)
    left_open = {""} if kind == "matching" else set()
    if not set(sent) <= {*tokens, *left_open}:
        return None
    positions = tuple(tokens.index(token) if token else NOTHING for token in sent)
    if kind == "matching":
        rows = len(public["body"]["rows"])
        return (NOTHING,) * rows if not positions else positions if len(positions) == rows else None
    if len(set(positions)) != len(positions):
        return None
    if kind == "ordering":
        return positions
    return tuple(sorted(positions)) if public["body"]["multiple"] or len(positions) <= 1 else None


def is_blank(response: Sequence[int] | None) -> bool:
    """Return whether nothing was answered."""
    return not response or set(response) == {NOTHING}


def is_complete(public: Public, response: Sequence[int]) -> bool:
    """Return whether as much is answered as the item asks for."""
    body = public["body"]
    wanted = {"ordering": len(body["pieces"]), "matching": len(body.get("rows", ()))}
    return NOTHING not in response and len(response) == wanted.get(kind_of(public), body.get("choose"))


def carried(before: Public, after: Public, response: Sequence[int]) -> Response | None:
    """Return what `response` to the item `before` is as a response to `after`; None when their pieces differ."""
    old, new = before["body"], after["body"]
    same_rows = old.get("rows") == new.get("rows")
    if kind_of(before) != kind_of(after) or not same_rows or sorted(old["pieces"]) != sorted(new["pieces"]):
        return None
    if len(set(new["pieces"])) != len(new["pieces"]):
        return None
    moved = tuple(p if p == NOTHING else new["pieces"].index(old["pieces"][p]) for p in response)
    return tuple(sorted(moved)) if kind_of(after) == "choice" else moved
