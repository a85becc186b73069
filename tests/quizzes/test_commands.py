"""The commands of quizzes: making an instructor, giving a learner more time, rebuilding review cards."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, ReviewCard
from quizzes.services import check_item
from tests.quizzes.conftest import NOW
from tests.quizzes.make import act, place, right_tokens


def test_an_instructor_may_write_quizzes(db: None) -> None:
    call_command("make_instructor", "ines", password="a-quiet-harbour", stdout=StringIO())
    assert User.objects.get().has_perm("quizzes.author_quiz")


def test_a_weak_password_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match=r"common|short|흔|짧"):
        call_command("make_instructor", "ines", password="1234", stdout=StringIO())
    assert not User.objects.exists()


def test_more_time_counts_in_the_next_exam(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    call_command("extra_time", "alice", "50", by="ines", stdout=StringIO())
    as_alice.post("/en/quizzes/exam/")
    attempt = Attempt.objects.get(learner=alice)
    assert attempt.deadline_at is not None
    assert (attempt.deadline_at - attempt.started_at).total_seconds() == 60 * 60


@pytest.mark.parametrize(
    ("learner", "percent", "by"), [("nobody", "50", "ines"), ("alice", "50", "alice"), ("alice", "-1", "ines")]
)
def test_strange_wishes_are_refused(alice: Learner, ines: Learner, learner: str, percent: str, by: str) -> None:
    with pytest.raises(CommandError):
        call_command("extra_time", learner, int(percent), by=by, stdout=StringIO())


def rebuilt(**options: bool) -> str:
    said = StringIO()
    call_command("rebuild_reviews", stdout=said, **options)
    return said.getvalue()


def test_who_answered_before_there_were_reviews_gets_cards(alice: Learner, bob: Learner, item: AttemptItem) -> None:
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    ReviewCard.objects.all().delete()
    assert rebuilt(missing=True) == "1 review cards of 1 learners.\n"
    assert rebuilt(missing=True) == ""
    assert rebuilt() == "1 review cards of 1 learners.\n"
    assert ReviewCard.objects.get().learner == alice
