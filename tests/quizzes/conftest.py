"""What tests of quizzes share: the shipped course and quizzes, and an attempt that alice has begun."""

from datetime import UTC, datetime

import pytest

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import start_attempt

NOW = datetime(2026, 11, 22, 3, 31, tzinfo=UTC)


@pytest.fixture
def practice(course: Course) -> Quiz:
    """The practice quiz over the whole course."""
    return Quiz.objects.get(course=course, slug="practice")


@pytest.fixture
def attempt(alice: Learner, practice: Quiz) -> Attempt:
    """An attempt of the practice quiz that alice has begun."""
    return start_attempt(learner=alice, quiz=practice, now=NOW, seed="alice")


@pytest.fixture
def exam(course: Course) -> Quiz:
    """The exam of 20 questions in 40 minutes."""
    return Quiz.objects.get(course=course, slug="exam")


@pytest.fixture
def sitting(alice: Learner, exam: Quiz) -> Attempt:
    """An exam that alice has begun."""
    return start_attempt(learner=alice, quiz=exam, now=NOW, seed="alice")


@pytest.fixture
def item(attempt: Attempt) -> AttemptItem:
    """A single-choice item of alice's attempt."""
    return next(row for row in items_of(attempt) if len(row.revision.secret["key"]) == 1)


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """Return the items of `attempt` with their revisions and answers."""
    return list(attempt.items.with_answers().select_related("revision__question"))
