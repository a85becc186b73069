"""The one extension point: what quizzes and the builder add to lessons, to the content check and to the sync.

The arrow points upward nowhere: upper apps register an `Activity` in `AppConfig.ready()`, and `learning` asks them
through this Protocol. Everything returned is a plain dataclass; words are already in the language asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest

from learning.catalogue.errors import Problem
from learning.catalogue.schema import CourseSource
from learning.models import Course, Learner, Lesson


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do next: "12 questions", with where to do it."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How far a learner is with one kind of activity: "9 of 12 questions answered"."""

    label: str
    done: int
    of: int
    url: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did to one kind of content, as ids."""

    kind: str
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    retired: Sequence[str] = ()


type Design = Sequence[Mapping[str, str]]  # the keys and values of each service, the cluster's among them


class Activity(Protocol):
    """What an upper app answers. `name` is its word in messages, e.g. "quizzes"."""

    name: str

    def check(self, course: CourseSource) -> list[Problem]:
        """Return every problem in this activity's files of `course`; must not touch the database."""
        ...

    def sync(self, row: Course, course: CourseSource) -> list[SyncReport]:
        """Bring this activity's rows in line with its files, inside the caller's transaction."""
        ...

    def for_course(self, course: Course) -> list[Offer]:
        """Return what one can do in the whole course, for home and course page."""
        ...

    def for_lesson(self, lesson: Lesson) -> list[Offer]:
        """Return what one can do after `lesson`. Asked on every lesson page: must not query each time."""
        ...

    def in_lesson(self, request: HttpRequest, lesson: Lesson, ids: Sequence[str]) -> Mapping[str, str]:
        """Return safe HTML for the quick checks `ids` embedded in `lesson`; ids it does not know are left out."""
        ...

    def progress(self, learner: Learner, course: Course) -> list[ProgressLine]:
        """Return how far `learner` is."""
        ...

    def derive(self, course: CourseSource, scenario: str, designs: Sequence[Design]) -> Sequence[bool] | Problem | None:
        """Return for each of `designs` whether it earns full marks in `scenario`.

        None when it is not this activity that knows; a Problem, its place left open, for a design that cannot be. Must
        not touch the database.
        """
        ...

    def offer(self, course: Course, source: str) -> Offer | None:
        """Return where to do again what evidence calls `source` ("item:lt-001", "scenario:company-page")."""
        ...

    def for_statements(self, course: Course, statements: Collection[str]) -> list[Offer]:
        """Return what asks for any of `statements`, one by one, for who has just missed them."""
        ...

    def open_work(self, learner: Learner, course: Course) -> list[Offer]:
        """Return what `learner` has begun and not ended, the most pressing first."""
        ...

    def adopt(self, guest: Learner, learner: Learner) -> None:
        """Move what `guest` did over to `learner`, inside the caller's transaction; nothing lost or doubled."""
        ...


_registered: dict[str, Activity] = {}


def register(activity: Activity) -> None:
    """Make `activity` known; registering a name again replaces it."""
    _registered[activity.name] = activity


def activities() -> tuple[Activity, ...]:
    """Return the registered activities in the order of their names."""
    return tuple(_registered[name] for name in sorted(_registered))


def derive(course: CourseSource, scenario: str, designs: Sequence[Design]) -> Sequence[bool] | Problem | None:
    """Return what the activity that knows `scenario` says of `designs`; None when none does."""
    answers = (activity.derive(course, scenario, designs) for activity in activities())
    return next((answer for answer in answers if answer is not None), None)


def find_offer(course: Course, source: str) -> Offer | None:
    """Return where to do again what evidence calls `source`, in whichever activity it is."""
    offers = (activity.offer(course, source) for activity in activities())
    return next((offer for offer in offers if offer), None)


def offers_for_statements(course: Course, statements: Collection[str]) -> list[Offer]:
    """Return what any activity has that asks for `statements`."""
    return [offer for activity in activities() for offer in activity.for_statements(course, statements)]
