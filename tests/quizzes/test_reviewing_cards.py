"""Cards move with every marked answer, once; rebuilding gives the same; a guest's come along."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Course, Learner
from quizzes.activities import activity
from quizzes.models import Attempt, AttemptItem, Plan, Question, Quiz, ReviewCard
from quizzes.services import (
    ClosedError,
    Note,
    answer_quick_check,
    check_item,
    finish_attempt,
    note_item,
    quick_order,
    start_attempt,
)
from quizzes.services.cards import rebuild_cards
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens, wrong_tokens

DAY = timedelta(days=1)


def check(item: AttemptItem, now: datetime, *, right: bool = True, confidence: str = "") -> None:
    """Have an answer marked as its learner does."""
    learner = item.attempt.learner
    if confidence:
        note_item(learner=learner, place=place(item), note=Note(confidence=confidence), now=now)
    tokens = right_tokens(item) if right else wrong_tokens(item)
    check_item(learner=learner, place=place(item), tokens=tokens, act=act(now))


def rows(learner: Learner) -> list[dict[str, Any]]:
    """Return the learner's cards, but for their primary keys."""
    names = ("question", "state", "before", "due_at", "reviewed_at", "lapses")
    return list(ReviewCard.objects.of(learner).order_by("question").values(*names))


def card_of(item: AttemptItem) -> ReviewCard:
    return ReviewCard.objects.get(learner=item.attempt.learner, question=item.revision.question_id)


def test_it_works(alice: Learner, item: AttemptItem) -> None:
    check(item, NOW, confidence="sure")
    card = card_of(item)
    assert (card.reviewed_at, card.due_at, card.lapses, card.before) == (NOW, NOW + 8 * DAY, 0, None)


@pytest.mark.parametrize(
    ("right", "confidence", "days"), [(False, "sure", 1), (True, "guess", 1), (True, "", 2), (True, "sure", 8)]
)
def test_the_grade_comes_from_answer_and_confidence(
    alice: Learner, item: AttemptItem, right: bool, confidence: str, days: int
) -> None:
    check(item, NOW, right=right, confidence=confidence)
    assert card_of(item).due_at == NOW + days * DAY
    assert card_of(item).lapses == (not right)


def test_the_same_answer_sent_again_moves_nothing(alice: Learner, item: AttemptItem) -> None:
    sent = act(NOW)
    for _ in range(3):
        check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=sent)
    with pytest.raises(ClosedError):
        check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW + DAY))
    assert (card_of(item).reviewed_at, card_of(item).before) == (NOW, None)


def test_a_quick_check_moves_its_card_each_time_it_is_answered(alice: Learner, course: Course) -> None:
    question = Question.objects.filter(course=course, current__kind="choice").select_related("current")[0]
    assert question.current
    public = question.current.public_in("ko")
    order, tokens = quick_order(public)
    chosen = [tokens[position] for position in question.current.secret["key"]]
    for day in range(2):
        operation = act(NOW + day * DAY, operation=uuid.uuid4())
        for _ in range(2):
            answer_quick_check(
                learner=alice, question=question, order=order, tokens=tokens, chosen=chosen, act=operation
            )
    card = ReviewCard.objects.get()
    assert card.reviewed_at == NOW + DAY
    assert card.before is not None


def test_an_exam_moves_all_its_cards_in_few_queries(alice: Learner, sitting: Attempt) -> None:
    items = answer_all(sitting, NOW, right=12)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        finish_attempt(attempt=sitting, now=NOW)
    assert sum("reviewcard" in query["sql"] for query in queries.captured_queries) == 4
    assert ReviewCard.objects.of(alice).count() == len(items)
    assert ReviewCard.objects.filter(lapses=0).count() == 12


def test_what_was_left_blank_moves_nothing(alice: Learner, sitting: Attempt) -> None:
    finish_attempt(attempt=sitting, now=NOW)
    assert not ReviewCard.objects.exists()


def test_a_known_card_costs_two_queries(alice: Learner, attempt: Attempt, practice: Quiz) -> None:
    for item in items_of(attempt):
        check(item, NOW)
    again = start_attempt(learner=alice, quiz=practice, now=NOW + DAY, seed="alice")
    with CaptureQueriesContext(connection) as queries:
        check(items_of(again)[0], NOW + DAY)
    assert sum("reviewcard" in query["sql"] for query in queries.captured_queries) == 2


def test_rebuilding_gives_the_same_rows(alice: Learner, practice: Quiz, exam: Quiz) -> None:
    for round_, quiz in enumerate([practice, practice, exam]):
        now = NOW + round_ * 3 * DAY
        attempt = start_attempt(learner=alice, quiz=quiz, now=now, seed=f"round {round_}")
        if quiz.is_exam:
            answer_all(attempt, now, right=7)
            finish_attempt(attempt=attempt, now=now)
            continue
        for number, item in enumerate(items_of(attempt)):
            confidence = ("", "guess", "maybe", "sure")[number % 4]
            check(item, now + timedelta(minutes=number), right=bool((number + round_) % 3), confidence=confidence)
    before = rows(alice)
    assert any(row["before"] for row in before)
    ReviewCard.objects.filter(pk__in=ReviewCard.objects.values("pk")[:5]).delete()
    ReviewCard.objects.update(lapses=9)
    assert rebuild_cards(learner=alice) == len(before)
    assert rows(alice) == before


def test_an_answer_whose_clock_stepped_back_is_put_in_its_place(alice: Learner, practice: Quiz) -> None:
    first = start_attempt(learner=alice, quiz=practice, now=NOW, seed="alice")
    for item in items_of(first):
        check(item, NOW + 5 * DAY)
    again = start_attempt(learner=alice, quiz=practice, now=NOW, seed="alice")
    check(items_of(again)[0], NOW + DAY, right=False)
    before = rows(alice)
    assert card_of(items_of(again)[0]).reviewed_at == NOW + 5 * DAY
    rebuild_cards(learner=alice)
    assert rows(alice) == before


def test_rebuilding_drops_a_card_without_answers(alice: Learner, bob: Learner, item: AttemptItem) -> None:
    check(item, NOW)
    ReviewCard.objects.update(learner=bob)
    assert rebuild_cards(learner=bob) == 0
    assert rebuild_cards(learner=alice) == 1


def test_a_guests_cards_come_along_as_the_answers_say(alice: Learner, practice: Quiz) -> None:
    guest = Learner.objects.create()
    for learner, day in ((alice, 0), (guest, 2), (alice, 4)):
        attempt = start_attempt(learner=learner, quiz=practice, now=NOW + day * DAY, seed="same")
        for item in items_of(attempt):
            check(item, NOW + day * DAY, right=learner == alice)
    activity.adopt(guest, alice)
    assert not ReviewCard.objects.of(guest).exists()
    assert all(row["reviewed_at"] == NOW + 4 * DAY and row["before"]["lapses"] == 1 for row in rows(alice))
    before = rows(alice)
    rebuild_cards(learner=alice)
    assert rows(alice) == before


@pytest.mark.parametrize("own", [True, False])
def test_a_guests_plan_comes_along_unless_there_is_one(alice: Learner, course: Course, own: bool) -> None:
    guest = Learner.objects.create()
    Plan.objects.create(learner=guest, course=course, daily=7)
    if own:
        Plan.objects.create(learner=alice, course=course, daily=9)
    activity.adopt(guest, alice)
    assert Plan.objects.get(learner=alice).daily == (9 if own else 7)
