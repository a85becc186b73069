"""What learners made of one quiz: each learner's first finished attempt, their scores, every item, what they missed.

Reads only, and names nobody. However many attempts there are, the number of queries is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from learning.models import Statement
from quizzes.marking.responses import is_blank, kind_of
from quizzes.models import Attempt, AttemptItem, Grade, Question, Quiz
from quizzes.services.results import NAMES, Reader, Row, last_response, pieces, seen_in
from quizzes.statistics.flags import Flag, flags
from quizzes.statistics.items import ItemNumbers, item_numbers
from quizzes.statistics.needs import Missed, Sign, most_missed
from quizzes.statistics.quizzes import QuizNumbers, Sitting, quiz_numbers

type Marks = Mapping[tuple[object, int], tuple[Decimal, Decimal]]  # by attempt and number: points that count, of


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the quiz: its numbers within these attempts, and what is worth a look."""

    question: Question
    numbers: ItemNumbers
    flags: Sequence[Flag]


@dataclass(frozen=True, slots=True)
class QuizResults:
    """What there is to say of a quiz. `statements`: those most missed, by slug in `missed`."""

    numbers: QuizNumbers
    items: Sequence[ItemLine]
    missed: Sequence[Missed]
    statements: Mapping[str, Statement]


def first_attempts(quiz: Quiz) -> QuerySet[Attempt]:
    """Return each learner's first finished attempt of `quiz`."""
    done = Attempt.objects.filter(quiz=quiz, state=Attempt.State.FINISHED)
    same = done.filter(learner=OuterRef("learner"))
    before = Q(started_at__lt=OuterRef("started_at")) | Q(started_at=OuterRef("started_at"), pk__lt=OuterRef("pk"))
    earlier = same.filter(before)
    return done.filter(~Exists(earlier))


def quiz_results(quiz: Quiz) -> QuizResults:
    """Return the results of `quiz`. Five queries."""
    attempts = first_attempts(quiz)
    rows = rows_of(AttemptItem.objects.filter(attempt__in=attempts.order_by().values("pk")))
    reader, marks = Reader(rows), marks_of(Grade.objects.filter(attempt__in=attempts.order_by().values("pk")))
    missed = most_missed(signs_of(rows, marks, reader))
    return QuizResults(
        numbers=quiz_numbers(sittings_of(rows, marks)),
        items=_lines(rows, reader),
        missed=missed,
        statements=statements_of(quiz.course_id, [one.statement for one in missed]),
    )


def rows_of(items: QuerySet[AttemptItem]) -> list[Row]:
    """Return the marked ones of `items` with their responses, in the order of marking."""
    keys: dict[str, Any] = {
        "learner": F("attempt__learner"),
        "question": F("revision__question"),
        "current": F("revision__question__current"),
        "response": last_response(),
    }
    return list(items.exclude(checked_at=None).order_by("checked_at", "pk").values(*NAMES, **keys))


def marks_of(grades: QuerySet[Grade]) -> Marks:
    """Return the points that count where an exam was graded: those of its last grade."""
    found: dict[tuple[object, int], tuple[Decimal, Decimal]] = {}
    for attempt, marks in grades.order_by("number").values_list("attempt", "marks"):
        for one in marks:
            found[attempt, one["number"]] = (Decimal(one["points"]), Decimal(one["of"]))
    return found


def counted(row: Row, marks: Marks) -> tuple[Decimal, Decimal]:
    """Return the points of `row` that count, and what there were."""
    return marks.get((row["attempt"], row["number"])) or (row["points"] or Decimal(0), row["of"] or Decimal(0))


def sittings_of(rows: Iterable[Row], marks: Marks) -> list[Sitting]:
    """Return the attempts of `rows` as the statistics want them; pilot items are not in a score."""
    found: dict[object, dict[int, tuple[float, float]]] = {}
    for row in rows:
        if not row["pilot"]:
            points, of = counted(row, marks)
            found.setdefault(row["attempt"], {})[row["question"]] = (float(points), float(of))
    return [Sitting(points) for points in found.values()]


def signs_of(rows: Iterable[Row], marks: Marks, reader: Reader) -> list[Sign]:
    """Return what the answered ones of `rows` say of statements; what was left open or is on trial says nothing."""
    found: list[Sign] = []
    for row in rows:
        revision = reader.revisions.get(row["revision"])
        if revision and not row["pilot"] and not is_blank(row["response"]):
            points, of = counted(row, marks)
            found.append(Sign(row["learner"], tuple(revision.secret["proves"]), points == of))
    return found


def statements_of(course: int, slugs: Iterable[str]) -> dict[str, Statement]:
    """Return statements of a course by their slugs, with what their address needs."""
    rows = Statement.objects.filter(course=course, slug__in=set(slugs), retired_at=None)
    return {row.slug: row for row in rows.select_related("lesson__course")}


def _lines(rows: Sequence[Row], reader: Reader) -> list[ItemLine]:
    asked = dict.fromkeys(row["question"] for row in rows)
    seen = seen_in(asked, rows, _totals(rows), reader)
    questions = Question.objects.filter(pk__in=asked).select_related("topic").order_by("position", "pk")
    lines: list[ItemLine] = []
    for question in questions:
        current = reader.revisions.get(question.current_id or 0)
        if current:
            question.current = current
            numbers = item_numbers(seen[question.pk].seen, pieces(current))
            choice = kind_of(current.any_public) == "choice"
            lines.append(ItemLine(question, numbers, flags(numbers, choice=choice, pilot=question.pilot)))
    return lines


def _totals(rows: Iterable[Row]) -> dict[object, tuple[Decimal, Decimal, int]]:
    """Return what each attempt earned as it was marked, as `results.totals_of` does from the database."""
    found: dict[object, tuple[Decimal, Decimal, int]] = {}
    for row in rows:
        if not row["pilot"]:
            points, of, count = found.get(row["attempt"], (Decimal(0), Decimal(0), 0))
            found[row["attempt"]] = (points + (row["points"] or 0), of + (row["of"] or 0), count + 1)
    return found
