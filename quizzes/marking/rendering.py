"""Questions as HTML, made once, when they are synced. Pure.

Statement links are taken out of the words here: pages show them as links of their own, with the statement's words.
"""

import re
from collections.abc import Callable
from dataclasses import asdict
from html import unescape
from typing import Any

from learning.catalogue.markdown import Nowhere, render
from quizzes.marking.item import Item, unlinked
from quizzes.marking.mark import PublicItem

PARAGRAPH = ("<p>", "</p>")
TAG = re.compile(r"<[^>]*>")


def html(text: str, language: str) -> str:
    """Return Markdown of a question as safe HTML; a single paragraph loses its tags."""
    if not text:
        return ""
    whole = "".join(part.html for part in render(unlinked(text), Nowhere(language)).parts).strip()
    start, end = PARAGRAPH
    inner = whole.removeprefix(start).removesuffix(end)
    return inner if whole == f"{start}{inner}{end}" and start not in inner else whole


def plain(markup: str) -> str:
    """Return safe HTML as plain text."""
    return unescape(TAG.sub("", markup)).strip()


def public_json(view: PublicItem, language: str) -> dict[str, Any]:
    """Return a public item with all its words as HTML, ready to be stored."""
    stored = _mapped(asdict(view), lambda text: html(text, language))
    return {**stored, "id": view.id, "kind": view.body.kind, "title": plain(stored["stem"])}


def reasons(item: Item, language: str) -> dict[str, Any]:
    """Return the words that may be shown after marking: a reason for each piece, and the explanation."""
    return {
        "pieces": [html(step.rationale, language) for step in item.told()],
        "explain": html(item.explain, language),
    }


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Return `value` with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return value
