"""Emphasis, marks, links and what `spans` set aside, as elements. Pure.

This is where python-markdown works: it reads bold next to Korean particles right (`**EFS(File System)**를`), which
CommonMark does not. Its patterns for code, HTML, escapes and entities are off: `spans` does those in linear time.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import Delimiter, DelimiterProcessor, InlineProcessor
from markdown.util import AtomicString

from learning.catalogue.spans import References, Scanned, Token, scan

type Make = Callable[[Token], Element | str]

_OFF = (
    *("backtick", "escape", "autolink", "automail", "linebreak", "html", "entity"),
    *("reference", "image_reference", "short_reference", "short_image_ref"),
)
_TOKEN = r"\x02t(\d+)\x03"  # noqa: S105 - no password
_PAIR = r"\x02o(\d+)\x03(.*?)\x02c\1\x03"
_LITERAL = re.compile(r"\x02(\d+)\x03")
_UNUSED = re.compile(r"\x02[oc]\d+\x03")  # HTML tags that emphasis crosses
_SPLIT = re.compile(_TOKEN)
_MARKUP = re.compile(r"[*_]|\[|==|~~|\x02o")


class _Tokens(InlineProcessor):
    def __init__(self, inline: "Inline") -> None:
        super().__init__(_TOKEN)
        self.inline = inline

    # The stubs know the signature of old patterns only.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return self.inline.element(int(m[1])), m.start(), m.end()


class _Pairs(InlineProcessor):
    def __init__(self, inline: "Inline") -> None:
        super().__init__(_PAIR)
        self.inline = inline

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = self.inline.enclosing(int(m[1]))
        element.text = m[2] + " " * len(element)  # before the reason in a notice
        return element, m.start(), m.end()


class _Emphasis(DelimiterProcessor):
    """python-markdown's emphasis, watched: after `*a **b*c` it would swallow the `c`."""

    def __init__(self, engine: Markdown) -> None:
        super().__init__("*", "strong,em", engine)
        self.add("_", "strong,em", smart=True)
        self.add("=", "mark", double=True)
        self.add("~", "s", double=True)
        self.data = ""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        self.data = data
        return super().handleMatch(m, data)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        if self.data[c:d].strip(delim.token):
            raise ValueError("emphasis ends beyond its mark")
        super().add_region(delim, a, b, c, d, size)


class Inline:
    """Turns the text of a block into elements. `make` says what becomes of a token."""

    def __init__(self, references: References, make: Make) -> None:
        self.references = references
        self.make = make
        self.scanned = Scanned()
        self.markdown = self._engine()

    def _engine(self) -> Markdown:
        engine = Markdown(output_format="html")
        patterns = engine.inlinePatterns
        for name in _OFF:
            patterns.deregister(name)
        patterns.register(_Emphasis(engine), "em_strong", 60)
        for depth in range(2):  # a pattern does not look into what it found itself
            patterns.register(_Tokens(self), f"token-{depth}", 190 - depth)
            patterns.register(_Pairs(self), f"pair-{depth}", 186 - depth)
        return engine

    def scan(self, text: str) -> Scanned:
        """Set aside what python-markdown must not see."""
        return scan(text, self.references)

    def element(self, number: int) -> Element | str:
        """Return what becomes of a token of the text at hand."""
        return self.make(self.scanned.tokens[number])

    def enclosing(self, number: int) -> Element:
        """Return the element that a pair of marks stands for, whose words lie between them."""
        opened = self.scanned.pairs[number]
        made = Element(opened) if isinstance(opened, str) else self.make(opened)
        return made if isinstance(made, Element) else Element("span")

    def fill(self, target: Element, scanned: Scanned) -> None:
        """Put the text and the elements of `scanned` at the end of `target`."""
        self.scanned = scanned
        if needs_parsing(scanned):
            block = self._parsed(scanned.text)
            _restore(block)
            append(target, block)
        else:
            self._join(scanned.text, target)

    def _parsed(self, text: str) -> Element:
        """Have python-markdown read `text`."""
        holder = Element("div")
        block = SubElement(holder, "p")
        block.text = text
        delimiters = self.markdown.delimiters
        if delimiters is not None:
            delimiters.reset()
        self.markdown.treeprocessors["inline"].run(holder)
        return block

    def _join(self, text: str, target: Element) -> None:
        """Put elements for marks in a text that holds no emphasis and no link: much faster."""
        for place, piece in enumerate(_SPLIT.split(text)):
            made = self.element(int(piece)) if place % 2 else plain(piece)
            if isinstance(made, Element):
                target.append(made)
            elif made:
                add_text(target, made)


def needs_parsing(scanned: Scanned) -> bool:
    """Tell whether there is anything in a text for python-markdown to read."""
    return _MARKUP.search(scanned.text) is not None


def append(target: Element, source: Element) -> None:
    """Move the text and the children of `source` to the end of `target`."""
    if source.text:
        add_text(target, source.text)
    target.extend(list(source))


def add_text(target: Element, text: str) -> None:
    """Put `text` at the end of `target`."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _restore(block: Element) -> None:
    """Put characters back that stood in `block` as numbers. ValueError when python-markdown tore a mark apart."""
    for element in block.iter():
        if element.text:
            element.text = plain(element.text)
        if element.tail:
            element.tail = plain(element.tail)
        for name, value in element.items():
            element.set(name, plain(value))


def plain(text: str) -> str:
    """Return `text` with marks resolved to the characters they stand for. ValueError when one is broken."""
    if "\x02" not in text and "\x03" not in text:
        return str(text)
    text = _UNUSED.sub("", _LITERAL.sub(lambda found: chr(int(found[1])), text))
    if "\x02" in text or "\x03" in text:
        raise ValueError("a mark was torn apart")
    return text


def atomic(text: str) -> AtomicString:
    """Return text that is shown as it is."""
    return AtomicString(text)
