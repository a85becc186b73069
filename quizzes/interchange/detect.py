"""Telling the format of a file by its first words, and by its name where words do not tell. Pure."""

import re

from quizzes.interchange.csv_heads import known
from quizzes.interchange.csv_rows import DELIMITERS, SEPARATOR
from quizzes.interchange.decode import begins

ZIP = b"PK"
QUESTION = re.compile(r"^###[ \t].*\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
AIKEN = re.compile(r"^[ \t]*(?:ANSWER|정답)[ \t]*[:：][ \t]*[A-Z]\b", re.MULTILINE)
GIFT = re.compile(r"^::|^\$CATEGORY:|(?<!\\)\{[^{}]*(?:[~=#]|\b(?:T|F|TRUE|FALSE)\b)?[^{}]*(?<!\\)\}", re.MULTILINE)
BY_NAME = (
    (".quiz.md", "quizmd"),
    (".md", "quizmd"),
    (".gift", "gift"),
    (".gift.txt", "gift"),
    (".aiken", "aiken"),
    (".aiken.txt", "aiken"),
    (".csv", "csv"),
    (".tsv", "csv"),
    (".xml", "moodle_xml"),
    (".apkg", "anki"),
    (".colpkg", "anki"),
)


def detect(name: str, data: bytes) -> str:
    """Return the name of the format, or "" when nothing tells it."""
    if data.startswith(ZIP):
        return _archive(name, data)
    words = begins(data).strip()
    by_name = next((form for ending, form in BY_NAME if name.lower().endswith(ending)), "")
    if words.startswith("<"):
        return _xml(words) or by_name
    return _text(words, by_name)


def _archive(name: str, data: bytes) -> str:
    """An archive lists the names of its parts at its end."""
    if b"collection.anki2" in data or b"collection.anki21" in data:
        return "anki"
    return "anki" if name.lower().endswith((".apkg", ".colpkg")) else "qti"


def _xml(words: str) -> str:
    if re.search(r"<quiz[\s>]", words):
        return "moodle_xml"
    return "qti" if re.search(r"assessmentItem|questestinterop|imsqti|manifest", words) else ""


def _text(words: str, by_name: str) -> str:
    lines = words.split("\n")
    heads = lines[1] if SEPARATOR.match(lines[0]) and len(lines) > 1 else lines[0]
    if re.match(r"---\n(?:.*\n)*?type:[ \t]*quiz[ \t]*\n", words) or by_name == "quizmd":
        return "quizmd"
    if by_name in ("gift", "aiken", "csv"):
        return by_name
    if max(known(heads.replace('"', "").split(sign)) for sign in DELIMITERS) >= 3:
        return "csv"
    if QUESTION.search(words):
        return "quizmd"
    if AIKEN.search(words):
        return "aiken"
    return "gift" if GIFT.search(words) else by_name
