"""The page of one question of an attempt."""

import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quizzes.models import Attempt, AttemptItem
from quizzes.services import finish_attempt
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import address, form, right_tokens

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(("language", "word"), [("ko", "정답 확인"), ("en", "Check the answer")])
def test_it_works(as_alice: Client, item: AttemptItem, language: str, word: str) -> None:
    page = as_alice.get(address(item, language=language))
    assert page.status_code == 200
    said = page.content.decode()
    assert item.revision.public[language]["stem"] in said
    assert word in said
    assert said.count('name="option"') == len(item.tokens)
    assert "no-store" in page["Cache-Control"]


def test_htmx_gets_the_question_alone(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.get(address(item), headers=HTMX)
    assert response.content.decode().strip().startswith('<div id="take-question"')


def test_it_hides_other_peoples_attempts(as_bob: Client, client: Client, item: AttemptItem) -> None:
    assert as_bob.get(address(item)).status_code == 404
    assert client.get(address(item)).status_code == 404


@pytest.mark.parametrize("number", ["0", "13", "99999", "9" * 30, "9" * 5000])
def test_a_question_that_is_not_there_is_missing(as_alice: Client, attempt: Attempt, number: str) -> None:
    assert as_alice.get(f"/ko/attempts/{attempt.pk}/{number}/").status_code == 404


def test_it_shows_the_options_in_the_order_of_the_attempt(as_alice: Client, item: AttemptItem) -> None:
    said = as_alice.get(address(item)).content.decode()
    places = [said.index(f'value="{item.tokens[position]}"') for position in item.order]
    assert places == sorted(places)


def test_a_finished_attempt_shows_what_was_not_answered_with_its_reasons(
    as_alice: Client, attempt: Attempt, item: AttemptItem
) -> None:
    finish_attempt(attempt=attempt, now=NOW)
    said = as_alice.get(address(item)).content.decode()
    assert "풀지 않은 문항" in said
    assert item.revision.secret["reasons"]["ko"]["pieces"][0] in said
    assert 'name="option"' not in said


def test_the_attempt_leads_to_the_first_question_not_marked(as_alice: Client, attempt: Attempt) -> None:
    first, second, *_ = items_of(attempt)
    assert as_alice.get(f"/ko/attempts/{attempt.pk}/")["Location"] == address(first)
    as_alice.post(address(first, "mark"), form(right_tokens(first)))
    assert as_alice.get(f"/ko/attempts/{attempt.pk}/")["Location"] == address(second)


def test_the_next_question_goes_round_the_corner(as_alice: Client, attempt: Attempt) -> None:
    *_, last = items_of(attempt)
    as_alice.post(address(last, "mark"), form(right_tokens(last)))
    said = as_alice.get(address(last)).content.decode()
    assert f'href="/ko/attempts/{attempt.pk}/1/" data-key="next"' in said


def test_an_attempt_of_nobody_is_missing(as_alice: Client) -> None:
    assert as_alice.get(f"/ko/attempts/{uuid.uuid4()}/").status_code == 404


def test_queries_do_not_grow(
    as_alice: Client, item: AttemptItem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # session, user with learner, item, overview
        as_alice.get(address(item))
    as_alice.post(address(item, "mark"), form(right_tokens(item)))
    with django_assert_num_queries(7):  # and exams open, the reasons, the statements
        as_alice.get(address(item))
