"""The one extension point: what quizzes and the builder add to lessons, to the content check and to the sync.

The arrow points upward nowhere: upper apps register an `Activity` in `AppConfig.ready()`, and `learning` asks them
through this Protocol. Everything returned is a plain dataclass; words are already in the language asked for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from django.contrib.auth.models import User
from django.db.models import Exists
from django.http import HttpRequest

from learning.catalogue.errors import Problem
from learning.catalogue.schema import CourseSource
from learning.models import Assignment, Course, Extension, Learner, Lesson, Membership
from learning.services.data import counted


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do next: "12 questions", with where to do it.

    `kind`: "exam" for what goes against the clock, "" for the rest. `about`: a sentence on what it is.
    """

    label: str
    url: str
    count: int
    kind: str = ""
    about: str = ""


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


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something answered wrong, or right by a guess, as it last went. Texts are plain, a line each.

    `subject`: as evidence calls it. `statements`: slugs of what it rests on. `times`: how often it went so.
    `corrected`: the question was wrong then and has been mended since.
    """

    subject: str
    course: str
    title: str
    text: str
    seen_at: datetime
    correct: bool
    confidence: str
    own: tuple[str, ...]
    right: tuple[str, ...]
    reasons: tuple[str, ...]
    statements: tuple[str, ...]
    times: int = 1
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """Something met before, to be found again: what it is called, all that it says, its topic, where it is shown."""

    title: str
    text: str
    topic: str
    url: str


@dataclass(frozen=True, slots=True)
class Gift:
    """What can be given to a class: `source` as an `Assignment` keeps it, its name, where it is done, what it takes."""

    source: str
    label: str
    url: str
    about: str = ""


type State = Literal["new", "working", "stuck", "done"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands with something given: `since` when, with which result, and where they see it themselves.

    Stuck: time runs and nothing was saved for ten minutes, or it went wrong again and again.
    """

    state: State = "new"
    since: datetime | None = None
    score: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Something a class member handed in and rules judged: `score` of 100, and where its report is read.

    `wrong`: keys of what was found wrong, most costly first. `missed` and `known`: slugs of the statements that shows.
    `id`: the same where one piece of work counts for two things given.
    """

    id: str
    assignment: int
    learner: int
    at: datetime
    score: int
    url: str
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What rules find wrong, in words, and the slugs of the statements that say why."""

    words: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassWork:
    """What a class handed in: by assignment what was given, the work in order of time, what was found by its key."""

    given: Mapping[int, Gift] = field(default_factory=dict)
    judged: Sequence[Judged] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExamLine:
    """An exam that was taken: what was foretold of it and what came. Scores 100-1000; `probability` between 0 and 1.

    `expected_low`, `expected_high` and `probability` are None when there was too little evidence to say, or the exam
    is older than the foretelling. `held`: the score lies in the range; None without one. `met`: how many of its `items`
    had been marked for the learner before, and so were not what was foretold.
    """

    title: str
    url: str
    at: datetime
    score: int
    low: int
    high: int
    pass_mark: int
    items: int
    probability: float | None = None
    expected_low: int | None = None
    expected_high: int | None = None
    met: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the score reaches the pass mark."""
        return self.score >= self.pass_mark

    @property
    def held(self) -> bool | None:
        """Whether the score lies in the range foretold."""
        if self.expected_low is None or self.expected_high is None:
            return None
        return self.expected_low <= self.score <= self.expected_high


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be reviewed today: how many questions, about how many minutes, and where.

    `next_on`: the next day on which something comes after today; None when nothing is planned at all. `days`: the
    forecast, how many come on which day, today first.
    """

    count: int
    minutes: int
    next_on: date | None
    url: str
    days: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """Time on one kind of activity on one day: what it is called, and how many seconds."""

    day: date
    label: str
    seconds: int


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

    def derive(self, folder: Path, scenario: str, designs: Sequence[Design]) -> Sequence[bool | Problem] | None:
        """Return for each of `designs` whether it earns full marks in `scenario` of the course in `folder`.

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

    def level_check(self, course: Course) -> Offer | None:
        """Return the short check that places a newcomer; None where there is none. Must not query each time."""
        ...

    def exams(self, learner: Learner, course: Course) -> Sequence[ExamLine]:
        """Return the exams `learner` has ended in `course`, the latest first."""
        ...

    def due(self, learner: Learner | None, course: Course, now: datetime) -> Due | None:
        """Return what `learner` is to review today; None where there is no such thing as review."""
        ...

    def time_spent(self, learner: Learner, course: Course, since: datetime) -> Sequence[Spent]:
        """Return how long `learner` worked since then, as far as it is stored; days are the site's."""
        ...

    def adopt(self, guest: Learner, learner: Learner) -> None:
        """Move what `guest` did over to `learner`, inside the caller's transaction; nothing lost or doubled."""
        ...

    def gifts(self, course: Course, user: User) -> list[Gift]:
        """Return what the instructor `user` can give to a class."""
        ...

    def named(self, given: Collection[Assignment]) -> Mapping[int, Gift]:
        """Return by primary key what those of `given` are that this activity knows, with where to do each."""
        ...

    def standings(
        self, given: Collection[Assignment], members: Collection[Membership], now: datetime
    ) -> Mapping[tuple[int, int], Standing]:
        """Return how `members` stand, by assignment and learner; who has not begun is left out.

        Of a member who left, only what was done until then. As many queries for thirty members as for one.
        """
        ...

    def class_work(
        self, given: Collection[Assignment], members: Collection[Membership], now: datetime
    ) -> ClassWork | None:
        """Return what `members` handed in that counts for `given` and rules judged; None where nothing is judged so.

        As many queries for thirty members as for one.
        """
        ...

    def extend(self, extension: Extension, now: datetime) -> None:
        """Let what is under way go on as much longer as `extension`, just made, says; in the caller's transaction."""
        ...

    def allow(self, learner: Learner, percent: int, actor: User, now: datetime) -> None:
        """Give `learner` `percent` more time in whatever of this activity goes against the clock, from now on."""
        ...

    def allowed(self, learners: Collection[int]) -> Mapping[int, int]:
        """Return the percent of more time of those of `learners` (primary keys) who have some."""
        ...

    def export(self, learner: Learner) -> Mapping[str, Any]:
        """Return all that this activity keeps of `learner`, as plain data that JSON can say.

        What may not be shown to them yet, as the key of an exam that is not over, stays out.
        """
        ...

    def may_withhold(self, learner: Learner) -> Exists | None:
        """Return whether there can be any such act as `withheld` returns, asked with another query; None: never."""
        ...

    def withheld(self, learner: Learner) -> Collection[str]:
        """Return the acts (as evidence names them) whose marks `learner` may not see yet."""
        ...

    def kept(self, learner: Learner) -> list[str]:
        """Return in words how much this activity keeps of `learner`; nothing of which there is none."""
        ...

    def met(self, learner: Learner) -> Iterable[Met]:
        """Return what `learner` has met and may look at again, the latest first, as it stands before it is marked."""
        ...

    def mistakes(self, learner: Learner) -> Iterable[Mistake]:
        """Yield what `learner` got wrong and may see the reasons of, the latest first, in the active language."""
        ...


_registered: dict[str, Activity] = {}


def register(activity: Activity) -> None:
    """Make `activity` known; registering a name again replaces it."""
    _registered[activity.name] = activity


def activities() -> tuple[Activity, ...]:
    """Return the registered activities in the order of their names."""
    return tuple(_registered[name] for name in sorted(_registered))


def derive(folder: Path, scenario: str, designs: Sequence[Design]) -> Sequence[bool | Problem] | None:
    """Return what the activity that knows `scenario` says of `designs`; None when none does."""
    answers = (activity.derive(folder, scenario, designs) for activity in activities())
    return next((answer for answer in answers if answer is not None), None)


def class_work(given: Collection[Assignment], members: Collection[Membership], now: datetime) -> ClassWork:
    """Return what `members` handed in for `given`, of whichever activity has its work judged by rules."""
    works = (activity.class_work(given, members, now) for activity in activities())
    return next((work for work in works if work is not None), ClassWork())


def find_offer(course: Course, source: str) -> Offer | None:
    """Return where to do again what evidence calls `source`, in whichever activity it is."""
    offers = (activity.offer(course, source) for activity in activities())
    return next((offer for offer in offers if offer), None)


def offers_for_statements(course: Course, statements: Collection[str]) -> list[Offer]:
    """Return what any activity has that asks for `statements`."""
    return [offer for activity in activities() for offer in activity.for_statements(course, statements)]


def exams_of(learner: Learner | None, course: Course) -> list[ExamLine]:
    """Return the exams `learner` has ended in any activity, the latest first; nobody has none."""
    lines = [line for activity in activities() for line in activity.exams(learner, course)] if learner else []
    return sorted(lines, key=lambda line: line.at, reverse=True)


def withheld_from(learner: Learner) -> frozenset[str]:
    """Return the acts, of all activities, whose marks `learner` may not see yet."""
    return frozenset(act for activity in activities() for act in activity.withheld(learner))


def kept_of(learner: Learner) -> list[str]:
    """Return in words how much is kept of `learner`, of reading and of all activities."""
    return [*counted(learner=learner), *(words for activity in activities() for words in activity.kept(learner))]
