"""Review cards: moved by every marked answer, once; rebuilt from the answers; merged when a guest signs in.

A card is a projection of the marked items of its learner: whatever happens to it, the items say what it must be. Knows
no requests and no sessions; time is a parameter. Which day a card comes is said in `quizzes.services.planning`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from learning.models import Learner
from quizzes.marking.responses import is_blank
from quizzes.models import AttemptItem, Plan, ReviewCard
from quizzes.scheduling.memory import Memory, answered, grade, replay

MOVING = ("state", "before", "due_at", "reviewed_at", "lapses")


def note_marks(*, learner: Learner, items: Sequence[AttemptItem], now: datetime) -> None:
    """Move the cards of `items`, which have just been marked at `now`, inside the caller's transaction.

    Two queries for questions met before, however many; two more when some are new. What was left blank moves nothing.
    """
    given = {item.revision.question_id: item for item in items if not is_blank(item.response)}
    cards = _locked(learner, sorted(given), now)
    late = [card.question_id for card in cards if card.state and now < card.reviewed_at]
    for card in cards:
        _move(card, given[card.question_id], now)
    _write(cards)
    if late:  # the clock stepped back, or another answer came first: the answers say what is right
        rebuild_cards(learner=learner, questions=late)


def _locked(learner: Learner, questions: Sequence[int], now: datetime) -> list[ReviewCard]:
    """Return the learner's card of each question, locked in one order; what was missing is made, still empty."""
    rows = ReviewCard.objects.filter(learner=learner, question__in=questions).order_by("question")
    held = list(rows.select_for_update())
    if len(held) == len(questions):
        return held
    missing = set(questions) - {card.question_id for card in held}
    ReviewCard.objects.bulk_create(
        [
            ReviewCard(learner=learner, question_id=question, state={}, due_at=now, reviewed_at=now)
            for question in sorted(missing)
        ],
        ignore_conflicts=True,  # another window is just marking the same question: its card is then locked below
    )
    return list(rows.select_for_update())


def _move(card: ReviewCard, item: AttemptItem, now: datetime) -> None:
    before = Memory.from_json(card.state) if card.state else None
    rating = grade(correct=bool(item.right), confidence=item.confidence)
    _say(card, answered(before, rating, now), before)


def _say(card: ReviewCard, memory: Memory, before: Memory | None) -> None:
    card.state, card.before = memory.as_json(), before.as_json() if before else None
    card.due_at, card.reviewed_at, card.lapses = memory.due, memory.seen, memory.lapses


def _write(cards: Sequence[ReviewCard]) -> None:
    """Store `cards` in one statement, new or not."""
    ReviewCard.objects.bulk_create(
        cards, update_conflicts=True, unique_fields=["learner", "question"], update_fields=MOVING
    )


@transaction.atomic
def rebuild_cards(*, learner: Learner, questions: Collection[int] | None = None) -> int:
    """Make the learner's cards (those of `questions`, or all) what the marked answers say; return how many there are.

    A card without such an answer goes.
    """
    rows = ReviewCard.objects.filter(learner=learner).select_for_update()
    if questions is not None:
        rows = rows.filter(question__in=questions)
    held = {card.question_id: card for card in rows.order_by("question")}
    cards = list(_replayed(learner, questions, held))
    gone = set(held) - {card.question_id for card in cards}
    if gone:
        ReviewCard.objects.filter(learner=learner, question__in=gone).delete()
    _write(cards)
    return len(cards)


@transaction.atomic
def adopt_review(*, guest: Learner, learner: Learner) -> None:
    """Make `learner`'s cards what the answers of both say, once those are theirs; their own plan stays, if any."""
    questions = set(ReviewCard.objects.of(guest).values_list("question", flat=True))
    ReviewCard.objects.of(guest).delete()
    rebuild_cards(learner=learner, questions=questions)
    planned = Plan.objects.filter(learner=learner).values("course")
    Plan.objects.filter(learner=guest).exclude(course__in=planned).update(learner=learner)


def _replayed(learner: Learner, questions: Collection[int] | None, held: dict[int, ReviewCard]) -> Iterable[ReviewCard]:
    for question, items in groupby(_history(learner, questions), key=lambda item: item.revision.question_id):
        graded = [
            (grade(correct=bool(item.right), confidence=item.confidence), item.checked_at)
            for item in items
            if item.checked_at and not is_blank(item.response)
        ]
        if graded:
            *_, before, memory = replay(graded)
            card = held.get(question) or ReviewCard(learner=learner, question_id=question)
            if memory:
                _say(card, memory, before)
                yield card


def _history(learner: Learner, questions: Collection[int] | None) -> Iterable[AttemptItem]:
    """Return the marked items, those of a question together, oldest first."""
    rows = AttemptItem.objects.of(learner).exclude(checked_at=None).with_answers().select_related("revision")
    if questions is not None:
        rows = rows.filter(revision__question__in=questions)
    lean = rows.only("points", "of", "confidence", "checked_at", "attempt_id", "number", "revision__question_id")
    return lean.order_by("revision__question", "checked_at", "pk").iterator(chunk_size=2000)
