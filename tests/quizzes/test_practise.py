"""Choosing what to practise: the page says beforehand what a start will draw."""

import re

import pytest
from django.test import Client

from learning.models import Learner
from quizzes.models import Attempt, Quiz
from tests.quizzes.conftest import items_of
from tests.quizzes.make import address, form, right_tokens, wrong_tokens

URL = "/en/quizzes/practice/"
HTMX = {"HX-Request": "true"}


def promised(said: str) -> list[int]:
    """Return how many questions of each topic the page says it will draw."""
    return [int(drawn) for drawn in re.findall(r"<span>(\d+) of \d+</span>", said)]


@pytest.mark.parametrize(
    ("topics", "more"),
    [
        ([], {}),
        (["efs"], {"count": "4"}),
        (["efs", "iam-roles"], {"which": "unseen", "count": "7"}),
    ],
)
def test_it_draws_what_it_said(as_alice: Client, practice: Quiz, topics: list[str], more: dict[str, str]) -> None:
    wish = {"topics": topics, **more}
    said = as_alice.get(URL, wish).content.decode()
    as_alice.post(URL, wish)
    drawn = items_of(Attempt.objects.get())
    assert sum(promised(said)) == len(drawn)
    assert {row.revision.question.topic.slug for row in drawn} == set(topics or practice.topics)


def test_the_start_button_sends_what_was_shown(as_alice: Client, practice: Quiz) -> None:
    said = as_alice.get(URL, {"topics": "efs", "which": "unseen", "count": "3"}).content.decode()
    start = said[said.index('id="quiz-draw"') :]
    hidden = re.findall(r'type="hidden" name="(topics|which|count)" value="([^"]*)"', start)
    assert hidden == [("topics", "efs"), ("which", "unseen"), ("count", "3")]


def test_htmx_gets_the_draw_alone(as_alice: Client, practice: Quiz) -> None:
    said = as_alice.get(URL, {"topics": "efs"}, headers=HTMX).content.decode()
    assert said.strip().startswith('<section id="quiz-draw"')


def test_missed_questions_come_again(as_alice: Client, alice: Learner, attempt: Attempt) -> None:
    rows = items_of(attempt)
    for number, row in enumerate(rows):
        as_alice.post(address(row, "mark"), form(wrong_tokens(row) if number < 2 else right_tokens(row)))
    said = as_alice.get(URL, {"which": "missed"}).content.decode()
    assert sum(promised(said)) == 2
    as_alice.post(URL, {"which": "missed"})
    again = items_of(Attempt.objects.open().get())
    assert {row.revision.question_id for row in again} == {row.revision.question_id for row in rows[:2]}


def test_nothing_to_draw_is_said_and_cannot_be_started(as_alice: Client, practice: Quiz) -> None:
    said = as_alice.get(URL, {"which": "missed"}).content.decode()
    assert "There is no such question" in said
    assert ">Start<" not in said
    assert as_alice.post(URL, {"which": "missed"})["Location"] == URL
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "wish",
    [
        {"topics": "nothing"},
        {"which": "all"},
        {"count": "0"},
        {"count": "9" * 5000},
        {"count": "x"},
        {"topics": "\x00"},
    ],
)
def test_a_wish_that_cannot_be_is_said(as_alice: Client, practice: Quiz, wish: dict[str, str]) -> None:
    page = as_alice.get(URL, wish)
    assert page.status_code == 200
    assert "a number from 1 to 100" in page.content.decode()
    assert as_alice.post(URL, wish).status_code == 302
    assert not Attempt.objects.exists()


def test_an_exam_grants_no_wish(as_alice: Client, exam: Quiz) -> None:
    as_alice.post("/en/quizzes/exam/", {"topics": "efs", "count": "1"})
    assert Attempt.objects.get().items.count() == exam.count
