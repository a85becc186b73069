"""What quizzes add to lessons, checks and syncs."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from learning.activities import Offer, ProgressLine, SyncReport
from learning.catalogue.errors import Problem
from learning.catalogue.schema import CourseSource
from learning.models import Course, Learner, Lesson


class Stub:
    """Nothing yet."""

    name = "quizzes"

    def check(self, course: CourseSource) -> list[Problem]:
        return []

    def sync(self, row: Course, course: CourseSource) -> list[SyncReport]:
        return []

    def for_course(self, course: Course) -> list[Offer]:
        return []

    def for_lesson(self, lesson: Lesson) -> list[Offer]:
        return []

    def in_lesson(self, request: HttpRequest, lesson: Lesson, ids: Sequence[str]) -> Mapping[str, str]:
        return {}

    def progress(self, learner: Learner, course: Course) -> list[ProgressLine]:
        return []

    def adopt(self, guest: Learner, learner: Learner) -> None:
        return None


activity = Stub()
