"""Home says what was begun and not ended."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from learning.models import Learner
from quizzes.models import Attempt, Quiz
from quizzes.services import start_attempt
from tests.conftest import signed_in


def begun(learner: Learner, quiz: Quiz) -> Attempt:
    return start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed="x")


def test_it_works(as_alice: Client, alice: Learner, practice: Quiz, exam: Quiz) -> None:
    first, second = begun(alice, practice), begun(alice, exam)
    said = as_alice.get("/en/").content.decode()
    links = [said.find(f'href="/en/attempts/{attempt.pk}/"') for attempt in (second, first)]
    assert links[0] != -1
    assert links == sorted(links)  # the clock of the exam runs: it comes first
    assert "Go on with the exam: Practice exam, until" in said


def test_it_is_not_said_to_others(bob: Learner, alice: Learner, client: Client, exam: Quiz) -> None:
    begun(alice, exam)
    for who in (client, signed_in(bob)):
        assert "Go on with the exam" not in who.get("/en/").content.decode()


def test_what_ran_out_of_time_is_not_open(as_alice: Client, alice: Learner, exam: Quiz) -> None:
    attempt = begun(alice, exam)
    Attempt.objects.update(deadline_at=timezone.now() - timedelta(minutes=1))
    assert "Go on with the exam" not in as_alice.get("/en/").content.decode()
    attempt.refresh_from_db()
    assert not attempt.is_open
