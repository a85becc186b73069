"""Taking a quiz: start, save an answer, check it, finish; and a guest's attempts when they sign in.

Each function is one transaction that locks the rows it decides on. Time and chance are parameters. Knows no requests.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from learning.models import Learner
from learning.services import record_evidence
from quizzes.marking import bank
from quizzes.marking.item import Item, Mark, Response
from quizzes.marking.mark import mark
from quizzes.marking.shuffle import draw, shuffled
from quizzes.models import Answer, Attempt, AttemptItem, Question, QuestionRevision, Quiz

TOKEN_LENGTH = 12


class RefusedError(Exception):
    """The act cannot be done; nothing was stored."""


class UnfitError(RefusedError):
    """The answer names options that are not those of the item, or not as many as it asks for."""


class ClosedError(RefusedError):
    """The item has been marked, or the attempt is finished."""


class StaleError(RefusedError):
    """Another window saved a different answer since this one was loaded."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: in which attempt, under which number."""

    attempt: uuid.UUID
    number: int


@dataclass(frozen=True, slots=True)
class Act:
    """One act of saving: the same `operation` sent twice is stored once. `base` is the revision it was made upon."""

    operation: uuid.UUID
    base: int
    now: datetime


def start_attempt(*, learner: Learner, quiz: Quiz, now: datetime, seed: str) -> Attempt:
    """Return `learner`'s open attempt of `quiz`, made now if there is none.

    `seed` must be secret: the tokens follow from it. Raises UnfitError when there is nothing to ask.
    """
    try:
        with transaction.atomic():
            return _open(learner, quiz) or _start(learner, quiz, now, seed)
    except IntegrityError:  # started twice at once: the other one won
        return Attempt.objects.of(learner).open().get(quiz=quiz)


def _open(learner: Learner, quiz: Quiz) -> Attempt | None:
    return Attempt.objects.of(learner).open().filter(quiz=quiz).first()


def _start(learner: Learner, quiz: Quiz, now: datetime, seed: str) -> Attempt:
    pools: dict[str, list[QuestionRevision]] = {slug: [] for slug in quiz.topics}
    stock = Question.objects.filter(course=quiz.course_id, topic__slug__in=quiz.topics, retired_at=None)
    for question in stock.select_related("topic", "current").defer("current__secret"):
        if question.current:
            pools[question.topic.slug].append(question.current)
    revisions = draw(pools, quiz.count, seed)
    if not revisions:
        raise UnfitError
    attempt = Attempt.objects.create(
        learner=learner, course_id=quiz.course_id, quiz=quiz, mode=quiz.mode, started_at=now
    )
    AttemptItem.objects.bulk_create(
        _frozen(attempt, number, revision, f"{seed}:{number}") for number, revision in enumerate(revisions, start=1)
    )
    return attempt


def _frozen(attempt: Attempt, number: int, revision: QuestionRevision, seed: str) -> AttemptItem:
    count = len(_public(revision)["body"]["pieces"])
    order = shuffled(count, f"{seed}:order") if _public(revision)["shuffle"] else range(count)
    tokens = [hashlib.sha256(f"{seed}:token:{i}".encode()).hexdigest()[:TOKEN_LENGTH] for i in range(count)]
    return AttemptItem(attempt=attempt, number=number, revision=revision, order=list(order), tokens=tokens)


def _public(revision: QuestionRevision) -> dict:  # type: ignore[type-arg]  # JSON
    return next(iter(revision.public.values()))


def record_answer(*, learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> AttemptItem:
    """Save the options that `tokens` name as the answer to the item at `place`; return it with its current answer.

    Raises UnfitError, ClosedError, StaleError or AttemptItem.DoesNotExist; then nothing is stored.
    """
    try:
        with transaction.atomic():
            item = _locked(learner, place)
            _save(item, _response(item, tokens), act)
    except IntegrityError:  # this act was stored before, for another answer
        raise StaleError from None
    return item


def check_item(*, learner: Learner, place: Place, tokens: Sequence[str], act: Act) -> AttemptItem:
    """Save the answer and mark it, once; the attempt is finished when nothing is left to mark.

    Raises UnfitError (also when not as many options are chosen as the item asks for), ClosedError, StaleError or
    AttemptItem.DoesNotExist.
    """
    try:
        with transaction.atomic():
            return _checked(_locked(learner, place), tokens, act)
    except IntegrityError:
        raise StaleError from None


def _checked(item: AttemptItem, tokens: Sequence[str], act: Act) -> AttemptItem:
    response = _response(item, tokens)
    if len(response) != _public(item.revision)["body"]["choose"]:
        raise UnfitError
    _save(item, response, act)
    _mark(item, act.now)
    if not item.attempt.items.filter(checked_at=None).exists():
        _finish(item.attempt, act.now)
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

    Raises UnfitError. The same act sent twice gives the first one's item.
    """
    try:
        with transaction.atomic():
            return _done(learner, act) or _quick_check(learner, question, list(order), list(tokens), chosen, act)
    except IntegrityError:  # sent twice at once: the other one won; or somebody else's name for an act
        if item := _done(learner, act):
            return item
        raise UnfitError from None


def _done(learner: Learner, act: Act) -> AttemptItem | None:
    return AttemptItem.objects.of(learner).filter(answers__operation=act.operation).with_answers().first()


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


@transaction.atomic
def finish_attempt(*, attempt: Attempt, now: datetime) -> bool:
    """Finish `attempt`; return False when it was finished already."""
    return _finish(attempt, now)


def _finish(attempt: Attempt, now: datetime) -> bool:
    opened = Attempt.objects.open().filter(pk=attempt.pk)
    return bool(opened.update(state=Attempt.State.FINISHED, finished_at=now))


@transaction.atomic
def adopt(*, guest: Learner, learner: Learner, now: datetime) -> None:
    """Give `learner` the attempts of `guest`. Of two open attempts of one quiz the one begun first is finished."""
    theirs = Attempt.objects.of(guest).open().exclude(quiz=None).select_for_update()
    for attempt in theirs:
        own = Attempt.objects.of(learner).open().filter(quiz=attempt.quiz_id).first()
        if own:
            _finish(min(own, attempt, key=lambda either: either.started_at), now)
    Attempt.objects.of(guest).update(learner=learner)


def _locked(learner: Learner, place: Place) -> AttemptItem:
    """Return the item with its answer, locked until the transaction ends; raise ClosedError when it is over."""
    rows = AttemptItem.objects.of(learner).select_for_update(of=("self",)).with_answers()
    whole = rows.select_related("attempt", "revision").defer("revision__secret")
    item = whole.get(attempt=place.attempt, number=place.number)
    if item.checked_at or not item.attempt.is_open:
        raise ClosedError
    return item


def _response(item: AttemptItem, tokens: Sequence[str]) -> Response:
    """Return the positions that `tokens` name; raise UnfitError for one that is not this item's, or named twice."""
    if len(set(tokens)) != len(tokens) or not set(tokens) <= set(item.tokens):
        raise UnfitError
    if len(tokens) > 1 and not _public(item.revision)["body"]["multiple"]:
        raise UnfitError
    return tuple(sorted(item.tokens.index(token) for token in tokens))


def _save(item: AttemptItem, response: Response, act: Act) -> None:
    """Append the answer, and let `item` tell it.

    What is the current answer already, or has been stored by this very act, is not stored again. Raises StaleError when
    the answer was not made upon the current one.
    """
    current = item.answer_revision or 0
    if item.response == list(response):
        return
    if act.base != current:
        answer = item.answers.filter(operation=act.operation, response=response).first()
        if answer is None:
            raise StaleError
    else:
        answer = Answer(item=item, operation=act.operation, revision=current + 1, response=response, saved_at=act.now)
        answer.save(force_insert=True)
    item.response, item.answer_revision, item.answered_at = list(response), answer.revision, answer.saved_at


def _mark(item: AttemptItem, now: datetime) -> None:
    """Mark the saved answer by the revision that was shown, and keep what it is evidence of."""
    source = read_item(item.revision)
    earned = mark(source, tuple(item.response or ()))
    item.points, item.of, item.checked_at = earned.points, earned.of, now
    item.save(update_fields=["points", "of", "checked_at"])
    _evidence(item, source, earned, now)


def _evidence(item: AttemptItem, source: Item, earned: Mark, now: datetime) -> None:
    record_evidence(
        learner=item.attempt.learner,
        course=item.attempt.course,
        statement_slugs=source.proves(),
        knew=earned.full,
        source=f"item:{source.id}",
        now=now,
    )


def read_item(revision: QuestionRevision) -> Item:
    """Return the item that `revision` stores, in any one of its languages: they share key and settings."""
    text: str = next(iter(revision.secret["source"].values()))
    return bank.read(text).bank.items()[0]
