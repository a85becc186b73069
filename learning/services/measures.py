"""What one learner's evidence says today: all measures at once, kept in this process until there is more of it.

What is kept is derived and can be thrown away at any time: reading the rows again gives the same numbers. Time is a
parameter; knows no requests.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from learning.mastery import (
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
from learning.mastery.rules import DAY
from learning.models import Course, Evidence, Learner
from learning.models.learners import EvidenceQuerySet, told

MOST_KEPT = 100_000  # rows that a process remembers


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one learner in one course, by slug; topics and statements without evidence are not there.

    `rows`: the evidence that holds, for what else there is to tell. `left_out`: how many responses are not counted,
    because how they went may not be told yet.
    """

    statements: Mapping[str, Mastery]
    topics: Mapping[str, Mastery]
    readiness: Readiness
    calibration: Calibration
    rows: tuple[Seen, ...]
    left_out: int = 0

    def statement(self, slug: str) -> Mastery:
        """Return the mastery of a statement, seen or not."""
        return self.statements.get(slug, UNKNOWN)

    def topic(self, slug: str) -> Mastery:
        """Return the mastery of a topic, seen or not."""
        return self.topics.get(slug, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a learner may not be told yet: whether there can be any, as a condition, and the acts, asked for if so."""

    possible: Q
    acts: Callable[[], frozenset[str]]


NOTHING = Withheld(Q(pk__isnull=True), frozenset)


@dataclass(frozen=True, slots=True)
class Known:
    """All rows of one learner and course up to `newest`, and what they said on a day by the course as it then was.

    `when` also says which acts were withheld then.
    """

    newest: int
    rows: list[Seen]
    when: tuple[int, str, frozenset[str]]
    measures: Measures


_known: OrderedDict[tuple[int, int], Known] = OrderedDict()


def forget_measures() -> None:
    """Forget what this process keeps: between tests."""
    _known.clear()


def measures(*, learner: Learner | None, course: Course, now: datetime, withheld: Withheld = NOTHING) -> Measures:
    """Return what is known of `learner` in `course`, but for what is `withheld` from them.

    One small query when nothing was added since this process last looked; else two more, for the new rows only.
    """
    if learner is None:
        return _measured([], course, now, frozenset())
    evidence, key = Evidence.objects.of(learner, course), (learner.pk, course.pk)
    found = evidence.aggregate(newest=Max("pk"), rows=Count("pk"), hiding=Count("pk", filter=withheld.possible))
    acts = withheld.acts() if found["hiding"] else frozenset()
    newest, when = found["newest"] or 0, (int(now.timestamp()) // DAY, course.content_hash, acts)
    known = _known.get(key)
    if known and (known.newest, len(known.rows), known.when) == (newest, found["rows"], when):
        return known.measures
    rows = _rows(evidence, known, found["rows"])
    _known[key] = Known(rows[-1].number if rows else 0, rows, when, _measured(rows, course, now, acts))
    _known.move_to_end(key)
    _forget_oldest()
    return _known[key].measures


def _rows(evidence: EvidenceQuerySet, known: Known | None, count: int) -> list[Seen]:
    """Return the rows of `evidence`, reading only those that are new where none is gone."""
    if known:
        rows = [*known.rows, *evidence.filter(pk__gt=known.newest).seen()]
        if len(rows) == count:
            return rows
    return evidence.seen()


def _forget_oldest() -> None:
    while len(_known) > 1 and sum(len(known.rows) for known in list(_known.values())) > MOST_KEPT:
        _known.popitem(last=False)


def _measured(rows: Sequence[Seen], course: Course, now: datetime, withheld: frozenset[str]) -> Measures:
    held, moment = kept(told(rows, withheld)), int(now.timestamp())
    return Measures(
        statements=of_statements(held, moment),
        topics=of_topics(held, moment),
        readiness=readiness(held, form_of(course), moment),
        calibration=calibration(held),
        rows=tuple(held),
        left_out=len({row.act for row in rows} & withheld),
    )


def form_of(course: Course) -> Form:
    """Return the exam that `course` prepares for."""
    weights = course.topics.filter(retired_at=None).values_list("slug", "weight")
    return Form(int(course.exam.get("items", 0)), dict(weights), course.pass_mark)
