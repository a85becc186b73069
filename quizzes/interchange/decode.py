"""The bytes of a file as text, and which encoding that took. Pure.

Nothing is guessed silently: `sure` says whether a byte order mark, a choice or UTF-8 itself settled it, or whether a
person should look at the words. Lines end in "\\n" and are counted as editors count them.
"""

import codecs
import unicodedata
from dataclasses import dataclass

from learning.catalogue.errors import N_, Problem

ENCODINGS = ("utf-8", "cp949", "utf-16-le", "utf-16-be", "cp1252")  # what a person may choose
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SPACES = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), " ")  # breaks that are no end of a line in an editor
PREVIEW = 65_536
UNREADABLE = N_("These bytes are no %(encoding)s text. Choose another encoding, or save the file as UTF-8.")
DAMAGED = N_("This line holds bytes that are no UTF-8, as if the file were damaged.")
NUL = N_("Holds a NUL character: no text, or another encoding than %(encoding)s.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, or None and why not; the encoding it was read as, and whether that is beyond doubt."""

    text: str | None
    encoding: str
    sure: bool
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return `data` as text: in `encoding` if given, else in what its mark or its bytes say."""
    mark, marked = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", ""))
    if encoding in ENCODINGS or marked:
        chosen = encoding if encoding in ENCODINGS else marked
        return _read(data.removeprefix(mark), chosen, sure=True)
    wide = _wide(data)
    if wide:
        return _read(data, wide, sure=False)
    if _mostly_utf8(data):
        return _read(data, "utf-8", sure=True)
    return _read(data, "cp949", sure=False)


def begins(data: bytes, encoding: str = "") -> str:
    """Return the first words of `data` however broken they are, to tell a format by or to show a person."""
    head = data[:PREVIEW]
    mark, marked = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", ""))
    found = encoding if encoding in ENCODINGS else marked or decode(head).encoding
    return _lines(head.removeprefix(mark).decode(found, errors="replace"))


def _wide(data: bytes) -> str:
    """Return the UTF-16 that `data` seems to be, by where its zeros stand, or ""; one zero alone is no such sign."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if not even + odd or max(even, odd) < 9 * min(even, odd):
        return ""
    if 3 * (even + odd) < len(data) and _mostly_utf8(data):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(data: bytes) -> bool:
    """Return whether `data` is UTF-8, or was before it was damaged or cut off."""
    text = data.decode("utf-8", errors="replace")
    strange = text.count("\ufffd") - data.count("\ufffd".encode())
    return strange == 0 or sum(letter > "\x7f" for letter in text) > 4 * strange


def _read(data: bytes, encoding: str, *, sure: bool) -> Decoded:
    try:
        text = _lines(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = _line_of(data[: error.start].decode(encoding, errors="replace"))
        message = DAMAGED if encoding == "utf-8" and _mostly_utf8(data) else UNREADABLE
        return Decoded(None, encoding, sure, (Problem("", line, message, {"encoding": encoding.upper()}),))
    if "\0" in text:
        line = _line_of(text[: text.index("\0")])
        return Decoded(None, encoding, sure, (Problem("", line, NUL, {"encoding": encoding.upper()}),))
    return Decoded(text, encoding, sure)


def _line_of(before: str) -> int:
    return _lines(before).count("\n") + 1


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").translate(SPACES)
    return unicodedata.normalize("NFC", text)
