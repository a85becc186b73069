"""What the builder adds to lessons, to the content check and to the sync: its scenarios.

Must not know pages. Registered by `builder.apps`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from builder.models import Scenario, Submission
from builder.services import adopt, derive, quotes_of, read_files, shelf_of, unknown_statements
from builder.services.class_designs import designs_for
from builder.services.giving import KIND, Progress, progress_of
from builder.services.library import Files
from builder.services.own import kept_words, own_data
from learning.activities import (
    ClassWork,
    ExamLine,
    Gift,
    Met,
    Mistake,
    Offer,
    ProgressLine,
    Spent,
    Standing,
    SyncReport,
)
from learning.catalogue.errors import Problem
from learning.catalogue.schema import CourseSource
from learning.models import Assignment, Course, Extension, Learner, Lesson, Membership, said

FULL = 100


class BuilderActivity:
    """Designing architectures, as `learning.activities.Activity` asks for it."""

    name = "builder"

    def check(self, course: CourseSource) -> list[Problem]:
        """Return every problem of rules.yaml and the scenarios, and statements they name that no lesson holds."""
        files = read_files(course.folder)
        return [*files.problems, *unknown_statements(files, course.folder, course.statement_ids())]

    def sync(self, row: Course, course: CourseSource) -> list[SyncReport]:
        """Make the rows of the course's scenarios those of its files; a row without a file is retired."""
        files = read_files(course.folder)
        rows = {one.slug: one for one in Scenario.objects.filter(course=row)}
        added = [slug for slug in files.tasks if slug not in rows]
        changed = [slug for slug in files.tasks if slug in rows and _differs(rows[slug], files, slug)]
        for slug in (*added, *changed):
            _write(row, files, slug)
        gone = Scenario.objects.filter(course=row, retired_at=None).exclude(slug__in=files.tasks)
        retired = list(gone.values_list("slug", flat=True))
        gone.update(retired_at=timezone.now())
        return [SyncReport("scenarios", added, changed, retired)]

    def for_course(self, course: Course) -> list[Offer]:
        """Return the scenarios of the course as one offer."""
        count = len(_taught(course.pk, course.content_hash))
        return [_offer(count)] if count else []

    def for_lesson(self, lesson: Lesson) -> list[Offer]:
        """Return as one offer the scenarios that teach something of `lesson`."""
        taught = _taught(lesson.course_id, lesson.course.content_hash)
        count = sum(lesson.slug in lessons for lessons in taught)
        return [_offer(count)] if count else []

    def in_lesson(self, request: HttpRequest, lesson: Lesson, ids: Sequence[str]) -> Mapping[str, str]:
        """Nothing of the builder stands inside a lesson."""
        return {}

    def progress(self, learner: Learner, course: Course) -> list[ProgressLine]:
        """Return how many scenarios `learner` has solved with full marks."""
        of = len(_taught(course.pk, course.content_hash))
        solved = Submission.objects.filter(learner=learner, scenario__course=course, score=FULL)
        done = solved.filter(scenario__retired_at=None).aggregate(n=Count("scenario", distinct=True))["n"]
        return [ProgressLine(gettext("Scenarios solved"), done, of, reverse("builder:list"))] if of else []

    def derive(
        self, folder: Path, scenario: str, designs: Sequence[Sequence[Mapping[str, str]]]
    ) -> Sequence[bool | Problem] | None:
        """Return whether each design earns full marks in `scenario`."""
        return derive(folder, scenario, designs)

    def offer(self, course: Course, source: str) -> Offer | None:
        """Return the scenario that `scenario:<id>` names."""
        kind, _, slug = source.partition(":")
        title = _titles(course.pk, course.content_hash).get(slug) if kind == "scenario" else None
        return Offer(said(title), reverse("builder:build", args=[slug]), 1) if title else None

    def for_statements(self, course: Course, statements: Collection[str]) -> list[Offer]:
        """Nothing: a scenario teaches many statements at once."""
        return []

    def open_work(self, learner: Learner, course: Course) -> list[Offer]:
        """Return nothing: a design is never under way, its draft is simply there."""
        return []

    def due(self, learner: Learner | None, course: Course, now: datetime) -> None:
        """Nothing: designs are not reviewed on a day."""

    def exams(self, learner: Learner, course: Course) -> list[ExamLine]:
        """Return nothing: a design is no exam."""
        return []

    def level_check(self, course: Course) -> Offer | None:
        """Nothing: designs place nobody."""
        return None

    def time_spent(self, learner: Learner, course: Course, since: datetime) -> list[Spent]:
        """Nothing: how long a design took is not stored."""
        return []

    def adopt(self, guest: Learner, learner: Learner) -> None:
        """Move the guest's drafts and submissions over."""
        adopt(guest=guest, learner=learner)

    def export(self, learner: Learner) -> Mapping[str, Any]:
        """Return the learner's drafts and the designs they handed in."""
        return own_data(learner=learner)

    def may_withhold(self, learner: Learner) -> None:
        """Never."""

    def withheld(self, learner: Learner) -> Collection[str]:
        """Nothing: a report is given at once."""
        return ()

    def kept(self, learner: Learner) -> list[str]:
        """Return how many drafts and submitted designs there are."""
        return kept_words(learner=learner)

    def met(self, learner: Learner) -> Iterable[Met]:
        """Nothing: scenarios stand in their list for everybody."""
        return ()

    def mistakes(self, learner: Learner) -> Iterable[Mistake]:
        """Nothing: a report says itself what to mend."""
        return ()

    def gifts(self, course: Course, user: User) -> list[Gift]:
        """Return the scenarios of the course."""
        titles = _titles(course.pk, course.content_hash)
        return [_gift(slug, title) for slug, title in titles.items()]

    def named(self, given: Collection[Assignment]) -> Mapping[int, Gift]:
        """Return the scenarios among what is `given`."""
        slugs = {one.pk: one.source.removeprefix(KIND) for one in given if one.source.startswith(KIND)}
        titles = dict(Scenario.objects.filter(slug__in=slugs.values()).values_list("slug", "title")) if slugs else {}
        return {pk: _gift(slug, titles[slug]) for pk, slug in slugs.items() if slug in titles}

    def standings(
        self, given: Collection[Assignment], members: Collection[Membership], now: datetime
    ) -> Mapping[tuple[int, int], Standing]:
        """Return what members submitted for the scenarios since they were given, and until they closed."""
        found = progress_of(given=given, members=members, now=now)
        return {key: _standing(progress) for key, progress in found.items()}

    def class_work(self, given: Collection[Assignment], members: Collection[Membership], now: datetime) -> ClassWork:
        """Return the designs that members handed in for the scenarios since they were given, until they closed."""
        designs = designs_for(given=given, members=members, now=now)
        return replace(designs, given=self.named(given))

    def extend(self, extension: Extension, now: datetime) -> None:
        """Nothing: a design goes against no clock."""

    def allow(self, learner: Learner, percent: int, actor: User, now: datetime) -> None:
        """Nothing: a design goes against no clock."""

    def allowed(self, learners: Collection[int]) -> Mapping[int, int]:
        """Nothing: a design goes against no clock."""
        return {}


def _standing(one: Progress) -> Standing:
    if one.submission is None:
        return Standing(one.state, one.since, gettext("designing"))
    numbers: dict[str, object] = {"score": one.submission.score, "n": one.times}
    words = gettext("%(score)s of 100")
    if one.times > 1:
        words = f"{words} · {gettext('the best of %(n)s')}"
    return Standing(one.state, one.since, words % numbers, one.submission.get_absolute_url())


def _gift(slug: str, title: dict[str, str]) -> Gift:
    return Gift(f"{KIND}{slug}", said(title), reverse("builder:build", args=[slug]))


def _offer(count: int) -> Offer:
    label = ngettext("%(n)s scenario to design", "%(n)s scenarios to design", count) % {"n": count}
    about = gettext("Build what a client asks for; the rules of the notes score it and say what to mend.")
    return Offer(label, reverse("builder:list"), count, about=about)


@lru_cache(maxsize=8)
def _taught(course_id: int, content_hash: str) -> tuple[frozenset[str], ...]:
    """Return for each scenario the lessons it teaches something of; queried once a process and content version."""
    live = list(Scenario.objects.live().filter(course=course_id))
    lessons = {slug: quote.lesson for slug, quote in quotes_of(live[0].course).items()} if live else {}
    return tuple(frozenset(lessons[one] for one in _teaches(scenario) if one in lessons) for scenario in live)


@lru_cache(maxsize=8)
def _titles(course_id: int, content_hash: str) -> Mapping[str, dict[str, str]]:
    """Return the titles of the live scenarios by id; queried once a process and content version."""
    return dict(Scenario.objects.live().filter(course=course_id).values_list("slug", "title"))


def _teaches(scenario: Scenario) -> tuple[str, ...]:
    """A lesson page must stand even when a scenario's file has gone since the last sync."""
    try:
        return shelf_of(scenario).task.teaches
    except FileNotFoundError:
        return ()


def _differs(row: Scenario, files: Files, slug: str) -> bool:
    task, version = files.tasks[slug]
    stored = (row.content_hash, row.level, row.position, row.retired_at)
    return stored != (version, task.level, task.position, None)


def _write(course: Course, files: Files, slug: str) -> None:
    task, version = files.tasks[slug]
    values = {
        "course": course,
        "level": task.level,
        "position": task.position,
        "title": {"ko": task.title.ko, "en": task.title.en},
        "content_hash": version,
        "retired_at": None,
    }
    Scenario.objects.update_or_create(slug=slug, defaults=values)


activity = BuilderActivity()
