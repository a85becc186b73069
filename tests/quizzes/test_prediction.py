"""An exam that begins is foretold, and the foretelling is there when it has ended."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.activities import exams_of
from learning.mastery import METHOD
from learning.models import Course, Learner
from quizzes.models import Attempt, Prediction, Quiz
from quizzes.services import finish_attempt, start_attempt
from tests.quizzes.conftest import NOW
from tests.quizzes.make import answer_all


def sit(learner: Learner, quiz: Quiz, now: datetime, right: int) -> Attempt:
    """Take an exam from start to end."""
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed=f"{now}")
    answer_all(attempt, now, right=right)
    finish_attempt(attempt=attempt, now=now + timedelta(minutes=20))
    return attempt


def test_it_works(alice: Learner, course: Course, exam: Quiz) -> None:
    sit(alice, exam, NOW, right=15)
    second = sit(alice, exam, NOW + timedelta(days=1), right=18)
    made = Prediction.objects.get(attempt=second)
    assert made.method == METHOD
    assert made.made_at == NOW + timedelta(days=1)
    assert made.probability is not None
    assert 0 < made.detail["probability_low"] < made.probability < made.detail["probability_high"] < 1
    line = exams_of(alice, course)[0]
    assert (line.expected_low, line.expected_high, line.probability) == (made.low, made.high, made.probability)
    assert line.score == 910
    assert line.held == (made.low <= 910 <= made.high)
    assert line.met == made.detail["met"]


def test_it_says_nothing_without_evidence(alice: Learner, course: Course, exam: Quiz) -> None:
    attempt = sit(alice, exam, NOW, right=15)
    made = Prediction.objects.get(attempt=attempt)
    assert (made.probability, made.low, made.high) == (None, None, None)
    assert made.detail["reason"] == "few"
    [line] = exams_of(alice, course)
    assert line.held is None
    assert line.score == 775


def test_it_does_not_know_how_the_exam_went(alice: Learner, exam: Quiz) -> None:
    sit(alice, exam, NOW, right=15)
    tomorrow = NOW + timedelta(days=1)
    attempt = start_attempt(learner=alice, quiz=exam, now=tomorrow, seed="alice")
    before = Prediction.objects.values().get(attempt=attempt)
    answer_all(attempt, tomorrow, right=0)
    finish_attempt(attempt=attempt, now=tomorrow)
    assert Prediction.objects.values().get(attempt=attempt) == before


def test_practice_is_not_foretold(attempt: Attempt) -> None:
    assert not Prediction.objects.exists()


def test_exams_of_others_are_not_among_mine(alice: Learner, bob: Learner, course: Course, exam: Quiz) -> None:
    sit(alice, exam, NOW, right=15)
    assert exams_of(bob, course) == []
    assert exams_of(None, course) == []


def test_an_open_exam_is_not_told(alice: Learner, course: Course, exam: Quiz) -> None:
    start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="open")
    assert exams_of(alice, course) == []


@pytest.mark.parametrize("right", [0, 20])
def test_extremes_can_be_foretold(alice: Learner, exam: Quiz, right: int) -> None:
    sit(alice, exam, NOW, right=right)
    attempt = start_attempt(learner=alice, quiz=exam, now=NOW + timedelta(days=1), seed="alice")
    made = Prediction.objects.get(attempt=attempt)
    assert made.probability is not None
    assert (made.probability > 0.9) if right else (made.probability < 0.01)


def test_the_result_says_what_was_expected(as_alice: Client, alice: Learner, exam: Quiz) -> None:
    first = sit(alice, exam, NOW, right=15)
    second = sit(alice, exam, NOW + timedelta(days=1), right=18)
    page = as_alice.get(f"/en/attempts/{second.pk}/result/").content.decode()
    assert "Before this exam your answers promised" in page
    assert "of 1 time" in page
    assert "not enough evidence" in as_alice.get(f"/en/attempts/{first.pk}/result/").content.decode()


def test_an_exam_from_before_is_not_told_of(as_alice: Client, alice: Learner, course: Course, exam: Quiz) -> None:
    attempt = sit(alice, exam, NOW, right=15)
    Prediction.objects.all().delete()
    assert "What was expected" not in as_alice.get(f"/en/attempts/{attempt.pk}/result/").content.decode()
    [line] = exams_of(alice, course)
    assert (line.held, line.met) == (None, None)
