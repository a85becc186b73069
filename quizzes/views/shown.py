"""What question pages show: finding a learner's item, its card, and the way around its attempt."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from learning.http import language
from learning.models import Course, Learner, Lesson, Statement, said
from quizzes.marking.cards import MarkedCard, OpenCard, Source, marked_card, open_card, told_in
from quizzes.marking.responses import is_blank, response_of
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import sealed_questions, settle
from quizzes.services.secrecy import veiled


@dataclass(frozen=True, slots=True)
class Stop:
    """An item in the overview of its attempt."""

    number: int
    url: str
    state: str  # "right", "wrong", "kept" (marked, and kept back), "answered" or "" (not yet)
    flagged: bool = False

    @property
    def marked(self) -> bool:
        """Whether it has been marked."""
        return self.state in ("right", "wrong", "kept")


def find_item(learner: Learner | None, attempt_id: uuid.UUID, number: int, now: datetime) -> AttemptItem:
    """Return an item of `learner` with its answer; 404 for others' as for missing ones. Its key is not read yet.

    An exam whose time is up ends here.
    """
    rows = AttemptItem.objects.of(learner).with_answers().defer("revision__secret")
    found = rows.select_related("attempt__quiz", "attempt__course", "attempt__learner", "revision__question__topic")
    item = found.filter(attempt=attempt_id, number=number).first()
    if item is None:
        raise Http404
    settle(attempt=item.attempt, now=now)
    return item


def open_card_of(item: AttemptItem, chosen: Sequence[str] | None = None) -> OpenCard:
    """Return the card of an item being answered, with the saved answer or what was just `chosen` (tokens)."""
    response: Sequence[int] | None = item.response
    if chosen is not None:
        response = response_of(item.revision.public_in(language()), item.tokens, chosen) or ()
    card = open_card(item.revision.public_in(language()), item.order, item.tokens, response, item.struck)
    return in_its_language(card, item.revision.spoken(language()))


def in_its_language[C: (OpenCard, MarkedCard)](card: C, spoken: str) -> C:
    """Return `card`, whose words are in the language `spoken`; it says so where the page is in another."""
    return card if spoken == language() else told_in(card, spoken)


def marked_card_of(item: AttemptItem) -> MarkedCard:
    """Return the card of a marked item."""
    secret = item.revision.secret
    cited = {slug for slugs in secret["cites"] for slug in slugs} | set(secret.get("explain_cites", ()))
    return marked_with(item, sources_of(item.attempt.course, cited))


def marked_with(item: AttemptItem, sources: dict[str, Source]) -> MarkedCard:
    """Return the card of a marked item, whose statements are among `sources`."""
    revision = item.revision
    spoken = revision.spoken(language())
    card = marked_card(revision.public[spoken], revision.secret, spoken, item.order, item.response, sources)
    return in_its_language(card, spoken)


def sources_of(course: Course, slugs: set[str]) -> dict[str, Source]:
    """Return the statements of `course` among `slugs`, as links."""
    rows = Statement.objects.filter(course=course, slug__in=slugs, retired_at=None).select_related("lesson__course")
    return {row.slug: Source(said(row.words), row.get_absolute_url()) for row in rows}


def stops_of(attempt: Attempt) -> list[Stop]:
    """Return the overview of `attempt`, for pages that do not tell right from wrong."""
    return _stops(_overview(attempt))


def _overview(attempt: Attempt) -> list[AttemptItem]:
    names = ("number", "attempt_id", "points", "of", "flagged", "revision__question_id")
    return list(attempt.items.with_answers().select_related("revision").only(*names))


def _stops(rows: Sequence[AttemptItem]) -> list[Stop]:
    return [Stop(row.number, row.get_absolute_url(), _state(row), row.flagged) for row in rows]


def _state(item: AttemptItem) -> str:
    if item.veiled:
        return "kept"
    if item.right is not None:
        return "right" if item.right else "wrong"
    return "" if is_blank(item.response) else "answered"


def words_of(card: OpenCard) -> list[str]:
    """Return what is chosen on `card`, a line of HTML a piece."""
    if card.words.kind == "matching":
        cells = {option.token: option.text for option in card.options}
        return [f"{row.text} → {cells[row.token]}" for row in card.rows if row.token]
    if card.words.kind == "ordering":
        return [f"{option.place}. {option.text}" for option in card.options if option.place]
    return [f"{option.letter}. {option.text}" for option in card.options if option.chosen]


def around(item: AttemptItem, stops: Sequence[Stop]) -> dict[str, Any]:
    """Return what pages of open and of marked items share: the item, its attempt, and the way to its neighbours."""
    return {
        "item": item,
        "attempt": item.attempt,
        "course": item.attempt.course,
        "operation": uuid.uuid4(),
        "stops": stops,
        "before": next((stop for stop in reversed(stops) if stop.number < item.number), None),
        "after": next((stop for stop in stops if stop.number > item.number), None),
    }


def take_context(
    item: AttemptItem, now: datetime, *, chosen: Sequence[str] | None = None, error: str = ""
) -> dict[str, Any]:
    """Return what the page of a practice question needs; `chosen` and `error` when an answer could not be taken."""
    attempt = item.attempt
    closed = item.closed or not attempt.is_open
    rows = _overview(attempt)
    to_tell = closed or any(row.right is not None for row in rows)
    hidden = sealed_questions(learner=attempt.learner, now=now) if to_tell else frozenset()
    sealed = closed and item.revision.question_id in hidden
    card = marked_card_of(item) if closed and not sealed else open_card_of(item, chosen)
    stops = _stops(veiled(rows, hidden))
    return {
        **around(item, stops),
        "closed": closed,
        "sealed": sealed,
        "card": card,
        "chosen_count": sum(option.chosen for option in card.options),
        "error": error,
        "marked": sum(stop.marked for stop in stops),
        "next_url": _next_url(item, stops),
        "lesson": _lesson(item) if attempt.mode == Quiz.Mode.CHECK else None,
    }


def exam_context(
    item: AttemptItem, now: datetime, *, chosen: Sequence[str] | None = None, error: str = ""
) -> dict[str, Any]:
    """Return what the page of an exam question needs."""
    card, stops = open_card_of(item, chosen), stops_of(item.attempt)
    return {
        **around(item, stops),
        **counts(stops),
        **clock(item.attempt, now),
        "card": card,
        "chosen_count": sum(option.chosen for option in card.options),
        "error": error,
    }


def counts(stops: Sequence[Stop]) -> dict[str, int]:
    """Return how many questions are answered, flagged and left."""
    answered = sum(stop.state != "" for stop in stops)
    return {
        "answered": answered,
        "flagged": sum(stop.flagged for stop in stops),
        "remaining": len(stops) - answered,
    }


def clock(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """Return what the clock of an exam needs: times in milliseconds, and its face as it stands."""
    left, deadline = attempt.seconds_left(now) or 0, attempt.deadline_at or now
    return {
        "now_ms": milliseconds(now),
        "deadline_ms": milliseconds(deadline),
        "deadline": deadline,
        "grace": attempt.grace,
        "minutes": round((deadline - attempt.started_at).total_seconds() / 60),
        "clock_face": f"{left // 60:02}:{left % 60:02}",
    }


def milliseconds(moment: datetime) -> int:
    """Return `moment` as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def _next_url(item: AttemptItem, stops: Sequence[Stop]) -> str:
    """Return where to go from a marked item: the next one not marked, round the corner too, or the result."""
    turned = [stop for stop in stops if stop.number > item.number] + [s for s in stops if s.number < item.number]
    if item.attempt.is_open:
        for stop in turned:
            if not stop.marked:
                return stop.url
    elif item.number < len(stops):
        return turned[0].url
    return reverse("quizzes:result", args=[item.attempt_id])


def _lesson(item: AttemptItem) -> Lesson | None:
    """Return the lesson of a quick check's topic."""
    topic = item.revision.question.topic_id
    return Lesson.objects.filter(topic=topic, retired_at=None).select_related("course").first()
