"""Words on their way in and out: HTML and plain text into our Markdown, and Markdown into either. Pure.

`from_*` give Markdown that shows what the foreign text showed; `to_*` what a learner would see of ours.
"""

import re
from dataclasses import dataclass

from quizzes.marking.item import Item
from quizzes.marking.rendering import html


@dataclass(frozen=True, slots=True)
class Taken:
    """Markdown made of foreign words, and the names of what it could not hold ("picture", "colour", …), each once."""

    text: str
    lost: tuple[str, ...] = ()


def from_plain(text: str) -> str:
    """Return Markdown that shows exactly `text`, line breaks included."""
    raise NotImplementedError


def from_html(markup: str) -> Taken:
    """Return Markdown that shows what `markup` shows, as far as Markdown can."""
    raise NotImplementedError


def to_html(text: str) -> str:
    """Return Markdown as safe HTML without links to statements."""
    return html(text, "en")


def to_plain(text: str) -> str:
    """Return Markdown as plain text without links to statements, as a learner would read it aloud."""
    raise NotImplementedError


def stem_and_text(words: str) -> tuple[str, str]:
    """Return Markdown of a whole question as an item's stem (one line) and the text below it."""
    raise NotImplementedError


def one_line(words: str) -> str:
    """Return Markdown as one line, as options, steps and cells want it."""
    raise NotImplementedError


def asked(item: Item) -> str:
    """Return stem and text of `item` as one Markdown text; `stem_and_text(asked(item))` gives them back."""
    return f"{item.stem}\n\n{item.text}" if item.text else item.stem
