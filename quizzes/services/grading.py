"""Marks and grades: an item marked by the revision it showed, an exam graded once, errata, an explicit regrade.

Time is a parameter; whoever calls the marking holds the attempt's lock. Knows no requests.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from learning.mastery import Observation
from learning.models import Learner
from learning.services import record_evidence
from quizzes.marking import bank
from quizzes.marking.grade import Grading, Marked, Part, grade, part
from quizzes.marking.item import Item, Mark
from quizzes.marking.mark import mark
from quizzes.marking.responses import carried, is_blank
from quizzes.models import Attempt, AttemptItem, Erratum, Grade, QuestionRevision, Quiz
from quizzes.services import audit
from quizzes.services.acts import ClosedError, UnfitError
from quizzes.services.cards import note_marks
from quizzes.services.secrecy import veiled

MOST_REASON = 500  # characters
UNKNOWN = "unknown"  # in the wish of a level check: the numbers of questions answered with "I do not know"


@dataclass(frozen=True, slots=True)
class Given:
    """A mark of an exam, and the revision it was made by."""

    item: AttemptItem
    revision: QuestionRevision
    mark: Mark


@dataclass(frozen=True, slots=True)
class Corrected:
    """An item that was wrong when it was shown: what was wrong, the mark then, and the mark by the mended question.

    `after` is None when the two cannot be compared: the pieces are others now.
    """

    item: AttemptItem
    revision: QuestionRevision  # the mended one
    day: str
    words: Mapping[str, str]
    before: Mark
    after: Mark | None

    @property
    def number(self) -> int:
        """The item's number."""
        return self.item.number


@dataclass(frozen=True, slots=True)
class Sight:
    """How the questions of an exam went that its learner had never had marked before it."""

    attempt: Attempt
    part: Part


def read_item(revision: QuestionRevision) -> Item:
    """Return the item that `revision` stores, in any one of its languages: they share key and settings."""
    return _read(next(iter(revision.secret["source"].values())))


@lru_cache(maxsize=512)  # a class that submits at once is marked by the same few questions
def _read(source: str) -> Item:
    return bank.read(source).bank.items()[0]


def mark_items(attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> list[Mark]:
    """Mark saved answers by the revisions that were shown; an answer given is evidence and moves its review card."""
    marks: list[Mark] = []
    observations: list[Observation] = []
    for item in items:
        source = read_item(item.revision)
        earned = mark(source, tuple(item.response or ()))
        item.points, item.of, item.checked_at = earned.points, earned.of, now
        marks.append(earned)
        answered = not is_blank(item.response) or attempt.is_level  # there "I do not know" is an answer
        if answered and not item.pilot:  # a question on trial says nothing of its learner yet
            observations.append(_observed(attempt, item, source, earned))
    AttemptItem.objects.bulk_update(items, ["points", "of", "checked_at"])
    note_marks(learner=attempt.learner, items=[item for item in items if not item.pilot], now=now)
    record_evidence(learner=attempt.learner, course=attempt.course, observations=observations, now=now)
    return marks


def _observed(attempt: Attempt, item: AttemptItem, source: Item, earned: Mark) -> Observation:
    return Observation(
        act=f"{attempt.pk}/{item.number}",
        source=attempt.mode,
        subject=f"item:{source.id}",
        version=str(item.revision.number),
        statements=source.proves(),
        topic=item.revision.question.topic.slug,
        correct=earned.full,
        confidence=item.confidence,
    )


def mark_level(attempt: Attempt, now: datetime) -> None:
    """Mark what was answered of a level check that has just ended, inside the caller's transaction."""
    mark_items(attempt, [item for item in _items(attempt) if is_given(attempt, item)], now)


def is_given(attempt: Attempt, item: AttemptItem) -> bool:
    """Whether `item` (with its answer) was answered; in a level check "I do not know" is an answer too."""
    return not is_blank(item.response) or item.number in attempt.wish.get(UNKNOWN, ())


def grade_exam(attempt: Attempt, now: datetime) -> Grade:
    """Mark every item of an exam that has just ended, as of its end, and give its first grade, which is made `now`.

    Inside the caller's transaction.
    """
    items = _items(attempt)
    marks = mark_items(attempt, items, attempt.finished_at or now)
    given = [Given(item, item.revision, earned) for item, earned in zip(items, marks, strict=True)]
    return _give(attempt, given, now, number=1)


def _items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.with_answers().select_related("revision__question__topic"))


def grading_by(given: Sequence[Given]) -> Grading:
    """Return what these marks come to; pilot items ride along and do not count."""
    counted = [one for one in given if not one.item.pilot]
    return grade([Marked(one.revision.question.topic.slug, one.mark.points, one.mark.of) for one in counted])


def _give(attempt: Attempt, given: Sequence[Given], now: datetime, **more: Any) -> Grade:
    grading = grading_by(given)
    return Grade.objects.create(
        attempt=attempt,
        scaled=grading.scaled,
        low=grading.low,
        high=grading.high,
        pass_mark=attempt.pass_mark or attempt.course.pass_mark,
        marks=[_stored(one) for one in given],
        detail=grading.as_json(),
        made_at=now,
        **more,
    )


def _stored(one: Given) -> dict[str, object]:
    points, of = str(one.mark.points), str(one.mark.of)
    return {"number": one.item.number, "revision": one.revision.pk, "points": points, "of": of}


def grade_of(attempt: Attempt) -> Grade | None:
    """Return the grade that counts: the last one."""
    return attempt.grades.order_by("-number").first()


def grading_of(grade: Grade) -> Grading:
    """Return what a grade says in detail."""
    return Grading.from_json(grade.detail)


def errata_for(attempt: Attempt, sealed: Collection[int] = ()) -> list[Corrected]:
    """Return the items of a finished `attempt` that were wrong when they were shown, in their order.

    They tell marks: to its learner none of questions that are `sealed`.
    """
    if attempt.is_open:
        return []
    items = [item for item in veiled(_items(attempt), sealed) if item.points is not None]
    return errata_in(items, latest_errata(item.revision.question_id for item in items))


def latest_errata(questions: Iterable[int]) -> dict[int, Erratum]:
    """Return the erratum that holds of each question that has one: that of the last revision mended."""
    rows = Erratum.objects.filter(revision__question__in=set(questions)).order_by("revision__number")
    return {row.revision.question_id: row for row in rows.select_related("revision__question__topic")}


def errata_in(items: Iterable[AttemptItem], errata: Mapping[int, Erratum]) -> list[Corrected]:
    """Return those of `items`, marked, that were wrong when they were shown, by the `errata` of their questions."""
    return [
        _corrected(item, errata[item.revision.question_id])
        for item in items
        if item.revision.question_id in errata
        and item.revision.number < errata[item.revision.question_id].revision.number
    ]


def _corrected(item: AttemptItem, erratum: Erratum) -> Corrected:
    before = Mark(item.points or Decimal(0), item.of or Decimal(0))
    response = tuple(item.response or ())
    moved = carried(item.revision.any_public, erratum.revision.any_public, response)
    after = None if moved is None else mark(read_item(erratum.revision), moved)
    return Corrected(item, erratum.revision, erratum.day, erratum.words, before, after)


@transaction.atomic
def regrade(*, attempt: Attempt, actor: User, reason: str, now: datetime) -> Grade:
    """Grade a finished exam again, items that were wrong by their mended questions where the pieces still correspond.

    The grades before stay as they are; the new one names `actor` and `reason`. Raises UnfitError without a reason or
    for what is no exam, ClosedError for one that is still open.
    """
    reason = reason.strip()
    if not attempt.is_exam or not reason or len(reason) > MOST_REASON:
        raise UnfitError
    locked = (
        Attempt.objects.select_for_update(of=("self",)).select_related("course", "learner", "quiz").get(pk=attempt.pk)
    )
    if locked.is_open:
        raise ClosedError
    given = given_again(_items(locked), errata_for(locked))
    before, number = grade_of(locked), locked.grades.count() + 1
    made = _give(locked, given, now, number=number, actor=actor, actor_name=actor.get_username(), reason=reason)
    scores = {"reason": reason, "before": before.scaled if before else None, "after": made.scaled}
    subject = f"quiz:{locked.quiz.slug}" if locked.quiz else "quiz"
    audit.record(actor=actor, action="regrade", subject=subject, now=now, learner=locked.learner, detail=scores)
    return made


def given_again(items: Sequence[AttemptItem], errata: Iterable[Corrected]) -> list[Given]:
    """Return the marks of a regrade: mended items by their mended questions, the others as they were marked."""
    mended = {one.number: one for one in errata if one.after is not None}
    return [_again(item, mended.get(item.number)) for item in items]


def _again(item: AttemptItem, mended: Corrected | None) -> Given:
    if mended and mended.after:
        return Given(item, mended.revision, mended.after)
    return Given(item, item.revision, Mark(item.points or Decimal(0), item.of or Decimal(0)))


def sights_of(*, learner: Learner, attempt: Attempt, sealed: Collection[int] = ()) -> list[Sight]:
    """Return how the never seen questions went in this exam and in `learner`'s earlier ones, oldest first.

    A question is seen once it has been marked for the learner, in whatever mode. Exams without a new one are left out,
    and questions that are `sealed`.
    """
    rows = AttemptItem.objects.of(learner).filter(attempt__course=attempt.course_id).exclude(checked_at=None)
    upto = rows.filter(attempt__started_at__lte=attempt.started_at, pilot=False).select_related("attempt", "revision")
    fresh: dict[Attempt, list[Marked]] = {}
    seen = set(sealed)
    for row in upto.defer("revision__public", "revision__secret").order_by("checked_at", "number"):
        if row.revision.question_id not in seen and row.attempt.mode == Quiz.Mode.EXAM:
            fresh.setdefault(row.attempt, []).append(Marked("", row.points or Decimal(0), row.of or Decimal(0)))
        seen.add(row.revision.question_id)
    return [Sight(one, part("", marked)) for one, marked in fresh.items()]
