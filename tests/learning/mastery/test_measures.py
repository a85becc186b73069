"""All measures of one learner, read from their rows and kept until there are more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.mastery import Observation
from learning.models import Course, Evidence, Learner
from learning.services import adopt_guest, record_evidence, undo_evidence
from learning.services.measures import forget_measures, measures

NOW = datetime(2026, 11, 22, 3, 31, 5, 999_999, tzinfo=UTC)


def answer(learner: Learner, course: Course, number: int, *, correct: bool = True, now: datetime = NOW) -> None:
    """Let `learner` answer a question on one statement."""
    one = Observation(
        f"a/{number}", "practice", f"item:{number}", ("alb-http",), correct, "1", "load-balancers", "sure"
    )
    record_evidence(learner=learner, course=course, observations=[one], now=now)


@pytest.fixture
def answered(alice: Learner, course: Course) -> Learner:
    """Alice, who has answered ten questions, eight of them rightly."""
    for number in range(10):
        answer(alice, course, number, correct=number > 1)
    return alice


def test_it_works(answered: Learner, course: Course) -> None:
    found = measures(learner=answered, course=course, now=NOW)
    assert found.statement("alb-http").mean == pytest.approx(9 / 12)
    assert found.topic("load-balancers").enough
    assert found.readiness.enough
    assert found.calibration.whole[2].n == 10
    assert len(found.rows) == 10
    assert found.rows[0].at == int(NOW.timestamp())
    assert (found.rows[0].subject, found.rows[0].version, found.rows[0].topic) == ("item:0", "1", "load-balancers")


def test_nobody_and_somebody_new_have_shown_nothing(bob: Learner, course: Course) -> None:
    for learner in (None, bob):
        found = measures(learner=learner, course=course, now=NOW)
        assert (found.rows, found.topics, found.readiness.enough) == ((), {}, False)
        assert not found.topic("efs").enough


def test_others_do_not_count(answered: Learner, bob: Learner, course: Course) -> None:
    assert measures(learner=bob, course=course, now=NOW).rows == ()


def test_it_is_kept_and_asks_one_query(answered: Learner, course: Course) -> None:
    first = measures(learner=answered, course=course, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert measures(learner=answered, course=course, now=NOW + timedelta(hours=9)) is first
    assert len(asked) == 1


def test_more_evidence_is_seen_at_once_and_says_what_reading_it_all_says(answered: Learner, course: Course) -> None:
    before = measures(learner=answered, course=course, now=NOW)
    answer(answered, course, 50, correct=False)
    after = measures(learner=answered, course=course, now=NOW)
    assert after.statement("alb-http").mean < before.statement("alb-http").mean
    forget_measures()
    assert measures(learner=answered, course=course, now=NOW) == after


def test_what_is_taken_back_no_longer_counts(answered: Learner, course: Course) -> None:
    measures(learner=answered, course=course, now=NOW)
    undo_evidence(learner=answered, act="a/0", now=NOW)
    found = measures(learner=answered, course=course, now=NOW)
    assert len(found.rows) == 9
    assert found.statement("alb-http").mean == pytest.approx(9 / 11)


def test_what_is_deleted_is_gone(answered: Learner, course: Course) -> None:
    measures(learner=answered, course=course, now=NOW)
    Evidence.objects.of(answered, course).order_by("pk")[0].delete()
    assert len(measures(learner=answered, course=course, now=NOW).rows) == 9
    Evidence.objects.all().delete()
    assert measures(learner=answered, course=course, now=NOW).rows == ()


def test_what_a_guest_showed_is_the_learners_after_signing_in(answered: Learner, course: Course) -> None:
    guest = Learner.objects.create()
    answer(guest, course, 70)
    answer(answered, course, 71)
    assert len(measures(learner=answered, course=course, now=NOW).rows) == 11
    adopt_guest(user=answered.user, guest_id=guest.pk)
    assert len(measures(learner=answered, course=course, now=NOW).rows) == 12


def test_it_fades_over_night(answered: Learner, course: Course) -> None:
    today, tomorrow = (
        measures(learner=answered, course=course, now=NOW + timedelta(days=days)).topic("load-balancers")
        for days in (0, 1)
    )
    assert tomorrow.n < today.n
    assert tomorrow.width > today.width


def test_another_exam_form_is_seen_at_once(answered: Learner, course: Course) -> None:
    before = measures(learner=answered, course=course, now=NOW).readiness
    course.exam, course.content_hash = {"items": 65, "minutes": 130}, "another"
    course.save()
    assert measures(learner=answered, course=course, now=NOW).readiness != before


def test_moments_are_read_to_the_second(alice: Learner, course: Course) -> None:
    """Whatever the database makes of them: before 1970, with and without parts of a second."""
    moments = [
        datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 11, 23, tzinfo=UTC),
        datetime(2024, 2, 29, 12, 30, 1, 500_000, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 58, tzinfo=UTC),
    ]
    for number, moment in enumerate(moments):
        answer(alice, course, number, now=moment)
    rows = Evidence.objects.of(alice, course).seen()
    assert [row.at for row in rows] == [int(moment.timestamp()) for moment in moments]
