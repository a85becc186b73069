"""What tests of classes share: a class of ines, alice in it, and a quiz given to it."""

from datetime import UTC, datetime

import pytest

from learning.models import Assignment, Classroom, Course, Learner, Membership
from learning.services.classes import give, join_class, make_class
from quizzes.marking.quotas import Quota
from quizzes.models import Quiz
from quizzes.services.quizmaking import Plan, make_quiz, publish_quiz

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def room(course: Course, ines: Learner) -> Classroom:
    """A class of ines."""
    return make_class(owner=ines.user, course=course, name="Monday class", now=NOW)


@pytest.fixture
def member(room: Classroom, alice: Learner) -> Membership:
    """Alice in the class."""
    return join_class(classroom=room, learner=alice, name="Alice Kim", now=NOW)


def quiz_of(owner: Learner, course: Course, **more: object) -> Quiz:
    """Return a published exam of `owner` with two questions in ten minutes, for classes only."""
    said = {"title": {"ko": "쪽지 시험", "en": "Short test"}, "summary": {"ko": "", "en": ""}}
    wanted = {"mode": "exam", "minutes": 10, "items": ("lt-001", "lt-002"), **more}
    plan = Plan(**said, **wanted)
    quiz = make_quiz(owner=owner.user, course=course, plan=plan, now=NOW)
    publish_quiz(quiz=quiz, actor=owner.user, now=NOW)
    quiz.refresh_from_db()
    return quiz


@pytest.fixture
def quiz(ines: Learner, course: Course) -> Quiz:
    """An exam of ines, unlisted."""
    return quiz_of(ines, course)


@pytest.fixture
def given(room: Classroom, quiz: Quiz) -> Assignment:
    """The exam, given without times."""
    return give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=None, now=NOW)


def quotas(*rows: tuple[str, int | None, int]) -> tuple[Quota, ...]:
    """Return rows of a blueprint."""
    return tuple(Quota(*row) for row in rows)
