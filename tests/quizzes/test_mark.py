"""Having an answer marked: once, with the reason for every option."""

import uuid
from decimal import Decimal

import pytest
from django.test import Client

from learning.models import Evidence, Learner
from quizzes.models import Attempt, AttemptItem
from quizzes.services import Act, ClosedError, Place, check_item, finish_attempt
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import address, form, right_tokens, saved, wrong_tokens

HTMX = {"HX-Request": "true"}


def test_it_works(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "mark"), form(right_tokens(item)))
    assert (response.status_code, response["Location"]) == (302, address(item))
    item.refresh_from_db()
    assert (item.points, item.of, item.right) == (Decimal(1), Decimal(1), True)
    page = as_alice.get(address(item)).content.decode()
    assert "맞았어요" in page
    for reason in item.revision.secret["reasons"]["ko"]["pieces"]:
        assert reason in page


def test_htmx_gets_the_question_alone(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "mark"), form(wrong_tokens(item)), headers=HTMX)
    said = response.content.decode()
    assert said.strip().startswith('<div id="take-question"')
    assert "틀렸어요" in said
    assert "내가 고른 답 · 오답" in said


def test_every_option_leads_to_its_statement_marked_in_the_lesson(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "mark"), form(right_tokens(item)))
    page = as_alice.get(address(item)).content.decode()
    slugs = {slug for slugs in item.revision.secret["cites"] for slug in slugs}
    assert slugs
    for slug in slugs:
        assert f"?s={slug}#{slug}" in page


def test_it_hides_other_peoples_attempts(as_bob: Client, item: AttemptItem) -> None:
    assert as_bob.post(address(item, "mark"), form(right_tokens(item))).status_code == 404
    item.refresh_from_db()
    assert item.points is None


def test_only_post_marks(as_alice: Client, item: AttemptItem) -> None:
    assert as_alice.get(address(item, "mark")).status_code == 405


def test_it_needs_an_answer(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "mark"), form([]))
    assert response.status_code == 422
    assert "먼저 답을 하나 골라 주세요" in response.content.decode()
    item.refresh_from_db()
    assert item.points is None


def test_it_needs_as_many_options_as_the_question_asks_for(as_alice: Client, attempt: Attempt) -> None:
    several = next(row for row in items_of(attempt) if len(row.revision.secret["key"]) == 2)
    response = as_alice.post(address(several, "mark"), form(right_tokens(several)[:1]))
    assert response.status_code == 422
    assert "2" in response.content.decode()
    assert f'value="{right_tokens(several)[0]}" checked' in response.content.decode()
    as_alice.post(address(several, "mark"), form(right_tokens(several)))
    several.refresh_from_db()
    assert several.right


def test_it_marks_the_answer_saved_before(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(right_tokens(item)))
    as_alice.post(address(item, "mark"), form(right_tokens(item), 1))
    assert saved(item) == [item.revision.secret["key"]] * 2
    item.refresh_from_db()
    assert item.right


def test_it_marks_once(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "mark"), form(wrong_tokens(item)))
    again = as_alice.post(address(item, "mark"), form(right_tokens(item), 1))
    assert again.status_code == 409
    assert as_alice.post(address(item, "answer"), form(right_tokens(item), 1)).status_code == 409
    item.refresh_from_db()
    assert (item.right, len(saved(item)), Evidence.objects.count()) == (False, 1, len(item.revision.secret["proves"]))


@pytest.mark.parametrize("knew", [True, False])
def test_it_is_evidence_of_what_the_right_options_cite(
    as_alice: Client, alice: Learner, item: AttemptItem, knew: bool
) -> None:
    as_alice.post(address(item, "mark"), form(right_tokens(item) if knew else wrong_tokens(item)))
    found = Evidence.objects.filter(learner=alice)
    slugs = set(found.values_list("statement__slug", flat=True))
    assert slugs == set(item.revision.secret["proves"])
    assert set(found.values_list("correct", "subject")) == {(knew, f"item:{item.revision.question.slug}")}


def test_the_last_one_finishes_the_attempt(as_alice: Client, attempt: Attempt) -> None:
    for row in items_of(attempt):
        attempt.refresh_from_db()
        assert attempt.is_open
        as_alice.post(address(row, "mark"), form(right_tokens(row)))
    attempt.refresh_from_db()
    assert not attempt.is_open
    assert attempt.finished_at is not None


def test_it_marks_by_the_revision_that_was_shown(alice: Learner, item: AttemptItem) -> None:
    """A question edited meanwhile has another current revision; this attempt keeps its own."""
    shown = item.revision
    question = shown.question
    changed = {
        **shown.secret,
        "source": {"ko": shown.secret["source"]["ko"].replace("[x]", "[ ]").replace("[ ]", "[x]", 1)},
    }
    shown.pk, shown._state.adding = None, True
    shown.number, shown.content_hash, shown.secret = 2, "other", changed
    shown.save()
    question.current = shown
    question.save()
    item.refresh_from_db()
    act = Act(operation=uuid.uuid4(), base=0, now=NOW)
    done = check_item(learner=alice, place=Place(item.attempt_id, item.number), tokens=right_tokens(item), act=act)
    assert done.right


def test_nothing_is_marked_once_the_attempt_is_finished(alice: Learner, attempt: Attempt, item: AttemptItem) -> None:
    finish_attempt(attempt=attempt, now=NOW)
    act = Act(operation=uuid.uuid4(), base=0, now=NOW)
    with pytest.raises(ClosedError):
        check_item(learner=alice, place=Place(attempt.pk, item.number), tokens=right_tokens(item), act=act)
