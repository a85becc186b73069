"""Answering: save, have marked, note, quick checks, reports. One transaction each, with the attempt locked.

Time and chance are parameters. The server's clock alone decides whether an answer counts. Knows no requests.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from learning.models import Learner
from quizzes.marking.item import Response
from quizzes.marking.responses import is_complete, response_of
from quizzes.models import Answer, Attempt, AttemptItem, Confidence, ProblemReport, Question, Quiz
from quizzes.services.acts import (
    Act,
    ClosedError,
    LateError,
    Note,
    Place,
    SealedError,
    StaleError,
    UnfitError,
)
from quizzes.services.attempts import finish, settle
from quizzes.services.draws import sealed_questions
from quizzes.services.grading import mark_items

MOST_WORDS = 2000  # characters of a report

Outcome = Answer.Outcome
log = logging.getLogger(__name__)


def record_answer(*, learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> AttemptItem:
    """Save the pieces that `tokens` name as the answer to the item at `place`; return it with its current answer.

    Raises StaleError or LateError (the answer is kept in the log, and does not count), and, with nothing stored,
    UnfitError, ClosedError or AttemptItem.DoesNotExist. The same act sent again meets the fate it met first.
    """
    item, outcome = _recorded(learner, place, tokens, act)
    if outcome == Outcome.LATE:
        settle(attempt=item.attempt, now=act.now)
        raise LateError(item)
    if outcome == Outcome.STALE:
        raise StaleError(item)
    return item


def _recorded(learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> tuple[AttemptItem, str]:
    try:
        with transaction.atomic():
            item = _found(learner, place, lock=True)
            return item, _append(item, _response(item, tokens), act)
    except IntegrityError:  # this act was stored before, or an answer came in while this one waited for the lock
        return _recorded_again(learner, place, tokens, act)


def _recorded_again(learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> tuple[AttemptItem, str]:
    try:
        with transaction.atomic():
            item = _locked(learner, place)
            response = _response(item, tokens)
            return item, _first_fate(item, response, act) or _append(item, response, act)
    except IntegrityError:  # this act is somebody else's
        raise StaleError(_found(learner, place)) from None


def check_item(*, learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> AttemptItem:
    """Save the answer and mark it, once; the attempt is finished when nothing is left to mark.

    The same act sent again gives the item as it was marked. Raises, with nothing stored, UnfitError (also when not as
    much is answered as the item asks for), StaleError, ClosedError, SealedError (the question stands in an exam that
    is open) or AttemptItem.DoesNotExist.
    """
    try:
        with transaction.atomic():
            return _checked(_locked(learner, place), tokens, act)
    except IntegrityError:
        raise StaleError(_found(learner, place)) from None


def _checked(item: AttemptItem, tokens: Sequence[str], act: Act) -> AttemptItem:
    if item.checked_at and item.answers.filter(operation=act.operation).exists():
        return item
    if item.closed or not item.attempt.is_open:
        raise ClosedError(item)
    sealed = sealed_questions(learner=item.attempt.learner, now=act.now)
    if item.attempt.is_exam or item.attempt.is_level or item.revision.question_id in sealed:
        raise SealedError(item)
    response = _response(item, tokens)
    if not is_complete(item.revision.any_public, response):
        raise UnfitError(item)
    outcome = _append(item, response, act)
    if outcome == Outcome.STALE:
        raise StaleError(item)
    if outcome == Outcome.LATE:  # practice for a class, after it closed
        raise ClosedError(item)
    mark_items(item.attempt, [item], act.now)
    if not item.attempt.grows and not item.attempt.items.filter(checked_at=None).exists():
        finish(item.attempt, act.now)
    return item


def answer_quick_check(
    *,
    learner: Learner,
    question: Question,
    order: Sequence[int],
    tokens: Sequence[str],
    chosen: Sequence[str],
    act: Act,
) -> AttemptItem:
    """Save and mark an answer to a question of a lesson, shown in `order` under `tokens`; an attempt of its own.

    Raises UnfitError, or SealedError when the question stands in an exam that is open. The same act sent twice gives
    the first one's item.
    """
    try:
        with transaction.atomic():
            done = _done(learner, question, act)
            return done or _quick_check(learner, question, list(order), list(tokens), chosen, act)
    except IntegrityError:  # sent twice at once: the other one won; or the name of another act
        if item := _done(learner, question, act):
            return item
        raise UnfitError from None


def _done(learner: Learner, question: Question, act: Act) -> AttemptItem | None:
    """Return the quick check of `question` that this very act made, if it did. Raises SealedError.

    No other: the act of an answer in an exam would else show what is right there.
    """
    made = AttemptItem.objects.of(learner).filter(attempt__mode=Quiz.Mode.CHECK, revision__question=question)
    item = made.filter(answers__operation=act.operation).with_answers().first()
    if item and question.pk in sealed_questions(learner=learner, now=act.now):
        raise SealedError(item)
    return item


def _quick_check(
    learner: Learner, question: Question, order: list[int], tokens: list[str], chosen: Sequence[str], act: Act
) -> AttemptItem:
    if question.current is None:
        raise UnfitError
    attempt = Attempt.objects.create(
        learner=learner, course_id=question.course_id, mode=Quiz.Mode.CHECK, started_at=act.now
    )
    AttemptItem.objects.create(attempt=attempt, number=1, revision=question.current, order=order, tokens=tokens)
    return _checked(_locked(learner, Place(attempt.pk, 1)), chosen, act)


def note_item(*, learner: Learner, place: Place, note: Note, now: datetime) -> None:
    """Note flag, struck-out pieces, confidence and time of an open item. No revision: the last one sent wins.

    Raises UnfitError, ClosedError or AttemptItem.DoesNotExist; then nothing is stored.
    """
    item = _found(learner, place)
    values = _noted(item, note, now)
    still_open = AttemptItem.objects.filter(
        pk=item.pk, checked_at=None, undone_at=None, attempt__state=Attempt.State.OPEN
    )
    if item.attempt.is_overdue(now) or not still_open.update(number=item.number, **values):
        raise ClosedError(item)


def _noted(item: AttemptItem, note: Note, now: datetime) -> dict[str, object]:
    values: dict[str, object] = {}
    if note.flagged is not None:
        values["flagged"] = note.flagged
    if note.struck is not None:
        if not set(note.struck) <= set(item.tokens):
            raise UnfitError(item)
        values["struck"] = sorted({item.tokens.index(token) for token in note.struck})
    if note.confidence is not None:
        if note.confidence not in ("", *Confidence.values):
            raise UnfitError(item)
        values["confidence"] = note.confidence
    if note.seconds is not None:
        passed = max(0, int((now - item.attempt.started_at).total_seconds()))
        values["seconds"] = max(item.seconds, min(note.seconds, passed))
    return values


def report_problem(*, learner: Learner, place: Place, text: str, now: datetime) -> ProblemReport:
    """Keep what `learner` says is wrong with a question they were shown; the same words once.

    Raises UnfitError when there are none or too many, or AttemptItem.DoesNotExist.
    """
    words = text.strip()
    if not words or len(words) > MOST_WORDS or "\0" in words:
        raise UnfitError
    item = AttemptItem.objects.of(learner).get(attempt=place.attempt, number=place.number)
    found = ProblemReport.objects.filter(learner=learner, item=item, text=words).first()
    return found or ProblemReport.objects.create(learner=learner, item=item, text=words, created_at=now)


def _locked(learner: Learner, place: Place) -> AttemptItem:
    """Return the item with its answer as they are once its attempt is locked, until the transaction ends."""
    Attempt.objects.of(learner).filter(pk=place.attempt).select_for_update().first()
    return _found(learner, place)


def _found(learner: Learner, place: Place, *, lock: bool = False) -> AttemptItem:
    """Return the item with its answer; `lock` locks its attempt in the same query.

    On PostgreSQL a query that had to wait for the lock sees the attempt as it then is, but the answer as it was before:
    the constraint on its revision tells, see `_recorded`.
    """
    found = _whole().filter(attempt__learner=learner, attempt=place.attempt, number=place.number)
    return (found.select_for_update(of=("attempt",)) if lock else found).get()


@cache
def _whole() -> QuerySet[AttemptItem]:
    """Items with attempt, revision and answer. Putting this query together costs more than asking it: kept for all."""
    rows = AttemptItem.objects.with_answers().select_related("attempt", "revision")
    return rows.defer("revision__secret")


def _response(item: AttemptItem, tokens: Sequence[str]) -> Response:
    response = response_of(item.revision.any_public, item.tokens, tokens)
    if response is None:
        raise UnfitError(item)
    return response


def _append(item: AttemptItem, response: Response, act: Act) -> str:
    """Append the answer, and let `item` tell the current one; return what became of it.

    Raises ClosedError for what is over without a clock: a marked item, a finished practice.
    """
    attempt, current = item.attempt, item.answer_revision or 0
    answer = Answer(
        item=item,
        operation=act.operation,
        base=act.base,
        response=list(response),
        saved_at=act.now,
        claimed_at=act.claimed_at,
    )
    if act.now < (attempt.finished_at or attempt.started_at):
        log.warning("The clock stepped back: an answer to %s at %s, before what is known of it.", item, act.now)
    over = item.closed if attempt.is_open else attempt.deadline_at is None
    if over:
        raise ClosedError(item)
    if not attempt.is_open or attempt.is_overdue(act.now):
        answer.outcome = Outcome.LATE
    elif act.base != current and item.response != list(response):
        answer.outcome = Outcome.STALE
    else:
        in_time = attempt.deadline_at is None or act.now <= attempt.deadline_at
        answer.outcome = Outcome.SAVED if in_time else Outcome.GRACE
        answer.revision = current + 1
    answer.save(force_insert=True)
    if answer.revision:
        item.response, item.answer_revision, item.answered_at = list(response), answer.revision, answer.saved_at
    return answer.outcome


def _first_fate(item: AttemptItem, response: Response, act: Act) -> str:
    """Return what became of this act the first time, and let `item` tell it; "" when it is new.

    Raises StaleError when it was another answer.
    """
    first = item.answers.filter(operation=act.operation).first()
    if first is None:
        return ""
    if first.response != list(response):
        raise StaleError(item)
    if first.revision:
        item.response, item.answer_revision, item.answered_at = first.response, first.revision, first.saved_at
    return first.outcome
