"""Questions as files to take away: which ones, in which format, and what that format leaves behind. Reads only.

Time is a parameter. Knows no requests: the caller has asked who it is, and `choose` gives only what they may see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from learning.catalogue.errors import Problem
from learning.catalogue.schema import LANGUAGES
from learning.models import Course, Topic
from quizzes.interchange.formats import Format, Options
from quizzes.interchange.found import Sheet
from quizzes.interchange.losses import LEFT_OUT, NOT_CARRIED
from quizzes.interchange.quizmd import TAGS
from quizzes.interchange.quizmd_files import Alone, written
from quizzes.interchange.zips import pack
from quizzes.marking import bank
from quizzes.marking.item import Bank
from quizzes.models import Origin, Question, Quiz
from quizzes.services.authoring import read_draft
from quizzes.services.authoring import written as draft_of
from quizzes.services.revising import ground_of

MOST = 2_000  # questions in one export
OURS = "quizmd"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which questions of a course: all, or those of a topic, a tag, a quiz, or the ones ticked."""

    course: Course
    topic: Topic | None = None
    tag: str = ""
    quiz: Quiz | None = None
    questions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that stays behind: an English message with its parameters, and the ids of its questions."""

    message: str
    params: Mapping[str, object]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """What there is to take away: the files by name, and what of the questions is not in them."""

    files: Mapping[str, bytes]
    count: int  # questions in them
    losses: tuple[Loss, ...] = ()
    left_out: tuple[Loss, ...] = ()
    unreadable: tuple[str, ...] = ()  # ids of drafts that have errors
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by language: ids that do not exist in it
    pks: Mapping[str, int] = field(default_factory=dict)  # of the questions, by id

    @property
    def data(self) -> bytes:
        """The one file, or an archive of several."""
        return next(iter(self.files.values())) if len(self.files) == 1 else pack(self.files)


def choose(*, user: User, wish: Wish) -> list[Question]:
    """Return the questions that are wished and that `user`, an instructor, may see, in the order of the course."""
    rows: QuerySet[Question] = Question.objects.filter(course=wish.course)
    rows = rows.seen_by(user)  # type: ignore[attr-defined]  # WrittenQuerySet
    rows = rows.filter(pk__in=wish.questions) if wish.questions else rows.filter(retired_at=None)
    if wish.topic:
        rows = rows.filter(topic=wish.topic)
    if wish.quiz:
        held = {"slug__in": wish.quiz.items} if wish.quiz.items else {"topic__slug__in": wish.quiz.topics}
        rows = rows.filter(**held)
    found = rows.select_related("topic", "current", "draft", "course").order_by("topic__position", "position", "pk")
    tagged = [row for row in found if not wish.tag or wish.tag in row.tags]
    return tagged[:MOST]


def export(
    *, questions: Sequence[Question], course: Course, form: Format, languages: Sequence[str], name: str, now: datetime
) -> Export:
    """Return `questions` as files of the format `form`, one for each of `languages`; `name` begins their names."""
    banks = banks_of(questions, course)
    unreadable = tuple(question.slug for question in questions if not banks[question.pk])
    silent = {lang: tuple(q.slug for q in questions if banks[q.pk] and lang not in banks[q.pk]) for lang in languages}
    if form.name == OURS:
        files: dict[str, bytes] = _ours(questions, course, banks, languages)
        losses = tuple(_tags_stay(questions))
    else:
        files, losses = _theirs(questions, course, banks, form, languages, name, now)
    count = sum(bool(set(languages) & set(banks[question.pk])) for question in questions)
    left = [problem for problem in losses if problem.message == LEFT_OUT]
    stays = [problem for problem in losses if problem.message != LEFT_OUT]
    out = len({problem.params.get("id") for problem in left})
    pks = {question.slug: question.pk for question in questions}
    return Export(files, count - out, _grouped(stays), _grouped(left), unreadable, silent, pks)


def banks_of(questions: Iterable[Question], course: Course) -> dict[int, Mapping[str, Bank]]:
    """Return what each question says, by pk and language, as a bank of this one item: as published, else as drafted.

    A draft that cannot be read gives nothing.
    """
    ground = ground_of(course)
    held: dict[int, Mapping[str, Bank]] = {}
    for question in questions:
        if question.current:
            source: Mapping[str, str] = question.current.secret["source"]
            held[question.pk] = {lang: bank.read(text).bank for lang, text in source.items()}
        else:
            pair = read_draft(question, draft_of(question).writing, ground).pair
            held[question.pk] = {lang: entry.alone() for lang, entry in pair.items()}
    return held


def _ours(
    questions: Sequence[Question], course: Course, banks: Mapping[int, Mapping[str, Bank]], languages: Sequence[str]
) -> dict[str, bytes]:
    """Return files for the course folder, that `sync_content` reads back unchanged."""
    shelves = _shelves(questions, course)
    alone = [
        Alone(shelves[question.pk], {lang: one for lang, one in banks[question.pk].items() if lang in languages})
        for question in questions
    ]
    return {name: text.encode() for name, text in written(alone).items()}


def _shelves(questions: Sequence[Question], course: Course) -> dict[int, str]:
    """Return the file each question belongs in. No file takes the name of another that says more.

    What was written on the site stands apart from the course's files, and so does a part of what a file holds.
    """
    here = {question.pk for question in questions}
    of_files = Question.objects.filter(course=course, origin=Origin.FILE, retired_at=None)
    part = {topic for pk, topic in of_files.values_list("pk", "topic__slug") if pk not in here}
    return {question.pk: _shelf(question, part) for question in questions}


def _shelf(question: Question, part: set[str]) -> str:
    topic = question.topic.slug
    if question.origin == Origin.SITE:
        return f"{topic}-site"
    return f"{topic}-part" if topic in part else topic


def _theirs(
    questions: Sequence[Question],
    course: Course,
    banks: Mapping[int, Mapping[str, Bank]],
    form: Format,
    languages: Sequence[str],
    name: str,
    now: datetime,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    files: dict[str, bytes] = {}
    losses: list[Problem] = []
    for lang in languages:
        sheets = [_sheet(question, banks[question.pk][lang]) for question in questions if lang in banks[question.pk]]
        title = course.title.get(lang) or course.slug
        options = Options(language=lang, title=title, source=course.slug, written_at=int(now.timestamp()))
        done = form.write(sheets, options)
        files[f"{name}.{lang}{form.extensions[0]}"] = done.data
        losses += done.losses
    return files, tuple(losses)


def _sheet(question: Question, alone: Bank) -> Sheet:
    item = alone.items()[0]
    return Sheet(item, alone.cases().get(item.id), alone.topic, alone.difficulty_of(item), tuple(question.tags))


def _tags_stay(questions: Sequence[Question]) -> Iterable[Problem]:
    """Yield that tags stay behind: files of the course have no place for an instructor's own words."""
    return (Problem("", 0, NOT_CARRIED, {"id": q.slug, "what": TAGS}) for q in questions if q.tags)


def _grouped(problems: Iterable[Problem]) -> tuple[Loss, ...]:
    """Return problems by what they say, each with the questions it is said of, the most frequent first."""
    groups: dict[tuple[str, tuple[tuple[str, Any], ...]], dict[str, None]] = {}
    for problem in problems:
        rest = tuple((key, value) for key, value in sorted(problem.params.items()) if key != "id")
        groups.setdefault((problem.message, rest), {})[str(problem.params.get("id", ""))] = None
    losses = [Loss(message, dict(rest), tuple(items)) for (message, rest), items in groups.items()]
    return tuple(sorted(losses, key=lambda loss: -len(loss.items)))


def languages_of(choice: str) -> tuple[str, ...]:
    """Return the languages that `choice` ("ko", "en", "both") means."""
    return tuple(LANGUAGES) if choice == "both" else (choice,)
