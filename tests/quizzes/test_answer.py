"""Choosing an option saves it."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizzes.models import Answer, Attempt, AttemptItem
from quizzes.services import finish_attempt
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import address, form, right_tokens, saved, wrong_tokens

SCRIPT = {"Accept": "application/json"}


def test_it_works(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)))
    assert (response.status_code, response["Location"]) == (302, address(item))
    assert saved(item) == [[item.tokens.index(wrong_tokens(item)[0])]]
    page = as_alice.get(address(item)).content.decode()
    assert f'value="{wrong_tokens(item)[0]}" checked' in page
    assert "저장됨" in page


def test_a_script_hears_when_it_was_saved_and_how_the_time_stands(as_alice: Client, item: AttemptItem) -> None:
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)), headers=SCRIPT)
    said = response.json()
    assert (response.status_code, said["revision"], said["deadline"]) == (200, 1, None)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", said["saved"])
    assert len(response.content) <= 500


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
    first, second = (as_alice.post(address(item, "answer"), twice, headers=SCRIPT) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert len(saved(item)) == 1


def test_an_act_repeated_late_changes_nothing(as_alice: Client, item: AttemptItem) -> None:
    first = form(wrong_tokens(item))
    as_alice.post(address(item, "answer"), first)
    as_alice.post(address(item, "answer"), form(right_tokens(item), 1))
    response = as_alice.post(address(item, "answer"), first, headers=SCRIPT)
    assert response.status_code == 200
    assert response.json()["revision"] == 1
    assert saved(item)[-1] == item.revision.secret["key"]


def test_an_act_cannot_be_used_for_another_answer(as_alice: Client, item: AttemptItem) -> None:
    operation = uuid.uuid4()
    as_alice.post(address(item, "answer"), form(wrong_tokens(item), 0, operation))
    response = as_alice.post(address(item, "answer"), form(right_tokens(item), 1, operation))
    assert response.status_code == 409
    assert len(saved(item)) == 1


def test_a_stale_window_overwrites_nothing_and_shows_both(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(right_tokens(item)))
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)))
    assert response.status_code == 409
    said = response.content.decode()
    words = item.revision.public["ko"]["body"]["pieces"]
    both = said[said.index('id="take-conflict"') : said.index("</section>")]
    assert all(words[item.tokens.index(token)] in both for token in (*right_tokens(item), *wrong_tokens(item)))
    assert saved(item) == [item.revision.secret["key"]]


def test_either_of_both_answers_can_be_chosen(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(right_tokens(item)))
    page = as_alice.post(address(item, "answer"), form(wrong_tokens(item))).content.decode()
    both = page[page.index('id="take-conflict"') : page.index("</section>")]
    sent = dict(re.findall(r'name="(operation|revision|option)" value="([^"]*)"', both))
    as_alice.post(address(item, "answer"), sent)
    assert [item.tokens[position] for position in saved(item)[-1]] == wrong_tokens(item)


def test_a_script_hears_of_both_in_one_piece(as_alice: Client, item: AttemptItem) -> None:
    as_alice.post(address(item, "answer"), form(right_tokens(item)))
    response = as_alice.post(address(item, "answer"), form(wrong_tokens(item)), headers=SCRIPT)
    said = response.json()
    assert (response.status_code, said["torn"], said["revision"]) == (409, True, 1)
    assert said["value"] == right_tokens(item)
    assert said["html"].strip().startswith('<section id="take-conflict"')


def test_a_script_without_a_session_is_told_so(client: Client, item: AttemptItem) -> None:
    response = client.post(address(item, "answer"), form(right_tokens(item)), headers=SCRIPT)
    assert (response.status_code, response.json()) == (401, {"signed_out": True})


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
        {"claimed": "9" * 30},
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
    as_alice.post(address(item, "answer"), form(wrong_tokens(item)), headers=SCRIPT)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        as_alice.post(address(item, "answer"), form(right_tokens(item), 1), headers=SCRIPT)
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == 4, own  # session, user with learner, item with answer, the new answer
