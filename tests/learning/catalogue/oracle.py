"""A second opinion on structure: markdown-it-py, with CommonMark's emphasis rule relaxed next to Korean.

Both readings are cut down to the tree of their blocks and their words, so that they can be compared.
"""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category

import html5lib
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

type Tree = list[Any]

BLOCKS = frozenset({"ul", "ol", "li", "p", "blockquote", "pre", "h", "hr", "table", "tr", "cell"})
_NAMES = {"h1": "h", "h2": "h", "h3": "h", "h4": "h", "h5": "h", "h6": "h", "td": "cell", "th": "cell"}
_CJK = re.compile(r"[가-힣ㄱ-ㆎ぀-ヿ一-鿿]")


class _KoreanState(StateInline):
    """Emphasis may close before a Korean particle and open after one, whatever punctuation stands inside it."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        found = super().scanDelims(start, canSplitWord)
        end = start + found.length
        before, after = self.src[start - 1 : start] or " ", self.src[end : end + 1] or " "
        if self.src[start] == "_" or before.isspace() or after.isspace():
            return found
        if _CJK.match(after) and category(before)[0] in "PS":
            return Scanned(found.can_open, True, found.length)
        if _CJK.match(before) and category(after)[0] in "PS":
            return Scanned(True, found.can_close, found.length)
        return found


def commonmark(text: str) -> str:
    """Return the HTML that markdown-it-py makes of `text`."""
    engine = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    environment: dict[str, Any] = {}
    tokens = engine.parse(text, environment)
    for token in tokens:
        if token.type == "inline" and token.children is not None:
            token.children.clear()
            _read_inline(engine, token.content, environment, token.children)
    return str(engine.renderer.render(tokens, engine.options, environment))


def _read_inline(engine: MarkdownIt, text: str, environment: dict[str, Any], into: list[Any]) -> None:
    state = _KoreanState(text, engine, environment, into)
    engine.inline.tokenize(state)
    for rule in engine.inline.ruler2.getRules(""):
        rule(state)
    for token in into:
        token.type = "text" if token.type == "text_special" else token.type


def tree(html: str) -> Tree:
    """Return blocks as [name, child, …] and words as text; headings and cells have one name for all their kinds."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return list(_joined(_inside(root)))


def _inside(element: Any) -> Iterator[Any]:
    yield element.text or ""
    for child in element:
        name = _NAMES.get(child.tag, child.tag) if isinstance(child.tag, str) else ""
        yield from [[name, *_joined(_inside(child))]] if name in BLOCKS else _inside(child)
        yield child.tail or ""


def _joined(pieces: Iterator[Any]) -> Iterator[Any]:
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words += piece
            continue
        if words.strip():
            yield " ".join(words.split())
        words = ""
        yield piece
    if words.strip():
        yield " ".join(words.split())
