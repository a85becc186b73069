"""Files into text, within bounds and without guessing: UTF-8, or what a byte order mark says. Pure."""

import codecs
from pathlib import Path

from learning.catalogue.errors import N_, Problem

MAX_BYTES = 1_048_576

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, *, limit: int = MAX_BYTES) -> tuple[str | None, list[Problem]]:
    """Return the text of a file with "\\n" between lines, or None and why not."""
    name = shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return None, [Problem(name, 0, N_("Cannot be read: %(reason)s."), {"reason": error.strerror or str(error)})]
    if len(data) > limit:
        return None, [Problem(name, 0, N_("Larger than %(limit)s bytes."), {"limit": limit})]
    return decode(data, name)


def decode(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """Return `data` as text with "\\n" between lines, or None and why not. Nothing is ever guessed silently."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return None, [_undecodable(data, name, encoding, error.start)]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        message = N_("Holds a NUL character: perhaps UTF-16 without a byte order mark, or no text.")
        return None, [Problem(name, line, message)]
    if encoding.startswith("utf-8"):
        return text, []
    message = N_("Was read as %(encoding)s, as its byte order mark says; save it as UTF-8.")
    return text, [Problem(name, 1, message, {"encoding": encoding.upper()}, severity="warning")]


def _undecodable(data: bytes, name: str, encoding: str, at: int) -> Problem:
    line = data[:at].count(b"\n") + 1
    try:
        begins = " ".join(data.decode("cp949").split())[:40]
    except UnicodeDecodeError:
        return Problem(name, line, N_("Is not %(encoding)s text; save it as UTF-8."), {"encoding": encoding.upper()})
    message = N_("Is not UTF-8. As CP949 it would begin “%(begins)s”: if that is right, save it as UTF-8.")
    return Problem(name, line, message, {"begins": begins})


def shown(path: Path) -> str:
    """Return `path` as text that can be printed and stored, whatever bytes the file system holds."""
    return path.as_posix().encode(errors="replace").decode()
