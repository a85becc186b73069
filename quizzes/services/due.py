"""How much is to be reviewed today, in one query where nothing has moved since this process last worked it out.

What is kept is derived (`quizzes.services.planning`) and can be thrown away at any time. Knows no requests.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Subquery

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Plan, Quiz, ReviewCard
from quizzes.scheduling.days import day_of
from quizzes.services.draws import sealed_questions
from quizzes.services.planning import review_of, zone

MOST_KEPT = 5000  # learners whose numbers a process remembers


@dataclass(frozen=True, slots=True)
class Today:
    """How many questions come today, about how many minutes they take, when the next ones come, and how many a day."""

    count: int
    minutes: int
    next_on: date | None
    days: tuple[tuple[date, int], ...]


_known: OrderedDict[tuple[int, int], tuple[Hashable, Today]] = OrderedDict()


def forget_due() -> None:
    """Forget what this process keeps: between tests."""
    _known.clear()


def due_today(*, learner: Learner, course: Course, now: datetime) -> Today:
    """Return what `learner` is to review today in `course`."""
    key = learner.pk, course.pk
    version = (day_of(now, zone()), course.content_hash, _version(learner, course, now))
    if _known.get(key, (None,))[0] != version:
        review = review_of(learner=learner, course=course, now=now)
        _known[key] = version, Today(review.count, review.minutes, review.next_on, tuple(review.schedule.days.items()))
        _known.move_to_end(key)
        while len(_known) > MOST_KEPT:
            _known.popitem(last=False)
    return _known[key][1]


def _version(learner: Learner, course: Course, now: datetime) -> Hashable:
    """Return what differs as soon as a card, the plan, a review or an exam that seals questions does."""
    asked = {"question__course": course, "question__retired_at": None, "question__current__isnull": False}
    cards = ReviewCard.objects.filter(learner=OuterRef("pk"), **asked).order_by()
    plan = Plan.objects.filter(learner=OuterRef("pk"), course=course)
    reviews = AttemptItem.objects.filter(
        attempt__learner=OuterRef("pk"), attempt__course=course, attempt__mode=Quiz.Mode.REVIEW
    )
    exams = Attempt.objects.filter(learner=OuterRef("pk"), mode=Quiz.Mode.EXAM)
    running = exams.running(now)
    hiding = exams.exclude(quiz__answers_shown=Quiz.Shown.SUBMIT)
    found = (
        Learner.objects.filter(pk=learner.pk)
        .values_list(
            Subquery(cards.values("learner").annotate(n=Count("pk")).values("n")),
            Subquery(cards.order_by("-reviewed_at").values("reviewed_at")[:1]),
            Subquery(plan.values("exam_on")[:1]),
            Subquery(plan.values("daily")[:1]),
            Subquery(reviews.exclude(undone_at=None).order_by("-undone_at").values("undone_at")[:1]),
            Subquery(running.order_by("-started_at").values("started_at")[:1]),  # with how many, it says which
            Subquery(running.order_by().values("learner").annotate(n=Count("pk")).values("n")),
            Exists(hiding),
        )
        .first()
    )
    # When answers of an exam begin to show is a matter of classes and extra minutes: then it is asked what is sealed.
    return (*found, sealed_questions(learner=learner, now=now)) if found and found[-1] else found
