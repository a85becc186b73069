"""The one way evidence is written. Must not know requests nor what upper apps keep; time is a parameter."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from learning.mastery import Observation
from learning.models import Course, Evidence, Learner, Statement


@transaction.atomic
def record_evidence(
    *, learner: Learner, course: Course, observations: Iterable[Observation], now: datetime
) -> list[Evidence]:
    """Append a row for each statement of each observation; slugs that `course` does not have are left out.

    Three queries however many there are: an exam of 65 questions ends in one short transaction. An observation without
    a topic is of its statement's lesson's.
    """
    seen = [(one, slug) for one in observations for slug in dict.fromkeys(one.statements)]
    rows = Statement.objects.filter(course=course, slug__in={slug for _, slug in seen}).select_related("lesson")
    statements = {statement.slug: statement for statement in rows}
    topics = dict(course.topics.values_list("slug", "pk"))
    met = set(_met(learner, course, {one.subject for one, _ in seen}))
    return Evidence.objects.bulk_create(
        Evidence(
            learner=learner,
            course=course,
            statement=statements[slug],
            topic_id=topics.get(one.topic) or statements[slug].lesson.topic_id,
            act=one.act,
            source=one.source,
            subject=one.subject,
            version=one.version,
            correct=one.correct,
            confidence=one.confidence,
            first=one.subject not in met,
            seen_at=now,
        )
        for one, slug in seen
        if slug in statements
    )


def _met(learner: Learner, course: Course, subjects: set[str]) -> Iterable[str]:
    """Return which of `subjects` the learner has met before."""
    rows = Evidence.objects.filter(learner=learner, course=course, subject__in=subjects)
    return rows.values_list("subject", flat=True).distinct()


@transaction.atomic
def undo_evidence(*, learner: Learner, act: str, now: datetime) -> list[Evidence]:
    """Take back what the response `act` showed: a row is appended for each of its rows, and says which it undoes.

    The same response is taken back once.
    """
    rows = list(Evidence.objects.filter(learner=learner, act=act).order_by("pk"))
    undone = {row.undoes_id for row in rows}
    left = [row for row in rows if row.undoes_id is None and row.pk not in undone]
    return Evidence.objects.bulk_create(_undoing(row, now) for row in left)


def _undoing(row: Evidence, now: datetime) -> Evidence:
    names = [field.attname for field in Evidence._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in names}
    return Evidence(**{**values, "undoes_id": row.pk, "first": False, "seen_at": now})
