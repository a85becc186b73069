"""What is remembered: equal to what the package `fsrs` publishes, the same however it is come by, never by lot."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scheduling.memory import (
    PARAMETERS,
    SCHEDULER,
    STUBBORN,
    Memory,
    answered,
    grade,
    recall,
    replay,
)

AGAIN, HARD, GOOD, EASY = Rating.Again, Rating.Hard, Rating.Good, Rating.Easy
START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
PUBLISHED = Scheduler(enable_fuzzing=False)  # with the package's own steps of minutes, as its test vectors use it

answers = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.integers(0, 400 * 86_400)).map(
        lambda one: (one[0], timedelta(seconds=one[1]))
    ),
    max_size=12,
)


def history(steps: list[tuple[Rating, timedelta]]) -> list[tuple[Rating, datetime]]:
    """Return the answers with the moments they were given, each so long after the one before."""
    moment, given_at = START, []
    for rating, later in steps:
        moment += later
        given_at.append((rating, moment))
    return given_at


def test_it_works() -> None:
    memory = answered(None, GOOD, START)
    assert memory.due == START + timedelta(days=2)
    assert memory.stability == PARAMETERS[2]


# --- what the package publishes: tests/test_basic.py of py-fsrs 6, numbers only


def test_the_parameters_are_those_published() -> None:
    assert PARAMETERS == DEFAULT_PARAMETERS
    assert SCHEDULER.desired_retention == 0.9
    assert SCHEDULER.enable_fuzzing is False
    assert SCHEDULER.learning_steps == SCHEDULER.relearning_steps == ()


def test_the_published_intervals() -> None:
    memory, moment, days = None, START, []
    for rating in [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5:
        memory = answered(memory, rating, moment, PUBLISHED)
        days.append((memory.due - memory.seen).days)
        moment = memory.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@pytest.mark.parametrize("scheduler", [PUBLISHED, SCHEDULER])
def test_the_published_state_of_memory(scheduler: Scheduler) -> None:
    """It does not depend on the steps: ours gives the same."""
    gaps = [timedelta(days=days) for days in (0, 0, 1, 3, 8, 21)]
    memory = replay(history(list(zip([AGAIN, *[GOOD] * 5], gaps, strict=True))), scheduler)[-1]
    assert memory is not None
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(AGAIN, 0.212, 6.4133), (HARD, 1.2931, 5.11217071), (GOOD, 2.3065, 2.11810397), (EASY, 8.2956, 1.0)],
)
def test_the_published_first_answers(rating: Rating, stability: float, difficulty: float) -> None:
    memory = answered(None, rating, START)
    assert memory.stability == stability
    assert memory.difficulty == pytest.approx(difficulty, abs=1e-8)


def test_the_published_states_along_the_intervals() -> None:
    """Stability and difficulty after three and after six times Good, each on the day it is due."""
    memory, moment, states = None, START, []
    for rating in [GOOD] * 6:
        memory = answered(memory, rating, moment, PUBLISHED)
        states.append((memory.stability, memory.difficulty))
        moment = memory.due
    assert states[2] == pytest.approx((10.971048263078135, 2.1043313908464483), rel=1e-9)
    assert states[5] == pytest.approx((497.8765551245907, 2.083724125574744), rel=1e-9)


@pytest.mark.parametrize("scheduler", [PUBLISHED, SCHEDULER])
def test_ten_times_easy_is_as_easy_as_can_be(scheduler: Scheduler) -> None:
    memory = replay(history([(EASY, timedelta(microseconds=1))] * 10), scheduler)[-1]
    assert memory is not None
    assert memory.difficulty == 1.0


@given(st.floats(0.001, 5000), st.integers(0, 4000))
def test_recall_is_the_packages(stability: float, days: int) -> None:
    card = Card(card_id=0, due=START, stability=stability, difficulty=5.0, last_review=START)
    theirs = SCHEDULER.get_card_retrievability(card, START + timedelta(days=days))
    assert recall(stability, days) == pytest.approx(theirs, rel=1e-12)


# --- the grade


@pytest.mark.parametrize(
    ("correct", "confidence", "rating"),
    [
        (False, "", AGAIN),
        (False, "guess", AGAIN),
        (False, "sure", AGAIN),
        (True, "guess", HARD),
        (True, "maybe", GOOD),
        (True, "", GOOD),
        (True, "sure", EASY),
    ],
)
def test_the_grade_follows_from_the_answer(correct: bool, confidence: str, rating: Rating) -> None:
    assert grade(correct=correct, confidence=confidence) == rating


def test_the_surer_the_longer_until_it_comes_again() -> None:
    due = [answered(None, rating, START).due for rating in (AGAIN, HARD, GOOD, EASY)]
    assert due == [START + timedelta(days=days) for days in (1, 1, 2, 8)]


# --- properties


@given(answers)
def test_replaying_gives_what_step_by_step_gave(steps: list[tuple[Rating, timedelta]]) -> None:
    memory = None
    for number, (rating, at) in enumerate(history(steps), start=1):
        memory = answered(memory, rating, at)
        assert replay(history(steps)[:number])[-1] == memory


@given(answers)
def test_what_is_stored_is_what_was(steps: list[tuple[Rating, timedelta]]) -> None:
    for memory in replay(history(steps))[1:]:
        assert memory is not None
        assert Memory.from_json(json.loads(json.dumps(memory.as_json()))) == memory


@given(answers)
def test_without_its_last_answer_a_history_gives_the_state_before(steps: list[tuple[Rating, timedelta]]) -> None:
    states = replay(history(steps))
    assert replay(history(steps)[:-1])[-1] == states[max(0, len(states) - 2)]


@given(answers)
def test_it_is_never_due_on_the_day_it_was_answered(steps: list[tuple[Rating, timedelta]]) -> None:
    for memory in replay(history(steps))[1:]:
        assert memory is not None
        assert memory.due - memory.seen >= timedelta(days=1)


@given(answers)
def test_lapses_are_failures_in_a_row(steps: list[tuple[Rating, timedelta]]) -> None:
    memory = replay(history(steps))[-1]
    failed = 0
    for rating, _ in steps:
        failed = failed + 1 if rating == AGAIN else 0
    assert (memory.lapses if memory else 0) == failed
    assert bool(memory and memory.stubborn) == (failed >= STUBBORN)


def test_a_clock_that_stepped_back_breaks_nothing() -> None:
    memory = answered(answered(None, GOOD, START), GOOD, START - timedelta(days=3))
    assert memory.stability > 0


def test_another_zone_means_the_same_moment() -> None:
    seoul = START.astimezone(datetime.fromisoformat("2026-01-01T00:00+09:00").tzinfo)
    assert answered(None, GOOD, seoul) == answered(None, GOOD, START)
