"""A note's text made fit for parsing: one kind of newline, no control characters, no comments, no scripts. Pure.

Whatever is taken out leaves its newlines behind, so that line numbers stay those of the file.
"""

import re
import unicodedata

from learning.catalogue.limits import MAX_TICKS

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n?")
# Normalising a long run of combining marks takes quadratic time: such a run stays as it is.
_MARK_RUN = re.compile(r"([^\w\s\x00-\x7f]{32,})")
_DATA_URL = re.compile(r"\bdata:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=%_-]{64,}")
_FRONT = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_HIDDEN = re.compile(
    r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|(?P<ticks>`+)|(?P<open>%%|<!--|<(?P<tag>script|style)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSERS = {
    opener: re.compile(closer, re.IGNORECASE)
    for opener, closer in {"%%": "%%", "<!--": "-->", "script": r"</script\s*>", "style": r"</style\s*>"}.items()
}
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")


def tidy(text: str) -> str:
    """Return `text` in NFC with \\n newlines, without control characters, byte order mark and inlined images."""
    text = _CONTROL.sub("", _NEWLINE.sub("\n", text.removeprefix("\ufeff")))
    text = _DATA_URL.sub("data:", _SURROGATE.sub("\ufffd", text))
    if text.isascii():
        return text
    parts = _MARK_RUN.split(text)
    return "".join(part if i % 2 else unicodedata.normalize("NFC", part) for i, part in enumerate(parts))


def without_front_matter(text: str) -> str:
    """Blank the properties between two `---` lines at the top of a note."""
    found = _FRONT.match(text) if text.startswith("---") else None
    return _newlines(found[0]) + text[found.end() :] if found else text


def without_hidden(text: str) -> str:
    """Blank `%%comments%%`, `<!-- comments -->`, scripts and style sheets outside code."""
    kept: list[str] = []
    done, at = 0, 0
    spans, hopeless = CodeSpans(text), set[str]()
    while found := _HIDDEN.search(text, at):
        at, hidden = _pass(text, found, spans, hopeless)
        if hidden:
            kept += [text[done : found.start()], _newlines(text[found.start() : at])]
            done = at
    return "".join([*kept, text[done:]])


def _pass(text: str, found: re.Match[str], spans: "CodeSpans", hopeless: set[str]) -> tuple[int, bool]:
    """Return where to go on after `found`, and whether what lies between is to be hidden."""
    if found["fence"]:
        return _fence_end(text, found), False
    if found["ticks"]:
        return spans.end(found.start(), found.end()) or found.end(), False
    opener = (found["tag"] or found["open"]).lower()
    if opener in hopeless:
        return found.end(), False
    end = _CLOSERS[opener].search(text, found.end())
    if end is None:
        hopeless.add(opener)
        return found.end(), False
    return end.end(), True


def _fence_end(text: str, found: re.Match[str]) -> int:
    mark = found["fence"]
    closing = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
    end = closing.search(text, found.end())
    return end.end() if end else len(text)


class CodeSpans:
    """Where code spans end in a text: inside their paragraph. Runs that nothing closes are looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.limit = 0  # where the paragraph ends
        self.unclosed: set[int] = set()

    def end(self, start: int, after: int) -> int:
        """Return where the span ends whose opening backticks are text[start:after]; 0 when they open none."""
        length = after - start
        if after > self.limit:
            self._enter(after)
        if length > MAX_TICKS or length in self.unclosed:
            return 0
        closing = re.compile(f"(?<!`)`{{{length}}}(?!`)").search(self.text, after, self.limit)
        if closing is None:
            self.unclosed.add(length)
            return 0
        return closing.end()

    def _enter(self, position: int) -> None:
        blank = _BLANK_LINE.search(self.text, position)
        self.limit = blank.start() if blank else len(self.text)
        self.unclosed.clear()


def _newlines(text: str) -> str:
    return "\n" * text.count("\n")


def prepared(text: str) -> str:
    """Return a note ready for parsing, its line numbers kept."""
    return without_hidden(without_front_matter(tidy(text)))
