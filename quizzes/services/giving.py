"""Quizzes given to classes: what can be given, how far members are, more time for one of them. Must not know pages.

Only attempts that were begun for what a class was given are looked at; time is a parameter.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.contrib.auth.models import User
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from learning.models import Assignment, Course, Extension, Membership
from quizzes.models import Accommodation, Answer, Attempt, AttemptItem, Grade, Quiz
from quizzes.services.acts import ClosedError, UnfitError
from quizzes.services.attempts import grant_extra_time, settle_all
from quizzes.services.audit import record
from quizzes.services.opening import KIND

STILL = timedelta(minutes=10)  # without a saved answer while time runs: stuck
FAILED = 3  # exams in a row below the pass mark: stuck
WRONG = 5  # practice answers in a row that were wrong: stuck

type Key = tuple[int, int]  # assignment, learner


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member is: `done` of `of` answered while they work; then right answers, and an exam's best score."""

    state: Literal["working", "stuck", "done"]
    since: datetime
    attempt: Attempt
    done: int
    of: int
    scaled: int | None = None
    attempts: int = 1


def givable(*, course: Course, user: User) -> "QuerySet[Quiz]":
    """Return the quizzes of `course` that `user` may give: published ones they may see."""
    rows = Quiz.objects.seen_by(user).filter(course=course, retired_at=None, draft=False)
    return rows.order_by("-origin", "position", "pk")


def given_quizzes(given: Collection[Assignment]) -> dict[int, Quiz]:
    """Return by primary key the quizzes among what is `given`, whatever became of them."""
    slugs = {one.pk: one.source.removeprefix(KIND) for one in given if one.source.startswith(KIND)}
    found = {quiz.slug: quiz for quiz in Quiz.objects.filter(slug__in=slugs.values())} if slugs else {}
    return {pk: found[slug] for pk, slug in slugs.items() if slug in found}


def progress_of(
    *, given: Collection[Assignment], members: Collection[Membership], now: datetime
) -> Mapping[Key, Progress]:
    """Return how far `members` are with what is `given`; who has not begun is left out."""
    ours = [one.pk for one in given if one.source.startswith(KIND)]
    if not ours or not members:
        return {}
    rows = Attempt.objects.filter(assignment__in=ours, learner__in={one.learner_id for one in members})
    settle_all(rows, now)
    until = {one.learner_id: one.left_at for one in members}
    attempts: dict[Key, list[Attempt]] = defaultdict(list)
    for attempt in _counted(rows):
        left = until[attempt.learner_id]
        if attempt.assignment_id and (left is None or (attempt.finished_at and attempt.finished_at <= left)):
            attempts[attempt.assignment_id, attempt.learner_id].append(attempt)
    lost = _lost([one.pk for found in attempts.values() for one in found if one.is_open and not one.is_exam])
    return {key: _progress(found, lost, now) for key, found in attempts.items()}


def _counted(rows: "QuerySet[Attempt]") -> "QuerySet[Attempt]":
    """Add what a table says of an attempt; pilots do not count."""
    counted = Q(items__pilot=False)
    saved = Answer.objects.filter(item__attempt=OuterRef("pk"), revision__isnull=False).order_by()
    answered = saved.values("item__attempt").annotate(n=Count("item", distinct=True)).values("n")
    best = Grade.objects.filter(attempt=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        total=Count("items", filter=counted),
        right=Count("items", filter=counted & Q(items__points=F("items__of"))),
        asked=Count("items"),
        answered=Subquery(answered),
        saved_at=Subquery(saved.order_by("-saved_at").values("saved_at")[:1]),
        scaled=Subquery(best.values("scaled")[:1]),
    ).order_by("started_at")


def _lost(open_practice: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return the practices being taken whose last WRONG answers were all wrong."""
    marks: dict[uuid.UUID, list[bool]] = defaultdict(list)
    if open_practice:
        rows = AttemptItem.objects.filter(attempt__in=open_practice).exclude(checked_at=None).order_by("checked_at")
        for attempt, points, of in rows.values_list("attempt", "points", "of"):
            marks[attempt].append(points == of)
    return {attempt for attempt, found in marks.items() if len(found) >= WRONG and not any(found[-WRONG:])}


def _progress(attempts: Sequence[Attempt], lost: Collection[uuid.UUID], now: datetime) -> Progress:
    running = next((one for one in attempts if one.is_open), None)
    if running:
        since = getattr(running, "saved_at", None) or running.started_at
        still = running.is_exam and now - since >= STILL
        state: Literal["working", "stuck"] = "stuck" if still or running.pk in lost else "working"
        numbers = getattr(running, "answered", 0) or 0, getattr(running, "asked", 0)
        return Progress(state, since, running, *numbers, attempts=len(attempts))
    last = attempts[-1]
    best = max(attempts, key=lambda one: (getattr(one, "scaled", 0) or 0, getattr(one, "right", 0)))
    failing = last.is_exam and len(attempts) >= FAILED and not any(map(_passed, attempts[-FAILED:]))
    return Progress(
        state="stuck" if failing else "done",
        since=last.finished_at or last.started_at,
        attempt=best,
        done=getattr(best, "right", 0),
        of=getattr(best, "total", 0),
        scaled=getattr(best, "scaled", None),
        attempts=len(attempts),
    )


def _passed(attempt: Attempt) -> bool:
    return (getattr(attempt, "scaled", 0) or 0) >= (attempt.pass_mark or 0)


def extend_attempt(*, extension: Extension, actor: User, now: datetime) -> None:
    """Move the deadline of the attempt under way, if there is one, and write the trail."""
    attempts = Attempt.objects.open().filter(assignment=extension.assignment_id, learner=extension.learner_id)
    attempt = attempts.exclude(deadline_at=None).first()
    try:
        if attempt:
            grant_extra_time(attempt=attempt, minutes=extension.minutes, actor=actor, now=now)
            return
    except (ClosedError, UnfitError):
        pass
    detail = {"minutes": extension.minutes}
    subject = extension.assignment.source
    record(actor=actor, action="extra-time", subject=subject, now=now, learner=extension.learner, detail=detail)


def allowed_percents(learners: Collection[int]) -> dict[int, int]:
    """Return the percent of more time of those who have some."""
    rows = Accommodation.objects.filter(learner__in=learners).order_by("pk").values_list("learner", "percent")
    return {learner: percent for learner, percent in dict(rows).items() if percent}
