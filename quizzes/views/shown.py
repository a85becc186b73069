"""What question pages show: finding a learner's item, its card, and the way around its attempt."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from learning.models import Course, Learner, Lesson, Statement, said
from quizzes.marking.cards import MarkedCard, OpenCard, Source, marked_card, open_card
from quizzes.models import Attempt, AttemptItem, Quiz


@dataclass(frozen=True, slots=True)
class Stop:
    """An item in the overview of its attempt."""

    number: int
    url: str
    state: str  # "right", "wrong", "answered" or "" (not yet)


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "ko")[:2]


def find_item(learner: Learner | None, attempt_id: uuid.UUID, number: int) -> AttemptItem:
    """Return an item of `learner` with its answer; 404 for others' as for missing ones. Its key is not read yet."""
    rows = AttemptItem.objects.of(learner).with_answers().defer("revision__secret")
    found = rows.select_related("attempt__quiz", "attempt__course", "revision__question__topic")
    item = found.filter(attempt=attempt_id, number=number).first()
    if item is None:
        raise Http404
    return item


def open_card_of(item: AttemptItem, chosen: Sequence[str] | None = None) -> OpenCard:
    """Return the card of an item being answered, with the saved answer or what was just `chosen` (tokens)."""
    response = item.response
    if chosen is not None:
        response = [position for position, token in enumerate(item.tokens) if token in chosen]
    return open_card(item.revision.public[language()], item.order, item.tokens, response)


def marked_card_of(item: AttemptItem) -> MarkedCard:
    """Return the card of a marked item."""
    revision = item.revision
    cited = {slug for slugs in revision.secret["cites"] for slug in slugs}
    sources = sources_of(item.attempt.course, cited)
    return marked_card(revision.public[language()], revision.secret, language(), item.order, item.response, sources)


def sources_of(course: Course, slugs: set[str]) -> dict[str, Source]:
    """Return the statements of `course` among `slugs`, as links."""
    rows = Statement.objects.filter(course=course, slug__in=slugs, retired_at=None).select_related("lesson__course")
    return {row.slug: Source(said(row.words), row.get_absolute_url()) for row in rows}


def stops_of(attempt: Attempt) -> list[Stop]:
    """Return the overview of `attempt`."""
    rows = attempt.items.with_answers().only("number", "attempt_id", "points", "of")
    return [Stop(row.number, row.get_absolute_url(), _state(row)) for row in rows]


def _state(item: AttemptItem) -> str:
    if item.right is not None:
        return "right" if item.right else "wrong"
    return "answered" if item.response else ""


def take_context(item: AttemptItem, *, chosen: Sequence[str] | None = None, error: str = "") -> dict[str, Any]:
    """Return what the question page needs; `chosen` and `error` when an answer could not be taken."""
    attempt = item.attempt
    closed = bool(item.checked_at) or not attempt.is_open
    stops = stops_of(attempt)
    return {
        "item": item,
        "attempt": attempt,
        "course": attempt.course,
        "closed": closed,
        "card": marked_card_of(item) if closed else open_card_of(item, chosen),
        "operation": uuid.uuid4(),
        "error": error,
        "stops": stops,
        "marked": sum(stop.state in ("right", "wrong") for stop in stops),
        "before": next((stop for stop in reversed(stops) if stop.number < item.number), None),
        "after": next((stop for stop in stops if stop.number > item.number), None),
        "next_url": _next_url(item, stops),
        "lesson": _lesson(item) if attempt.mode == Quiz.Mode.CHECK else None,
    }


def _next_url(item: AttemptItem, stops: Sequence[Stop]) -> str:
    """Return where to go from a marked item: the next one not marked, round the corner too, or the result."""
    turned = [stop for stop in stops if stop.number > item.number] + [s for s in stops if s.number < item.number]
    if item.attempt.is_open:
        for stop in turned:
            if stop.state not in ("right", "wrong"):
                return stop.url
    elif item.number < len(stops):
        return turned[0].url
    return reverse("quizzes:result", args=[item.attempt_id])


def _lesson(item: AttemptItem) -> Lesson | None:
    """Return the lesson of a quick check's topic."""
    topic = item.revision.question.topic_id
    return Lesson.objects.filter(topic=topic, retired_at=None).select_related("course").first()
