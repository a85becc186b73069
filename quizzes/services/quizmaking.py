"""Quizzes written on the site: made, changed, published, copied, retired. One transaction each, with an audit entry.

Time is a parameter; the caller has asked whose quiz it is. Knows no requests.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from learning.catalogue.errors import N_
from learning.models import Course
from quizzes.marking.blueprint import quotas
from quizzes.marking.quotas import Quota, held
from quizzes.models import Origin, Question, Quiz
from quizzes.services.acts import UnfitError
from quizzes.services.audit import record
from quizzes.services.made import chosen, draw_made, pilots_held, quotas_of, stocked
from quizzes.services.made import published as may_be_asked

COPY = {"ko": "사본", "en": "copy"}  # stands in the stored title, in its language
MOST_ITEMS = 65
MOST_QUOTAS = 30
MOST_PILOTS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What an instructor wants of a quiz. Words by language; `items` are slugs in order, or `quotas` say how many."""

    title: dict[str, str]
    summary: dict[str, str]
    mode: str
    items: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    minutes: int | None = None
    pilots: int = 0
    attempts_allowed: int | None = None
    answers_shown: str = Quiz.Shown.SUBMIT
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    listed: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a quiz cannot be published: an English message and what stands in it."""

    message: str
    params: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def make_quiz(*, owner: User, course: Course, plan: Plan, now: datetime) -> Quiz:
    """Return a new draft of `owner`."""
    quiz = Quiz(course=course, owner=owner, origin=Origin.SITE, draft=True, slug=_new_slug(plan.title))
    quiz.position = 1 + (course.quizzes.aggregate(last=Max("position"))["last"] or 0)
    _apply(quiz, plan)
    record(actor=owner, action="make", subject=subject(quiz), now=now)
    return quiz


@transaction.atomic
def change_quiz(*, quiz: Quiz, plan: Plan, actor: User, now: datetime) -> Quiz:
    """Make the quiz as `plan` says, for attempts begun from now on; those begun keep what they froze.

    Raises UnfitError when a published quiz would no longer be fit to be taken; then nothing is changed.
    """
    row = Quiz.objects.select_for_update().get(pk=quiz.pk)
    _apply(row, plan)
    if not row.draft and lacks(row):
        raise UnfitError
    record(actor=actor, action="change", subject=subject(row), now=now)
    return row


def _apply(quiz: Quiz, plan: Plan) -> None:
    exam = plan.mode == Quiz.Mode.EXAM
    quiz.title, quiz.summary, quiz.mode = dict(plan.title), dict(plan.summary), plan.mode
    quiz.items = list(dict.fromkeys(plan.items))
    quiz.blueprint = [
        {"topic": one.topic, "difficulty": one.difficulty, "count": one.count} for one in plan.quotas if not plan.items
    ]
    quiz.minutes = plan.minutes if exam else None
    quiz.pilots = plan.pilots if exam else 0
    quiz.answers_shown = plan.answers_shown if exam else Quiz.Shown.SUBMIT
    quiz.attempts_allowed, quiz.listed, quiz.shared = plan.attempts_allowed, plan.listed, plan.shared
    quiz.opens_at, quiz.closes_at = plan.opens_at, plan.closes_at
    quiz.topics = _topics(quiz)
    quiz.count = len(quiz.items) or sum(row["count"] for row in quiz.blueprint)
    quiz.save()


def _topics(quiz: Quiz) -> list[str]:
    """Return the topics it asks of, in the course's order."""
    asked = {row["topic"] for row in quiz.blueprint}
    rows = Question.objects.filter(course=quiz.course_id, slug__in=quiz.items)
    asked |= set(rows.values_list("topic__slug", flat=True))
    return [slug for slug in quiz.course.topics.values_list("slug", flat=True) if slug in asked]


def _new_slug(title: dict[str, str]) -> str:
    """Return an address nobody can guess from the title alone: a quiz may be for one class only."""
    words = slugify(title.get("en", ""))[:50].strip("-") or "quiz"
    return f"{words}-{secrets.token_hex(3)}"


def subject(quiz: Quiz) -> str:
    """Return what the trail calls the quiz."""
    return f"quiz:{quiz.slug}"


def lacks(quiz: Quiz) -> list[Lack]:
    """Return why the quiz cannot be taken as it stands; nothing when it can."""
    return [*_lacks_of_words(quiz), *_lacks_of_questions(quiz)]


def _lacks_of_words(quiz: Quiz) -> Iterable[Lack]:
    if not (quiz.title.get("ko") and quiz.title.get("en")):
        yield Lack(N_("Give the title in Korean and in English."))
    if bool(quiz.summary.get("ko")) != bool(quiz.summary.get("en")):
        yield Lack(N_("Give the summary in both languages, or in none."))
    if quiz.is_exam and not quiz.minutes:
        yield Lack(N_("An exam needs its minutes."))


def _lacks_of_questions(quiz: Quiz) -> Iterable[Lack]:
    if not quiz.items and not quiz.blueprint:
        yield Lack(N_("Choose questions, or say how many of which topic."))
    found = {question.slug for question in chosen(quiz)} if quiz.items else set()
    gone = [slug for slug in quiz.items if slug not in found]
    if gone:
        yield Lack(N_("These questions are not published any more: %(ids)s."), {"ids": ", ".join(gone)})
    for quota, there in held_by(quiz):
        if there < quota.count:
            params = {"topic": quota.topic, "count": quota.count, "there": there}
            yield Lack(N_("%(topic)s: %(count)s wanted, but there are only %(there)s."), params)
    if short := _short(quiz):
        yield Lack(N_("Together the rows ask for %(short)s questions more than there are."), {"short": short})
    if quiz.pilots and (there := pilots_held(quiz)) < quiz.pilots:
        params = {"count": quiz.pilots, "there": there}
        yield Lack(N_("%(count)s pilot questions wanted, but there are only %(there)s."), params)


def _short(quiz: Quiz) -> int:
    """Return how many questions rows that share theirs lack together, where each of them alone has enough."""
    if any(there < quota.count for quota, there in held_by(quiz)):
        return 0
    return sum(quota.count for quota in quotas_of(quiz)) - len(draw_made(quiz, "trial")) if quiz.blueprint else 0


def held_by(quiz: Quiz) -> list[tuple[Quota, int]]:
    """Return each row of the blueprint with how many questions there are for it."""
    wanted = quotas_of(quiz)
    if not wanted:
        return []
    rows = may_be_asked(quiz).filter(topic__slug__in={one.topic for one in wanted}, pilot=False)
    stock = stocked(list(rows))
    return [(one, held(stock, one)) for one in wanted]


@transaction.atomic
def publish_quiz(*, quiz: Quiz, actor: User, now: datetime) -> None:
    """Let the quiz be taken and given. Raises UnfitError while something is lacking."""
    row = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if lacks(row):
        raise UnfitError
    _set(row, actor, "publish", now, draft=False, retired_at=None)


@transaction.atomic
def unpublish_quiz(*, quiz: Quiz, actor: User, now: datetime) -> None:
    """Make it a draft again: nobody begins it; what has begun can be ended."""
    _set(quiz, actor, "unpublish", now, draft=True)


@transaction.atomic
def retire_quiz(*, quiz: Quiz, actor: User, now: datetime) -> None:
    """Put the quiz away; attempts and grades stay."""
    _set(quiz, actor, "retire", now, retired_at=now)


@transaction.atomic
def restore_quiz(*, quiz: Quiz, actor: User, now: datetime) -> None:
    """Take it out again, as a draft."""
    _set(quiz, actor, "restore", now, retired_at=None, draft=True)


def _set(quiz: Quiz, actor: User, action: str, now: datetime, **values: object) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(**values)
    quiz.refresh_from_db(fields=list(values))
    record(actor=actor, action=action, subject=subject(quiz), now=now)


@transaction.atomic
def copy_quiz(*, quiz: Quiz, actor: User, now: datetime) -> Quiz:
    """Return a draft of `actor` like `quiz`, without its times: a file's becomes one that can be changed."""
    copy = Quiz.objects.get(pk=quiz.pk)
    title = {lang: f"{words} ({COPY[lang]})" if words else "" for lang, words in quiz.title.items()}
    values = {
        "origin": Origin.SITE,
        "owner": actor,
        "shared": False,
        "draft": True,
        "listed": False,
        "retired_at": None,
    }
    for name, value in {**values, "title": title, "opens_at": None, "closes_at": None}.items():
        setattr(copy, name, value)
    copy.pk, copy._state.adding = None, True
    copy.slug = _new_slug(quiz.title)
    copy.position = 1 + (quiz.course.quizzes.aggregate(last=Max("position"))["last"] or 0)
    if not copy.items and not copy.blueprint:
        copy.blueprint = _as_quotas(quiz)
    copy.save()
    record(actor=actor, action="copy", subject=subject(copy), now=now, detail={"of": quiz.slug})
    return copy


def _as_quotas(quiz: Quiz) -> list[dict[str, object]]:
    """Return a file's topics and number as rows of a blueprint: by the weights of the topics in an exam, else alike."""
    rows = quiz.course.topics.filter(slug__in=quiz.topics, retired_at=None)
    weights = {topic.slug: topic.weight if quiz.is_exam else 1 for topic in rows}
    shares = quotas(weights, dict.fromkeys(weights, quiz.count), quiz.count)
    return [{"topic": topic, "difficulty": None, "count": count} for topic, count in shares.items() if count]
