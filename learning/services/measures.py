"""What one learner's evidence says today: all measures at once, kept in this process until there is more of it.

What is kept is derived and can be thrown away at any time: reading the rows again gives the same numbers. Time is a
parameter; knows no requests.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from learning.mastery import (
    METHOD,
    UNKNOWN,
    Calibration,
    Form,
    Mastery,
    Readiness,
    Seen,
    calibration,
    kept,
    of_statements,
    of_topics,
    readiness,
)
from learning.models import Course, Evidence, Learner

MOST_KEPT = 200  # that a process remembers


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one learner in one course, by slug; topics and statements without evidence are not there.

    `rows`: the evidence that holds, for what is told of it besides.
    """

    statements: Mapping[str, Mastery]
    topics: Mapping[str, Mastery]
    readiness: Readiness
    calibration: Calibration
    rows: tuple[Seen, ...]

    def statement(self, slug: str) -> Mastery:
        """Return the mastery of a statement, seen or not."""
        return self.statements.get(slug, UNKNOWN)

    def topic(self, slug: str) -> Mastery:
        """Return the mastery of a topic, seen or not."""
        return self.topics.get(slug, UNKNOWN)


type Key = tuple[int, int, str, int, int, int]

_kept: OrderedDict[Key, Measures] = OrderedDict()


def forget_measures() -> None:
    """Forget what this process keeps: between tests."""
    _kept.clear()


def measures(*, learner: Learner | None, course: Course, now: datetime) -> Measures:
    """Return where `learner` stands in `course`. One small query where it is kept, else one more for the rows."""
    if learner is None:
        return _read(None, course, int(now.timestamp()))
    newest = Evidence.objects.of(learner, course).aggregate(newest=Max("pk"), rows=Count("pk"))
    today = int(now.timestamp()) // 86_400
    key = (learner.pk, course.pk, METHOD + course.content_hash, today, newest["newest"] or 0, newest["rows"])
    if key not in _kept:
        _kept[key] = _read(learner, course, int(now.timestamp()))
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _read(learner: Learner | None, course: Course, now: int) -> Measures:
    rows = kept(Evidence.objects.of(learner, course).seen())
    return Measures(
        statements=of_statements(rows, now),
        topics=of_topics(rows, now),
        readiness=readiness(rows, form_of(course), now),
        calibration=calibration(rows),
        rows=tuple(rows),
    )


def form_of(course: Course) -> Form:
    """Return the exam that `course` prepares for."""
    weights = course.topics.filter(retired_at=None).values_list("slug", "weight")
    return Form(int(course.exam.get("items", 0)), dict(weights), course.pass_mark)
