"""What every change of an attempt shares: what is sent, where it belongs, and how it is refused. Knows no rows' rules.

A refused answer that was made in good faith is kept (see `quizzes.models.Answer`); the error says what stands now.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quizzes.models import AttemptItem

type Which = Literal["any", "missed", "unseen"]


class RefusedError(Exception):
    """The act cannot be done. `item`, where there is one, tells the current answer (`response`, `answer_revision`)."""

    def __init__(self, item: AttemptItem | None = None) -> None:
        super().__init__()
        self.item = item


class UnfitError(RefusedError):
    """What was sent does not fit: options of another item, not as many as asked for, nothing to draw from."""


class ClosedError(RefusedError):
    """The item has been marked, or the attempt is finished."""


class ShutError(RefusedError):
    """The quiz cannot be begun: not yet, not any more, or not again."""


class LateError(ClosedError):
    """The exam is over. The answer has been kept as late; it is never graded."""


class SealedError(ClosedError):
    """The question stands in an exam the learner has open: it is not marked anywhere before that ends."""


class StaleError(RefusedError):
    """Another window saved a different answer since this one was loaded. Both are in the log; `item` tells that one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: in which attempt, under which number."""

    attempt: uuid.UUID
    number: int


@dataclass(frozen=True, slots=True)
class Act:
    """One act of saving: the same `operation` sent twice is stored once. `base` is the revision it was made upon.

    `claimed_at` is when the browser says the answer was given (it may have waited offline): stored, never trusted.
    """

    operation: uuid.UUID
    base: int
    now: datetime
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a learner notes on an item besides the answer; None leaves a thing as it is. The last one sent wins.

    `struck`: tokens struck out. `confidence`: "guess", "maybe", "sure" or "". `seconds`: the whole time spent on the
    item so far, as the browser counts; it only grows, and never past the time since the start.
    """

    flagged: bool | None = None
    struck: Sequence[str] | None = None
    confidence: str | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a learner wants to practise: topics of the quiz (none: all), which questions, and how many."""

    topics: tuple[str, ...] = ()
    which: Which = "any"
    count: int | None = None
