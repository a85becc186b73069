"""What quizzes add to lessons, to the content check and to the sync: `learning.activities.Activity`, implemented.

Must not know views; what lessons ask on every request costs no query (`quizzes.services.stock`).
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, Max, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning import http
from learning.activities import (
    Design,
    Due,
    ExamLine,
    Gift,
    Met,
    Mistake,
    Offer,
    ProgressLine,
    Spent,
    Standing,
    SyncReport,
    derive,
)
from learning.catalogue.errors import Problem
from learning.catalogue.schema import CourseSource
from learning.mastery.placing import MOST
from learning.models import Assignment, Course, Extension, Learner, Lesson, Membership, said
from quizzes.marking.files import check_files, read_files
from quizzes.marking.grade import HIGHEST
from quizzes.models import Attempt, AttemptItem, Grade, Origin, Quiz
from quizzes.services import adopt, allow_extra_time, forget_stock, quick_card, settle, settle_due, stock_of, sync_files
from quizzes.services.cards import adopt_review
from quizzes.services.draws import withheld_acts
from quizzes.services.due import due_today
from quizzes.services.giving import (
    Progress,
    allowed_percents,
    extend_attempt,
    givable,
    given_quizzes,
    progress_of,
)
from quizzes.services.met import met_items
from quizzes.services.mistakes import mistakes_of
from quizzes.services.opening import KIND, sealing_exams
from quizzes.services.own import kept_words, own_data, plain
from quizzes.services.predictions import Sat, sat
from quizzes.services.stock import Stock

CSRF, OPERATION = "%csrf%", "%operation%"  # what a kept card says in place of what differs from request to request

MODES = {
    Quiz.Mode.PRACTICE: gettext_lazy("Practice"),
    Quiz.Mode.EXAM: gettext_lazy("Exams"),
    Quiz.Mode.CHECK: gettext_lazy("Quick checks"),
    Quiz.Mode.REVIEW: gettext_lazy("Reviews"),
    Quiz.Mode.LEVEL: gettext_lazy("Level check"),
}


class Quizzes:
    """The activity."""

    name = "quizzes"

    def check(self, course: CourseSource) -> list[Problem]:
        """Return every problem of the question and quiz files of `course`, and of its lessons' quick checks."""
        return check_files(course, partial(derive, course.folder))

    def sync(self, row: Course, course: CourseSource) -> list[SyncReport]:
        """Bring questions and quizzes in line with the files."""
        reports = sync_files(course=row, files=read_files(course.folder), now=timezone.now())
        forget_stock()
        return reports

    def for_course(self, course: Course) -> list[Offer]:
        """Return the quizzes over several topics, or all if there are none."""
        stock = stock_of(course)
        wide = [quiz for quiz in stock.quizzes if len(quiz.topics) > 1]
        return [_offer(quiz, stock) for quiz in wide or stock.quizzes]

    def for_lesson(self, lesson: Lesson) -> list[Offer]:
        """Return the quizzes over the lesson's topic alone, or those that ask of it among others."""
        stock = stock_of(lesson.course)
        asking = [quiz for quiz in stock.quizzes if lesson.topic.slug in quiz.topics]
        alone = [quiz for quiz in asking if len(quiz.topics) == 1]
        return [_offer(quiz, stock) for quiz in alone or asking]

    def in_lesson(self, request: HttpRequest, lesson: Lesson, ids: Sequence[str]) -> Mapping[str, str]:
        """Return a card to answer for each of `ids`; it differs from request to request only in its hidden fields."""
        stock = stock_of(lesson.course)
        known = [slug for slug in ids if slug in stock.public]
        csrf = get_token(request) if known else ""
        return {
            slug: SafeString(
                _kept_card(stock, lesson.course, slug, f"{number} / {len(known)}")
                .replace(CSRF, csrf)
                .replace(OPERATION, str(uuid.uuid4()))
            )
            for number, slug in enumerate(known, start=1)
        }

    def progress(self, learner: Learner, course: Course) -> list[ProgressLine]:
        """Return how many of the course's questions `learner` has answered at least once, and their best exam."""
        total = len(stock_of(course).public)
        marked = AttemptItem.objects.of(learner).filter(attempt__course=course).exclude(checked_at=None)
        of_files = marked.filter(revision__question__origin=Origin.FILE, revision__question__retired_at=None)
        done = of_files.values("revision__question").distinct().count()
        lines = [ProgressLine(_("Questions answered"), done, total, reverse("quizzes:list"))] if total else []
        best = Grade.objects.of(learner).filter(attempt__course=course).aggregate(best=Max("scaled"))["best"]
        return [*lines, ProgressLine(_("Best exam score"), best, HIGHEST, reverse("quizzes:list"))] if best else lines

    def derive(self, folder: Path, scenario: str, designs: Sequence[Design]) -> None:
        """Nothing: what is right for a scenario, the builder knows."""

    def offer(self, course: Course, source: str) -> Offer | None:
        """Return the question that `item:<id>` names, to answer it as a quick check."""
        kind, _colon, slug = source.partition(":")
        return _question_offer(course, slug) if kind == "item" else None

    def for_statements(self, course: Course, statements: Collection[str]) -> list[Offer]:
        """Return the questions whose right answers rest on any of `statements`, as quick checks."""
        stock = stock_of(course)
        slugs = dict.fromkeys(slug for statement in statements for slug in stock.asking.get(statement, ()))
        return [offer for slug in slugs if (offer := _question_offer(course, slug))]

    def open_work(self, learner: Learner, course: Course) -> list[Offer]:
        """Return the exam and the practice `learner` has open; what ran out of time is ended first."""
        rows = Attempt.objects.of(learner).open().filter(course=course).exclude(quiz=None)
        ordered = rows.select_related("quiz", "course").order_by(F("deadline_at").asc(nulls_last=True), "-started_at")
        settled = [settle(attempt=attempt, now=timezone.now()) for attempt in ordered]
        going = [attempt for attempt in settled if attempt.is_open]
        return [Offer(_resume(one), one.get_absolute_url(), 1, _kind(one)) for one in going]

    def level_check(self, course: Course) -> Offer | None:
        """Return the level check where there are questions for one."""
        url = f"{reverse('quizzes:level')}?course={course.slug}"
        return Offer(_("Level check (5 min)"), url, MOST) if stock_of(course).public else None

    def due(self, learner: Learner | None, course: Course, now: datetime) -> Due:
        """Return the questions `learner` is to review today."""
        url = reverse("quizzes:reviewing")
        if learner is None:
            return Due(0, 0, None, url)
        today = due_today(learner=learner, course=course, now=now)
        return Due(today.count, today.minutes, today.next_on, url, today.days)

    def exams(self, learner: Learner, course: Course) -> list[ExamLine]:
        """Return the ended exams, each with what was foretold of it. What ran out of time is ended first."""
        settle_due(now=timezone.now(), learner=learner)
        return [_exam_line(one) for one in sat(learner=learner, course=course)]

    def time_spent(self, learner: Learner, course: Course, since: datetime) -> list[Spent]:
        """Return the time on questions, as the browser told it and the clock allows, by the attempt's day."""
        rows = AttemptItem.objects.of(learner).filter(attempt__course=course, attempt__started_at__gte=since)
        day = TruncDate("attempt__started_at", tzinfo=timezone.get_default_timezone())
        found = rows.filter(seconds__gt=0).order_by().values_list(day, "attempt__mode").annotate(total=Sum("seconds"))
        return [Spent(when, str(MODES[mode]), seconds) for when, mode, seconds in found]

    def adopt(self, guest: Learner, learner: Learner) -> None:
        """Move the guest's attempts over, and what review makes of them."""
        adopt(guest=guest, learner=learner, now=timezone.now())
        adopt_review(guest=guest, learner=learner)

    def export(self, learner: Learner) -> Mapping[str, Any]:
        """Return the learner's attempts with answers and grades, reviews, plans and problem reports.

        What ran out of time is ended first.
        """
        now = timezone.now()
        settle_due(now=now, learner=learner)
        return own_data(learner=learner, now=now, language=http.language())

    def may_withhold(self, learner: Learner) -> Exists:
        """Return whether there is an exam that is open or may keep its answers back."""
        return Exists(sealing_exams(learner, timezone.now()))

    def withheld(self, learner: Learner) -> Collection[str]:
        """Return the answers to questions of exams that are open or keep their answers back."""
        return withheld_acts(learner=learner, now=timezone.now())

    def kept(self, learner: Learner) -> list[str]:
        """Return how many quizzes, exams, quick checks and reviews the learner has begun."""
        return kept_words(learner=learner)

    def met(self, learner: Learner) -> Iterable[Met]:
        """Return the questions whose marks `learner` may see, as they were shown."""
        return map(_met, met_items(learner=learner, now=timezone.now()))

    def mistakes(self, learner: Learner) -> Iterable[Mistake]:
        """Yield the questions that were missed or guessed and may be shown. What ran out of time is ended first."""
        now = timezone.now()
        settle_due(now=now, learner=learner)
        return mistakes_of(learner=learner, now=now, language=http.language())

    def gifts(self, course: Course, user: User) -> list[Gift]:
        """Return the quizzes `user` may see that can be taken."""
        return [_gift(quiz, quiz.get_absolute_url()) for quiz in givable(course=course, user=user)]

    def named(self, given: Collection[Assignment]) -> Mapping[int, Gift]:
        """Return the quizzes among what is `given`; those put away lead nowhere."""
        quizzes = given_quizzes(given)
        live = {pk: not quiz.draft and quiz.retired_at is None for pk, quiz in quizzes.items()}
        urls = {pk: f"{quiz.get_absolute_url()}?given={pk}" if live[pk] else "" for pk, quiz in quizzes.items()}
        return {pk: _gift(quiz, urls[pk]) for pk, quiz in quizzes.items()}

    def standings(
        self, given: Collection[Assignment], members: Collection[Membership], now: datetime
    ) -> Mapping[tuple[int, int], Standing]:
        """Return how far members are in the attempts they began for what was given."""
        found = progress_of(given=given, members=members, now=now)
        return {key: _standing(progress) for key, progress in found.items()}

    def class_work(self, given: Collection[Assignment], members: Collection[Membership], now: datetime) -> None:
        """Nothing: quizzes have results of their own."""

    def extend(self, extension: Extension, now: datetime) -> None:
        """Move the deadline of an attempt that is open."""
        if extension.actor and extension.assignment.source.startswith(KIND):
            extend_attempt(extension=extension, actor=extension.actor, now=now)

    def allow(self, learner: Learner, percent: int, actor: User, now: datetime) -> None:
        """Give more time in every exam begun from now on."""
        allow_extra_time(learner=learner, percent=percent, actor=actor, now=now)

    def allowed(self, learners: Collection[int]) -> Mapping[int, int]:
        """Return who has more time in exams."""
        return allowed_percents(learners)


def _gift(quiz: Quiz, url: str) -> Gift:
    about = ngettext("%(n)s question", "%(n)s questions", quiz.count) % {"n": quiz.count}
    if quiz.is_exam:
        minutes = quiz.minutes or 0
        about = f"{about} · {ngettext('%(n)s minute', '%(n)s minutes', minutes) % {'n': minutes}}"
    return Gift(f"{KIND}{quiz.slug}", said(quiz.title), url, about)


def _standing(one: Progress) -> Standing:
    numbers: dict[str, object] = {"n": one.done, "of": one.of, "scaled": one.scaled, "attempts": one.attempts}
    if one.attempt.is_open:
        return Standing(one.state, one.since, _("%(n)s of %(of)s answered") % numbers, one.attempt.get_absolute_url())
    words = _("%(n)s of %(of)s right")
    if one.scaled is not None:
        words = _("%(scaled)s points, %(n)s of %(of)s right")
    if one.attempts > 1:
        words = f"{words} · {_('the best of %(attempts)s')}"
    return Standing(one.state, one.since, words % numbers, one.attempt.get_result_url())


def _exam_line(one: Sat) -> ExamLine:
    attempt, grade, expected = one.attempt, one.grade, one.prediction
    return ExamLine(
        title=said(attempt.quiz.title) if attempt.quiz else "",
        url=attempt.get_result_url(),
        at=attempt.finished_at or attempt.started_at,
        score=grade.scaled,
        low=grade.low,
        high=grade.high,
        pass_mark=grade.pass_mark,
        items=len(grade.marks),
        probability=expected.probability if expected else None,
        expected_low=expected.low if expected else None,
        expected_high=expected.high if expected else None,
        met=expected.detail.get("met") if expected else None,
    )


def _resume(attempt: Attempt) -> str:
    title = said(attempt.quiz.title) if attempt.quiz else ""
    if attempt.deadline_at and attempt.is_exam:
        until = timezone.localtime(attempt.deadline_at).strftime("%H:%M")
        return _("Go on with the exam: %(title)s, until %(time)s") % {"title": title, "time": until}
    return _("Go on with %(title)s") % {"title": title}


def _question_offer(course: Course, slug: str) -> Offer | None:
    stock = stock_of(course)
    if slug not in stock.public:
        return None
    return Offer(stock.words(slug, http.language())["title"], reverse("quizzes:check", args=[course.slug, slug]), 1)


def _offer(quiz: Quiz, stock: Stock) -> Offer:
    count = stock.held(quiz)
    label = ngettext("%(title)s: %(count)s question", "%(title)s: %(count)s questions", count)
    words = label % {"title": said(quiz.title), "count": count}
    return Offer(words, quiz.get_absolute_url(), count, _kind(quiz), said(quiz.summary))


def _kind(one: Quiz | Attempt) -> str:
    return "exam" if one.is_exam else ""


def _kept_card(stock: Stock, course: Course, slug: str, place: str) -> str:
    language = http.language()
    key = (language, slug, place)
    if key not in stock.cards:
        card = quick_card(stock.words(slug, language))
        context = {"card": card, "course": course, "place": place, "csrf": CSRF, "operation": OPERATION}
        stock.cards[key] = render_to_string("quizzes/_check.html", context)
    return stock.cards[key]


activity = Quizzes()


def _met(item: AttemptItem) -> Met:
    public = item.revision.public_in(http.language())
    pieces = [public["case_text"], public["text"], *public["body"]["pieces"], *public["body"].get("rows", ())]
    return Met(plain(public["title"]), plain(" ".join(pieces)), said(item.revision.question.topic.title), _met_at(item))


def _met_at(item: AttemptItem) -> str:
    """Return where `item` can be looked at again as it went."""
    attempt = item.attempt
    if attempt.is_open or attempt.mode == Quiz.Mode.CHECK:
        return reverse("quizzes:question", args=[attempt.pk, item.number])
    if attempt.is_level:
        return f"{reverse('quizzes:level-check', args=[attempt.pk])}#q-{item.number}"
    if attempt.is_review:
        return attempt.get_result_url()
    return f"{reverse('quizzes:review', args=[attempt.pk])}#q-{item.number}"
