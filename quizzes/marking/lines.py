"""Reading a file by lines: numbered lines, code fences, and a place to report what was expected. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from learning.catalogue.errors import N_, Problem

FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
# Lines come without spaces at their end, so no pattern has to look for them: each takes linear time.
FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*)::(?:[ \t]+(.*))?$")
CALLOUT = re.compile(r">[ \t]?\[!([A-Za-z-]+)\][-+]?[ \t]*(.*)$")
QUOTE = re.compile(r">[ \t]?(.*)$")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its number in the file, from 1. `code` lines stand in a fence and are never read as anything else."""

    number: int
    text: str
    code: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()


@dataclass(slots=True)
class Report:
    """Where the readers of one file say what they expected."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def __call__(self, line: int, message: str, **params: object) -> None:
        """Add a problem at `line`."""
        self.problems.append(Problem(self.path, line, message, params))


def normal(text: str) -> str:
    """Return `text` as the readers want it: no byte order mark, "\\n" between lines, composed Hangul (NFC)."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def numbered(body: str, first: int) -> list[Line]:
    """Return the lines of `body`, the first of which has the number `first`, with code fences marked."""
    return list(_numbered(body, first))


def _numbered(body: str, first: int) -> Iterator[Line]:
    fence = ""
    for number, text in enumerate(body.split("\n"), start=first):
        mark = FENCE.match(text)
        yield Line(number, text.rstrip(), code=bool(fence or mark))
        if fence:
            closes = mark and mark[1].startswith(fence) and not text.strip(" \t`~")
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]


def paragraphs(lines: Sequence[Line]) -> str:
    """Return lines as text, without blank ones at either end."""
    return "\n".join(line.text for line in lines).strip("\n")


def quoted(lines: Sequence[Line], start: int) -> tuple[list[str], int]:
    """Return what the run of `> …` lines from `start` says, and where it ends."""
    said, at = [], start
    while at < len(lines) and (match := QUOTE.match(lines[at].text)):
        said.append(match[1].rstrip())
        at += 1
    return said, at


def report_unfit(lines: Sequence[Line], report: Report) -> None:
    """Report characters that no text may hold (NUL, controls, lone surrogates)."""
    for line in lines:
        if UNFIT.search(line.text):
            report(line.number, N_("This line holds a character that may not be there, such as NUL."))
