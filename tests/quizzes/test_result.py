"""The result of an attempt."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quizzes.models import Attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import address, form, right_tokens, wrong_tokens


@pytest.fixture
def taken(as_alice: Client, attempt: Attempt) -> Attempt:
    """Alice's attempt, all marked: two wrong, the rest right."""
    for number, row in enumerate(items_of(attempt)):
        as_alice.post(address(row, "mark"), form(wrong_tokens(row) if number < 2 else right_tokens(row)))
    attempt.refresh_from_db()
    return attempt


def test_it_works(as_alice: Client, taken: Attempt) -> None:
    page = as_alice.get(f"/ko/attempts/{taken.pk}/result/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "12문항 중 10문항 정답" in said
    for row in items_of(taken)[:2]:
        assert row.get_absolute_url() in said
        for slug in row.revision.secret["proves"]:
            assert f"?s={slug}#{slug}" in said


def test_it_counts_by_topic_and_says_when_that_is_too_little(as_alice: Client, taken: Attempt) -> None:
    said = as_alice.get(f"/en/attempts/{taken.pk}/result/").content.decode()
    assert said.count("not enough yet") == 4
    counts = [(int(right), int(of)) for right, of in re.findall(r'<td class="num">(\d) / (\d)</td>', said)]
    assert (sum(right for right, _ in counts), sum(of for _, of in counts)) == (10, 12)


def test_it_hides_other_peoples_results(as_bob: Client, taken: Attempt) -> None:
    assert as_bob.get(f"/ko/attempts/{taken.pk}/result/").status_code == 404


def test_an_open_attempt_goes_on_instead(as_alice: Client, attempt: Attempt) -> None:
    response = as_alice.get(f"/ko/attempts/{attempt.pk}/result/")
    assert response["Location"] == f"/ko/attempts/{attempt.pk}/"


def test_a_finished_attempt_leads_here(as_alice: Client, taken: Attempt) -> None:
    assert as_alice.get(f"/ko/attempts/{taken.pk}/")["Location"] == f"/ko/attempts/{taken.pk}/result/"


def test_what_was_not_answered_is_named_apart(as_alice: Client, attempt: Attempt) -> None:
    as_alice.post(f"/ko/attempts/{attempt.pk}/finish/")
    said = as_alice.get(f"/ko/attempts/{attempt.pk}/result/").content.decode()
    assert "틀린 문항이 없어요" in said
    assert "풀지 않은 문항" in said


def test_queries_do_not_grow(
    as_alice: Client, taken: Attempt, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(f"/ko/attempts/{taken.pk}/result/")
    with django_assert_num_queries(6):  # session, user with learner, attempt, items, exams open, statements
        as_alice.get(f"/ko/attempts/{taken.pk}/result/")
