"""A class and a crowd: six questions of a test's own, and many learners who answered them, made in a few queries."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from learning.models import Assignment, Classroom, Course, Learner, Membership
from learning.services.classes import give, join_class, make_class
from quizzes.models import Answer, Attempt, AttemptItem, ProblemReport, Question, Quiz
from quizzes.services import finish_attempt, report_problem, start_attempt
from tests.quizzes import course as files
from tests.quizzes.conftest import NOW
from tests.quizzes.make import answer_all, place

ONE = """\
### Question {n}? ^own-{n:03}
- [x] Right {n}
  > Yes. [[efs#^efs-multi-az]]
- [ ] Wrong {n}
  > No. [[efs#^efs-shared-file-system]]
- [ ] Odd {n}
  > No. [[efs#^containers-ephemeral]]
"""
SIX = "\n".join(ONE.format(n=n) for n in range(1, 7))
ERRATUM = "\nerratum:: 2026-11-22 The key named the wrong option.\n"
FLIPPED = SIX.replace("- [x] Right 1\n", "- [ ] Right 1\n").replace("- [ ] Wrong 1\n", "- [x] Wrong 1\n")
MENDED = FLIPPED.replace("\n### Question 2?", f"{ERRATUM}\n### Question 2?")


def six(course: Course, folder: Path, text: str = SIX) -> Path:
    """Return a copy of the course with six questions on EFS and an exam of just those, synced."""
    path = files.copy(folder)
    files.write(path, text)
    files.sync(course, path)
    Quiz.objects.filter(slug="exam").update(topics=["efs"], count=6)
    return path


def mend(course: Course, path: Path) -> None:
    """Put the first question right: another option is the key, and the erratum says so."""
    files.write(path, MENDED)
    files.sync(course, path)


def own(number: int = 1) -> Question:
    """Return one of the six."""
    return Question.objects.select_related("current").get(slug=f"own-{number:03}")


def sit(learner: Learner, *, right: int, given: Assignment | None = None, now: datetime = NOW) -> Attempt:
    """Return a finished exam of the six, the first `right` of its items rightly answered."""
    quiz = Quiz.objects.get(slug="exam")
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed=f"{learner.pk}{now}", assignment=given)
    answer_all(attempt, now, right=right)
    finish_attempt(attempt=attempt, now=now + timedelta(minutes=10))
    return attempt


def a_class(owner: Learner, course: Course, *members: Learner) -> Classroom:
    """Return a class of `owner`, its members called after their user names in capitals."""
    assert owner.user
    classroom = make_class(owner=owner.user, course=course, name="Monday", now=NOW)
    for member in members:
        assert member.user
        join_class(classroom=classroom, learner=member, name=member.user.get_username().upper(), now=NOW)
    return classroom


def member(classroom: Classroom, learner: Learner) -> Membership:
    """Return the membership of a learner."""
    return classroom.memberships.get(learner=learner)


def given(classroom: Classroom, slug: str = "exam") -> Assignment:
    """Return the exam, given to the class."""
    made = give(classroom=classroom, source=f"quiz:{slug}", opens_at=None, closes_at=None, now=NOW)
    made.extra = 0  # as `with_extra` adds
    return made


def reported(attempt: Attempt, text: str = "The key is wrong.", slug: str = "own-001") -> ProblemReport:
    """Return a report of the attempt's learner on one of the six."""
    item = attempt.items.get(revision__question__slug=slug)
    return report_problem(learner=attempt.learner, place=place(item), text=text, now=NOW + timedelta(hours=1))


def crowd(choices: Sequence[Sequence[int]], *, seconds: int = 40, confidence: str = "", pilot: bool = False) -> None:
    """Let a new learner sit the exam for each of `choices`: the option taken of each of the six, -1 for none."""
    quiz = Quiz.objects.select_related("course").get(slug="exam")
    questions = [own(number) for number in range(1, 7)]
    learners = Learner.objects.bulk_create(Learner(created_at=NOW) for _ in choices)
    done = {"mode": "exam", "state": Attempt.State.FINISHED, "started_at": NOW, "finished_at": NOW, "pass_mark": 720}
    attempts = Attempt.objects.bulk_create(
        Attempt(learner=learner, course=quiz.course, quiz=quiz, **done) for learner in learners
    )
    items = AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            number=number,
            revision=question.current,
            order=[0, 1, 2],
            tokens=["a", "b", "c"],
            checked_at=NOW,
            points=Decimal(option == 0),
            of=Decimal(1),
            seconds=seconds,
            confidence=confidence,
            pilot=pilot and number == 1,
        )
        for attempt, row in zip(attempts, choices, strict=True)
        for number, (question, option) in enumerate(zip(questions, row, strict=True), start=1)
    )
    taken = [option for row in choices for option in row]
    Answer.objects.bulk_create(
        Answer(item=item, operation=uuid.uuid4(), revision=1, response=[option], saved_at=NOW)
        for item, option in zip(items, taken, strict=True)
        if option >= 0
    )
