"""After an exam: what had been foretold of it, how often such ranges held, and who judges better. Shows no question."""

from dataclasses import dataclass

from django.utils import timezone

from learning.charts import percent
from learning.mastery import Record, calibration, kept, record
from learning.models import Evidence
from quizzes.models import Attempt, Prediction
from quizzes.services.draws import withheld_acts
from quizzes.services.predictions import Sat, sat


@dataclass(frozen=True, slots=True)
class Foretold:
    """What the result of an exam says of its foretelling; `told` is False when there was too little evidence to say.

    `probability`, `low` and `high` in percent; `met`: how many of its `items` were not new. `record`: of all exams so
    far. `brier`: of the learner's own "sure", "maybe" and "guess" in this course.
    """

    told: bool
    score_low: int
    score_high: int
    probability: int
    low: int
    high: int
    held: bool
    met: int
    items: int
    record: Record
    brier: float | None


def foretold(attempt: Attempt) -> Foretold | None:
    """Return it; None for exams from before anything was foretold. Five queries."""
    exams = sat(learner=attempt.learner, course=attempt.course)
    this = next((one for one in exams if one.attempt.pk == attempt.pk), None)
    if this is None or this.prediction is None:
        return None
    made = this.prediction
    probability, low, high = map(percent, (made.probability or 0.0, *_range(made)))
    return Foretold(
        told=made.low is not None,
        score_low=made.low or 0,
        score_high=made.high or 0,
        probability=probability,
        low=low,
        high=high,
        held=bool(this.held),
        met=made.detail.get("met", 0),
        items=len(this.grade.marks),
        record=record((_probability(one), one.grade.passed, one.held) for one in exams if _until(one, attempt)),
        brier=_own_brier(attempt),
    )


def _own_brier(attempt: Attempt) -> float | None:
    withheld = withheld_acts(learner=attempt.learner, now=timezone.now())
    stated = Evidence.objects.of(attempt.learner, attempt.course).stated()
    return calibration(kept(stated.seen(withheld))).brier


def _range(made: Prediction) -> tuple[float, float]:
    return made.detail.get("probability_low", 0.0), made.detail.get("probability_high", 1.0)


def _probability(one: Sat) -> float | None:
    return one.prediction.probability if one.prediction else None


def _until(one: Sat, attempt: Attempt) -> bool:
    """Whether the exam `one` was begun no later than `attempt`."""
    return one.attempt.started_at <= attempt.started_at
