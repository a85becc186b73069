"""The list of quizzes, the page of one, and starting it."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Learner
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import UnfitError, finish_attempt, start_attempt
from tests.quizzes.conftest import NOW, items_of


def test_the_list_works(client: Client, practice: Quiz) -> None:
    for language in ("ko", "en"):
        said = client.get(f"/{language}/quizzes/").content.decode()
        assert practice.title[language] in said
        assert said.count("/quizzes/") > Quiz.objects.count()


def test_the_list_tells_what_is_being_taken(as_alice: Client, attempt: Attempt) -> None:
    assert "푸는 중 · 12문항 중 0문항" in as_alice.get("/ko/quizzes/").content.decode()


def test_an_empty_list_says_so(client: Client, db: None) -> None:
    assert "아직 퀴즈가 없어요" in client.get("/ko/quizzes/").content.decode()


def test_queries_of_the_list_do_not_grow(
    as_alice: Client, attempt: Attempt, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get("/ko/quizzes/")
    with django_assert_num_queries(6):  # session, user with learner, exams due, open attempts, topics, quizzes
        as_alice.get("/ko/quizzes/")


def test_the_page_says_what_it_is(client: Client, practice: Quiz) -> None:
    said = client.get("/ko/quizzes/practice/").content.decode()
    assert "12문항" in said
    assert "시작하기" in said
    assert Learner.objects.count() == 0


def test_starting_works_for_a_guest(client: Client, practice: Quiz) -> None:
    response = client.post("/ko/quizzes/practice/")
    attempt = Attempt.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/ko/attempts/{attempt.pk}/")
    assert attempt.learner.user is None
    assert client.get(f"/ko/attempts/{attempt.pk}/1/").status_code == 200


def test_starting_twice_goes_on_with_the_first(as_alice: Client, practice: Quiz) -> None:
    first, second = (as_alice.post("/ko/quizzes/practice/")["Location"] for _ in range(2))
    assert first == second
    assert "이어서 풀기" in as_alice.get("/ko/quizzes/practice/").content.decode()


def test_past_attempts_stand_with_the_latest_first(as_alice: Client, alice: Learner, practice: Quiz) -> None:
    for days in (11, 19, 5, 16):
        begun = NOW - timedelta(days=days)
        attempt = start_attempt(learner=alice, quiz=practice, now=begun, seed=str(days))
        finish_attempt(attempt=attempt, now=begun)
    said = as_alice.get("/ko/quizzes/practice/").content.decode()
    shown = re.findall(r"/attempts/[^/]+/result/\">2026\. (\d+)\. (\d+)\.", said)
    assert len(shown) == 4
    assert [(int(month), int(day)) for month, day in shown] == [(11, 17), (11, 11), (11, 6), (11, 3)]


def test_starting_needs_a_csrf_token(practice: Quiz) -> None:
    assert Client(enforce_csrf_checks=True).post("/ko/quizzes/practice/").status_code == 403
    assert Attempt.objects.count() == 0


def test_other_methods_are_refused(client: Client, practice: Quiz) -> None:
    assert client.delete("/ko/quizzes/practice/").status_code == 405


@pytest.mark.parametrize("slug", ["nothing", "9" * 500])
def test_a_missing_quiz_is_missing(client: Client, practice: Quiz, slug: str) -> None:
    assert client.get(f"/ko/quizzes/{slug}/").status_code == 404
    assert client.post(f"/ko/quizzes/{slug}/").status_code == 404


def test_a_draw_is_spread_over_the_topics(attempt: Attempt) -> None:
    topics = Counter(row.revision.question.topic.slug for row in items_of(attempt))
    assert set(topics.values()) == {3}
    assert len(topics) == 4


def test_a_seed_draws_the_same_again(alice: Learner, bob: Learner, practice: Quiz) -> None:
    drawn = [
        [(row.revision_id, row.order, row.tokens) for row in items_of(attempt)]
        for attempt in (
            start_attempt(learner=alice, quiz=practice, now=NOW, seed="x"),
            start_attempt(learner=bob, quiz=practice, now=NOW, seed="x"),
        )
    ]
    assert drawn[0] == drawn[1]


def test_tokens_differ_from_attempt_to_attempt(alice: Learner, bob: Learner, practice: Quiz) -> None:
    one = start_attempt(learner=alice, quiz=practice, now=NOW, seed="one")
    other = start_attempt(learner=bob, quiz=practice, now=NOW, seed="other")
    tokens = [{token for row in items_of(attempt) for token in row.tokens} for attempt in (one, other)]
    assert tokens[0].isdisjoint(tokens[1])


def test_places_and_tokens_say_nothing_of_the_key(alice: Learner, practice: Quiz) -> None:
    places, ranks = Counter[int](), Counter[int]()
    for seed in range(40):
        attempt = start_attempt(learner=alice, quiz=practice, now=NOW, seed=str(seed))
        for row in items_of(attempt):
            key = row.revision.secret["key"]
            if len(key) == 1 and len(row.order) == 4:
                places[row.order.index(key[0])] += 1
                ranks[sorted(row.tokens).index(row.tokens[key[0]])] += 1
        attempt.delete()
    for counts in (places, ranks):
        expected = counts.total() / 4
        assert counts.total() > 200
        assert sum((counts[i] - expected) ** 2 / expected for i in range(4)) < 16.3  # chi-square, 3 degrees, p = 0.001


def test_a_quiz_without_questions_does_not_start(as_alice: Client, alice: Learner, practice: Quiz) -> None:
    Question.objects.update(retired_at=NOW)
    response = as_alice.post("/ko/quizzes/practice/", follow=True)
    assert "조건에 맞는 문항이 부족해요" in response.content.decode()
    with pytest.raises(UnfitError):
        start_attempt(learner=alice, quiz=practice, now=NOW, seed="x")
