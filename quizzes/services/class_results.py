"""What a class made of what was given to it, learner by learner. Reads only; for the owner of the class alone.

Only what was done for the class is here: attempts and designs of its assignments, by learners who are in it now.
Whoever leaves takes their name and their work along. Time is a parameter: attempts whose time is up are ended before
they are told of.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from learning.activities import Judged, class_work
from learning.models import Assignment, Classroom, Membership, Statement
from quizzes.models import Answer, Attempt, AttemptItem, Grade, Quiz
from quizzes.models.attempts import AttemptQuerySet
from quizzes.services.attempts import settle_all
from quizzes.services.class_designs import DesignResults, Designs, by_scenario, design_results, signs_by
from quizzes.services.quiz_results import Marks, marks_of, rows_of, signs_of, statements_of
from quizzes.services.results import Reader, Row
from quizzes.statistics.needs import Missed, Need, Sign, most_missed, needs

LOWEST, SCALE = 100, 900  # of the scaled score
SOURCE = "quiz:"  # what an assignment's source begins with when it gives a quiz


@dataclass(frozen=True, slots=True)
class Work:
    """An attempt: how far it is, what it earned; `late` and `stale` answers are kept and never count.

    `grade` is of a finished exam; `right` of `of` counts the marked items. `number`: the learner's how-manieth of it.
    """

    attempt: Attempt
    quiz: Quiz
    member: Membership
    number: int
    grade: Grade | None
    regraded: int  # times
    right: int
    of: int
    late: int
    stale: int


@dataclass(frozen=True, slots=True)
class Given:
    """A quiz given to the class."""

    assignment: Assignment
    quiz: Quiz


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A learner of the class: their attempts of each quiz given, in the order given, the last one last; their need.

    `designs`: what they handed in for each scenario given, None for nothing.
    """

    member: Membership
    work: Sequence[Sequence[Work]]
    need: Need | None
    designs: Sequence[Designs | None]


@dataclass(frozen=True, slots=True)
class ClassResults:
    """What there is to say of a class. `needs`: who needs help, the most pressing first."""

    given: Sequence[Given]
    lines: Sequence[MemberLine]
    missed: Sequence[Missed]
    needs: Sequence[MemberLine]
    statements: Mapping[str, Statement]
    designs: DesignResults

    @property
    def work(self) -> list[Work]:
        """Every attempt, learner by learner."""
        return [one for line in self.lines for works in line.work for one in works]


def own_classes(user: User) -> QuerySet[Classroom]:
    """Return the classes whose learners `user` may see by name."""
    return Classroom.objects.filter(owner=user).select_related("course")


def class_attempts(classroom: Classroom) -> AttemptQuerySet:
    """Return what the class's learners did for it."""
    here = Membership.objects.filter(learner=OuterRef("learner"), classroom=classroom, left_at=None)
    return Attempt.objects.filter(Exists(here), assignment__classroom=classroom)


def class_results(classroom: Classroom, now: datetime) -> ClassResults:
    """Return the results of a class. Ten queries, 13 with scenarios, however many learners."""
    settle_class(classroom, now)
    assignments, members = assignments_of(classroom), members_of(classroom)
    given = given_to(classroom, assignments)
    handed = class_work(assignments, members, now)
    designs = design_results(assignments, handed)
    rows = rows_of(AttemptItem.objects.filter(attempt__in=class_attempts(classroom).values("pk")))
    grades = Grade.objects.filter(attempt__in=class_attempts(classroom).values("pk"))
    reader, marks = Reader(rows), marks_of(grades)
    tries = by_scenario(handed.judged, assignments)
    signs = _in_time(rows, marks, reader, tries)
    needed = {need.person: need for need in needs(signs, _passing(classroom))}
    done = work_of(classroom, members, {one.assignment.pk: one.quiz for one in given}, rows)
    lines = [
        MemberLine(
            member,
            [done.get((member.pk, one.assignment.pk), []) for one in given],
            needed.get(member.learner_id),
            [designs.done.get((one.pk, member.learner_id)) for one, _ in designs.given],
        )
        for member in members
    ]
    missed = most_missed(_in_time(_first_of_each(rows), marks, reader, [one[:1] for one in tries]))
    helped = sorted((line for line in lines if line.need), key=lambda line: list(needed).index(line.member.learner_id))
    told = {one.statement for one in missed} | {slug for need in needed.values() for slug, _ in need.statements}
    told |= {slug for line in designs.findings for slug in line.finding.statements}
    return ClassResults(given, lines, missed, helped, statements_of(classroom.course_id, told), designs)


def _in_time(rows: Sequence[Row], marks: Marks, reader: Reader, tries: Iterable[Sequence[Judged]]) -> list[Sign]:
    """Return what answers, and designs by learner and scenario, say of statements, in the order of time."""
    timed = [(row["checked_at"], sign) for row in rows for sign in signs_of([row], marks, reader)]
    timed += [sign for judged in tries for sign in signs_by(judged)]
    return [sign for _, sign in sorted(timed, key=lambda one: one[0])]


def settle_class(classroom: Classroom, now: datetime) -> None:
    """End the class's attempts whose time is up."""
    settle_all(class_attempts(classroom), now)


def members_of(classroom: Classroom) -> list[Membership]:
    """Return who is in a class now, by name."""
    return list(classroom.memberships.filter(left_at=None).order_by("name", "pk"))


def assignments_of(classroom: Classroom) -> list[Assignment]:
    """Return everything ever given to a class, in the order given."""
    return list(classroom.assignments.order_by("made_at", "pk"))


def given_to(classroom: Classroom, assignments: Sequence[Assignment]) -> list[Given]:
    """Return the quizzes among `assignments`, in their order; of those withdrawn only what somebody took."""
    rows = [row for row in assignments if row.source.startswith(SOURCE)]
    taken = set(class_attempts(classroom).values_list("assignment", flat=True).distinct())
    quizzes = {quiz.slug: quiz for quiz in Quiz.objects.filter(slug__in={row.source[len(SOURCE) :] for row in rows})}
    found = [(row, quizzes.get(row.source[len(SOURCE) :])) for row in rows]
    return [Given(row, quiz) for row, quiz in found if quiz and (row.withdrawn_at is None or row.pk in taken)]


def _passing(classroom: Classroom) -> float:
    """Return the share of points that passing asks for."""
    return (classroom.course.pass_mark - LOWEST) / SCALE


def _first_of_each(rows: Sequence[Row]) -> list[Row]:
    """Return each learner's first response to each question."""
    found: dict[tuple[int, int], Row] = {}
    for row in rows:
        found.setdefault((row["learner"], row["question"]), row)
    return list(found.values())


def work_of(
    classroom: Classroom, members: Sequence[Membership], quizzes: Mapping[int, Quiz], rows: Sequence[Row]
) -> dict[tuple[int, int], list[Work]]:
    """Return the attempts by member and assignment, the earliest first."""
    attempts = class_attempts(classroom).order_by("started_at", "pk").select_related("learner__user")
    whose = {member.learner_id: member for member in members}
    grades: dict[UUID, list[Grade]] = {}
    for grade in Grade.objects.filter(attempt__in=class_attempts(classroom).values("pk")).order_by("number"):
        grades.setdefault(grade.attempt_id, []).append(grade)
    counting = [row for row in rows if not row["pilot"]]
    of, refused = Counter(row["attempt"] for row in counting), _refused(classroom)
    right = Counter(row["attempt"] for row in counting if row["points"] == row["of"])
    found: dict[tuple[int, int], list[Work]] = {}
    for attempt in attempts:
        member, quiz = whose.get(attempt.learner_id), quizzes.get(attempt.assignment_id or 0)
        if member is None or quiz is None:
            continue
        own, given = found.setdefault((member.pk, attempt.assignment_id or 0), []), grades.get(attempt.pk, [])
        late, stale = (refused[attempt.pk, why] for why in (Answer.Outcome.LATE, Answer.Outcome.STALE))
        last = given[-1] if given else None
        tallied = (right[attempt.pk], of[attempt.pk], late, stale)
        own.append(Work(attempt, quiz, member, len(own) + 1, last, max(0, len(given) - 1), *tallied))
    return found


def _refused(classroom: Classroom) -> Counter[tuple[object, str]]:
    """Return how many answers of each attempt were kept and did not count, by why."""
    rows = Answer.objects.filter(item__attempt__in=class_attempts(classroom).values("pk"), revision=None)
    return Counter(rows.values_list("item__attempt", "outcome"))
