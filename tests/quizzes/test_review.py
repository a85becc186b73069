"""After an exam: the review with its filters, reporting a problem, the notebook and its Markdown."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.models import Learner
from quizzes.models import Attempt, AttemptItem, ProblemReport, Quiz
from quizzes.services import start_attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import address, form, right_tokens, wrong_tokens

HTMX = {"HX-Request": "true"}


@pytest.fixture
def done(as_alice: Client, alice: Learner, exam: Quiz) -> Attempt:
    """Alice's exam, handed in: 1 and 2 wrong (1 in certainty), 3 right by guessing, 4 flagged, the rest right."""
    sitting = start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="alice")
    for row in items_of(sitting):
        tokens = wrong_tokens(row) if row.number < 3 else right_tokens(row)
        as_alice.post(address(row, "answer"), form(tokens))
    notes = {1: {"confidence": "sure"}, 3: {"confidence": "guess"}, 4: {"flagged": "1"}}
    for number, note in notes.items():
        as_alice.post(f"/ko/attempts/{sitting.pk}/{number}/note/", note)
    AttemptItem.objects.filter(attempt=sitting, number=5).update(seconds=600)
    as_alice.post(f"/ko/attempts/{sitting.pk}/finish/")
    sitting.refresh_from_db()
    return sitting


def review(client: Client, attempt: Attempt, show: str = "") -> str:
    page = client.get(f"/en/attempts/{attempt.pk}/review/", {"show": show} if show else {})
    assert page.status_code == 200
    return page.content.decode()


def shown(said: str) -> list[int]:
    return [number for number in range(1, 21) if f'id="q-{number}"' in said]


def test_it_works(as_alice: Client, done: Attempt) -> None:
    said = review(as_alice, done)
    assert shown(said) == list(range(1, 21))
    for row in items_of(done):
        assert row.revision.public["en"]["stem"] in said
        for reason in row.revision.secret["reasons"]["en"]["pieces"]:
            assert reason in said
    assert "?s=" in said


@pytest.mark.parametrize(
    ("show", "numbers"),
    [
        ("wrong", [1, 2]),
        ("flagged", [4]),
        ("guessed", [3]),
        ("slow", [5]),
        ("sure-wrong", [1]),
        ("<script>", list(range(1, 21))),
        ("\x00", list(range(1, 21))),
    ],
)
def test_filters_name_and_count(as_alice: Client, done: Attempt, show: str, numbers: list[int]) -> None:
    said = review(as_alice, done, show)
    assert shown(said) == numbers
    assert "<script>" not in said.replace("<script src", "").replace("<script defer", "").replace("<script type", "")


def test_an_open_exam_has_no_review(as_alice: Client, alice: Learner, exam: Quiz) -> None:
    sitting = start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="x")
    for what in ("review/", "result/", "notes/", "notes.md"):
        response = as_alice.get(f"/ko/attempts/{sitting.pk}/{what}")
        assert response["Location"] == f"/ko/attempts/{sitting.pk}/", what


def test_the_next_action_says_why(as_alice: Client, done: Attempt) -> None:
    said = as_alice.get(f"/en/attempts/{done.pk}/result/").content.decode()
    assert f"/en/attempts/{done.pk}/review/?show=sure-wrong" in said
    assert "You were sure of 1 answer" in said


def test_the_result_gives_a_range_and_its_method(as_alice: Client, done: Attempt) -> None:
    said = as_alice.get(f"/en/attempts/{done.pk}/result/").content.decode()
    grade = done.grades.get()
    assert grade.low < grade.scaled < grade.high
    assert f"{grade.low}–{grade.high}" in said
    assert "Wilson" in said
    assert "pass mark is 720" in said


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_problem_is_reported_in_place(as_alice: Client, done: Attempt, headers: dict[str, str]) -> None:
    url = f"/en/attempts/{done.pk}/2/report/"
    response = as_alice.post(url, {"text": "The key is wrong."}, headers=headers)
    assert ProblemReport.objects.get().text == "The key is wrong."
    if headers:
        assert response.content.decode().strip().startswith('<div class="report" id="report-2">')
    else:
        assert response["Location"] == f"/en/attempts/{done.pk}/review/#q-2"


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "\x00"])
def test_a_report_that_says_nothing_is_refused_with_its_words(as_alice: Client, done: Attempt, text: str) -> None:
    response = as_alice.post(f"/en/attempts/{done.pk}/2/report/", {"text": text})
    assert response.status_code == 422
    assert not ProblemReport.objects.exists()


def test_a_report_on_nothing_is_missing(as_alice: Client, as_bob: Client, done: Attempt) -> None:
    assert as_alice.post(f"/en/attempts/{done.pk}/99/report/", {"text": "x"}).status_code == 404
    assert as_bob.post(f"/en/attempts/{done.pk}/2/report/", {"text": "x"}).status_code == 404


def test_the_notebook_holds_what_was_missed_or_guessed(as_alice: Client, done: Attempt) -> None:
    said = as_alice.get(f"/ko/attempts/{done.pk}/notes/").content.decode()
    assert [number for number in range(1, 21) if f'id="n-{number}"' in said] == [1, 2, 3]
    assert "맞았지만 찍은 문항" in said


def test_the_markdown_links_back_to_the_statements(as_alice: Client, done: Attempt) -> None:
    response = as_alice.get(f"/en/attempts/{done.pk}/notes.md")
    said = response.content.decode()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'attachment; filename="exam-' in response["Content-Disposition"]
    first = items_of(done)[0]
    assert f"## 1. {first.revision.public['en']['title']}" in said
    for slug in {slug for slugs in first.revision.secret["cites"] for slug in slugs}:
        assert f"#^{slug}]]" in said
    assert "<" not in said


@pytest.mark.parametrize("what", ["review/", "notes/", "notes.md"])
def test_queries_do_not_grow(
    as_alice: Client, done: Attempt, what: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(f"/ko/attempts/{done.pk}/{what}")
    with django_assert_num_queries(10 + (what == "notes.md")):
        # session, user with learner, attempt, items, exams that seal, statements, errata (items, errata), late answers,
        # reports
        as_alice.get(f"/ko/attempts/{done.pk}/{what}")
