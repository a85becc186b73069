"""HTML of other programs into our Markdown, tag by tag, without ever building a tree. Pure.

Whatever Markdown has no sign for loses its sign and keeps its words; what is lost is named.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from learning.catalogue.errors import N_
from quizzes.interchange.literal import escaped, guarded
from quizzes.interchange.tamed import tamed

MAX_DEPTH = 60
SIGNS: Mapping[str, str] = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "mark": "=="}
SIGNS = {**SIGNS, "strike": "~~", "dfn": "*", "cite": "*"}
KEPT = ("sub", "sup", "u", "kbd")  # as HTML, which Markdown may hold
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "div", "section", "article", "blockquote", "ul", "ol", "table", "tr", "dl", "dt", "dd", "pre", *HEADS)
SILENT = ("script", "style", "head", "title", "template", "noscript")  # their words are not for people
MEDIA = ("audio", "video", "iframe", "object", "embed", "canvas", "svg", "source", "track")
LOST: Mapping[str, str] = {
    **dict.fromkeys(("img", "picture"), N_("picture")),
    **dict.fromkeys(MEDIA, N_("sound, film or drawing")),
    **dict.fromkeys(("script", "style", "template"), N_("script or style sheet")),
    **dict.fromkeys(("form", "input", "button", "select", "textarea"), N_("form field")),
    **dict.fromkeys(("font",), N_("colour, font or size")),
    "table": N_("table"),
    "math": N_("formula"),
}
COLOUR = N_("colour, font or size")
ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {  # a tag that opens: what it closes, and what stops that
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol"})),
    "p": (frozenset({"p"}), frozenset({"li", "td", "th", "blockquote", "div"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
}
BUILT = "\x00"  # before a line that is as Markdown wants it: neither tidied nor escaped again


@dataclass(frozen=True, slots=True)
class Taken:
    """Markdown made of foreign words, and the names of what it could not hold ("picture", …), each once."""

    text: str
    lost: tuple[str, ...] = ()


def from_html(markup: str) -> Taken:
    """Return Markdown that shows what `markup` shows, as far as Markdown can."""
    reader = _Reader()
    reader.feed(tamed(markup))
    reader.close()
    return Taken(_tidied(reader.whole()), tuple(dict.fromkeys(reader.lost)))


def plain_of(markup: str) -> str:
    """Return what `markup` shows as plain text, a line for each line shown."""
    reader = _Plain()
    reader.feed(tamed(markup))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Plain(HTMLParser):
    """Collects words, with a line break wherever one is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.pre = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.pre += tag == "pre"
        if tag in BLOCKS or tag in ("br", "li"):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.pre -= tag == "pre"
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data if self.pre > 0 else re.sub(r"\s+", " ", data))


@dataclass(slots=True)
class _Open:
    """A tag that is open, what stands in it so far, and what to make of that when it closes."""

    tag: str
    close: Callable[[str], str]
    pieces: list[str] = field(default_factory=list)
    count: int = 0  # entries of an ordered list so far


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Open("", str)]
        self.lost: list[str] = []
        self.silent = 0

    def whole(self) -> str:
        while len(self.open) > 1:
            self._close()
        return "".join(self.open[0].pieces)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.lost += [LOST[tag]] if tag in LOST else []
        self.lost += [COLOUR] if re.search(r"color|font|background", given.get("style", "")) else []
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self._say("\n")
        elif tag == "hr":
            self._say("\n\n")
        elif tag == "img":
            self._say(escaped(f"({given['alt']})") if given.get("alt") else "")
        elif len(self.open) < MAX_DEPTH:
            self._end_implied(tag)
            self._begin(tag, given)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "hr", "img"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif any(entry.tag == tag for entry in self.open[1:]):
            while self.open[-1].tag != tag:
                self._close()
            self._close()

    def _end_implied(self, tag: str) -> None:
        ends, stops = ENDS.get(tag, (frozenset(), frozenset()))
        reach = next((i for i in range(len(self.open) - 1, 0, -1) if self.open[i].tag in stops), 0)
        first = next((i for i in range(reach + 1, len(self.open)) if self.open[i].tag in ends), len(self.open))
        while len(self.open) > first:
            self._close()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        data = data.replace(BUILT, "\ufffd")
        inside = {entry.tag for entry in self.open}
        if inside & {"pre", "code"}:
            self._say(data)
        else:
            self._say(escaped(re.sub(r"\s+", " ", data)))

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "li":
            self._entry()
        elif tag in ("td", "th"):
            self.open.append(_Open(tag, lambda inner: f"{inner.strip()} · "))
        elif tag == "a":
            self.open.append(_Open(tag, lambda inner: _link(inner, given.get("href", ""))))
        elif tag == "pre":
            self.open.append(_Open(tag, _fenced))
        elif tag == "code":
            inside = any(entry.tag == "pre" for entry in self.open)
            self.open.append(_Open(tag, str if inside else _code))
        elif tag in BLOCKS:
            self.open.append(_Open(tag, _closing_block(tag)))
        else:
            self.open.append(_Open(tag, _closing(tag)))

    def _entry(self) -> None:
        around = next((entry for entry in reversed(self.open) if entry.tag in ("ol", "ul")), self.open[0])
        around.count += 1
        sign = f"{around.count}." if around.tag == "ol" else "-"
        self.open.append(_Open("li", lambda inner: f"\n{BUILT}{sign} {_indented(inner, len(sign) + 1)}"))

    def _close(self) -> None:
        done = self.open.pop()
        self._say(done.close("".join(done.pieces)))

    def _say(self, words: str) -> None:
        self.open[-1].pieces.append(words)


def _closing(tag: str) -> Callable[[str], str]:
    if tag in KEPT:
        return lambda inner: f"<{tag}>{inner}</{tag}>" if inner.strip() else inner
    sign = SIGNS.get(tag, "")
    return lambda inner: _signed(inner, sign)


def _closing_block(tag: str) -> Callable[[str], str]:
    if tag in HEADS:
        return lambda inner: f"\n\n{_signed(inner.strip(), '**')}\n\n"
    if tag == "blockquote":
        return lambda inner: "\n\n" + "\n".join(f"{BUILT}> {line}" for line in _tidied(inner).split("\n")) + "\n\n"
    if tag in ("tr", "dt", "dd"):
        return lambda inner: "\n" + inner.strip().removesuffix("·").rstrip()
    return lambda inner: f"\n\n{inner}\n\n"


def _signed(inner: str, sign: str) -> str:
    """Put `sign` around the words of each line, never around spaces."""
    if not sign:
        return inner
    return re.sub(r"[^\s\x00](?:[^\n]*[^\s])?", lambda match: f"{sign}{match[0]}{sign}", inner)


def _link(inner: str, address: str) -> str:
    safe = re.fullmatch(r"https?://[^\s()<>]+", address)
    return f"[{inner.strip()}]({address})" if safe and inner.strip() and "\n" not in inner.strip() else inner


def _code(inner: str) -> str:
    inner = " ".join(inner.split())
    ticks = _ticks(inner, 1)
    edge = " " if inner[:1] == "`" or inner[-1:] == "`" else ""
    return f"{ticks}{edge}{inner}{edge}{ticks}" if inner else ""


def _fenced(inner: str) -> str:
    fence = _ticks(inner, 3)
    return "\n\n" + "\n".join(f"{BUILT}{line}" for line in (fence, *inner.strip("\n").split("\n"), fence)) + "\n\n"


def _ticks(inner: str, least: int) -> str:
    """Return a run of backticks that does not stand in `inner`."""
    return "`" * max(least, max((len(run) + 1 for run in re.findall("`+", inner)), default=0))


def _indented(inner: str, by: int) -> str:
    first, *others = _tidied(inner).split("\n")
    return "\n".join([first, *(f"{BUILT}{' ' * by}{line}" for line in others if line.strip())])


def _tidied(text: str) -> str:
    """Return lines without spaces at their ends and without runs of blank ones; none begins what it was not."""
    lines = [line[1:] if line.startswith(BUILT) else guarded(line.strip()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).replace(BUILT, "").strip("\n")
