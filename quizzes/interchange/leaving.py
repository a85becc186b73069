"""What the writers of XML and decks share: words as bare HTML, and a list of what stays behind. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import nh3

from learning.catalogue.errors import Problem
from quizzes.interchange.found import Sheet
from quizzes.interchange.losses import not_carried
from quizzes.interchange.words import to_html, to_plain
from quizzes.marking.item import unlinked

# The elements that both our Markdown and every HTML since 4 have, and those only newer ones have.
OLD = frozenset(
    [
        *("a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "ol", "p"),
        *("pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    ]
)
NEW = frozenset(["del", "ins", "mark", "s", "u"])
SCHEMES = {"http", "https", "mailto"}
_BARE = {
    tags: nh3.Cleaner(tags=set(tags), attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    for tags in (OLD, OLD | NEW)
}
# Words that are no markup whatever stands around them.
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[.,?!'\"()/;–—…·“”‘’-]|[ ](?=\S))*")
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Left:
    """What one format could not carry, as it is found."""

    problems: list[Problem] = field(default_factory=list)

    def behind(self, sheet: Sheet, names: Iterable[str]) -> None:
        """Note that `names` (English msgids) of `sheet` stay behind."""
        self.problems += not_carried(sheet, names)


def bare(text: str, tags: frozenset[str] = OLD | NEW) -> str:
    """Return Markdown as HTML of these elements only: no classes, no ids, no links to statements."""
    words = unlinked(text)
    if _WORDS.fullmatch(words):  # most texts; rendering them is a hundred times slower
        return words
    return fit(_BARE[tags].clean(to_html(text)).strip())


def title(words: str, length: int) -> str:
    """Return Markdown as a plain title on one line, never longer than `length` characters nor empty."""
    bare_words = unlinked(words)
    shown = bare_words if _WORDS.fullmatch(bare_words) else to_plain(words)
    return fit(" ".join(shown.split()))[:length].strip() or "-"


def fit(text: str) -> str:
    """Return text without the characters that no XML may hold."""
    return _UNFIT.sub("", text)
