"""Choosing an option saves it."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizzes.models import Answer, Attempt, AttemptItem
from quizzes.services import finish_attempt
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import address, form, right_tokens, saved, wrong_tokens

HTMX = {"HX-Request": "true"}


def test_it_works(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)))
    assert (response.status_code, response["Location"]) == (302, address(item))
    assert saved(item) == [[item.tokens.index(wrong_tokens(item)[0])]]
    page = as_alice.get(address(item)).content.decode()
    assert f'value="{wrong_tokens(item)[0]}" checked' in page
    assert "저장됨" in page


def test_htmx_gets_the_saved_state_alone(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)), headers=HTMX)
    said = response.content.decode()
    assert 'id="answer-saved"' in said
    assert 'name="revision" value="1"' in said
    assert "take-question" not in said
    assert "HX-Request" in response["Vary"]
    assert len(" ".join(said.split())) <= 500


def test_it_hides_other_peoples_attempts(as_bob: Client, client: Client, item: AttemptItem) -> None:
    for who in (as_bob, client):
        assert who.post(address(item, "answer"), form(right_tokens(item))).status_code == 404
    assert saved(item) == []


def test_a_missing_attempt_answers_alike(as_bob: Client, item: AttemptItem) -> None:
    other = f"/ko/attempts/{uuid.uuid4()}/1/answer/"
    there, missing = as_bob.post(address(item, "answer"), form([])), as_bob.post(other, form([]))
    assert there.status_code == missing.status_code == 404
    assert len(there.content) == len(missing.content)


def test_only_post_saves(as_alice: Client, item: AttemptItem) -> None:
    assert as_alice.get(address(item, "answer")).status_code == 405
    assert as_alice.put(address(item, "answer")).status_code == 405


def test_it_needs_a_csrf_token(item: AttemptItem, as_alice: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_alice.cookies
    assert strict.post(address(item, "answer"), form(right_tokens(item))).status_code == 403
    assert saved(item) == []


def test_the_last_of_several_answers_counts(as_alice: Client, item: AttemptItem) -> None:
    for revision, tokens in enumerate((wrong_tokens(item), right_tokens(item))):
        as_alice.post(address(item, "answer"), form(tokens, revision))
    assert saved(item)[-1] == item.revision.secret["key"]
    assert len(saved(item)) == 2


def test_the_same_act_twice_is_saved_once(as_alice: Client, item: AttemptItem) -> None:
    twice = form(right_tokens(item))
    first, second = (as_alice.post(address(item, "answer"), twice, headers=HTMX) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert len(saved(item)) == 1


def test_an_act_repeated_late_changes_nothing(as_alice: Client, item: AttemptItem) -> None:
    first = form(wrong_tokens(item))
    as_alice.post(address(item, "answer"), first)
    as_alice.post(address(item, "answer"), form(right_tokens(item), 1))
    response = as_alice.post(address(item, "answer"), first, headers=HTMX)
    assert response.status_code == 200
    assert 'name="revision" value="1"' in response.content.decode()
    assert saved(item)[-1] == item.revision.secret["key"]


def test_an_act_cannot_be_used_for_another_answer(as_alice: Client, item: AttemptItem) -> None:
    operation = uuid.uuid4()
    as_alice.post(address(item, "answer"), form(wrong_tokens(item), 0, operation))
    response = as_alice.post(address(item, "answer"), form(right_tokens(item), 1, operation))
    assert response.status_code == 409
    assert len(saved(item)) == 1


def test_a_stale_window_overwrites_nothing(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(right_tokens(item)))
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)))
    assert response.status_code == 409
    assert "다른 창에서" in response.content.decode()
    assert f'value="{right_tokens(item)[0]}" checked' in response.content.decode()
    assert saved(item) == [item.revision.secret["key"]]


@pytest.mark.parametrize(
    "change",
    [
        {"option": ["nonsense"]},
        {"option": ["\x00"]},
        {"option": ["1", "2"]},
        {"operation": "not-a-uuid"},
        {"operation": ""},
        {"revision": "-1"},
        {"revision": "9" * 5000},
        {"revision": "1e3"},
    ],
)
def test_wrong_input_is_refused_and_what_was_chosen_kept(
    as_alice: Client, item: AttemptItem, change: dict[str, object]
) -> None:
    response = as_alice.post(address(item, "answer"), {**form(right_tokens(item)), **change})
    assert response.status_code == 422
    assert saved(item) == []
    kept = f'value="{right_tokens(item)[0]}" checked' in response.content.decode()
    assert kept == ("option" not in change)


def test_two_options_of_a_single_choice_are_refused(as_alice: Client, item: AttemptItem) -> None:
    assert as_alice.post(address(item, "answer"), form(item.tokens[:2])).status_code == 422
    assert saved(item) == []


def test_options_of_another_question_are_refused(as_alice: Client, attempt: Attempt) -> None:
    first, second, *_ = items_of(attempt)
    assert as_alice.post(address(first, "answer"), form(right_tokens(second))).status_code == 422
    assert Answer.objects.count() == 0


def test_nothing_is_saved_once_it_is_over(as_alice: Client, attempt: Attempt, item: AttemptItem) -> None:
    finish_attempt(attempt=attempt, now=NOW)
    assert as_alice.post(address(item, "answer"), form(right_tokens(item))).status_code == 409
    assert saved(item) == []


def test_no_field_can_set_what_the_form_does_not_show(as_alice: Client, item: AttemptItem) -> None:
    extra = {"points": "9", "of": "1", "checked_at": "2020-01-01", "state": "finished", "learner": "1"}
    as_alice.post(address(item, "answer"), {**form(wrong_tokens(item)), **extra})
    item.refresh_from_db()
    assert (item.points, item.checked_at, item.attempt.state) == (None, None, "open")


def test_it_takes_four_queries(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(wrong_tokens(item)), headers=HTMX)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        as_alice.post(address(item, "answer"), form(right_tokens(item), 1), headers=HTMX)
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == 4, own  # session, user with learner, item with answer, the new answer
