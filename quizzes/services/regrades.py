"""After an erratum: which finished exams it touches, what grading them again would change, and doing so.

An instructor may grade again the exams given in their own classes, and those that no class gave; another instructor's
class is theirs. Every regrade is a grade of its own, with who and why, and stands in the audit trail.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery

from learning.models import Membership
from quizzes.models import Attempt, AttemptItem, Grade, Question, QuestionRevision, Quiz
from quizzes.services.acts import UnfitError
from quizzes.services.grading import (
    MOST_REASON,
    errata_in,
    given_again,
    grade_of,
    grading_by,
    latest_errata,
    regrade,
)

MOST_AT_ONCE = 100  # exams: each is locked for a moment while it is graded


@dataclass(frozen=True, slots=True)
class Change:
    """An exam that saw the question when it was wrong: its score, and the one a regrade would give.

    `called`: the learner's name in the instructor's own class, or "".
    """

    attempt: Attempt
    called: str
    before: int
    after: int
    pass_mark: int

    @property
    def changes(self) -> bool:
        """Whether a regrade would give another score."""
        return self.before != self.after

    @property
    def turns(self) -> str:
        """Whether it turns a fail into a "pass", or a pass into a "fail"; "" for neither."""
        was, will = self.before >= self.pass_mark, self.after >= self.pass_mark
        return "" if was == will else "pass" if will else "fail"


def affected(user: User, question: Question) -> QuerySet[Attempt]:
    """Return the finished exams that asked `question` before it was mended and that `user` may grade again."""
    erratum = latest_errata([question.pk]).get(question.pk)
    if erratum is None:
        return Attempt.objects.none()
    wrong = AttemptItem.objects.filter(
        attempt=OuterRef("pk"), revision__question=question, revision__number__lt=erratum.revision.number
    )
    exams = Attempt.objects.filter(Exists(wrong), mode=Quiz.Mode.EXAM, state=Attempt.State.FINISHED)
    own = Q(assignment=None) | Q(assignment__classroom__owner=user)
    return exams.filter(own, quiz__in=Quiz.objects.seen_by(user)).order_by("finished_at", "pk")


def affected_count(user: User, question: Question) -> int:
    """Return how many exams there are to look at."""
    return affected(user, question).count()


def preview(user: User, attempts: QuerySet[Attempt]) -> list[Change]:
    """Return what a regrade would change in `attempts`. Six queries, however many they are."""
    name = Membership.objects.filter(
        learner=OuterRef("learner"), classroom=OuterRef("assignment__classroom"), classroom__owner=user, left_at=None
    )
    named = attempts.annotate(called=Subquery(name.values("name")[:1], output_field=CharField()))
    found = list(named.select_related("course", "quiz", "learner"))
    items = _items(found)
    errata = latest_errata(item.revision.question_id for rows in items.values() for item in rows)
    _read_versions([item for rows in items.values() for item in rows if item.revision.question_id in errata])
    grades = _grades(found)
    changes: list[Change] = []
    for attempt in found:
        marked = items[attempt.pk]
        if attempt.pk in grades and marked:
            again = grading_by(given_again(marked, errata_in(marked, errata)))
            grade = grades[attempt.pk]
            called = attempt.called or ""
            changes.append(Change(attempt, called, grade.scaled, again.scaled, grade.pass_mark))
    return changes


def _items(attempts: Sequence[Attempt]) -> dict[UUID, list[AttemptItem]]:
    """Return the marked items of `attempts`; what their versions say is not read yet."""
    rows = AttemptItem.objects.with_answers().filter(attempt__in=attempts).exclude(points=None)
    light = rows.select_related("revision__question__topic").defer("revision__public", "revision__secret")
    found: dict[UUID, list[AttemptItem]] = {attempt.pk: [] for attempt in attempts}
    for row in light.order_by("attempt", "number"):
        found[row.attempt_id].append(row)
    return found


def _read_versions(items: Iterable[AttemptItem]) -> None:
    """Give `items` their versions with all they say: few of the many, each read once."""
    wanted = list(items)
    versions = QuestionRevision.objects.in_bulk({item.revision_id for item in wanted})
    for item in wanted:
        whole = versions[item.revision_id]
        whole.question = item.revision.question
        item.revision = whole


def _grades(attempts: Sequence[Attempt]) -> dict[UUID, Grade]:
    """Return the grade that counts of each."""
    return {grade.attempt_id: grade for grade in Grade.objects.filter(attempt__in=attempts).order_by("number")}


def regrade_affected(
    *, question: Question, actor: User, reason: str, now: datetime, only: Collection[UUID] | None = None
) -> int:
    """Grade again the affected exams whose score changes, MOST_AT_ONCE at the most; return how many there were.

    `only`: those of them. Raises UnfitError without a reason, or with too long a one.
    """
    if not reason.strip() or len(reason.strip()) > MOST_REASON or "\0" in reason:
        raise UnfitError
    attempts = affected(actor, question)
    chosen = attempts if only is None else attempts.filter(pk__in=only)
    changing = [change for part in _parts(chosen) for change in preview(actor, part) if change.changes][:MOST_AT_ONCE]
    return sum(_regraded(change, actor, reason, now) for change in changing)


@transaction.atomic
def _regraded(change: Change, actor: User, reason: str, now: datetime) -> bool:
    """Grade one exam again; return False when somebody who pressed at the same time has done so already."""
    locked = Attempt.objects.select_for_update().filter(pk=change.attempt.pk).first()
    grade = grade_of(locked) if locked else None
    if grade is None or grade.scaled == change.after:
        return False
    regrade(attempt=change.attempt, actor=actor, reason=reason, now=now)
    return True


def _parts(attempts: QuerySet[Attempt]) -> Iterable[QuerySet[Attempt]]:
    """Yield `attempts` in parts that fit into memory."""
    keys = list(attempts.values_list("pk", flat=True))
    for start in range(0, len(keys), MOST_AT_ONCE):
        yield Attempt.objects.filter(pk__in=keys[start : start + MOST_AT_ONCE]).order_by("finished_at", "pk")
