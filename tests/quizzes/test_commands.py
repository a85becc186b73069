"""The commands of quizzes: making an instructor, giving a learner more time, rebuilding review cards."""

import builtins
import getpass
import sys
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, ReviewCard
from quizzes.services import check_item
from tests.quizzes.conftest import NOW
from tests.quizzes.make import act, place, right_tokens


def test_an_instructor_may_write_quizzes(db: None) -> None:
    call_command("make_instructor", "ines", password="a-quiet-harbour", stdout=StringIO())
    assert User.objects.get().has_perm("quizzes.author_quiz")


def test_a_weak_password_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match=r"common|short|흔|짧"):
        call_command("make_instructor", "ines", password="1234", stdout=StringIO())
    assert not User.objects.exists()


class Terminal(StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def test_who_names_nobody_is_asked(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", lambda prompt: " ines ")
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "a-quiet-harbour")
    call_command("make_instructor", stdout=StringIO())
    assert User.objects.get(username="ines").has_perm("quizzes.author_quiz")


@pytest.mark.parametrize("given", [[], [""], [" "]])
def test_a_script_that_names_nobody_is_told_how(db: None, monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())
    with pytest.raises(CommandError, match="make instructor NAME=ines"):
        call_command("make_instructor", *given, password="a-quiet-harbour", stdout=StringIO())
    assert not User.objects.exists()


def test_who_names_nobody_when_asked_is_told_how(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", lambda prompt: "")
    with pytest.raises(CommandError, match="make instructor NAME=ines"):
        call_command("make_instructor", stdout=StringIO())


def test_no_password_to_be_had_is_said(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", nobody)
    with pytest.raises(CommandError, match="--password"):
        call_command("make_instructor", "ines", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_learners_save_while_the_password_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction on SQLite holds the one place of a writer from its beginning."""
    asked: list[bool] = []

    def typed(prompt: str) -> str:
        asked.append(connection.in_atomic_block)
        return "a-quiet-harbour"

    monkeypatch.setattr(getpass, "getpass", typed)
    call_command("make_instructor", "ines", stdout=StringIO())
    assert asked == [False]


def test_more_time_counts_in_the_next_exam(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    call_command("extra_time", "alice", "50", by="ines", stdout=StringIO())
    as_alice.post("/en/quizzes/exam/")
    attempt = Attempt.objects.get(learner=alice)
    assert attempt.deadline_at is not None
    assert (attempt.deadline_at - attempt.started_at).total_seconds() == 60 * 60


@pytest.mark.parametrize(
    ("learner", "percent", "by"), [("nobody", "50", "ines"), ("alice", "50", "alice"), ("alice", "-1", "ines")]
)
def test_strange_wishes_are_refused(alice: Learner, ines: Learner, learner: str, percent: str, by: str) -> None:
    with pytest.raises(CommandError):
        call_command("extra_time", learner, int(percent), by=by, stdout=StringIO())


def rebuilt(**options: bool) -> str:
    said = StringIO()
    call_command("rebuild_reviews", stdout=said, **options)
    return said.getvalue()


def test_who_answered_before_there_were_reviews_gets_cards(alice: Learner, bob: Learner, item: AttemptItem) -> None:
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    ReviewCard.objects.all().delete()
    assert rebuilt(missing=True) == "1 review cards of 1 learners.\n"
    assert rebuilt(missing=True) == ""
    assert rebuilt() == "1 review cards of 1 learners.\n"
    assert ReviewCard.objects.get().learner == alice
