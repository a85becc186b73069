"""A question that exists in one language only: whoever reads the other is shown it, and told so."""

import uuid

import pytest
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import quick_order
from tests.quizzes.author.make import ENGLISH, KOREAN, NOW, make_published, make_question

ONLY = {"ko": "This question is in Korean only", "en": "This question is in English only"}


@pytest.fixture
def given(course: Course, alice: Learner, ines: Learner) -> AttemptItem:
    """An open practice item of alice's with words in Korean only."""
    revision = make_published(course, ines, {"ko": KOREAN}).current
    assert revision
    quiz = Quiz.objects.get(slug="practice")
    attempt = Attempt.objects.create(learner=alice, course=course, quiz=quiz, mode="practice", started_at=NOW)
    order, tokens = quick_order(revision.any_public)
    return AttemptItem.objects.create(attempt=attempt, number=1, revision=revision, order=order, tokens=tokens)


def url(item: AttemptItem, language: str) -> str:
    return f"/{language}/attempts/{item.attempt_id}/{item.number}/"


def test_it_works(as_alice: Client, given: AttemptItem) -> None:
    page = as_alice.get(url(given, "en")).content.decode()
    assert ONLY["ko"] in page
    assert '<h1 class="stem" id="stem" lang="ko">' in page
    assert page.count('<span lang="ko">') == 2


def test_its_writer_is_told_which_language_has_no_words(as_ines: Client, ines: Learner, course: Course) -> None:
    draft = make_question(course, ines, {"ko": KOREAN})
    assert "There are no words in: English." in as_ines.get(f"/en/author/questions/{draft.pk}/").content.decode()


def test_words_with_an_error_are_words(as_ines: Client, ines: Learner, course: Course) -> None:
    draft = make_question(course, ines, {"ko": KOREAN, "en": ENGLISH + "\nodd"})
    page = as_ines.get(f"/en/author/questions/{draft.pk}/").content.decode()
    assert "1 error stops publishing" in page
    assert "There are no words in" not in page


def test_in_its_own_language_nothing_is_said(as_alice: Client, given: AttemptItem) -> None:
    page = as_alice.get(url(given, "ko")).content.decode()
    assert ' lang="ko">' not in page.split("<main", 1)[1]


def test_it_is_marked_and_explained(as_alice: Client, given: AttemptItem) -> None:
    body = {"option": [given.tokens[0]], "revision": 0, "operation": str(uuid.uuid4())}
    as_alice.post(url(given, "en") + "mark/", body)
    page = as_alice.get(url(given, "en")).content.decode()
    assert '<div class="reason" lang="ko">' in page
    assert "AWS가 컴퓨팅을 관리해요." in page


def test_its_writer_sees_the_same(as_ines: Client, course: Course, ines: Learner) -> None:
    question = make_published(course, ines, {"en": ENGLISH})
    page = as_ines.get(f"/ko/author/questions/{question.pk}/try/").content.decode()
    assert '<h2 class="stem" id="stem" lang="en">' in page
