"""What of a learner's review comes today and on the coming days: their cards and plan, laid out. Reads, but for a plan.

A day is one of the site's time zone, from midnight to midnight; time is a parameter. Knows no requests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Q
from django.utils import timezone

from learning.models import Course, Learner
from quizzes.models import AttemptItem, Plan, Quiz, ReviewCard
from quizzes.scheduling.days import beginning_of, day_of, following
from quizzes.scheduling.order import Ask
from quizzes.scheduling.plan import Card, Schedule, Wish, schedule
from quizzes.services.acts import UnfitError
from quizzes.services.draws import sealed_questions

MOST_DAILY = 200
FARTHEST = 3 * 366  # days ahead that an exam may be
MINUTES = 1  # a question, as far as a promise of minutes goes

COLUMNS = {
    "question": "question_id",
    "slug": "question__slug",
    "case": "question__case",
    "position": "question__position",
    "topic": "question__topic__slug",
    "title": "question__topic__title",
    "weight": "question__topic__weight",
    "due": "due_at",
    "seen": "reviewed_at",
    "lapses": "lapses",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A learner's card of one question that can be asked, as far as planning needs it."""

    question: int
    slug: str
    case: str
    position: int
    topic: str
    title: dict[str, str]  # of the topic, by language
    weight: int
    due: datetime
    seen: datetime
    lapses: int
    state: Mapping[str, Any]

    def ask(self, statements: Iterable[str]) -> Ask:
        """Return it as something to put in order."""
        return Ask(self.question, frozenset(statements), self.case, self.position)


@dataclass(frozen=True, slots=True)
class Review:
    """A learner's review of one course as it stands: the plan, what was done today, and what comes when."""

    course: Course
    day: date
    wish: Wish = field(default_factory=Wish)
    done: int = 0
    asked: frozenset[int] = frozenset()  # questions that have had their turn today
    sealed: frozenset[int] = frozenset()  # questions of an exam that is open
    held: Mapping[int, Held] = field(default_factory=dict)  # by question
    schedule: Schedule = field(default_factory=lambda: Schedule((), {}))
    next_on: date | None = None  # when nothing is left today: the day something comes

    @property
    def count(self) -> int:
        """How many are still to come today."""
        return len(self.schedule.today)

    @property
    def minutes(self) -> int:
        """About how long they take."""
        return self.count * MINUTES

    @property
    def full(self) -> bool:
        """Whether today's ceiling is reached."""
        return self.done >= self.wish.daily


def zone() -> tzinfo:
    """Return the time zone whose midnight parts the days: the site's."""
    return timezone.get_default_timezone()


def review_of(*, learner: Learner | None, course: Course, now: datetime) -> Review:
    """Return how `learner`'s review of `course` stands. At most six queries, one for who has no cards."""
    today = day_of(now, zone())
    held = _held(learner, course)
    if learner is None or not held:
        return Review(course, today, plan_of(learner, course))
    sealed = sealed_questions(learner=learner, now=now)
    held = {question: card for question, card in held.items() if question not in sealed}
    done, asked = _done(learner, course, today)
    wish = plan_of(learner, course)
    cards = [_placed(card, today, asked) for card in held.values()]
    laid = schedule(cards, today=today, wish=wish, done=done)
    return Review(course, today, wish, done, asked, sealed, held, laid, _next_on(laid, cards, today))


def _held(learner: Learner | None, course: Course) -> dict[int, Held]:
    rows = ReviewCard.objects.of(learner).filter(
        question__course=course, question__retired_at=None, question__current__isnull=False
    )
    values = rows.order_by("pk").values_list(*COLUMNS.values())
    return {row[0]: Held(*row) for row in values}


def _placed(card: Held, today: date, asked: frozenset[int]) -> Card:
    """Return the card for the plan; one that had its turn today waits until tomorrow whatever its state says."""
    seen = today if card.question in asked else day_of(card.seen, zone())
    due = day_of(card.due, zone())
    return Card(card.question, card.topic, card.weight, due, min(seen, today), card.state["stability"])


def _done(learner: Learner, course: Course, today: date) -> tuple[int, frozenset[int]]:
    """Return how many reviews were made today, and the questions that had their turn."""
    start, end = beginning_of(today, zone()), beginning_of(following(today), zone())
    rows = AttemptItem.objects.filter(
        Q(checked_at__gte=start, checked_at__lt=end) | Q(undone_at__gte=start, undone_at__lt=end),
        attempt__learner=learner,
        attempt__course=course,
        attempt__mode=Quiz.Mode.REVIEW,
    )
    done, asked = 0, set[int]()
    for question, number, checked, wish in rows.values_list(
        "revision__question", "number", "checked_at", "attempt__wish"
    ):
        done += checked is not None
        asked |= {question, stood_in_for(wish).get(number, question)}
    return done, frozenset(asked)


def stood_in_for(wish: Mapping[str, Any]) -> dict[int, int]:
    """Return the questions in whose place an item of a session asks another, by the item's number."""
    return {int(number): question for number, question in wish.get("instead", {}).items()}


def _next_on(laid: Schedule, cards: Iterable[Card], today: date) -> date | None:
    coming = [day for day, count in laid.days.items() if count and day > today]
    later = [card.ready for card in cards if card.ready > today]
    return min(coming, default=None) or min(later, default=None)


def plan_of(learner: Learner | None, course: Course) -> Wish:
    """Return what `learner` has planned for `course`, or what holds for who has planned nothing."""
    row = Plan.objects.filter(learner=learner, course=course).first() if learner else None
    return Wish(row.exam_on, row.daily) if row else Wish(daily=Plan._meta.get_field("daily").default)


def save_plan(*, learner: Learner, course: Course, exam_on: date | None, daily: int, now: datetime) -> Plan:
    """Keep the day of the exam, or none, and the daily ceiling. Raises UnfitError for what cannot be."""
    first, last = plan_days(now)
    if not 1 <= daily <= MOST_DAILY or (exam_on and not first <= exam_on <= last):
        raise UnfitError
    values = {"exam_on": exam_on, "daily": daily}
    return Plan.objects.update_or_create(learner=learner, course=course, defaults=values)[0]


def plan_days(now: datetime) -> tuple[date, date]:
    """Return the first and the last day on which an exam can be planned."""
    today = day_of(now, zone())
    return today, following(today, FARTHEST)
