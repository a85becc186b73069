"""A question that keeps failing: its statement is shown, and another question on it asked in its place."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Course, Learner
from quizzes.models import AttemptItem, Question, ReviewCard
from quizzes.services import answer_quick_check, quick_order, stock_of
from tests.quizzes.make import act, address
from tests.quizzes.reviewing import URL, answer, asked

DAY = timedelta(days=1)


def check(learner: Learner, slug: str, now: datetime, *, right: bool) -> Question:
    """Answer a question as a quick check, by its id."""
    question = Question.objects.select_related("current", "course").get(slug=slug)
    assert question.current
    order, tokens = quick_order(question.current.public_in("ko"))
    key = question.current.secret["key"]
    wrong = [position for position in range(len(tokens)) if position not in key][: len(key)]
    chosen = [tokens[position] for position in (key if right else wrong)]
    operation = act(now)
    answer_quick_check(learner=learner, question=question, order=order, tokens=tokens, chosen=chosen, act=operation)
    return question


@pytest.fixture
def siblings(course: Course) -> list[str]:
    """The single-choice questions on one statement, at least two."""
    single = set(Question.objects.filter(current__kind="choice", case="").values_list("slug", flat=True))
    groups = [[slug for slug in slugs if slug in single] for slugs in stock_of(course).asking.values()]
    return max(groups, key=len)


@pytest.fixture
def failing(alice: Learner, siblings: list[str]) -> Question:
    """A question alice has failed three times in a row."""
    assert len(siblings) >= 2
    for days in (9, 7, 5):
        question = check(alice, siblings[0], timezone.now() - days * DAY, right=False)
    return question


def test_it_works(as_alice: Client, failing: Question) -> None:
    item = asked(as_alice)
    assert item.revision.question_id != failing.pk
    assert failing.current
    assert set(item.revision.secret["proves"]) & set(failing.current.secret["proves"])
    page = as_alice.get(address(item, language="en")).content.decode()
    assert "Another question on the same statement" in page
    assert "?s=" in page


def test_two_failures_are_not_yet_enough(as_alice: Client, alice: Learner, siblings: list[str]) -> None:
    for days in (9, 7):
        question = check(alice, siblings[0], timezone.now() - days * DAY, right=False)
    assert asked(as_alice).revision.question_id == question.pk


def test_the_third_failure_sends_to_the_statement(as_alice: Client, alice: Learner, siblings: list[str]) -> None:
    for days in (9, 7):
        check(alice, siblings[0], timezone.now() - days * DAY, right=False)
    said = answer(as_alice, asked(as_alice), right=False)
    assert "Wrong 3 times in a row" in said
    assert said.count("?s=") > 1


def test_the_one_standing_in_is_the_turn_of_both(as_alice: Client, failing: Question) -> None:
    assert "1 question<" in as_alice.get(URL).content.decode()
    answer(as_alice, asked(as_alice))
    assert "/attempts/" not in as_alice.post(f"{URL}next/")["Location"]
    card = ReviewCard.objects.get(question=failing)
    assert card.lapses == 3


def test_it_is_asked_itself_once_another_went_right(
    as_alice: Client, alice: Learner, failing: Question, siblings: list[str]
) -> None:
    check(alice, siblings[1], timezone.now() - DAY, right=False)
    assert asked(as_alice).revision.question_id != failing.pk
    AttemptItem.objects.filter(checked_at=None).delete()
    check(alice, siblings[1], timezone.now() - DAY, right=True)
    assert asked(as_alice).revision.question_id == failing.pk


def test_without_another_question_it_is_asked_itself(
    as_alice: Client, alice: Learner, failing: Question, siblings: list[str]
) -> None:
    assert failing.current
    mates = Question.objects.filter(current__secret__proves__isnull=False).exclude(pk=failing.pk)
    proved = set(failing.current.secret["proves"])
    for mate in mates.select_related("current"):
        if mate.current and proved & set(mate.current.secret["proves"]):
            Question.objects.filter(pk=mate.pk).update(retired_at=timezone.now())
    assert asked(as_alice).revision.question_id == failing.pk


def test_one_never_met_comes_first(as_alice: Client, alice: Learner, failing: Question, siblings: list[str]) -> None:
    for slug in siblings[1:-1]:
        check(alice, slug, timezone.now(), right=False)
    met = set(ReviewCard.objects.of(alice).values_list("question", flat=True))
    assert asked(as_alice).revision.question_id not in met


def test_an_answer_taken_back_does_not_release_it(as_alice: Client, alice: Learner, failing: Question) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    as_alice.post(f"{URL}{item.attempt_id}/{item.number}/undo/")
    assert "/attempts/" not in as_alice.post(f"{URL}next/")["Location"]
    AttemptItem.objects.filter(pk=item.pk).update(undone_at=timezone.now() - DAY)
    again = asked(as_alice)
    assert again.revision.question_id != failing.pk
