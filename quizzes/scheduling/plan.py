"""Which question comes on which day, until an exam or without one: the ceiling, the final pass, what is left out. Pure.

Without an exam a card comes on the day it is due, or later when that day is full. With one there is a *final pass*: in
the last days before it (a week, or as many as all cards need at the ceiling) every card comes once more, those due only
after the exam pulled in, the same number each day. When not all fit, the cards worth least are left out: those with the
lowest (weight of the topic) x (probability to have forgotten it by the exam).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from quizzes.scheduling.days import following
from quizzes.scheduling.memory import recall

HORIZON = 14  # days of the forecast
FINAL = 7  # days of the final pass at the least


@dataclass(frozen=True, slots=True)
class Card:
    """A card to place. `due` and `seen` are local days, `stability` in days, `weight` that of its topic."""

    id: int
    topic: str
    weight: int
    due: date
    seen: date
    stability: float

    @property
    def ready(self) -> date:
        """The day from which it is asked: never twice on one day."""
        return max(self.due, following(self.seen))

    def overdue(self, day: date) -> float:
        """Return how far past its day it is, measured by its stability; below 0 before that."""
        return (day - self.due).days / self.stability


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner wants: the day of the exam, or None, and how many reviews a day at the most."""

    exam_on: date | None = None
    daily: int = 20

    def last_day(self, today: date) -> date | None:
        """Return the last day to study: that before the exam, or the exam's own; None without one to come."""
        if self.exam_on is None or self.exam_on < today:
            return None
        return max(today, following(self.exam_on, -1))


@dataclass(frozen=True, slots=True)
class Schedule:
    """What comes on which day, most urgent first: `today`, the coming days (today first), and what will not fit.

    `needed`: so many a day would let everything fit; 0 when it does.
    """

    today: tuple[Card, ...]
    days: Mapping[date, int]
    left_out: tuple[Card, ...] = ()
    needed: int = 0

    @property
    def left_by_topic(self) -> list[tuple[str, int]]:
        """The topics of what is left out with how many each, most first."""
        return sorted(Counter(card.topic for card in self.left_out).items(), key=lambda one: (-one[1], one[0]))


def schedule(cards: Sequence[Card], *, today: date, wish: Wish, done: int = 0) -> Schedule:
    """Return the plan of the coming HORIZON days, of which `done` reviews of today are made already."""
    last = wish.last_day(today)
    if last is None:
        return _laid(list(cards), today, wish, done, None)
    start = following(last, 1 - max(FINAL, ceil(len(cards) / wish.daily)))
    wanted = [card for card in cards if card.ready <= last or card.seen < start]
    days = (last - today).days + 1
    room = max(0, days * wish.daily - done)
    ranked = sorted(wanted, key=lambda card: _worth(card, last), reverse=True)
    kept, left = ranked[:room], ranked[room:]
    plan = _laid(kept, today, wish, done, (start, last))
    return Schedule(plan.today, plan.days, tuple(left), ceil((len(wanted) + done) / days) if left else 0)


def _worth(card: Card, exam: date) -> tuple[float, int]:
    forgotten = 1 - recall(card.stability, (exam - card.seen).days)
    return card.weight * forgotten, -card.id


def _laid(cards: Iterable[Card], today: date, wish: Wish, done: int, final: tuple[date, date] | None) -> Schedule:
    """Lay `cards` on the coming days; during the `final` pass at least an equal share of them on each."""
    waiting, laid = set(cards), dict[date, list[Card]]()
    for ahead in range(HORIZON):
        day = following(today, ahead)
        room = max(0, wish.daily - (0 if ahead else done))
        share = _share(len(waiting), day, final)
        laid[day] = _first(waiting, day, share)[:room]
        waiting -= set(laid[day])
    return Schedule(tuple(laid[today]), {day: len(some) for day, some in laid.items()})


def _share(count: int, day: date, final: tuple[date, date] | None) -> int:
    """Return how many of `count` are to come on `day` at the least."""
    if final is None or not final[0] <= day <= final[1]:
        return 0
    return ceil(count / ((final[1] - day).days + 1))


def _first(waiting: Iterable[Card], day: date, share: int) -> list[Card]:
    """Return those to ask on `day`, most overdue first: what is ready, and up to `share` of what can be pulled in."""
    can = [card for card in waiting if card.seen < day]
    ranked = sorted(can, key=lambda card: (-card.overdue(day), card.due, card.id))
    ready = [card for card in ranked if card.ready <= day]
    early = [card for card in ranked if card.ready > day]
    return ready + early[: max(0, share - len(ready))]
