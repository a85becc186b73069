"""When the answers of an exam show: never, after submitting, after it closes; by every door (promise K6)."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Assignment, Course, Learner
from learning.services.classes import extend, give, join_class, make_class
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import (
    SealedError,
    answer_quick_check,
    finish_attempt,
    quick_order,
    sealed_questions,
    start_attempt,
)
from quizzes.services.opening import answers_show_at, answers_shown, withheld_attempts
from tests.learning.classes.conftest import quiz_of
from tests.quizzes.make import act, answer_all, right_tokens

DOORS = ("result/", "review/", "notes/", "notes.md")


def reason_of(question: Question) -> str:
    """Return a stretch of a reason that only somebody who may see the answers reads."""
    return str(question.current.secret["reasons"]["en"]["pieces"][0])[:40]


def taken(learner: Learner, quiz: Quiz, now: datetime, **more: object) -> Attempt:
    """Return an exam that `learner` handed in, nothing right."""
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed="s", **more)
    answer_all(attempt, now, right=0)
    finish_attempt(attempt=attempt, now=now)
    return attempt


def seen(client: Client, attempt: Attempt) -> dict[str, bool]:
    """Return for each door whether a reason is behind it."""
    reason = reason_of(attempt.items.all()[0].revision.question)
    pages = {door: client.get(f"/en/attempts/{attempt.pk}/{door}", follow=True) for door in DOORS}
    return {door: reason in page.content.decode() for door, page in pages.items()}


POLICIES = [
    # policy, closes (minutes from now; None: no closing), shown
    ("submit", 60, True),
    ("submit", -5, True),
    ("close", 60, False),
    ("close", -5, True),
    ("close", None, False),
    ("never", 60, False),
    ("never", -5, False),
]


@pytest.mark.parametrize(("policy", "closes", "shown"), POLICIES)
def test_it_works(
    as_alice: Client,
    as_bob: Client,
    as_ines: Client,
    alice: Learner,
    ines: Learner,
    course: Course,
    policy: str,
    closes: int | None,
    shown: bool,
) -> None:
    now = timezone.now()
    quiz = quiz_of(ines, course, listed=True, answers_shown=policy)
    attempt = taken(alice, quiz, now - timedelta(hours=1))
    if closes is not None:
        Quiz.objects.filter(pk=quiz.pk).update(closes_at=now + timedelta(minutes=closes))
    page = as_alice.get(f"/en/attempts/{attempt.pk}/result/").content.decode()
    assert "of 1000" in page  # the score shows whatever the policy
    assert seen(as_alice, attempt) == {door: shown and door != "result/" for door in DOORS}
    assert ("To look at again" in page) is shown
    for client in (as_bob, as_ines):  # others, the maker too, find nothing at a learner's addresses
        assert {client.get(f"/en/attempts/{attempt.pk}/{door}").status_code for door in DOORS} == {404}


@pytest.mark.parametrize(("policy", "closes", "shown"), POLICIES)
def test_no_other_door_gives_the_key_away(
    as_alice: Client, alice: Learner, ines: Learner, course: Course, policy: str, closes: int | None, shown: bool
) -> None:
    now = timezone.now()
    quiz = quiz_of(ines, course, listed=True, answers_shown=policy)
    attempt = taken(alice, quiz, now - timedelta(hours=1))
    if closes is not None:
        Quiz.objects.filter(pk=quiz.pk).update(closes_at=now + timedelta(minutes=closes))
    item = attempt.items.select_related("revision__question")[0]
    question = item.revision.question
    assert (question.pk not in sealed_questions(learner=alice, now=now)) is shown
    assert (attempt.pk not in withheld_attempts(learner=alice, now=now)) is shown
    _order, tokens = quick_order(question.current.any_public)
    form = {"operation": str(uuid.uuid4()), "option": [tokens[key] for key in item.revision.secret["key"]]}
    response = as_alice.post(f"/en/quizzes/check/{course.slug}/{question.slug}/", form, follow=True)
    assert (response.status_code == 200) is shown
    assert (reason_of(question) in response.content.decode()) is shown
    practice = start_attempt(learner=alice, quiz=Quiz.objects.get(slug="practice"), now=now, seed="p")
    asked = {row.revision.question_id for row in practice.items.select_related("revision")}
    assert shown or question.pk not in asked
    book = as_alice.get("/en/accounts/data/mistakes.md")
    told = b"".join(book.streaming_content) if book.streaming else book.content  # type: ignore[attr-defined]
    assert (reason_of(question) in told.decode()) is shown


def test_an_answer_that_was_given_before_stays_as_it_was(alice: Learner, ines: Learner, course: Course) -> None:
    """A practice under way asks a question of such an exam: it can be read, not marked."""
    now = timezone.now()
    question = Question.objects.get(course=course, slug="lt-001")
    taken(alice, quiz_of(ines, course, listed=True, answers_shown="never"), now)
    order, tokens = quick_order(question.current.any_public)
    with pytest.raises(SealedError):
        answer_quick_check(
            learner=alice, question=question, order=order, tokens=tokens, chosen=tokens[:1], act=act(now)
        )


@pytest.fixture
def classed(alice: Learner, bob: Learner, ines: Learner, course: Course) -> Callable[..., tuple[Attempt, Quiz]]:
    def make(now: datetime, minutes: int) -> tuple[Attempt, Quiz]:
        """Return alice's attempt for a class that closes in an hour, where bob has `minutes` on top."""
        quiz = quiz_of(ines, course, answers_shown="close")
        room = make_class(owner=ines.user, course=course, name="A", now=now)
        for one in (alice, bob):
            join_class(classroom=room, learner=one, name="x", now=now)
        row = give(
            classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=now + timedelta(hours=1), now=now
        )
        row.extra = 0
        if minutes:
            extend(assignment=row, learner=bob, minutes=minutes, actor=ines.user, now=now)
        return taken(alice, quiz, now, assignment=row), quiz

    return make


@pytest.mark.parametrize(
    ("minutes", "after", "shown"), [(0, 59, False), (0, 61, True), (30, 61, False), (30, 91, True)]
)
def test_in_a_class_it_closes_when_nobody_is_left(
    alice: Learner, classed: Callable[..., tuple[Attempt, Quiz]], minutes: int, after: int, shown: bool
) -> None:
    now = timezone.now()
    attempt, _quiz = classed(now, minutes)
    then = now + timedelta(minutes=after)
    assert (attempt.pk not in withheld_attempts(learner=alice, now=then)) is shown


def test_closed_earlier_than_was_said_it_still_waits_for_who_writes(
    alice: Learner, bob: Learner, classed: Callable[..., tuple[Attempt, Quiz]]
) -> None:
    now = timezone.now()
    attempt, quiz = classed(now, 0)
    start_attempt(learner=bob, quiz=quiz, now=now, seed="b", assignment=Assignment.objects.given_to(bob).get())
    Assignment.objects.update(closes_at=now + timedelta(minutes=2))  # bob has ten minutes, as he began with
    attempt.refresh_from_db()
    shown = [answers_shown(attempt, now + timedelta(minutes=after)) for after in (3, 10, 11)]
    assert shown == [False, False, True]
    assert answers_show_at(attempt) == now + timedelta(minutes=10, seconds=15)


def test_practice_shows_its_reasons_at_once(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    quiz = quiz_of(ines, course, mode="practice", listed=True, answers_shown="never")
    attempt = start_attempt(learner=alice, quiz=quiz, now=timezone.now(), seed="s")
    item = attempt.items.select_related("revision__question")[0]
    form = {"operation": str(uuid.uuid4()), "revision": 0, "option": right_tokens(item)}
    page = as_alice.post(f"/en/attempts/{attempt.pk}/1/mark/", form, follow=True).content.decode()
    assert reason_of(item.revision.question) in page
