"""Review when things happen at once: one session, one step a card, one answer taken back.

Each race is run against the services and, as its control, against the naive shape they must not have.
"""

import uuid
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import transaction

from learning.models import Course, Evidence, Learner
from quizzes.models import Attempt, AttemptItem, Question, Quiz, ReviewCard
from quizzes.scheduling.memory import Memory, answered, grade
from quizzes.services import answer_quick_check, check_item, quick_order
from quizzes.services.cards import rebuild_cards
from quizzes.services.reviewing import next_item, undo_last
from tests.conftest import person
from tests.quizzes.conftest import NOW
from tests.quizzes.make import act, place, right_tokens
from tests.quizzes.races.at_once import at_once, failures
from tests.quizzes.reviewing import hold

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = grade(correct=True)


@pytest.fixture
def learner(course: Course) -> Learner:
    """A learner with three cards that are due."""
    found = person("alice")
    hold(found, course, NOW, days=9, count=3)
    return found


def whole(item: AttemptItem | None) -> AttemptItem:
    assert item
    return AttemptItem.objects.with_answers().select_related("revision", "attempt__learner").get(pk=item.pk)


def begin(learner: Learner, course: Course, seed: str = "race") -> AttemptItem:
    return whole(next_item(learner=learner, course=course, now=NOW, seed=seed))


def one_session(outcomes: list[object]) -> bool:
    sessions = Attempt.objects.filter(mode=Quiz.Mode.REVIEW)
    return not failures(outcomes) and sessions.count() == 1 and AttemptItem.objects.count() == 1


@pytest.mark.parametrize("times", [2, 4, 8])
def test_pressing_start_at_once_begins_one_session(learner: Learner, course: Course, times: int) -> None:
    assert one_session(at_once(*[lambda seed=str(n): begin(learner, course, seed) for n in range(times)]))


def naive_begin(learner: Learner, course: Course, together: Barrier) -> Attempt:
    found = Attempt.objects.of(learner).open().filter(mode=Quiz.Mode.REVIEW).first()
    together.wait(timeout=10)
    return found or Attempt.objects.create(learner=learner, course=course, mode=Quiz.Mode.REVIEW, started_at=NOW)


def test_control_a_naive_start_is_caught(learner: Learner, course: Course) -> None:
    together = Barrier(2)
    assert not one_session(at_once(*[lambda: naive_begin(learner, course, together)] * 2))


def moved_once(item: AttemptItem, before: dict[str, object]) -> bool:
    card = ReviewCard.objects.get(question=item.revision.question_id)
    once = answered(Memory.from_json(before), grade(correct=True), NOW)
    rows = Evidence.objects.filter(act=f"{item.attempt_id}/{item.number}")
    return (
        card.state == once.as_json() and card.before == before and len(set(rows.values_list("statement"))) == len(rows)
    )


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("times", [2, 8])
def test_an_answer_sent_at_once_moves_its_card_once(learner: Learner, course: Course, times: int, same: bool) -> None:
    """The same act from a nervous finger, or two windows with acts of their own."""
    item = begin(learner, course)
    before = ReviewCard.objects.get(question=item.revision.question_id).state
    operation = uuid.uuid4()

    def press() -> AttemptItem:
        sent = act(NOW, operation=operation if same else None)
        return check_item(learner=learner, place=place(item), tokens=right_tokens(item), act=sent)

    outcomes = at_once(*[press] * times)
    assert len(failures(outcomes)) == (0 if same else times - 1)
    assert moved_once(item, before)


def naive_move(item: AttemptItem, together: Barrier) -> None:
    unmoved = ReviewCard.objects.get(question=item.revision.question_id).before is None
    together.wait(timeout=10)
    with transaction.atomic():
        card = ReviewCard.objects.select_for_update().get(question=item.revision.question_id)
        if unmoved:
            card.before, card.state = card.state, answered(Memory.from_json(card.state), GOOD, NOW).as_json()
            card.save()


def test_control_a_naive_step_is_caught(learner: Learner, course: Course) -> None:
    item, together = begin(learner, course), Barrier(2)
    before = ReviewCard.objects.get(question=item.revision.question_id).state
    assert not failures(at_once(*[lambda: naive_move(item, together)] * 2))
    assert not moved_once(item, before)


def test_the_same_question_answered_in_many_places_counts_each_of_them(course: Course) -> None:
    """Never answered before: the card is made by one and moved by all."""
    alice = person("alice")
    question = Question.objects.filter(course=course, current__kind="choice").select_related("current")[0]
    assert question.current
    order, tokens = quick_order(question.current.public_in("ko"))
    chosen = [tokens[position] for position in question.current.secret["key"]]

    def press(minute: int) -> AttemptItem:
        sent = act(NOW + timedelta(minutes=minute))
        return answer_quick_check(learner=alice, question=question, order=order, tokens=tokens, chosen=chosen, act=sent)

    assert not failures(at_once(*[lambda minute=minute: press(minute) for minute in range(6)]))
    card = ReviewCard.objects.get()
    held = (card.state, card.before)
    rebuild_cards(learner=alice)
    card.refresh_from_db()
    assert (card.state, card.before) == held
    assert card.reviewed_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("times", [2, 8])
def test_an_answer_is_taken_back_once(learner: Learner, course: Course, times: int) -> None:
    item = begin(learner, course)
    check_item(learner=learner, place=place(item), tokens=right_tokens(item), act=act(NOW))
    undo = [lambda: undo_last(learner=learner, session=item.attempt_id, number=1, now=NOW)] * times
    assert not failures(at_once(*undo))
    rows = Evidence.objects.filter(act=f"{item.attempt_id}/1")
    assert rows.exclude(undoes=None).count() == rows.filter(undoes=None).count() > 0
    assert AttemptItem.objects.get().undone_at == NOW


def test_going_on_while_taking_back_keeps_both(learner: Learner, course: Course) -> None:
    item = begin(learner, course)
    check_item(learner=learner, place=place(item), tokens=right_tokens(item), act=act(NOW))
    outcomes = at_once(
        lambda: undo_last(learner=learner, session=item.attempt_id, number=1, now=NOW),
        lambda: begin(learner, course),
    )
    assert not failures(outcomes)
    assert list(AttemptItem.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert AttemptItem.objects.exclude(undone_at=None).count() == 1
