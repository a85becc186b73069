"""Two requests at once: one open attempt, one grade, one effect an act, no acknowledged answer beside the grade.

Each race is run against the services and, as its control, against the naive shape they must not have: read, then write
as if nothing could come between. The naive shape waits between the two, so that the control fails every time.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Event

import pytest

from learning.models import Course, Learner
from quizzes.marking.mark import mark
from quizzes.models import Answer, Attempt, AttemptItem, Grade, Quiz
from quizzes.services import LateError, finish_attempt, record_answer, settle, start_attempt
from quizzes.services.grading import grade_exam, read_item
from tests.conftest import person
from tests.quizzes.conftest import NOW
from tests.quizzes.make import act, place, right_tokens, save
from tests.quizzes.races.at_once import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
END = NOW + timedelta(minutes=40)


@pytest.fixture
def learner(course: Course) -> Learner:
    """A learner."""
    return person("alice")


@pytest.fixture
def quiz(course: Course) -> Quiz:
    """An exam, short so that races are quick."""
    quiz = Quiz.objects.get(slug="exam")
    quiz.count = 4
    quiz.save()
    return quiz


def begin(learner: Learner, quiz: Quiz, seed: str = "race") -> Attempt:
    return start_attempt(learner=learner, quiz=quiz, now=NOW, seed=seed)


def first_item(attempt: Attempt) -> AttemptItem:
    return attempt.items.with_answers().select_related("revision", "attempt__learner").order_by("number")[0]


# --- R6: one open attempt


def naive_start(learner: Learner, quiz: Quiz, together: Barrier) -> Attempt:
    found = Attempt.objects.of(learner).open().filter(quiz=quiz).first()
    together.wait(timeout=10)
    return found or Attempt.objects.create(
        learner=learner, course=quiz.course, quiz=quiz, mode="exam", started_at=NOW, deadline_at=END
    )


def one_attempt(outcomes: list[object]) -> bool:
    rows = list(Attempt.objects.all())
    return not failures(outcomes) and len(rows) == 1 and set(outcomes) == set(rows)


@pytest.mark.parametrize("times", [2, 4, 8])
def test_starting_at_once_makes_one_attempt(learner: Learner, quiz: Quiz, times: int) -> None:
    acts = [lambda seed=str(n): begin(learner, quiz, seed) for n in range(times)]
    assert one_attempt(at_once(*acts))
    assert Attempt.objects.get().items.count() == 4


def test_control_a_naive_start_is_caught(learner: Learner, quiz: Quiz) -> None:
    together = Barrier(2)
    assert not one_attempt(at_once(*[lambda: naive_start(learner, quiz, together)] * 2))


# --- R5: graded exactly once


def naive_finish(attempt: Attempt, together: Barrier) -> bool:
    found = Attempt.objects.get(pk=attempt.pk)
    was_open = found.is_open
    together.wait(timeout=10)
    if was_open:
        found.state, found.finished_at = Attempt.State.FINISHED, NOW
        found.save()
        grade_exam(found, NOW)
    return was_open


def graded_once(attempt: Attempt, outcomes: list[object]) -> bool:
    one_winner = sorted(outcomes) == [False] * (len(outcomes) - 1) + [True] if not failures(outcomes) else False
    return one_winner and Grade.objects.filter(attempt=attempt).count() == 1


@pytest.mark.parametrize("times", [2, 4, 8])
def test_submitting_at_once_grades_once(learner: Learner, quiz: Quiz, times: int) -> None:
    attempt = begin(learner, quiz)
    outcomes = at_once(*[lambda: finish_attempt(attempt=Attempt.objects.get(pk=attempt.pk), now=NOW)] * times)
    assert graded_once(attempt, outcomes), outcomes


def test_control_a_naive_submit_is_caught(learner: Learner, quiz: Quiz) -> None:
    attempt, together = begin(learner, quiz), Barrier(2)
    assert not graded_once(attempt, at_once(*[lambda: naive_finish(attempt, together)] * 2))


def settled(attempt: Attempt) -> bool:
    return settle(attempt=Attempt.objects.get(pk=attempt.pk), now=END + timedelta(seconds=16)).is_open


def ended_well(attempt: Attempt, outcomes: list[object]) -> bool:
    found = Attempt.objects.get(pk=attempt.pk)
    graded = Grade.objects.filter(attempt=attempt).count() == 1
    return not failures(outcomes) and graded and found.finished_at is not None and found.finished_at <= END


@pytest.mark.parametrize("seconds", [-1, 0, 15, 16])
def test_submitting_while_the_time_runs_out_grades_once(learner: Learner, quiz: Quiz, seconds: int) -> None:
    attempt = begin(learner, quiz)
    submit = Attempt.objects.get(pk=attempt.pk)
    now = END + timedelta(seconds=seconds)
    outcomes = at_once(
        lambda: finish_attempt(attempt=submit, now=now), lambda: settled(attempt), lambda: settled(attempt)
    )
    assert ended_well(attempt, outcomes), outcomes


def test_control_a_naive_end_of_time_is_caught(learner: Learner, quiz: Quiz) -> None:
    attempt, together = begin(learner, quiz), Barrier(3)
    assert not ended_well(attempt, at_once(*[lambda: naive_finish(attempt, together)] * 3))


# --- the grade is that of the answers


def grade_fits_answers(attempt: Attempt) -> bool:
    """Whether the grade says what marking the last answers that count gives now."""
    items = list(attempt.items.with_answers().select_related("revision"))
    marks = [mark(read_item(item.revision), tuple(item.response or ())) for item in items]
    stored = Grade.objects.get(attempt=attempt).marks
    return [one["points"] for one in stored] == [str(one.points) for one in marks]


def save_or_late(item: AttemptItem) -> str:
    try:
        save(item, NOW)
    except LateError:
        return "late"
    return "saved"


@pytest.mark.parametrize("number", range(5))
def test_a_save_and_a_submit_at_once_agree(learner: Learner, quiz: Quiz, number: int) -> None:
    attempt = begin(learner, quiz)
    item = first_item(attempt)
    outcomes = at_once(lambda: save_or_late(item), lambda: finish_attempt(attempt=attempt, now=NOW))
    assert not failures(outcomes), outcomes
    assert Grade.objects.count() == 1
    assert grade_fits_answers(attempt)
    assert Answer.objects.get().outcome == outcomes[0]


def test_control_a_naive_save_beside_a_submit_is_caught(learner: Learner, quiz: Quiz) -> None:
    attempt = begin(learner, quiz)
    item = first_item(attempt)
    seen, graded = Event(), Event()

    def naive_save() -> None:
        was_open = Attempt.objects.get(pk=attempt.pk).is_open
        seen.set()
        graded.wait(timeout=10)
        if was_open:
            key = item.revision.secret["key"]
            Answer.objects.create(item=item, operation=uuid.uuid4(), revision=1, response=key, saved_at=NOW)

    def submit() -> None:
        seen.wait(timeout=10)
        finish_attempt(attempt=attempt, now=NOW)
        graded.set()

    assert not failures(at_once(naive_save, submit))
    assert not grade_fits_answers(attempt)


# --- R4: an act is stored once


def sent_once(item: AttemptItem, outcomes: list[object]) -> bool:
    one_effect = Answer.objects.filter(item=item).count() == 1
    return not failures(outcomes) and one_effect and set(outcomes) == {1}


@pytest.mark.parametrize("times", [2, 4, 8])
def test_one_act_sent_several_times_at_once_is_stored_once(learner: Learner, quiz: Quiz, times: int) -> None:
    item, once = first_item(begin(learner, quiz)), act(NOW)

    def send() -> int | None:
        done = record_answer(learner=learner, place=place(item), tokens=right_tokens(item), act=once)
        return done.answer_revision

    assert sent_once(item, at_once(*[send] * times))


def test_control_a_naive_act_is_caught(learner: Learner, quiz: Quiz) -> None:
    item, together, operation = first_item(begin(learner, quiz)), Barrier(2), uuid.uuid4()

    def send() -> int:
        known = Answer.objects.filter(operation=operation).exists()
        revision = item.answers.count() + 1
        together.wait(timeout=10)
        if not known:
            item.answers.create(operation=operation, revision=revision, response=[0], saved_at=NOW)
        return revision

    assert not sent_once(item, at_once(send, send))


def test_acts_on_one_answer_at_once_keep_one_and_tell_the_others(learner: Learner, quiz: Quiz) -> None:
    """R7 at speed: of two windows with different answers one wins, and the log holds both."""
    item = first_item(begin(learner, quiz))
    sends: list[Callable[[], AttemptItem]] = [
        lambda right=right: save(item, NOW, right=right) for right in (True, False)
    ]
    outcomes = at_once(*sends)
    assert [type(one).__name__ for one in failures(outcomes)] == ["StaleError"]
    assert sorted(Answer.objects.values_list("outcome", flat=True)) == ["saved", "stale"]
