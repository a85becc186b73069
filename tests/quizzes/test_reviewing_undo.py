"""Taking the last answer of a session back: all is as before, once, and it is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Evidence, Learner
from quizzes.models import Answer, AttemptItem, Quiz, ReviewCard
from quizzes.services.cards import rebuild_cards
from quizzes.services.draws import results_of
from tests.quizzes.make import address, form, right_tokens
from tests.quizzes.reviewing import URL, answer, answered, asked

DAY = timedelta(days=1)


@pytest.fixture
def due(alice: Learner, practice: Quiz) -> list[AttemptItem]:
    """Three questions that alice answered rightly a week ago: they are due."""
    return answered(alice, practice, timezone.now() - 7 * DAY, 3)


def undo(client: Client, item: AttemptItem, number: int | None = None) -> str:
    """Press "Take this answer back"; return what the page then says."""
    where = f"{URL}{item.attempt_id}/{number or item.number}/undo/"
    return client.post(where, follow=True).content.decode()


def cards() -> list[dict[str, Any]]:
    return list(ReviewCard.objects.order_by("question").values("question", "state", "due_at", "reviewed_at", "lapses"))


def test_it_works(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    item, before = asked(as_alice), cards()
    said = answer(as_alice, item, right=False, confidence="sure")
    assert "Take this answer back" in said
    assert cards() != before
    said = undo(as_alice, item)
    assert "You took this answer back" in said
    assert "counts for nothing" in said
    assert cards() == before
    item.refresh_from_db()
    assert (item.checked_at, item.points, item.of) == (None, None, None)
    assert Answer.objects.filter(item=item).count() == 1


def test_its_evidence_is_undone_by_rows_that_are_appended(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    rows = list(Evidence.objects.filter(act=f"{item.attempt_id}/{item.number}").values())
    undo(as_alice, item)
    after = list(Evidence.objects.filter(act=f"{item.attempt_id}/{item.number}").order_by("pk").values())
    assert after[: len(rows)] == rows
    assert [row["undoes_id"] for row in after[len(rows) :]] == [row["id"] for row in rows]
    assert not any(row["first"] for row in after[len(rows) :])


def test_statistics_do_not_know_it(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item, right=False)
    course = item.attempt.course
    assert results_of(alice, course)[item.revision.question_id] is False
    undo(as_alice, item)
    assert results_of(alice, course)[item.revision.question_id] is True


def test_it_is_done_once(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    for _ in range(3):
        assert "You took this answer back" in undo(as_alice, item)
    rows = Evidence.objects.filter(act=f"{item.attempt_id}/{item.number}")
    assert rows.exclude(undoes=None).count() == rows.filter(undoes=None).count()


def test_only_the_last_answer_can_be_taken_back(as_alice: Client, due: list[AttemptItem]) -> None:
    first = asked(as_alice)
    answer(as_alice, first)
    second = asked(as_alice)
    answer(as_alice, second)
    assert "Only the last answer" in undo(as_alice, first)
    undo(as_alice, second)
    assert "Only the last answer" in undo(as_alice, first)
    first.refresh_from_db()
    assert first.checked_at


def test_it_can_be_taken_back_from_the_next_question_too(as_alice: Client, due: list[AttemptItem]) -> None:
    first = asked(as_alice)
    answer(as_alice, first)
    second = asked(as_alice)
    assert "Take the last answer back" in as_alice.get(address(second, language="en")).content.decode()
    assert "You took this answer back" in undo(as_alice, first)
    assert asked(as_alice) == second
    assert "Take the last answer back" not in as_alice.get(address(second, language="en")).content.decode()


def test_a_session_that_is_over_keeps_its_answers(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    as_alice.post(f"/en/attempts/{item.attempt_id}/finish/")
    assert "Only the last answer" in undo(as_alice, item)
    item.refresh_from_db()
    assert item.checked_at


def test_nothing_answered_is_nothing_to_take_back(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    assert "Only the last answer" in undo(as_alice, item)
    assert as_alice.post(f"{URL}{item.attempt_id}/99/undo/").status_code == 404


def test_it_cannot_be_answered_again(as_alice: Client, due: list[AttemptItem]) -> None:
    """Its reasons have been read: another answer would prove nothing."""
    item, before = asked(as_alice), cards()
    answer(as_alice, item, right=False)
    undo(as_alice, item)
    assert as_alice.post(address(item, "mark", "en"), form(right_tokens(item), 1)).status_code == 409
    as_alice.post(address(item, "answer", "en"), form(right_tokens(item), 1))
    item.refresh_from_db()
    assert (item.checked_at, Answer.objects.filter(item=item).count()) == (None, 1)
    assert cards() == before


def test_it_comes_again_tomorrow_not_today(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    undo(as_alice, item)
    left = set()
    while "/attempts/" in as_alice.post(f"{URL}next/")["Location"]:
        other = asked(as_alice)
        left.add(other.revision.question_id)
        answer(as_alice, other)
    assert len(left) == 2
    assert item.revision.question_id not in left
    page = as_alice.get(f"{URL}{item.attempt_id}/").content.decode()
    assert "taken back" in page
    assert "2 of 2 questions right" in page


def test_the_first_answer_ever_leaves_no_card(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    """A question that stood in for another may have had no card before."""
    item = asked(as_alice)
    AttemptItem.objects.filter(pk__in=[one.pk for one in due]).update(checked_at=None)
    answer(as_alice, item)
    undo(as_alice, item)
    assert not ReviewCard.objects.filter(question=item.revision.question_id).exists()


def test_rebuilding_afterwards_changes_nothing(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    for right in (False, True):
        item = asked(as_alice)
        answer(as_alice, item, right=right)
    undo(as_alice, item)
    before = list(ReviewCard.objects.order_by("question").values())
    rebuild_cards(learner=alice)
    assert list(ReviewCard.objects.order_by("question").values()) == before


def test_an_answer_given_elsewhere_meanwhile_stays(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item, right=False)
    later = AttemptItem.objects.get(pk=item.pk)
    other = due[0].attempt
    later.pk, later.attempt, later.number = None, other, 99
    later.points = later.of
    later.checked_at = timezone.now()
    later.save()
    Answer.objects.create(item=later, operation=other.pk, revision=1, response=[0], saved_at=later.checked_at)
    rebuild_cards(learner=alice)
    undo(as_alice, item)
    card = ReviewCard.objects.get(question=item.revision.question_id)
    assert (card.reviewed_at, card.lapses) == (later.checked_at, 0)
