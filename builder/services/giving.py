"""Scenarios given to classes: how far members are. Must not know pages; time is a parameter.

What counts is what a member submitted after the scenario was given (or opened) and before it closed, for them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Sum

from builder.models import Draft, Submission
from learning.models import Assignment, Extension, Membership

KIND = "scenario:"  # how an assignment's source begins
FAILED = 3  # designs handed in a row without full marks: stuck
FULL = 100

type Key = tuple[int, int]  # assignment, learner


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member is: the best design handed in, or none while they are only designing."""

    state: Literal["working", "stuck", "done"]
    since: datetime
    submission: Submission | None = None
    times: int = 0


def progress_of(
    *, given: Collection[Assignment], members: Collection[Membership], now: datetime
) -> Mapping[Key, Progress]:
    """Return how far `members` are with what is `given`; who has not begun is left out."""
    ours = {one: one.source.removeprefix(KIND) for one in given if one.source.startswith(KIND)}
    if not ours or not members:
        return {}
    which = {"learner__in": {one.learner_id for one in members}, "scenario__slug__in": set(ours.values())}
    handed: dict[tuple[int, str], list[Submission]] = defaultdict(list)
    for row in (
        Submission.objects.filter(**which).select_related("scenario").defer("design", "report").order_by("created_at")
    ):
        handed[row.learner_id, row.scenario.slug].append(row)
    drafts = Draft.objects.filter(**which).values_list("learner", "scenario__slug", "updated_at")
    begun = {(learner, slug): at for learner, slug, at in drafts}
    extra = extra_minutes(ours)
    found: dict[Key, Progress] = {}
    for one, slug in ours.items():
        for member in members:
            key = member.learner_id, slug
            span = span_of(one, member, extra.get((one.pk, member.learner_id), 0), now)
            progress = _progress(handed[key], begun.get(key), span)
            if progress:
                found[one.pk, member.learner_id] = progress
    return found


def extra_minutes(given: Collection[Assignment]) -> dict[Key, int]:
    """Return how many minutes on top of what is `given` learners have, by assignment and learner."""
    rows = Extension.objects.filter(assignment__in=given).order_by().values("assignment", "learner")
    return {(row["assignment"], row["learner"]): row["n"] for row in rows.annotate(n=Sum("minutes"))}


def span_of(one: Assignment, member: Membership, minutes: int, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when what `member` does counts."""
    ends = [end for end in (one.closing(minutes), one.withdrawn_at, member.left_at) if end]
    return one.opens_at or one.made_at, min([now, *ends])


def _progress(
    handed: Sequence[Submission], drafted: datetime | None, span: tuple[datetime, datetime]
) -> Progress | None:
    start, end = span
    counted = [one for one in handed if start <= one.created_at <= end]
    if not counted:
        return Progress("working", drafted) if drafted and start <= drafted <= end else None
    best = max(counted, key=lambda one: one.score)
    if best.score == FULL:
        return Progress("done", best.created_at, best, len(counted))
    state: Literal["working", "stuck"] = "stuck" if len(counted) >= FAILED else "working"
    return Progress(state, counted[-1].created_at, best, len(counted))
