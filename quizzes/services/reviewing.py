"""A session of review: the next question, one standing in for one that keeps failing, taking the last answer back.

A session is an attempt of its own without a quiz; its questions are appended as they come. Time and chance are
parameters. What comes on which day is said in `quizzes.services.planning`. Knows no requests.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from learning.models import Course, Learner
from learning.services import undo_evidence
from quizzes.models import Attempt, AttemptItem, Question, QuestionRevision, Quiz, ReviewCard
from quizzes.scheduling.days import day_of
from quizzes.scheduling.memory import STUBBORN, Memory
from quizzes.scheduling.order import Ask, arrange
from quizzes.services.acts import ClosedError
from quizzes.services.attempts import finish, frozen
from quizzes.services.cards import rebuild_cards
from quizzes.services.draws import sealed_questions
from quizzes.services.planning import Held, Review, review_of, zone
from quizzes.services.secrecy import veiled
from quizzes.services.stock import Stock, stock_of


@dataclass(frozen=True, slots=True)
class Pick:
    """The question to ask, and the one that keeps failing in whose place it is asked, if it is."""

    question: int
    instead: int | None = None


def next_item(*, learner: Learner, course: Course, now: datetime, seed: str) -> AttemptItem | None:
    """Return the question to answer now, appended to today's session; None, and the session ended, when none is left.

    One that waits unanswered is given again. `seed` must be secret: the tokens follow from it.
    """
    with transaction.atomic():
        _one_at_a_time(learner)
        session = _session(learner, course, now)
        last = _last(session) if session else None
        if last and not last.closed and _can_be_asked(last, learner, now):
            return last
        review = review_of(learner=learner, course=course, now=now)
        pick = _pick(review, stock_of(course), last, learner)
        if pick:
            return _appended(session or _begun(learner, course, now), pick, seed)
        if session:
            finish(session, now)
        return None


def _one_at_a_time(learner: Learner) -> None:
    """Let one session begin however often the button is pressed, without keeping out who writes of the learner."""
    Learner.objects.select_for_update(no_key=True).get(pk=learner.pk)


def open_session(*, learner: Learner | None, course: Course, now: datetime) -> Attempt | None:
    """Return the session `learner` began today and has not ended."""
    rows = Attempt.objects.of(learner).open().filter(mode=Quiz.Mode.REVIEW, course=course)
    latest = rows.order_by("-started_at").first()
    return latest if latest and day_of(latest.started_at, zone()) == day_of(now, zone()) else None


def _session(learner: Learner, course: Course, now: datetime) -> Attempt | None:
    """Return today's open session; any other is ended."""
    session = open_session(learner=learner, course=course, now=now)
    for other in Attempt.objects.of(learner).open().filter(mode=Quiz.Mode.REVIEW, course=course):
        if other != session:
            finish(other, now)
    return session


def _begun(learner: Learner, course: Course, now: datetime) -> Attempt:
    return Attempt.objects.create(learner=learner, course=course, mode=Quiz.Mode.REVIEW, started_at=now)


def _last(session: Attempt) -> AttemptItem | None:
    return session.items.select_related("revision__question").defer("revision__secret").order_by("-number").first()


def _can_be_asked(item: AttemptItem, learner: Learner, now: datetime) -> bool:
    question = item.revision.question
    return question.retired_at is None and question.pk not in sealed_questions(learner=learner, now=now)


def _appended(session: Attempt, pick: Pick, seed: str) -> AttemptItem:
    number = session.items.count() + 1
    revision = QuestionRevision.objects.get(pk=Question.objects.values("current").get(pk=pick.question)["current"])
    if pick.instead:
        session.wish = {**session.wish, "instead": {**session.wish.get("instead", {}), str(number): pick.instead}}
        session.save(update_fields=["wish"])
    item = frozen(session, number, revision, False, f"{seed}:{number}")
    item.save(force_insert=True)
    return item


def _pick(review: Review, stock: Stock, last: AttemptItem | None, learner: Learner) -> Pick | None:
    proves = _proves(stock)
    due = [review.held[card.id] for card in review.schedule.today]
    after = _asked(last, proves) if last else None
    ordered = arrange([card.ask(proves.get(card.slug, ())) for card in due], after)
    if not ordered:
        return None
    first = review.held[ordered[0].id]
    sibling = _sibling(first, review, stock, learner) if first.lapses >= STUBBORN else None
    return Pick(sibling, first.question) if sibling else Pick(first.question)


def _proves(stock: Stock) -> Mapping[str, Sequence[str]]:
    """Return the statements each question rests on."""
    found: dict[str, list[str]] = {}
    for statement, slugs in stock.asking.items():
        for slug in slugs:
            found.setdefault(slug, []).append(statement)
    return found


def _asked(item: AttemptItem, proves: Mapping[str, Sequence[str]]) -> Ask:
    question = item.revision.question
    return Ask(question.pk, frozenset(proves.get(question.slug, ())), question.case, question.position)


def _sibling(card: Held, review: Review, stock: Stock, learner: Learner) -> int | None:
    """Return another question on the statements of one that keeps failing; None when it is to be asked itself.

    It is when there is no other, or when another was answered rightly since it failed last. Never one that has had its
    turn today; those never met come first, then those met longest ago.
    """
    slugs = {slug for statement in _proves(stock).get(card.slug, ()) for slug in stock.asking[statement]} - {card.slug}
    answers = AttemptItem.objects.of(learner).filter(revision__question__slug__in=slugs, checked_at__gt=card.seen)
    if not slugs or answers.filter(attempt__course=review.course, points=F("of")).exists():
        return None
    rows = Question.objects.filter(course=review.course, slug__in=slugs, retired_at=None).exclude(current=None)
    fit = [one for one in rows.values_list("pk", flat=True) if one not in review.asked | review.sealed]
    met = {question: review.held[question].seen.timestamp() for question in fit if question in review.held}
    return min(fit, key=lambda question: (met.get(question, 0.0), question), default=None)


def undo_last(*, learner: Learner, session: uuid.UUID, number: int, now: datetime) -> AttemptItem:
    """Take the last answer of an open session back: its mark goes, its evidence is undone, its card is as before.

    The answer stays in the log. The same act again changes nothing. Raises ClosedError when item `number` is not the
    last one answered or the session is over, Attempt.DoesNotExist for what is no session of `learner`.
    """
    with transaction.atomic():
        attempt = Attempt.objects.of(learner).select_for_update().get(pk=session, mode=Quiz.Mode.REVIEW)
        item = last_answered(attempt)
        if item is None or item.number != number or not attempt.is_open:
            raise ClosedError(item)
        if item.undone_at is None:
            _take_back(item, learner, now)
        return item


def last_answered(attempt: Attempt) -> AttemptItem | None:
    """Return the item of a session that was answered last, also when that was taken back."""
    rows = attempt.items.exclude(checked_at=None, undone_at=None).select_related("revision")
    return rows.defer("revision__public", "revision__secret").order_by("-number").first()


def _take_back(item: AttemptItem, learner: Learner, now: datetime) -> None:
    item.checked_at = item.points = item.of = None
    item.undone_at = now
    item.save(update_fields=["checked_at", "points", "of", "undone_at"])
    undo_evidence(learner=learner, act=f"{item.attempt_id}/{item.number}", now=now)
    rebuild_cards(learner=learner, questions=[item.revision.question_id])


@dataclass(frozen=True, slots=True)
class Move:
    """What an answer of a session did to its card: days between two meetings, before and now, and when it comes again.

    None where it cannot be told any more: the question was answered again since, or the answer taken back.
    """

    item: AttemptItem
    before: int | None = None
    after: int | None = None
    due_on: date | None = None


def moves_of(session: Attempt, now: datetime) -> list[Move]:
    """Return what each answer of `session` did, in their order; of questions that are sealed nothing. Three queries."""
    rows = session.items.exclude(checked_at=None, undone_at=None).select_related("revision__question")
    sealed = sealed_questions(learner=session.learner, now=now)
    items = veiled(rows.defer("revision__secret"), sealed)
    asked = [item.revision.question_id for item in items]
    cards = {card.question_id: card for card in ReviewCard.objects.of(session.learner).filter(question__in=asked)}
    return [_move(item, cards.get(item.revision.question_id)) for item in items]


def _move(item: AttemptItem, card: ReviewCard | None) -> Move:
    if card is None or item.veiled or item.checked_at is None or card.reviewed_at != item.checked_at:
        return Move(item)
    before = _days(Memory.from_json(card.before)) if card.before else None
    return Move(item, before, _days(Memory.from_json(card.state)), day_of(card.due_at, zone()))


def _days(memory: Memory) -> int:
    return (memory.due - memory.seen).days
