"""The words of a GIFT question as Markdown: escapes, the format in brackets before them, wrapped lines. Pure."""

import re
from dataclasses import dataclass

from quizzes.interchange.fitting import Noted
from quizzes.interchange.gift_blocks import ESCAPE, Piece
from quizzes.interchange.words import from_plain, one_line

FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")
ENDS = re.compile(r"[.?!:;…。？！]['\"”’)\]]*$")
BEGINS = re.compile(r"\s*(?:[-*+•·]|\(?[0-9A-Za-z가-힣]{1,3}[.)]\s|[ⅠⅡⅢⅣⅤ①-⑳㉠-㉯ㄱ-ㅎ][.)]?\s?)")


def unescaped(raw: str) -> str:
    """Return text with its escapes resolved: `\\n` is a line break, any other the sign itself."""
    return ESCAPE.sub(lambda match: "\n" if match[0][1] == "n" else match[0][1], raw)


def label_of(raw: str) -> str:
    """Return the first words of a question, as it is named in a list."""
    words = MARKUP.sub(" ", unescaped(FORMAT.sub("", raw, count=1)))
    return " ".join(words.split())[:80]


@dataclass(slots=True)
class Words:
    """Makes Markdown of the words of one question; those of `asked` say the format of all that say none."""

    noted: Noted
    asked: str

    def text(self, piece: Piece) -> str:
        """Return words of any number of lines."""
        form = FORMAT.match(piece.raw) or FORMAT.match(self.asked)
        raw = FORMAT.sub("", piece.raw, count=1)
        raw = re.sub(r"\n[ \t]*(?=\n)", "", raw)  # where comments stood
        return self._marked(form[1] if form else "moodle", raw, piece.line)

    def line(self, piece: Piece) -> str:
        """Return words on one line."""
        return one_line(self.text(piece))

    def plain(self, piece: Piece) -> str:
        """Return words that can have no format, on one line."""
        return one_line(from_plain(unescaped(unwrapped(piece.raw)).strip()))

    def _marked(self, form: str, raw: str, line: int) -> str:
        if form == "markdown":
            return "\n".join(part.rstrip() for part in unescaped(raw).strip().split("\n"))
        if form == "plain":
            return from_plain(unescaped(unwrapped(raw)).strip())
        if form == "html":
            return self.noted.html(unescaped(raw), line)
        words = unescaped(unwrapped(raw)).strip()
        if MARKUP.search(words):  # Moodle's own format: HTML in which a line break is one
            return self.noted.html(words.replace("\n", "<br>"), line)
        return from_plain(words)


def unwrapped(raw: str) -> str:
    """Return text whose lines were broken for the eye only as one line; a list or a new sentence stays on its own."""
    lines = [line.strip() for line in raw.split("\n")]
    whole = lines[:1]
    for line in lines[1:]:
        if ENDS.search(whole[-1]) or BEGINS.match(line):
            whole.append(line)
        else:
            whole[-1] = f"{whole[-1]} {line}".strip()
    return "\n".join(whole)
