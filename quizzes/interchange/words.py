"""Words on their way in and out: HTML and plain text into our Markdown, and Markdown into either. Pure.

`from_*` give Markdown that shows what the foreign text showed; `to_*` what a learner would see of ours.
"""

import re

from quizzes.interchange.fromhtml import Taken, from_html, plain_of
from quizzes.interchange.literal import from_plain
from quizzes.marking.item import Item

__all__ = ["Taken", "asked", "from_html", "from_plain", "one_line", "stem_and_text", "to_html", "to_plain"]


def to_html(text: str) -> str:
    """Return Markdown as safe HTML without links to statements."""
    from quizzes.marking.rendering import html  # here, as most readers do without and it takes 0.1 s to load

    return html(text, "en")


def to_plain(text: str) -> str:
    """Return Markdown as plain text without links to statements, a line for each line shown."""
    return plain_of(to_html(text))


def stem_and_text(words: str) -> tuple[str, str]:
    """Return Markdown of a whole question as an item's stem (its first line) and the text below it."""
    stem, _, text = words.strip().partition("\n")
    return stem.strip(), "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def one_line(words: str) -> str:
    """Return Markdown as one line, as options, steps and cells want it."""
    return re.sub(r"[ \t]*\n\s*", " ", words.strip())


def asked(item: Item) -> str:
    """Return stem and text of `item` as one Markdown text; `stem_and_text(asked(item))` gives them back."""
    return f"{item.stem}\n\n{item.text}" if item.text else item.stem
