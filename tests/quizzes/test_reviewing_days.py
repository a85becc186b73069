"""A day of review is one of the site's time zone, from midnight to midnight, whatever the clock in UTC says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from learning.models import Course, Learner
from quizzes.models import AttemptItem, Plan, ReviewCard
from quizzes.services import check_item
from quizzes.services.planning import review_of
from quizzes.services.reviewing import next_item
from tests.quizzes.make import act, place, right_tokens
from tests.quizzes.reviewing import hold

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MIDNIGHT = datetime(2026, 11, 21, 15, tzinfo=UTC)  # in Seoul: the 22nd begins


def review(learner: Learner, course: Course, now: datetime) -> AttemptItem | None:
    """Answer the next question rightly, and return it."""
    item = next_item(learner=learner, course=course, now=now, seed="review")
    if item:
        whole = AttemptItem.objects.select_related("revision", "attempt__learner").get(pk=item.pk)
        check_item(learner=learner, place=place(whole), tokens=right_tokens(whole), act=act(now))
    return item


def test_a_card_is_due_from_midnight_of_its_day(alice: Learner, course: Course) -> None:
    hold(alice, course, MIDNIGHT + timedelta(hours=20), days=2, count=1)
    assert ReviewCard.objects.get().due_at == MIDNIGHT + timedelta(hours=20)
    assert review_of(learner=alice, course=course, now=MIDNIGHT - SECOND).count == 0
    today = review_of(learner=alice, course=course, now=MIDNIGHT)
    assert (today.day, today.count) == (date(2026, 11, 22), 1)


def test_the_ceiling_is_new_at_midnight(alice: Learner, course: Course) -> None:
    hold(alice, course, MIDNIGHT, days=9, count=4)
    Plan.objects.create(learner=alice, course=course, daily=1)
    assert review(alice, course, MIDNIGHT - SECOND)
    assert review(alice, course, MIDNIGHT - SECOND) is None
    assert review_of(learner=alice, course=course, now=MIDNIGHT - SECOND).full
    assert review(alice, course, MIDNIGHT)
    assert review(alice, course, MIDNIGHT) is None


def test_an_answer_just_before_midnight_is_due_on_the_right_day(alice: Learner, course: Course) -> None:
    hold(alice, course, MIDNIGHT, days=9, count=1)
    assert review(alice, course, MIDNIGHT - SECOND)
    card = ReviewCard.objects.get()
    ahead = (card.due_at - card.reviewed_at).days
    before = review_of(learner=alice, course=course, now=MIDNIGHT + (ahead - 1) * DAY - SECOND)
    assert before.count == 0
    assert review_of(learner=alice, course=course, now=MIDNIGHT + (ahead - 1) * DAY).count == 1


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_where_clocks_are_changed_a_day_is_a_day(alice: Learner, course: Course, settings: Settings, day: date) -> None:
    """On a day of 25 hours what is answered at its beginning falls due before its end; it comes the day after."""
    settings.TIME_ZONE = "America/New_York"
    hold(alice, course, datetime(day.year, day.month, day.day, tzinfo=UTC), days=9, count=1)
    ReviewCard.objects.update(lapses=0)
    now = datetime(day.year, day.month, day.day, 5, 5, tzinfo=UTC)
    item = next_item(learner=alice, course=course, now=now, seed="review")
    assert item
    whole = AttemptItem.objects.select_related("revision", "attempt__learner").get(pk=item.pk)
    wrong = [token for position, token in enumerate(whole.tokens) if position not in whole.revision.secret["key"]]
    chosen = wrong[: len(whole.revision.secret["key"])]
    check_item(learner=alice, place=place(whole), tokens=chosen, act=act(now))
    assert ReviewCard.objects.get().due_at == now + DAY
    late = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC) + timedelta(hours=4)
    assert review_of(learner=alice, course=course, now=late).count == 0
    assert review_of(learner=alice, course=course, now=late + 2 * timedelta(hours=1)).day == day + DAY
    assert review_of(learner=alice, course=course, now=late + 2 * timedelta(hours=1)).count == 1


def test_a_clock_that_stepped_back_breaks_nothing(alice: Learner, course: Course) -> None:
    hold(alice, course, MIDNIGHT, days=9, count=2)
    assert review(alice, course, MIDNIGHT)
    assert review_of(learner=alice, course=course, now=MIDNIGHT - 400 * DAY).count == 0
    assert review(alice, course, MIDNIGHT - timedelta(hours=2))
    assert ReviewCard.objects.filter(reviewed_at=MIDNIGHT).count() == 1


def test_the_day_of_the_exam_is_one_of_the_site(alice: Learner, course: Course) -> None:
    hold(alice, course, MIDNIGHT, days=20, count=2)
    ReviewCard.objects.update(due_at=MIDNIGHT + 30 * DAY)
    Plan.objects.create(learner=alice, course=course, exam_on=date(2026, 11, 22))
    assert review_of(learner=alice, course=course, now=MIDNIGHT + DAY - SECOND).count == 2
    assert review_of(learner=alice, course=course, now=MIDNIGHT + DAY).count == 0
