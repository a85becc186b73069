"""Beginning and ending an attempt: start, submit, running out of time, more time; and a guest's attempts on sign-in.

Each function is one transaction that locks the attempt it decides on. Time and chance are parameters. Knows no
requests.
"""

import hashlib
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When

from learning.models import Assignment, Learner
from quizzes.marking.shuffle import shuffled
from quizzes.models import Accommodation, Attempt, AttemptItem, ExtraTime, ProblemReport, QuestionRevision, Quiz
from quizzes.models.attempts import AttemptQuerySet
from quizzes.services import audit
from quizzes.services.acts import ClosedError, ShutError, UnfitError, Wish
from quizzes.services.draws import draw, withheld_acts
from quizzes.services.grading import grade_exam, mark_level
from quizzes.services.made import laid_out
from quizzes.services.opening import Admission, admission
from quizzes.services.predictions import predict

TOKEN_LENGTH = 12
ENDING = ("state", "finished_at", "deadline_at")  # what changes when an attempt ends
MOST_EXTRA = 600  # minutes, and percent


def start_attempt(
    *,
    learner: Learner,
    quiz: Quiz,
    now: datetime,
    seed: str,
    wish: Wish | None = None,
    assignment: Assignment | None = None,
) -> Attempt:
    """Return `learner`'s open attempt of `quiz`, made now if there is none; `wish` says what to practise.

    With `assignment` (and its `extra`) it counts for that class. `seed` must be secret: the tokens follow from it.
    Raises UnfitError when there is nothing to ask, ShutError when the quiz cannot be begun now.
    """
    settle_due(now=now, learner=learner)
    try:
        with transaction.atomic():
            found = _open(learner, quiz, assignment, now)
            return found or _start(learner, quiz, now, seed, wish, assignment)
    except IntegrityError:  # started twice at once: the other one won
        return Attempt.objects.of(learner).filter(quiz=quiz)[0]


def _open(learner: Learner, quiz: Quiz, assignment: Assignment | None, now: datetime) -> Attempt | None:
    """Return the open attempt; one's own practice ends where practice for a class begins."""
    found = Attempt.objects.of(learner).open().filter(quiz=quiz).first()
    if found and assignment and found.assignment_id != assignment.pk and not found.is_exam:
        finish(found, now)
        return None
    return found


def _start(
    learner: Learner, quiz: Quiz, now: datetime, seed: str, wish: Wish | None, assignment: Assignment | None
) -> Attempt:
    door = admission(learner=learner, quiz=quiz, assignment=assignment, now=now)
    if door.gate != "open":
        raise ShutError
    if quiz.is_exam:  # of two exams begun at once the second must know what the first asks
        Learner.objects.select_for_update(no_key=True).get(pk=learner.pk)
    revisions = draw(learner=learner, quiz=quiz, now=now, seed=seed, wish=wish)
    withheld = withheld_acts(learner=learner, now=now) if quiz.is_exam else ()  # as long as this one is not there
    attempt = Attempt.objects.create(
        learner=learner,
        course_id=quiz.course_id,
        quiz=quiz,
        mode=quiz.mode,
        started_at=now,
        deadline_at=_deadline(learner, quiz, now, door),
        pass_mark=quiz.course.pass_mark if quiz.is_exam else None,
        wish={"topics": list(wish.topics), "which": wish.which, "count": wish.count} if wish else {},
        assignment=assignment,
    )
    items = AttemptItem.objects.bulk_create(
        frozen(attempt, number, revision, pilot, f"{seed}:{number}")
        for number, (revision, pilot) in enumerate(laid_out(quiz, revisions, seed), start=1)
    )
    if attempt.is_exam:
        predict(attempt=attempt, items=[item for item in items if not item.pilot], now=now, withheld=withheld)
    return attempt


def _deadline(learner: Learner, quiz: Quiz, now: datetime, door: Admission) -> datetime | None:
    """Return when the attempt ends: an exam when its time is up, and anything when it closes."""
    ends = [door.closes_at] if door.closes_at else []
    if quiz.is_exam:
        ends.append(now + _time_for(learner, quiz) + timedelta(minutes=door.extra))
    return min(ends, default=None)


def _time_for(learner: Learner, quiz: Quiz) -> timedelta:
    """Return how long `learner` has for an exam: its minutes, and what an instructor allowed on top."""
    allowed = Accommodation.objects.filter(learner=learner).first()
    return timedelta(minutes=quiz.minutes or 0) * (100 + (allowed.percent if allowed else 0)) / 100


def frozen(attempt: Attempt, number: int, revision: QuestionRevision, pilot: bool, seed: str) -> AttemptItem:
    """Return the item `number` of `attempt`, not stored yet: the question as it stands, its order and its tokens."""
    count = len(revision.any_public["body"]["pieces"])
    order = shuffled(count, f"{seed}:order") if revision.any_public["shuffle"] else range(count)
    tokens = [hashlib.sha256(f"{seed}:token:{i}".encode()).hexdigest()[:TOKEN_LENGTH] for i in range(count)]
    return AttemptItem(attempt=attempt, number=number, revision=revision, order=list(order), tokens=tokens, pilot=pilot)


@transaction.atomic
def finish_attempt(*, attempt: Attempt, now: datetime) -> bool:
    """Finish `attempt`, and grade it when it is an exam; return False when it was finished already."""
    won = finish(attempt, now)
    attempt.refresh_from_db(fields=ENDING)
    return won


def settle(*, attempt: Attempt, now: datetime) -> Attempt:
    """Finish `attempt` when its time is up, as if somebody had submitted it at the deadline; return it as it stands.

    Every reader of an attempt calls this first, so that nobody need be there and no clockwork is needed.
    """
    if attempt.is_overdue(now):
        with transaction.atomic():
            finish(attempt, now, only_overdue=True)
        attempt.refresh_from_db(fields=ENDING)
    return attempt


def settle_due(*, now: datetime, learner: Learner | None = None) -> int:
    """Settle every attempt whose time is up, of `learner` or of all; return how many ended."""
    return settle_all(Attempt.objects.of(learner) if learner else Attempt.objects.all(), now)


def settle_all(attempts: AttemptQuerySet, now: datetime) -> int:
    """Settle those of `attempts` whose time is up; return how many ended."""
    rows = attempts.due(now).select_related("course", "learner")
    return sum(not settle(attempt=attempt, now=now).is_open for attempt in rows)


def finish(attempt: Attempt, now: datetime, *, only_overdue: bool = False) -> bool:
    """Finish `attempt` inside the caller's transaction. The guarded update lets one caller through, once.

    The deadline is the database's, not that of `attempt`: more time may have been granted since it was read. An exam is
    marked as of its end, however late somebody looks.
    """
    opened = Attempt.objects.open().filter(pk=attempt.pk)
    if only_overdue:
        opened = opened.filter(deadline_at__lt=now - timedelta(seconds=attempt.grace))
    end = Case(When(deadline_at__lt=now, then=F("deadline_at")), default=Value(now))
    if not opened.update(state=Attempt.State.FINISHED, finished_at=end):
        return False
    if attempt.is_exam:
        attempt.refresh_from_db(fields=["finished_at"])
        grade_exam(attempt, now)
    if attempt.is_level:
        mark_level(attempt, now)
    return True


@transaction.atomic
def grant_extra_time(*, attempt: Attempt, minutes: int, actor: User, now: datetime) -> ExtraTime:
    """Move the deadline of an open exam back by `minutes`, and keep who did so. Never shortens.

    Raises UnfitError for another number than 1 to MOST_EXTRA or an attempt without a deadline, ClosedError when it is
    over.
    """
    if not 1 <= minutes <= MOST_EXTRA or attempt.deadline_at is None:
        raise UnfitError
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open or locked.is_overdue(now):
        raise ClosedError
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=F("deadline_at") + timedelta(minutes=minutes))
    attempt.refresh_from_db(fields=["deadline_at"])
    subject = f"quiz:{locked.quiz.slug}" if locked.quiz else "quiz"
    audit.record(
        actor=actor, action="extra-time", subject=subject, now=now, learner=locked.learner, detail={"minutes": minutes}
    )
    return ExtraTime.objects.create(
        attempt=attempt, minutes=minutes, actor=actor, actor_name=actor.get_username(), granted_at=now
    )


@transaction.atomic
def allow_extra_time(*, learner: Learner, percent: int, actor: User, now: datetime) -> Accommodation:
    """Give `learner` `percent` more time in every exam begun from now on; 0 takes it back. Raises UnfitError."""
    if not 0 <= percent <= MOST_EXTRA:
        raise UnfitError
    audit.record(
        actor=actor, action="extra-time", subject="learner", now=now, learner=learner, detail={"percent": percent}
    )
    return Accommodation.objects.create(
        learner=learner, percent=percent, actor=actor, actor_name=actor.get_username(), granted_at=now
    )


@transaction.atomic
def adopt(*, guest: Learner, learner: Learner, now: datetime) -> None:
    """Give `learner` what `guest` did. Of two open attempts of one quiz or kind the one begun first is finished."""
    theirs = Attempt.objects.of(guest).open().exclude(mode=Quiz.Mode.CHECK).select_for_update()
    for attempt in theirs:
        same = {"quiz": attempt.quiz_id, "mode": attempt.mode, "course": attempt.course_id}
        own = Attempt.objects.of(learner).open().filter(**same).first()
        if own:
            first = min(own, attempt, key=lambda either: either.started_at)
            first.learner = learner  # what it shows is known of the one who stays
            finish(first, now)
    Attempt.objects.of(guest).update(learner=learner)
    ProblemReport.objects.filter(learner=guest).update(learner=learner)
    Accommodation.objects.filter(learner=guest).update(learner=learner)
