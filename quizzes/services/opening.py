"""When a quiz can be begun, until when, how often, for which class, and when its answers show. Reads only.

Time is a parameter. Knows no requests.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.contrib.auth.models import User
from django.db.models import Max, QuerySet, Sum

from learning.models import Assignment, Extension, Learner
from quizzes.models import Attempt, Quiz

KIND = "quiz:"  # how the source of an assignment begins

type Gate = Literal["open", "early", "closed", "spent"]
type Deadlines = dict[tuple[int, int | None], datetime]  # by quiz and assignment


def source_of(quiz: Quiz) -> str:
    """Return what an assignment of `quiz` calls it."""
    return f"{KIND}{quiz.slug}"


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a learner can begin a quiz now, for a class or for themselves (`assignment` is None).

    `left`: how many attempts are left, None when there is no limit. `extra`: minutes on top for this learner.
    """

    gate: Gate
    assignment: Assignment | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    left: int | None = None
    extra: int = 0


def admission(*, learner: Learner | None, quiz: Quiz, assignment: Assignment | None, now: datetime) -> Admission:
    """Return whether `learner` can begin `quiz` now; `assignment` carries its `extra` (`Assignment.with_extra`)."""
    extra = assignment.extra if assignment else 0
    opens = max((one for one in (quiz.opens_at, assignment and assignment.opens_at) if one), default=None)
    closes = closing(quiz, assignment, extra)
    left = _left(learner, quiz, assignment)
    gate: Gate = "open"
    if opens and now < opens:
        gate = "early"
    elif closes and now >= closes:
        gate = "closed"
    elif left == 0:
        gate = "spent"
    return Admission(gate, assignment, opens, closes, left, extra)


def closing(quiz: Quiz, assignment: Assignment | None, extra: int) -> datetime | None:
    """Return when `quiz`, as it was given, closes for somebody with `extra` minutes on top; None: never."""
    ends = [one for one in (quiz.closes_at, assignment and assignment.closes_at) if one]
    return min(ends) + timedelta(minutes=extra) if ends else None


def _left(learner: Learner | None, quiz: Quiz, assignment: Assignment | None) -> int | None:
    if quiz.attempts_allowed is None:
        return None
    begun = Attempt.objects.of(learner).filter(quiz=quiz, assignment=assignment).count()
    return max(0, quiz.attempts_allowed - begun)


def given_of(learner: Learner | None, quiz: Quiz) -> list[Assignment]:
    """Return what classes have given `learner` of this quiz, the most urgent first, each with its `extra`."""
    return list(Assignment.objects.given_to(learner).filter(source=source_of(quiz))) if learner else []


def listed() -> "QuerySet[Quiz]":
    """Return the quizzes everybody may see."""
    live = Quiz.objects.filter(retired_at=None, draft=False, course__retired_at=None)
    return live.filter(listed=True).select_related("course")


def find_quiz(*, slug: str, learner: Learner | None, user: User | None) -> Quiz | None:
    """Return a quiz that may be seen: a listed one, one that was given to `learner` or taken, the writer's own."""
    live = Quiz.objects.filter(slug=slug, retired_at=None, draft=False, course__retired_at=None)
    quiz = live.select_related("course").first()
    if quiz is None or quiz.listed:
        return quiz
    if learner and (given_of(learner, quiz) or Attempt.objects.of(learner).filter(quiz=quiz).exists()):
        return quiz
    mine = user is not None and user.has_perm("quizzes.author_quiz") and Quiz.objects.seen_by(user)
    return quiz if mine and mine.filter(pk=quiz.pk).exists() else None


def answers_shown(attempt: Attempt, now: datetime) -> bool:
    """Whether right answers and reasons of a finished `attempt` may be shown to its learner."""
    return attempt.pk not in _withheld([attempt], now)


def answers_show_at(attempt: Attempt) -> datetime | None:
    """Return when the answers of `attempt` will show, for "after it closes"; None: never, or nobody knows yet."""
    if attempt.quiz is None or attempt.quiz.answers_shown != Quiz.Shown.CLOSE:
        return None
    return _shows_at(attempt, _most_extra([attempt]), _last_deadlines([attempt]))


def withheld_attempts(*, learner: Learner, now: datetime) -> frozenset[uuid.UUID]:
    """Return the ids of `learner`'s exams whose right answers may not be shown: ever, or until their quiz closes."""
    rows = Attempt.objects.of(learner).filter(mode=Quiz.Mode.EXAM).exclude(quiz__answers_shown=Quiz.Shown.SUBMIT)
    return _withheld(list(rows.select_related("quiz", "assignment")), now)


def sealing_attempts(*, learner: Learner, now: datetime) -> frozenset[uuid.UUID]:
    """Return the ids of the exams that `learner` is taking, and of those whose right answers may not be shown."""
    found = list(sealing_exams(learner, now).select_related("quiz", "assignment"))
    return _withheld(found, now) | {one.pk for one in found if one.is_open and (one.closes_at or now) >= now}


def sealing_exams(learner: Learner, now: datetime) -> "QuerySet[Attempt]":
    """Return the exams that may be among those: the ones that run, and all that do not show their answers at once."""
    exams = Attempt.objects.of(learner).filter(mode=Quiz.Mode.EXAM)
    return exams.running(now) | exams.exclude(quiz__answers_shown=Quiz.Shown.SUBMIT)


def _withheld(attempts: list[Attempt], now: datetime) -> frozenset[uuid.UUID]:
    hiding = [one for one in attempts if one.is_exam and one.quiz and one.quiz.answers_shown != Quiz.Shown.SUBMIT]
    extra, last = _most_extra(hiding), _last_deadlines(hiding)
    shown = [one for one in hiding if (at := _shows_at(one, extra, last)) and at <= now]
    return frozenset(one.pk for one in hiding if one not in shown)


def _shows_at(attempt: Attempt, extra: dict[int, int], last: Deadlines) -> datetime | None:
    """Answers show once the quiz is closed for all it was given to, whoever has most time on top.

    Nor before the deadline of those who still write: when the closing is moved to an earlier time they keep theirs.
    """
    quiz = attempt.quiz
    if quiz is None or quiz.answers_shown != Quiz.Shown.CLOSE:
        return None
    closed = closing(quiz, attempt.assignment, extra.get(attempt.assignment_id or 0, 0))
    if closed is None:
        return None
    return max(closed, last.get((quiz.pk, attempt.assignment_id), closed)) + timedelta(seconds=attempt.grace)


def _last_deadlines(attempts: Iterable[Attempt]) -> Deadlines:
    """Return by quiz and assignment the last deadline of the attempts that are open."""
    quizzes = {one.quiz_id for one in attempts if one.quiz and one.quiz.answers_shown == Quiz.Shown.CLOSE}
    if not quizzes:
        return {}
    rows = Attempt.objects.open().filter(quiz__in=quizzes).exclude(deadline_at=None).order_by()
    last = rows.values("quiz", "assignment").annotate(last=Max("deadline_at"))
    return {(row["quiz"], row["assignment"]): row["last"] for row in last}


def _most_extra(attempts: Iterable[Attempt]) -> dict[int, int]:
    """Return by assignment the most minutes that anybody has on top."""
    given = {one.assignment_id for one in attempts if one.assignment_id}
    most: dict[int, int] = defaultdict(int)
    rows = Extension.objects.filter(assignment__in=given).order_by() if given else Extension.objects.none()
    for assignment, minutes in (
        rows.values("assignment", "learner").annotate(n=Sum("minutes")).values_list("assignment", "n")
    ):
        most[assignment] = max(most[assignment], minutes)
    return most
