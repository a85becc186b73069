"""The clock of an exam: the server's alone. A grace, late answers, an end that needs nobody, more time."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from learning.models import Evidence, Learner
from quizzes.models import Answer, Attempt, ExtraTime, Grade, Quiz, ReviewCard
from quizzes.services import (
    ClosedError,
    LateError,
    UnfitError,
    allow_extra_time,
    check_item,
    finish_attempt,
    grant_extra_time,
    record_answer,
    settle,
    settle_due,
    start_attempt,
)
from quizzes.services.cards import rebuild_cards
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens, save, saved

END = NOW + timedelta(minutes=40)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (END - SECOND, "saved"),
        (END, "saved"),
        (END + SECOND, "grace"),
        (END + 15 * SECOND, "grace"),
        (END + 16 * SECOND, "late"),
        (END + timedelta(hours=1), "late"),
        (END + timedelta(days=1), "late"),
    ],
)
def test_an_answer_counts_until_the_grace_is_over(sitting: Attempt, now: datetime, outcome: str) -> None:
    item = items_of(sitting)[0]
    if outcome == "late":
        with pytest.raises(LateError):
            save(item, now)
    else:
        save(item, now)
    assert Answer.objects.get().outcome == outcome
    settle(attempt=sitting, now=END + timedelta(days=2))
    item.refresh_from_db()
    assert item.right is (outcome != "late")


def test_the_first_late_answer_ends_the_exam(sitting: Attempt) -> None:
    with pytest.raises(LateError):
        save(items_of(sitting)[0], END + timedelta(days=1))
    sitting.refresh_from_db()
    assert (sitting.is_open, sitting.finished_at, Grade.objects.count()) == (False, END, 1)


@pytest.mark.parametrize(("after", "still_open"), [(0, True), (15, True), (16, False), (10**6, False)])
def test_whoever_reads_finds_it_ended_at_its_deadline(sitting: Attempt, after: int, still_open: bool) -> None:
    save(items_of(sitting)[0], NOW)
    assert settle(attempt=sitting, now=END + after * SECOND).is_open is still_open
    assert sitting.finished_at == (None if still_open else END)
    assert Grade.objects.count() == (not still_open)


def test_learner_and_everybody_find_the_same(alice: Learner, bob: Learner, exam: Quiz, sitting: Attempt) -> None:
    start_attempt(learner=bob, quiz=exam, now=NOW, seed="b")
    assert settle_due(now=END + 20 * SECOND, learner=alice) == 1
    assert settle_due(now=END + 20 * SECOND) == 1
    assert settle_due(now=END + 20 * SECOND) == 0
    assert set(Attempt.objects.values_list("finished_at", flat=True)) == {END}


def test_it_is_marked_as_of_its_deadline_however_late_somebody_looks(sitting: Attempt) -> None:
    answer_all(sitting, NOW, right=20)
    settle(attempt=sitting, now=END + timedelta(days=1))
    assert {item.checked_at for item in items_of(sitting)} == {END}
    assert set(Evidence.objects.values_list("seen_at", flat=True)) == {END}
    assert set(ReviewCard.objects.values_list("reviewed_at", flat=True)) == {END}
    assert Grade.objects.get().made_at == END + timedelta(days=1)


def test_what_was_answered_again_before_somebody_looked_stays_the_last_word(
    alice: Learner, attempt: Attempt, sitting: Attempt
) -> None:
    answer_all(sitting, NOW, right=20)
    asked = {item.revision.question_id for item in items_of(sitting)}
    item = next(item for item in items_of(attempt) if item.revision.question_id in asked)
    later = END + timedelta(hours=1)
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(later))
    settle(attempt=sitting, now=END + timedelta(days=1))
    found = {card.question_id: (card.reviewed_at, card.state) for card in ReviewCard.objects.of(alice)}
    assert {question for question, (at, _) in found.items() if at == later} == {item.revision.question_id}
    rebuild_cards(learner=alice)
    assert found == {card.question_id: (card.reviewed_at, card.state) for card in ReviewCard.objects.of(alice)}


def test_submitting_in_the_grace_ends_it_at_the_deadline(sitting: Attempt) -> None:
    assert finish_attempt(attempt=sitting, now=END + 5 * SECOND)
    sitting.refresh_from_db()
    assert sitting.finished_at == END


def test_a_clock_that_steps_back_opens_nothing(sitting: Attempt, caplog: pytest.LogCaptureFixture) -> None:
    save(items_of(sitting)[1], NOW)
    assert caplog.messages == []
    settle(attempt=sitting, now=END + timedelta(hours=1))
    before = Grade.objects.values().get()
    with pytest.raises(LateError):
        save(items_of(sitting)[0], NOW)
    assert "The clock stepped back" in caplog.messages[0]
    assert not finish_attempt(attempt=sitting, now=NOW)
    assert settle(attempt=sitting, now=NOW).finished_at == END
    assert Grade.objects.values().get() == before


def test_starting_after_the_end_begins_anew(alice: Learner, exam: Quiz, sitting: Attempt) -> None:
    again = start_attempt(learner=alice, quiz=exam, now=END + timedelta(hours=1), seed="again")
    sitting.refresh_from_db()
    assert (again != sitting, sitting.finished_at) == (True, END)


def test_a_late_act_sent_twice_is_kept_once(alice: Learner, sitting: Attempt) -> None:
    item, late = items_of(sitting)[0], act(END + timedelta(minutes=5))
    for _ in range(2):
        with pytest.raises(LateError):
            record_answer(learner=alice, place=place(item), tokens=right_tokens(item), act=late)
    assert Answer.objects.count() == 1
    assert saved(item) == []


def test_practice_has_no_clock(attempt: Attempt) -> None:
    assert (attempt.deadline_at, attempt.closes_at, attempt.seconds_left(NOW)) == (None, None, None)
    assert settle(attempt=attempt, now=NOW + timedelta(days=99)).is_open


@pytest.mark.parametrize(("minutes", "left"), [(0, 2400), (39, 60), (40, 0), (41, 0)])
def test_it_tells_the_seconds_left(sitting: Attempt, minutes: int, left: int) -> None:
    assert sitting.seconds_left(NOW + timedelta(minutes=minutes)) == left


# --- more time


def test_an_instructor_adds_minutes_and_it_is_kept_who(ines: Learner, sitting: Attempt) -> None:
    grant_extra_time(attempt=sitting, minutes=10, actor=ines.user, now=NOW)
    assert sitting.deadline_at == END + timedelta(minutes=10)
    save(items_of(sitting)[0], END + timedelta(minutes=9))
    assert ExtraTime.objects.values_list("minutes", "actor_name", "granted_at").get() == (10, "ines", NOW)


@pytest.mark.parametrize("minutes", [0, -10, 601])
def test_time_is_never_taken_away(ines: Learner, sitting: Attempt, minutes: int) -> None:
    with pytest.raises(UnfitError):
        grant_extra_time(attempt=sitting, minutes=minutes, actor=ines.user, now=NOW)
    sitting.refresh_from_db()
    assert (sitting.deadline_at, ExtraTime.objects.count()) == (END, 0)


def test_what_is_over_gets_no_more_time(ines: Learner, sitting: Attempt) -> None:
    with pytest.raises(ClosedError):
        grant_extra_time(attempt=sitting, minutes=10, actor=ines.user, now=END + timedelta(minutes=1))
    finish_attempt(attempt=sitting, now=NOW)
    with pytest.raises(ClosedError):
        grant_extra_time(attempt=sitting, minutes=10, actor=ines.user, now=NOW)


def test_practice_gets_no_more_time(ines: Learner, attempt: Attempt) -> None:
    with pytest.raises(UnfitError):
        grant_extra_time(attempt=attempt, minutes=10, actor=ines.user, now=NOW)


def test_a_learner_who_is_allowed_more_has_it_in_every_exam_begun_later(
    alice: Learner, bob: Learner, ines: Learner, exam: Quiz
) -> None:
    for percent in (50, 25):
        allow_extra_time(learner=alice, percent=percent, actor=ines.user, now=NOW)
    attempts = [start_attempt(learner=who, quiz=exam, now=NOW, seed="x") for who in (alice, bob)]
    assert [attempt.deadline_at for attempt in attempts] == [NOW + timedelta(minutes=50), END]
    with pytest.raises(UnfitError):
        allow_extra_time(learner=alice, percent=-1, actor=ines.user, now=NOW)


def test_what_an_instructor_did_stays_when_the_account_goes(ines: Learner, sitting: Attempt) -> None:
    grant_extra_time(attempt=sitting, minutes=10, actor=ines.user, now=NOW)
    User.objects.get(username="ines").delete()
    assert ExtraTime.objects.values_list("actor", "actor_name").get() == (None, "ines")


def test_the_database_itself_refuses_an_answer_that_neither_counts_nor_says_why(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    one = act(NOW)
    for wrong in ({"outcome": "late", "revision": 1}, {"outcome": "saved", "revision": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(item=item, operation=one.operation, response=[], saved_at=NOW, **wrong)
