"""What a learner remembers of one question, by FSRS-6: the state after an answer, and the recall to expect. Pure.

The parameters are those that the package `fsrs` publishes as its defaults, written down here, so that another version
of the package cannot move anybody's cards. Nothing is drawn by lot, and no step is shorter than a day: the reasons have
just been read, and the same question ten minutes later would ask for nothing but them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from fsrs import Card, Rating, Scheduler, State

# fmt: off
PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)
# fmt: on
RETENTION = 0.9  # a question is due when it is expected to be known with this probability
SCHEDULER = Scheduler(PARAMETERS, RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

DECAY = -PARAMETERS[20]
FACTOR = RETENTION ** (1 / DECAY) - 1

STUBBORN = 3  # failures in a row after which a question is no longer simply asked again


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of one card. `stability`: days until recall falls to 90 %. `difficulty`: 1 to 10.

    `due` and `seen` are moments in UTC, `lapses` failures in a row. `phase` and `step` are FSRS's own.
    """

    stability: float
    difficulty: float
    due: datetime
    seen: datetime
    lapses: int = 0
    phase: int = State.Review.value
    step: int | None = None

    @property
    def stubborn(self) -> bool:
        """Whether it keeps failing: asking it once more would teach nothing."""
        return self.lapses >= STUBBORN

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON keeps it, exactly."""
        return {
            "stability": self.stability,
            "difficulty": self.difficulty,
            "due": self.due.isoformat(),
            "seen": self.seen.isoformat(),
            "lapses": self.lapses,
            "phase": self.phase,
            "step": self.step,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return what `as_json` gave."""
        moments = {name: datetime.fromisoformat(stored[name]) for name in ("due", "seen")}
        return cls(**{**stored, **moments})


def grade(*, correct: bool, confidence: str = "") -> Rating:
    """Return the grade an answer earns; nobody chooses it. `confidence`: "guess", "maybe", "sure" or "".

    Wrong is Again however sure. Right by a guess is Hard: it may have been luck. Right and sure is Easy.
    """
    if not correct:
        return Rating.Again
    return {"guess": Rating.Hard, "sure": Rating.Easy}.get(confidence, Rating.Good)


def answered(memory: Memory | None, rating: Rating, at: datetime, scheduler: Scheduler = SCHEDULER) -> Memory:
    """Return the state after an answer of this grade at `at`; None is a question never answered before."""
    card, _log = scheduler.review_card(_card(memory, at), rating, at.astimezone(UTC))
    lapses = (memory.lapses if memory else 0) + 1 if rating == Rating.Again else 0
    return Memory(
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        due=card.due,
        seen=at.astimezone(UTC),
        lapses=lapses,
        phase=card.state.value,
        step=card.step,
    )


def _card(memory: Memory | None, at: datetime) -> Card:
    """Return it as the package has it; a number and a day are given, or it would ask the clock."""
    if memory is None:
        return Card(card_id=0, due=at.astimezone(UTC))
    return Card(0, State(memory.phase), memory.step, memory.stability, memory.difficulty, memory.due, memory.seen)


def replay(answers: Iterable[tuple[Rating, datetime]], scheduler: Scheduler = SCHEDULER) -> tuple[Memory | None, ...]:
    """Return the state before the first of `answers` (oldest first), and that after each of them."""
    states: list[Memory | None] = [None]
    for rating, at in answers:
        states.append(answered(states[-1], rating, at, scheduler))
    return tuple(states)


def recall(stability: float, days: float) -> float:
    """Return the probability, by FSRS, that what was met `days` ago is still known."""
    return float((1 + FACTOR * max(0.0, days) / stability) ** DECAY)
