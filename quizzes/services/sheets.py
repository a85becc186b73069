"""Results as rows of a table, to be taken along: one row an attempt, or one row an answer. Reads only.

A learner is named where the quiz was given in a class of the instructor's own and the learner is still in it; all
others are numbered in the order they began. Rows come one by one: ten thousand take no more memory than one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from learning.models import Membership, said
from quizzes.marking.cards import LETTERS
from quizzes.marking.kinds.matching import NOTHING
from quizzes.marking.responses import is_blank, kind_of
from quizzes.models import Answer, Attempt, AttemptItem, Grade, QuestionRevision
from quizzes.services.results import last_response

A_TIME = 2000  # rows read at a time

type Cell = str | int | float | datetime | None
type Rows = Iterator[tuple[Cell, ...]]
type Numbered = Callable[[str], str]  # the words for a learner without a name, from their number


@dataclass(frozen=True, slots=True)
class Learners:
    """What each learner is called: by class and learner the name, by learner the number."""

    names: Mapping[tuple[int | None, int], str]
    numbers: Mapping[int, int]
    numbered: Numbered

    def called(self, classroom: int | None, learner: int) -> str:
        """Return the name of a learner in a class, or their number."""
        return self.names.get((classroom, learner)) or self.numbered(str(self.numbers.get(learner, 0)))


def learners_of(user: User, attempts: QuerySet[Attempt], numbered: Numbered) -> Learners:
    """Return what the learners of `attempts` are called before `user`. Two queries."""
    members = Membership.objects.filter(classroom__owner=user, left_at=None)
    names: dict[tuple[int | None, int], str] = {}
    for room, learner, name in members.values_list("classroom", "learner", "name"):
        names[room, learner] = name
    order = attempts.order_by("started_at", "pk").values_list("learner", flat=True)
    return Learners(names, {learner: n for n, learner in enumerate(dict.fromkeys(order), start=1)}, numbered)


def attempt_rows(attempts: QuerySet[Attempt], learners: Learners) -> Rows:
    """Yield a row an attempt, see docs/results.md: class, learner, quiz, which, times, score, counts, id."""
    last = Grade.objects.filter(attempt=OuterRef("pk")).order_by("-number")
    graded = {f"last_{name}": Subquery(last.values(name)[:1]) for name in GRADE}
    marked = Q(items__pilot=False, items__points__isnull=False)
    counts = {
        "right": Count("items", filter=marked & Q(items__points=F("items__of")), distinct=True),
        "asked": Count("items", filter=Q(items__pilot=False), distinct=True),
        "late": _refused(Answer.Outcome.LATE),
        "stale": _refused(Answer.Outcome.STALE),
    }
    rows = attempts.select_related("quiz", "assignment__classroom").annotate(**graded, **counts)
    seen: dict[tuple[int, int | None], int] = {}
    for row in rows.order_by("started_at", "pk").iterator(chunk_size=A_TIME):
        key = (row.learner_id, row.quiz_id)
        seen[key] = seen.get(key, 0) + 1
        yield _attempt(row, seen[key], learners)


GRADE = ("scaled", "low", "high", "pass_mark", "number", "reason")


def _refused(outcome: str) -> Coalesce:
    rows = Answer.objects.filter(item__attempt=OuterRef("pk"), outcome=outcome).order_by().values("item__attempt")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _attempt(row: Any, number: int, learners: Learners) -> tuple[Cell, ...]:
    """Return an attempt with what `attempt_rows` annotated."""
    classroom = row.assignment.classroom if row.assignment else None
    own = (classroom.pk if classroom else None, row.learner_id) in learners.names
    minutes = round((row.finished_at - row.started_at).total_seconds() / 60, 1) if row.finished_at else None
    scaled, passing = row.last_scaled, row.last_pass_mark
    return (
        classroom.name if classroom and own else "",
        learners.called(classroom.pk if classroom else None, row.learner_id),
        said(row.quiz.title) if row.quiz else "",
        number,
        row.started_at,
        row.finished_at,
        minutes,
        row.state,
        scaled,
        row.last_low,
        row.last_high,
        passing,
        None if scaled is None else int(scaled >= passing),
        row.right,
        row.asked,
        row.late,
        row.stale,
        max(0, (row.last_number or 1) - 1),
        row.last_reason or "",
        str(row.pk),
    )


def answer_rows(attempts: QuerySet[Attempt], learners: Learners) -> Rows:
    """Yield a row an item of the finished ones of `attempts`, and one an answer that did not count, see docs."""
    items = AttemptItem.objects.filter(
        attempt__in=attempts.filter(state=Attempt.State.FINISHED).order_by().values("pk")
    )
    versions = _Versions(items)
    refused = _refused_answers(items)
    saved = Answer.objects.filter(item=OuterRef("pk"), revision__isnull=False).order_by("-revision")
    told = {"response": last_response(), "saved": Subquery(saved.values("saved_at")[:1])}
    told["how"] = Subquery(saved.values("outcome")[:1], output_field=CharField())
    rows = items.order_by("attempt__started_at", "attempt", "number").values(*ITEM, **told)
    for row in rows.iterator(chunk_size=A_TIME):
        head = (learners.called(row["attempt__assignment__classroom"], row["attempt__learner"]), str(row["attempt"]))
        yield (*head, *versions.about(row), *_counted(row, versions))
        for answer in refused.get(row["pk"], ()):
            given = versions.letters(row["revision"], answer.response)
            yield (*head, *versions.about(row), given, None, None, "", None, answer.saved_at, answer.outcome)


ITEM = (
    "pk",
    "attempt",
    "attempt__learner",
    "attempt__assignment__classroom",
    "number",
    "revision",
    "points",
    "of",
    "confidence",
    "seconds",
    "pilot",
)


def _counted(row: Mapping[str, Any], versions: "_Versions") -> tuple[Cell, ...]:
    blank = is_blank(row["response"])
    return (
        "" if blank else versions.letters(row["revision"], row["response"]),
        _number(row["points"]),
        _number(row["of"]),
        row["confidence"],
        row["seconds"] or None,
        row["saved"],
        "blank" if blank else row["how"],
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _refused_answers(items: QuerySet[AttemptItem]) -> dict[int, list[Answer]]:
    """Return the answers that did not count, by item: few of the many."""
    found: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(item__in=items.order_by().values("pk"), revision=None).order_by("pk"):
        found.setdefault(answer.item_id, []).append(answer)
    return found


class _Versions:
    """The versions of the questions asked, read once: their ids, and responses in the letters of the text."""

    def __init__(self, items: QuerySet[AttemptItem]) -> None:
        rows = QuestionRevision.objects.filter(pk__in=items.order_by().values("revision")).select_related("question")
        self._rows = {row.pk: row for row in rows}

    def about(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        """Return number, question, version, kind, whether on trial, and the right answer of an item."""
        version = self._rows[row["revision"]]
        right = self.letters(version.pk, version.secret["key"])
        return (row["number"], version.question.slug, version.number, version.kind, int(row["pilot"]), right)

    def letters(self, version: int, response: Sequence[int]) -> str:
        """Return a response in letters: "A C"; of an ordering the steps in order; of a matching "1-B 2-A"."""
        if kind_of(self._rows[version].any_public) == "matching":
            pairs: Iterable[tuple[int, int]] = enumerate(response, start=1)
            return " ".join(f"{row}-{LETTERS[place]}" for row, place in pairs if place != NOTHING)
        return " ".join(LETTERS[place] for place in response)
