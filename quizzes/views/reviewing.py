"""Spaced review: what is due today, the next question, taking the last answer back, the plan, how a session went."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.charts import BarChart, Datum, bars
from learning.http import language
from learning.models import Course, Learner, said
from quizzes.forms import PlanForm
from quizzes.models import Attempt, Quiz
from quizzes.scheduling.plan import HORIZON
from quizzes.services import ClosedError, UnfitError, stock_of
from quizzes.services.planning import Review, review_of, save_plan
from quizzes.services.reviewing import moves_of, next_item, open_session, undo_last


@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """Say what is due today and on the coming days, and what to do when nothing is."""
    return _page(request, _course(request))


def _page(request: HttpRequest, course: Course | None, form: PlanForm | None = None, status: int = 200) -> HttpResponse:
    if course is None:
        return render(request, "learning/empty.html")
    now, learner = timezone.now(), Learner.objects.of(request)
    review = review_of(learner=learner, course=course, now=now)
    context = {
        "course": course,
        "review": review,
        "session": open_session(learner=learner, course=course, now=now),
        "form": form or PlanForm(initial={"exam_on": review.wish.exam_on, "daily": review.wish.daily}, now=now),
        "days_left": (review.wish.exam_on - review.day).days if review.wish.exam_on else None,
        "left_out": _left_out(review),
        "chart": _chart(review),
        "full": any(count >= review.wish.daily for count in review.schedule.days.values()),
        "coming": sum(review.schedule.days.values()),
        "horizon": HORIZON,
        "zone": timezone.get_default_timezone_name(),
        "practice": next((quiz for quiz in stock_of(course).quizzes if quiz.mode == Quiz.Mode.PRACTICE), None),
    }
    return render(request, "quizzes/reviewing.html", context, status=status)


@require_POST
def forward(request: HttpRequest) -> HttpResponse:
    """Go to the question to answer now; when none is left, to how the session went."""
    course = _course(request)
    if course is None:
        raise Http404
    now, learner = timezone.now(), Learner.objects.of(request)
    if learner is None:  # nobody has answered anything
        return redirect(_home(course))
    session = open_session(learner=learner, course=course, now=now)
    item = next_item(learner=learner, course=course, now=now, seed=secrets.token_hex(16))
    if item:
        return redirect(item)
    return redirect("quizzes:reviewing-session", session.pk) if session else redirect(_home(course))


@require_POST
def undo(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Take the last answer of a session back."""
    learner, now = Learner.objects.of(request), timezone.now()
    attempt = get_object_or_404(Attempt.objects.of(learner), pk=attempt_id, mode=Quiz.Mode.REVIEW)
    try:
        undo_last(learner=attempt.learner, session=attempt_id, number=number, now=now)
    except ClosedError:
        messages.error(request, _("Only the last answer of a session that is going on can be taken back."))
    if attempt.items.filter(number=number).exists():
        return redirect("quizzes:question", attempt_id, number)
    raise Http404


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Keep the day of the exam and the daily ceiling; what cannot be is said, with what was typed kept."""
    course = _course(request)
    if course is None:
        raise Http404
    now, form = timezone.now(), PlanForm(request.POST, now=timezone.now())
    if not form.is_valid():
        return _page(request, course, form, 422)
    values = {"exam_on": form.cleaned_data["exam_on"], "daily": form.cleaned_data["daily"]}
    try:
        save_plan(learner=Learner.objects.ensure(request), course=course, now=now, **values)
    except UnfitError:  # midnight came between the two
        return _page(request, course, form, 422)
    messages.success(request, _("Your plan is kept."))
    return redirect(_home(course))


@require_safe
@never_cache
def session(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Say how a session went: what moved where, and when something comes next."""
    now, learner = timezone.now(), Learner.objects.of(request)
    rows = Attempt.objects.of(learner).select_related("course", "learner")
    attempt = get_object_or_404(rows, pk=attempt_id, mode=Quiz.Mode.REVIEW)
    moves = moves_of(attempt, now)
    context = {
        "attempt": attempt,
        "course": attempt.course,
        "lines": [(move, move.item.revision.public_in(language())["title"]) for move in moves],
        "right": sum(move.item.right is True for move in moves),
        "marked": sum(move.item.right is not None for move in moves),
        "review": review_of(learner=learner, course=attempt.course, now=now),
    }
    return render(request, "quizzes/reviewing_session.html", context)


def _course(request: HttpRequest) -> Course | None:
    """Return the course that is asked for, else the first one; 404 for one that is not there."""
    courses = Course.objects.filter(retired_at=None).order_by("position", "slug")
    wanted = request.POST.get("course") or request.GET.get("course")
    if not wanted:
        return courses.first()
    found = next((course for course in courses if course.slug == wanted), None)
    if found is None:
        raise Http404
    return found


def _home(course: Course) -> str:
    return f"{reverse('quizzes:reviewing')}?course={course.slug}"


def _left_out(review: Review) -> str:
    """Return a sentence on what will not fit before the exam: how many, of which topics, and what would help."""
    plan = review.schedule
    if not plan.left_out:
        return ""
    titles = {card.topic: said(card.title) for card in review.held.values()}
    count = len(plan.left_out)
    sentence = ngettext(
        "%(count)s question does not fit before the exam and is left out: %(topics)s.",
        "%(count)s questions do not fit before the exam and are left out: %(topics)s.",
        count,
    )
    topics = ", ".join(f"{titles[slug]} {number}" for slug, number in plan.left_by_topic)
    help_ = _("With %(needed)s a day all of them would fit.") % {"needed": plan.needed}
    return f"{sentence % {'count': count, 'topics': topics}} {help_}"


def _chart(review: Review) -> BarChart:
    """Return the coming days as bars; the ones at the ceiling are told apart, in words too."""
    return bars(list(_data(review)), most=max(4, *review.schedule.days.values()) if review.schedule.days else 4)


def _data(review: Review) -> Iterable[Datum]:
    for day, count in review.schedule.days.items():
        full = count and count + (review.done if day == review.day else 0) >= review.wish.daily
        note = _("the daily ceiling") if full else ""
        note = _("the exam") if day == review.wish.exam_on else note
        yield Datum(_name(day, review.day), count, str(count), note=note, state="weak" if full else "")


def _name(day: date, today: date) -> str:
    return _("Today") if day == today else date_format(day, "MONTH_DAY_FORMAT")
