"""A course's table of contents in one language, kept in the process by the hash of the content.

Every page shows it and only a sync changes it, so it is asked of the database once a version.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from learning.models import Course, Lesson, LessonText, Statement, Topic, said


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic and its weight in the exam, percent."""

    slug: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson as a list shows it; `number` counts from 1, `minutes` is the reading time."""

    slug: str
    number: int
    title: str
    summary: str
    minutes: int
    topic: str
    url: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement as a list shows it, by slugs; `url` opens its lesson with the sentence marked."""

    slug: str
    words: str
    lesson: str
    topic: str
    url: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A course at a glance."""

    slug: str
    title: str
    summary: str
    pass_mark: int
    topics: tuple[TopicLine, ...]
    lessons: tuple[LessonLine, ...]

    def around(self, slug: str) -> tuple[LessonLine | None, LessonLine | None]:
        """Return the lessons before and after `slug`."""
        row = [None, *self.lessons, None]
        here = next(i for i, line in enumerate(row) if line and line.slug == slug)
        return row[here - 1], row[here + 1]


def outline(course: Course, language: str | None = None) -> Outline:
    """Return the outline of `course` in `language`, by default the active one."""
    language = (language or translation.get_language() or settings.LANGUAGE_CODE)[:2]
    return _outline(course.pk, course.content_hash, language)


@lru_cache(maxsize=64)
def _outline(course_id: int, content_hash: str, language: str) -> Outline:
    course = Course.objects.get(pk=course_id)
    with translation.override(language):
        return Outline(
            slug=course.slug,
            title=said(course.title),
            summary=said(course.summary),
            pass_mark=course.pass_mark,
            topics=tuple(_topics(course)),
            lessons=tuple(_lessons(course, language)),
        )


def statements_of(course: Course, language: str | None = None) -> tuple[StatementLine, ...]:
    """Return the statements of `course` in the order of its lessons, in `language`, by default the active one."""
    language = (language or translation.get_language() or settings.LANGUAGE_CODE)[:2]
    return _statements(course.pk, course.content_hash, language)


@lru_cache(maxsize=64)
def _statements(course_id: int, content_hash: str, language: str) -> tuple[StatementLine, ...]:
    rows = Statement.objects.filter(course=course_id, retired_at=None, lesson__retired_at=None)
    found = rows.select_related("lesson__course", "lesson__topic")
    with translation.override(language):
        return tuple(
            StatementLine(one.slug, said(one.words), one.lesson.slug, one.lesson.topic.slug, one.get_absolute_url())
            for one in found
        )


@lru_cache(maxsize=128)
def lesson_text(course_id: int, content_hash: str, slug: str, language: str) -> LessonText | None:
    """Return a lesson in a language with its lesson, topic and course, kept by the hash of the content."""
    texts = LessonText.objects.select_related("lesson__course", "lesson__topic")
    return texts.filter(lesson__course=course_id, lesson__slug=slug, lesson__retired_at=None, language=language).first()


def _topics(course: Course) -> list[TopicLine]:
    rows = Topic.objects.filter(course=course, retired_at=None)
    return [TopicLine(topic.slug, said(topic.title), topic.weight) for topic in rows]


def _lessons(course: Course, language: str) -> list[LessonLine]:
    lessons = Lesson.objects.filter(course=course, retired_at=None).select_related("topic")
    texts = {text.lesson_id: text for text in LessonText.objects.filter(lesson__in=lessons, language=language)}
    shown = [(lesson, texts[lesson.pk]) for lesson in lessons if lesson.pk in texts]
    return [
        LessonLine(
            lesson.slug,
            number,
            text.title,
            text.summary,
            text.minutes,
            lesson.topic.slug,
            reverse("learning:lesson", args=[course.slug, lesson.slug]),
        )
        for number, (lesson, text) in enumerate(shown, start=1)
    ]
