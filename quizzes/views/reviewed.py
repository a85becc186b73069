"""What the page of a review's question shows besides the question: how far, what moved, what to do when it fails."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from quizzes.models import AttemptItem, Question, ReviewCard
from quizzes.scheduling.days import day_of
from quizzes.scheduling.memory import STUBBORN
from quizzes.services.planning import review_of, stood_in_for, zone
from quizzes.services.reviewing import last_answered
from quizzes.views.shown import sources_of, take_context


def review_context(item: AttemptItem, now: datetime, **more: Any) -> dict[str, Any]:
    """Return what the page of a question of a review needs; `more` as for `take_context`."""
    context = take_context(item, now, **more)
    attempt = item.attempt
    review = review_of(learner=attempt.learner, course=attempt.course, now=now)
    last = last_answered(attempt) if attempt.is_open else None
    marked = [stop for stop in context["stops"] if stop.marked]
    place = sum(stop.number < item.number for stop in marked) + 1
    return {
        **context,
        "place": place,
        "total": max(place, len(marked) + review.count),
        "left": review.count,
        "undone": item.undone_at is not None,
        "undo": last if last and last.undone_at is None else None,
        "failing": _failing(item, review.sealed),
        **(_moved(item) if item.checked_at and not context["sealed"] else {}),
    }


def _failing(item: AttemptItem, sealed: Collection[int]) -> dict[str, Any]:
    """Return the statements of the question that keeps failing, in whose place this one is asked; of none `sealed`."""
    question = stood_in_for(item.attempt.wish).get(item.number)
    return _statements(item, question) if question and question not in sealed else {}


def _moved(item: AttemptItem) -> dict[str, Any]:
    """Return when the question comes again, and its statements when it keeps failing."""
    question = item.revision.question_id
    card = ReviewCard.objects.of(item.attempt.learner).filter(question=question).first()
    if card is None or card.reviewed_at != item.checked_at:
        return {}
    due = day_of(card.due_at, zone())
    days = (due - day_of(card.reviewed_at, zone())).days
    stuck = _statements(item, question) if card.lapses >= STUBBORN else {}
    return {"due_on": due, "due_in": days, "stuck": stuck, "lapses": card.lapses}


def _statements(item: AttemptItem, question: int) -> dict[str, Any]:
    rows = Question.objects.filter(pk=question, current__isnull=False).values_list("current__secret__proves", flat=True)
    slugs = set(rows.first() or ())
    return {"sources": list(sources_of(item.attempt.course, slugs).values())}
