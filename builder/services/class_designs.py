"""What a class handed in for scenarios given to it, read for its results. Reads only; time is a parameter.

What counts is what counts in watching (`builder.services.giving`): handed in after it was given and before it closed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from builder.models import Submission
from builder.services.giving import KIND, Key, extra_minutes, span_of
from builder.services.reports import Given
from builder.services.submissions import shown_by
from learning.activities import ClassWork, Finding, Judged
from learning.models import Assignment, Membership, said

A_TIME = 200  # reports read at a time: each holds all its words

type Spans = Mapping[Key, tuple[datetime, datetime]]


def designs_for(*, given: Collection[Assignment], members: Collection[Membership], now: datetime) -> ClassWork:
    """Return the designs `members` handed in that count for what is `given`. Two queries, or none."""
    ours = [one for one in given if one.source.startswith(KIND)]
    if not ours or not members:
        return ClassWork()
    extra = extra_minutes(ours)
    spans = {
        (one.pk, member.learner_id): span_of(one, member, extra.get((one.pk, member.learner_id), 0), now)
        for one in ours
        for member in members
    }
    judged: list[Judged] = []
    findings: dict[str, Finding] = {}
    for row in _rows(ours, members):
        wrong = [one for one in row.report["findings"] if one["result"] == "fail"]
        counted = _counted(row, ours, spans, wrong)
        judged += counted
        findings |= {one["rule"]: _finding(one) for one in wrong if counted}
    return ClassWork(judged=judged, findings=findings)


def _rows(ours: Collection[Assignment], members: Collection[Membership]) -> Any:
    rows = Submission.objects.filter(
        learner__in={one.learner_id for one in members}, scenario__slug__in={one.source[len(KIND) :] for one in ours}
    )
    return rows.select_related("scenario").defer("design").order_by("created_at", "pk").iterator(chunk_size=A_TIME)


def _counted(row: Submission, ours: Collection[Assignment], spans: Spans, wrong: Sequence[Given]) -> list[Judged]:
    """Return the submission once for each thing given for which it counts."""
    missed, known = shown_by(row.report)
    keys = tuple(dict.fromkeys(one["rule"] for one in wrong))
    found: list[Judged] = []
    for one in ours:
        start, end = spans[one.pk, row.learner_id]
        if one.source == f"{KIND}{row.scenario.slug}" and start <= row.created_at <= end:
            about = (row.created_at, row.score, row.get_absolute_url(), keys, tuple(missed), tuple(known))
            found.append(Judged(str(row.pk), one.pk, row.learner_id, *about))
    return found


def _finding(one: Given) -> Finding:
    return Finding(said(one["what"]), tuple(each["id"] for each in one["statements"]))
