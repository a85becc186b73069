"""What is foretold of an exam when it begins, and how that went. Time is a parameter; knows no requests."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.mastery import METHOD, Form, kept, readiness
from learning.models import Course, Evidence, Learner
from quizzes.models import Attempt, AttemptItem, Grade, Prediction, Question, Quiz


@dataclass(frozen=True, slots=True)
class Sat:
    """An exam that has ended: its grade that counts, and what was foretold of it if anything was."""

    attempt: Attempt
    grade: Grade
    prediction: Prediction | None

    @property
    def held(self) -> bool | None:
        """Whether the score lies in the range foretold; None without one."""
        made = self.prediction
        if made is None or made.low is None or made.high is None:
            return None
        return made.low <= self.grade.scaled <= made.high


def predict(
    *, attempt: Attempt, items: Sequence[AttemptItem], now: datetime, withheld: Collection[str] = ()
) -> Prediction:
    """Store what the evidence of this moment foretells of the exam `attempt`, inside the caller's transaction.

    Only what was met for the first time foretells anything, so no more is read; and nothing of the acts `withheld`,
    for the learner is shown what was foretold.
    """
    asked = [item.revision.question_id for item in items if not item.pilot]
    rows = kept(Evidence.objects.of(attempt.learner, attempt.course).fresh().seen(withheld))
    expected = readiness(rows, _form(attempt, asked), int(now.timestamp()))
    return Prediction.objects.create(
        attempt=attempt,
        probability=expected.probability if expected.enough else None,
        low=expected.score_low if expected.enough else None,
        high=expected.score_high if expected.enough else None,
        method=METHOD,
        detail={
            "n": expected.n,
            "reason": expected.reason,
            "probability_low": expected.low,
            "probability_high": expected.high,
            "score_mid": expected.score_mid,
            "met": _met(attempt, asked),
        },
        made_at=now,
    )


def _form(attempt: Attempt, asked: Sequence[int]) -> Form:
    """Return the exam as it was drawn: how many questions each topic has in it."""
    topics = Question.objects.filter(pk__in=asked).order_by("topic__position").values_list("topic__slug", flat=True)
    return Form(len(asked), Counter(topics), attempt.pass_mark or attempt.course.pass_mark)


def _met(attempt: Attempt, asked: Sequence[int]) -> int:
    """Return how many of the questions were marked for the learner before."""
    marked = AttemptItem.objects.of(attempt.learner).filter(revision__question__in=asked).exclude(checked_at=None)
    return marked.values("revision__question").distinct().count()


def sat(*, learner: Learner, course: Course) -> list[Sat]:
    """Return the exams `learner` has ended in `course`, the latest first. One query."""
    rows = Grade.objects.of(learner).filter(attempt__course=course, attempt__mode=Quiz.Mode.EXAM)
    grades = rows.select_related("attempt__quiz", "attempt__prediction").order_by("-attempt__started_at")
    return [Sat(one.attempt, one, getattr(one.attempt, "prediction", None)) for one in grades]
