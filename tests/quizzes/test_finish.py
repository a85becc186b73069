"""Ending an attempt early."""

from django.test import Client

from quizzes.models import Attempt


def test_it_works(as_alice: Client, attempt: Attempt) -> None:
    response = as_alice.post(f"/ko/attempts/{attempt.pk}/finish/")
    assert (response.status_code, response["Location"]) == (302, f"/ko/attempts/{attempt.pk}/result/")
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.FINISHED


def test_it_hides_other_peoples_attempts(as_bob: Client, attempt: Attempt) -> None:
    assert as_bob.post(f"/ko/attempts/{attempt.pk}/finish/").status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_open


def test_only_post_finishes(as_alice: Client, attempt: Attempt) -> None:
    assert as_alice.get(f"/ko/attempts/{attempt.pk}/finish/").status_code == 405


def test_twice_is_once(as_alice: Client, attempt: Attempt) -> None:
    as_alice.post(f"/ko/attempts/{attempt.pk}/finish/")
    attempt.refresh_from_db()
    first = attempt.finished_at
    assert as_alice.post(f"/ko/attempts/{attempt.pk}/finish/").status_code == 302
    attempt.refresh_from_db()
    assert attempt.finished_at == first
