"""Which of a course's statements some questions rest on, and which not. Reads only."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from learning.models import Course, Statement, said
from quizzes.models import Question


@dataclass(frozen=True, slots=True)
class Covered:
    """A statement, and how many of the questions rest on it."""

    words: str
    url: str
    times: int


@dataclass(frozen=True, slots=True)
class LessonCover:
    """The statements of a lesson."""

    title: str
    statements: tuple[Covered, ...]

    @property
    def covered(self) -> int:
        """How many of them a question rests on."""
        return sum(one.times > 0 for one in self.statements)


def coverage(*, course: Course, slugs: Collection[str], language: str) -> list[LessonCover]:
    """Return every statement of `course` by lesson, with how many of the questions `slugs` rest on it."""
    asked = Question.objects.filter(course=course, slug__in=slugs).exclude(current=None)
    proves = asked.values_list(F("current__secret__proves"), flat=True)
    times = Counter(slug for slugs_of_one in proves for slug in set(slugs_of_one))
    rows = Statement.objects.filter(course=course, retired_at=None, lesson__retired_at=None)
    found: dict[str, list[Covered]] = {}
    titles = _titles(course, language)
    for row in rows.select_related("lesson__course").order_by("lesson__position", "position"):
        line = Covered(said(row.words), row.get_absolute_url(), times[row.slug])
        found.setdefault(titles.get(row.lesson.slug, row.lesson.slug), []).append(line)
    return [LessonCover(title, tuple(lines)) for title, lines in found.items()]


def _titles(course: Course, language: str) -> dict[str, str]:
    rows = course.lessons.filter(retired_at=None, texts__language=language)
    return dict(rows.values_list("slug", "texts__title"))
