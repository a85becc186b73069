"""Putting steps in order and matching rows, by form fields alone; a case above its questions."""

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Learner
from quizzes.models import Attempt, AttemptItem, Question, Quiz
from quizzes.services import start_attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import address, form, right_tokens, saved


def asked(learner: Learner, quiz: Quiz, kind: str) -> AttemptItem:
    """Return an item of `kind` that `learner` is asked, alone in its attempt."""
    for question in Question.objects.exclude(current__kind=kind):
        Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
    attempt: Attempt = start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed="kinds")
    return items_of(attempt)[0]


@pytest.fixture
def ordering(alice: Learner, practice: Quiz) -> AttemptItem:
    """An ordering that alice is asked."""
    return asked(alice, practice, "ordering")


@pytest.fixture
def matching(alice: Learner, practice: Quiz) -> AttemptItem:
    """A matching that alice is asked."""
    return asked(alice, practice, "matching")


def numbered(tokens: list[str]) -> dict[str, object]:
    """Return what the selects of an ordering send when `tokens` are numbered in this order."""
    places = {f"place-{token}": str(place) for place, token in enumerate(tokens, start=1)}
    return {**form([]), **dict(sorted(places.items()))}


def test_an_ordering_has_a_number_and_arrows_for_each_step(as_alice: Client, ordering: AttemptItem) -> None:
    said = as_alice.get(address(ordering)).content.decode()
    for token in ordering.tokens:
        assert f'<select name="place-{token}"' in said
    assert said.count('data-move="-1"') == said.count('data-move="1"') == len(ordering.tokens)


def test_steps_are_saved_by_their_numbers(as_alice: Client, ordering: AttemptItem) -> None:
    as_alice.post(address(ordering, "answer"), numbered(right_tokens(ordering)))
    assert saved(ordering) == [ordering.revision.secret["key"]]
    said = as_alice.get(address(ordering)).content.decode()
    places = [said.index(f'name="place-{token}"') for token in right_tokens(ordering)]
    assert places == sorted(places)


def test_an_order_is_marked_with_both_places(as_alice: Client, ordering: AttemptItem) -> None:
    turned = right_tokens(ordering)[::-1]
    as_alice.post(address(ordering, "mark"), numbered(turned))
    said = as_alice.get(address(ordering, language="en")).content.decode()
    assert f"You put it at 1; it is step {len(turned)}" in said


@pytest.mark.parametrize("numbers", [["1", "1"], ["x"], ["0"], ["-1"], ["9" * 400], ["1.5"]])
def test_numbers_that_are_no_order_are_refused(as_alice: Client, ordering: AttemptItem, numbers: list[str]) -> None:
    sent = {f"place-{token}": number for token, number in zip(ordering.tokens, numbers, strict=False)}
    response = as_alice.post(address(ordering, "answer"), {**form([]), **sent})
    assert response.status_code == 422
    assert saved(ordering) == []
    assert "단계마다 번호가 하나씩" in response.content.decode()


@pytest.mark.parametrize("name", ["place-", "place-nothing", "place-\x00"])
def test_a_step_of_nothing_is_refused(as_alice: Client, ordering: AttemptItem, name: str) -> None:
    assert as_alice.post(address(ordering, "answer"), {**form([]), name: "1"}).status_code == 422


def test_an_order_that_is_not_whole_is_saved_but_not_marked(as_alice: Client, ordering: AttemptItem) -> None:
    part = numbered(right_tokens(ordering)[:2])
    as_alice.post(address(ordering, "answer"), part)
    assert saved(ordering) == [ordering.revision.secret["key"][:2]]
    response = as_alice.post(address(ordering, "mark"), {**part, "revision": "1"})
    assert response.status_code == 422
    assert "먼저 모든 단계의 순서를 정해 주세요" in response.content.decode()


def test_a_matching_has_a_choice_for_each_row(as_alice: Client, matching: AttemptItem) -> None:
    rows = matching.revision.public["ko"]["body"]["rows"]
    said = as_alice.get(address(matching)).content.decode()
    assert said.count('<select name="option"') == len(rows)
    assert said.count(f'value="{matching.tokens[0]}"') == len(rows)


def test_rows_are_saved_in_their_order_and_may_be_left_open(as_alice: Client, matching: AttemptItem) -> None:
    tokens = ["", *right_tokens(matching)[1:]]
    as_alice.post(address(matching, "answer"), form(tokens))
    assert saved(matching) == [[-1, *matching.revision.secret["key"][1:]]]
    said = as_alice.get(address(matching)).content.decode()
    assert said.count(" selected>") == len(tokens) - 1


def test_a_matching_is_marked_row_by_row(as_alice: Client, matching: AttemptItem) -> None:
    right = right_tokens(matching)
    as_alice.post(address(matching, "mark"), form([right[1], *right[1:]]))
    said = as_alice.get(address(matching)).content.decode()
    assert said.count('<td class="wrong">') == 1
    assert said.count('<td class="right">') == len(right) - 1


def test_a_case_stands_above_its_questions(as_alice: Client, alice: Learner, practice: Quiz) -> None:
    Question.objects.filter(case="").update(retired_at=timezone.now())
    row = items_of(start_attempt(learner=alice, quiz=practice, now=timezone.now(), seed="case"))[0]
    public = row.revision.public["ko"]
    said = as_alice.get(address(row)).content.decode()
    assert said.index(public["case_text"]) < said.index(public["stem"])
