"""What a course is, as data: the dataclasses that `load` makes of a course folder. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("ko", "en")

type Words = Mapping[str, str]  # {"ko": …, "en": …}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a lesson, for its table of contents."""

    id: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class StatementText:
    """A statement as one language says it: plain text, and the line of its block in the file (from 1)."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a rendered lesson: sanitised `html`, or (when `check` is set) the place of a quick check."""

    html: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class LessonTextSource:
    """A lesson in one language, as its file says it; `body` is Markdown, `body_line` where it starts (from 1)."""

    language: str
    path: str
    title: str
    summary: str
    body: str
    body_line: int
    statements: tuple[StatementText, ...]
    checks: tuple[str, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson with its texts by language."""

    id: str
    topic: str
    position: int
    texts: Mapping[str, LessonTextSource]


@dataclass(frozen=True, slots=True)
class TopicSource:
    """A topic and its weight in the exam, percent."""

    id: str
    title: Words
    weight: int


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A course folder, read. `folder` is where activities find their own files."""

    id: str
    folder: Path
    title: Words
    summary: Words
    pass_mark: int
    topics: tuple[TopicSource, ...]
    lessons: tuple[LessonSource, ...]
    exam: Mapping[str, int]
    content_hash: str

    def statement_ids(self) -> frozenset[str]:
        """Return the ids of all statements of the course."""
        return frozenset(s.id for lesson in self.lessons for text in lesson.texts.values() for s in text.statements)

    def lesson_of(self, statement: str) -> str:
        """Return the id of the lesson that holds `statement`, or ""."""
        for lesson in self.lessons:
            if any(s.id == statement for text in lesson.texts.values() for s in text.statements):
                return lesson.id
        return ""
