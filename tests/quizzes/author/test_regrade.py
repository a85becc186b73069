"""After an erratum: the exams it touches, what a regrade would change, and doing it with a reason that is kept."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import Attempt, AuditEntry, Grade, Question
from quizzes.services import regrade, regrades
from quizzes.services.regrades import MOST_AT_ONCE, Change, affected, preview, regrade_affected
from tests.quizzes.author.crowd import a_class, given, mend, own, sit, six
from tests.quizzes.conftest import NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    return six(course, tmp_path)


@pytest.fixture
def done(folder: Path, course: Course, alice: Learner) -> Attempt:
    """An exam that alice passed with all of it right, before its first question turned out wrong."""
    attempt = sit(alice, right=6)
    mend(course, folder)
    return attempt


def address() -> str:
    return f"/en/author/questions/{own().pk}/regrade/"


def scores(attempt: Attempt) -> list[int]:
    return list(attempt.grades.order_by("number").values_list("scaled", flat=True))


def test_it_works(as_ines: Client, as_alice: Client, done: Attempt) -> None:
    text = as_ines.get(address()).content.decode()
    assert "The key named the wrong option." in text
    assert ">1000<" in text
    assert ">850<" in text
    assert "↓ lower" in text
    assert scores(done) == [1000]  # looking changes nothing
    before = list(done.items.values())
    response = as_ines.post(address(), {"attempt": [str(done.pk)], "reason": "The key was wrong."}, follow=True)
    assert "1 exam was graded again." in response.content.decode()
    assert scores(done) == [1000, 850]
    assert list(done.items.values()) == before
    last = Grade.objects.get(attempt=done, number=2)
    assert (last.actor_name, last.reason) == ("ines", "The key was wrong.")
    entry = AuditEntry.objects.get(action="regrade")
    assert (entry.actor_name, entry.subject, entry.learner_id) == ("ines", "quiz:exam", done.learner_id)
    assert entry.detail == {"reason": "The key was wrong.", "before": 1000, "after": 850}
    told = as_alice.get(f"/en/attempts/{done.pk}/result/").content.decode()
    assert "Graded again by ines" in told
    assert "Question" in told
    assert "was wrong until 22 Nov 2026" in told
    assert "850" in told


def test_others_do_not_get_there(client: Client, as_alice: Client, as_bob: Client, done: Attempt) -> None:
    form = {"all": "1", "reason": "Why not"}
    assert client.post(address(), form).status_code == 302
    for who in (as_alice, as_bob):
        assert who.get(address()).status_code == 404
        assert who.post(address(), form).status_code == 404
    assert scores(done) == [1000]


def test_another_instructors_class_and_question_are_theirs(
    as_ivan: Client, ines: Learner, course: Course, folder: Path, alice: Learner
) -> None:
    attempt = sit(alice, right=6, given=given(a_class(ines, course, alice)))
    mend(course, folder)
    assert "No finished exam of yours" in as_ivan.get(address()).content.decode()
    as_ivan.post(address(), {"attempt": [str(attempt.pk)], "reason": "Mine now"})
    as_ivan.post(address(), {"all": "1", "reason": "Mine now"})
    assert scores(attempt) == [1000]
    Question.objects.filter(pk=own().pk).update(origin="site", owner=ines.user)
    assert as_ivan.get(address()).status_code == 404


def test_names_are_those_of_ones_own_class(
    as_ines: Client, ines: Learner, course: Course, folder: Path, alice: Learner, bob: Learner
) -> None:
    classroom = a_class(ines, course, alice, bob)
    sit(alice, right=6, given=given(classroom))
    sit(bob, right=6)
    mend(course, folder)
    text = as_ines.get(address()).content.decode()
    assert "ALICE" in text
    assert "BOB" not in text
    assert "a learner" in text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\0b"])
def test_a_regrade_needs_a_reason(as_ines: Client, done: Attempt, reason: str) -> None:
    response = as_ines.post(address(), {"all": "1", "reason": reason})
    assert response.status_code == 422
    assert b"errorlist" in response.content
    assert scores(done) == [1000]


@pytest.mark.parametrize("names", [[], ["x"], [str(uuid.uuid4())], ["\0"], ["9" * 5000]])
def test_what_is_not_there_is_not_graded(as_ines: Client, done: Attempt, names: list[str]) -> None:
    response = as_ines.post(address(), {"attempt": names, "reason": "Key"}, follow=True)
    assert "Nothing was graded again" in response.content.decode()
    assert scores(done) == [1000]


def test_a_second_press_changes_nothing(as_ines: Client, done: Attempt) -> None:
    for _ in range(2):
        as_ines.post(address(), {"all": "1", "reason": "Key"})
    assert scores(done) == [1000, 850]
    assert "none" in as_ines.get(address()).content.decode()


def test_pressed_twice_at_once_it_is_graded_again_once(
    ines: Learner, done: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(user: User, attempts: QuerySet[Attempt]) -> list[Change]:
        found = preview(user, attempts)
        regrade(attempt=done, actor=user, reason="Key", now=LATER)
        return found

    assert ines.user
    monkeypatch.setattr(regrades, "preview", overtaken)
    assert regrade_affected(question=own(), actor=ines.user, reason="Key", now=LATER) == 0
    assert scores(done) == [1000, 850]
    assert AuditEntry.objects.filter(action="regrade").count() == 1


def test_only_finished_exams_that_saw_it_wrong_are_touched(
    ines: Learner, course: Course, folder: Path, done: Attempt, bob: Learner
) -> None:
    after = sit(bob, right=6)
    assert ines.user
    assert list(affected(ines.user, own())) == [done]
    assert list(affected(ines.user, own(2))) == []
    assert regrade_affected(question=own(), actor=ines.user, reason="Key", now=LATER) == 1
    assert len(scores(after)) == 1


def test_what_it_would_change_is_what_it_changes(ines: Learner, folder: Path, course: Course, alice: Learner) -> None:
    attempts = [sit(alice, right=right, now=NOW + timedelta(hours=right)) for right in range(7)]
    mend(course, folder)
    assert ines.user
    changes = {one.attempt.pk: one for one in preview(ines.user, affected(ines.user, own()))}
    regrade_affected(question=own(), actor=ines.user, reason="Key", now=LATER)
    for attempt in attempts:
        assert scores(attempt)[-1] == changes[attempt.pk].after
        assert changes[attempt.pk].changes is (len(scores(attempt)) == 2)
    assert {one.turns for one in changes.values()} <= {"", "pass", "fail"}
    assert len(attempts) <= MOST_AT_ONCE


def test_without_a_correction_there_is_nothing_to_do(as_ines: Client, folder: Path, alice: Learner) -> None:
    sit(alice, right=6)
    assert "no correction" in as_ines.get(address()).content.decode()


def test_queries_do_not_grow(
    as_ines: Client,
    course: Course,
    folder: Path,
    alice: Learner,
    bob: Learner,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sit(alice, right=6)
    sit(bob, right=3)
    mend(course, folder)
    as_ines.get(address())
    with django_assert_num_queries(16):
        as_ines.get(address())
    Attempt.objects.filter(learner=bob).delete()
    with django_assert_num_queries(16):
        as_ines.get(address())
