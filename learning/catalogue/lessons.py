"""Reads the lesson files of a course, `lessons/010-name.ko.md`, one by one and then as pairs. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from learning.catalogue import frontmatter
from learning.catalogue.errors import N_, Problem
from learning.catalogue.manifest import MAX_TITLE
from learning.catalogue.reading import read_text, shown
from learning.catalogue.schema import LANGUAGES, LessonTextSource
from learning.catalogue.shelf import names_of
from learning.catalogue.statements import checks, statements

KEYS = ("id", "title", "summary", "topic")
FILE_NAME = re.compile(rf"(?P<number>\d+)-(?P<name>.+)\.(?P<language>{'|'.join(LANGUAGES)})\.md")
LESSON_ID = re.compile(r"[\w-]{1,120}")


@dataclass(frozen=True, slots=True)
class LessonFile:
    """One lesson file; `lines` says where each property stands."""

    id: str
    topic: str
    text: LessonTextSource
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LessonPair:
    """The files of one lesson by language; `number` and `name` are those of the file names."""

    number: int
    name: str
    files: Mapping[str, LessonFile]


def read_lessons(folder: Path) -> tuple[list[LessonPair], list[Problem]]:
    """Return the lessons in the folder `lessons` of a course in their order, and what is wrong with the files."""
    problems: list[Problem] = []
    found: dict[tuple[int, str], dict[str, LessonFile]] = {}
    paths = sorted(path for path in (folder / "lessons").glob("*") if not path.name.startswith("."))
    for path in paths:
        name = FILE_NAME.fullmatch(unicodedata.normalize("NFC", path.name))
        if name is None:
            problems.append(Problem(shown(path), 0, N_("A lesson's file is named like 010-name.ko.md.")))
            continue
        files = found.setdefault((int(name["number"][:9]), name["name"]), {})
        if name["language"] in files:
            problems.append(Problem(shown(path), 0, N_("Another file has the same name, spelled in other characters.")))
            continue
        file, wrong = read_lesson(path, name["language"])
        problems += wrong
        if file:
            files[name["language"]] = file
    pairs = [LessonPair(number, name, _in_order(files)) for (number, name), files in sorted(found.items()) if files]
    return pairs, problems


def _in_order(files: Mapping[str, LessonFile]) -> dict[str, LessonFile]:
    """Put the first language of the site first: the others are measured against it."""
    return {language: files[language] for language in LANGUAGES if language in files}


def read_lesson(path: Path, language: str) -> tuple[LessonFile | None, list[Problem]]:
    """Return one lesson file, or None when it cannot be read, and its problems."""
    text, problems = read_text(path)
    if text is None:
        return None, problems
    file, wrong = parse_lesson(text, shown(path), language)
    return file, problems + wrong


def parse_lesson(text: str, path: str, language: str) -> tuple[LessonFile, list[Problem]]:
    """Return the lesson that `text` says, with an id from the file's name when it has none, and its problems."""
    matter, problems = frontmatter.read(text, path)
    if not problems:
        problems = _judge_properties(matter, path)
    found, wrong = statements(matter.body, path=path, first_line=matter.body_line)
    if not matter.body.strip():
        problems.append(Problem(path, matter.body_line, N_("The lesson has no text.")))
    source = LessonTextSource(
        language=language,
        path=path,
        title=matter.text("title"),
        summary=matter.text("summary"),
        body=matter.body,
        body_line=matter.body_line,
        statements=found,
        checks=checks(matter.body, matter.body_line),
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
    lesson_id = unicodedata.normalize("NFC", matter.text("id")) or names_of(path)[-1]
    return LessonFile(lesson_id, matter.text("topic"), source, matter.lines), problems + wrong


def _judge_properties(matter: frontmatter.FrontMatter, path: str) -> list[Problem]:
    """Return what is wrong with the properties of a lesson."""
    unknown = [
        Problem(path, matter.lines[name], N_("Unknown key `%(key)s`."), {"key": name})
        for name in matter.values
        if name not in KEYS
    ]
    empty = [
        Problem(path, matter.lines.get(name, 1), N_("`%(key)s` is empty."), {"key": name})
        for name in KEYS
        if not matter.text(name)
    ]
    problems = unknown + empty
    if len(matter.text("title")) > MAX_TITLE:
        message = N_("The title is longer than %(limit)s characters.")
        problems.append(Problem(path, matter.lines["title"], message, {"limit": MAX_TITLE}))
    if matter.text("id") and not LESSON_ID.fullmatch(unicodedata.normalize("NFC", matter.text("id"))):
        message = N_("`id` may hold letters, digits, hyphens and underscores.")
        problems.append(Problem(path, matter.lines["id"], message))
    return problems
