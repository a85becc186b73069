"""What quizzes there are, and what one of them is."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.http import render_region
from learning.models import Assignment, Learner, Topic, said
from quizzes.forms import WishForm
from quizzes.models import Attempt, Grade, Quiz
from quizzes.services import UnfitError, Wish, preview, sealed_questions, settle_due, start_attempt, stock_of
from quizzes.services.acts import SealedError, ShutError
from quizzes.services.made import is_made
from quizzes.services.opening import admission, find_quiz, given_of, listed

LAST = 5  # attempts shown on a quiz's page

MARKED = Count("items", filter=Q(items__checked_at__isnull=False))


@require_safe
def quiz_list(request: HttpRequest) -> HttpResponse:
    """List the quizzes, with how far the learner is in those being taken."""
    learner = Learner.objects.of(request)
    settle_due(now=timezone.now(), learner=learner)
    quizzes = listed()
    taken = Attempt.objects.of(learner).open().exclude(quiz=None)
    open_attempts = {row.quiz_id: row for row in taken.annotate(marked=MARKED, total=Count("items"))}
    titles = _topic_titles()
    cards = [
        {
            "quiz": quiz,
            "count": quiz.count if is_made(quiz) else stock_of(quiz.course).held(quiz),
            "topics": [titles[slug] for slug in quiz.topics if slug in titles],
            "attempt": open_attempts.get(quiz.pk),
        }
        for quiz in quizzes
    ]
    return render(request, "quizzes/list.html", {"cards": cards})


def _topic_titles() -> Mapping[str, str]:
    return {topic.slug: said(topic.title) for topic in Topic.objects.filter(retired_at=None)}


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the quiz is, how it is marked and what it will draw; POST starts it, or goes on where it is open."""
    now, learner = timezone.now(), Learner.objects.of(request)
    user = request.user if isinstance(request.user, User) else None
    found = find_quiz(slug=slug, learner=learner, user=user)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _start(request, found)
    settle_due(now=now, learner=learner)
    recent = _recent(learner, found, now)
    context = {
        "quiz": found,
        "open": next((row for row in recent if row.is_open), None),
        "finished": [row for row in recent if not row.is_open][:LAST],
        **_door(request, found, learner, now),
        **_choice(request, found, learner, now),
    }
    return render_region(request, "quizzes/quiz.html", "quiz-draw", context)


def _recent(learner: Learner | None, quiz: Quiz, now: datetime) -> list[Attempt]:
    """Return the latest attempts with what they came to: an exam's score, the questions of practice that may be told.

    Questions on trial count nowhere.
    """
    told = Q(items__pilot=False)
    if not quiz.is_exam:
        told &= ~Q(items__revision__question__in=sealed_questions(learner=learner, now=now))
    right = Count("items", filter=told & Q(items__points__isnull=False, items__points=F("items__of")))
    score = Subquery(Grade.objects.filter(attempt=OuterRef("pk")).order_by("-number").values("scaled")[:1])
    counts = {"marked": MARKED, "total": Count("items"), "right": right, "of": Count("items", filter=told)}
    counted = Attempt.objects.of(learner).filter(quiz=quiz).annotate(**counts, scaled=score)
    return list(counted.order_by("-started_at")[: LAST + 1])  # said here: counting drops the order of the model


def _door(request: HttpRequest, quiz: Quiz, learner: Learner | None, now: datetime) -> dict[str, Any]:
    """Return whether it can be begun, for a class or for oneself: what a class gave comes first, unless asked not."""
    given = given_of(learner, quiz)
    assignment = _wanted(str(request.GET.get("given", "")), given, quiz)
    return {
        "door": admission(learner=learner, quiz=quiz, assignment=assignment, now=now),
        "given": given,
        "barred": assignment is None and not quiz.listed,
        "made": is_made(quiz),
        "shown": quiz.answers_shown,
    }


def _wanted(asked: str, given: Sequence[Assignment], quiz: Quiz) -> Assignment | None:
    """Return the assignment that `asked` (a primary key) names, or the most urgent; "0" is oneself, if that may be."""
    if asked == "0" and quiz.listed:
        return None
    return next((one for one in given if str(one.pk) == asked), given[0] if given else None)


def _choice(request: HttpRequest, quiz: Quiz, learner: Learner | None, now: datetime) -> dict[str, Any]:
    """Return what may be chosen, and what would be drawn for the choice in the address, if it fits."""
    titles = _topic_titles()
    topics = [(slug, titles[slug]) for slug in quiz.topics if slug in titles]
    form = WishForm(request.GET, topics=topics)
    wish = form.wish() if form.is_valid() else Wish()
    drawn = preview(learner=learner, quiz=quiz, wish=None if quiz.is_exam else wish, now=now)
    return {
        "topics": [title for _, title in topics],
        "choices": [(slug, title, slug in wish.topics) for slug, title in topics],
        "which": [(value, label, value == wish.which) for value, label in WishForm.WHICH],
        "wanted": wish.count or quiz.count,
        "wrong": not form.is_valid(),
        "preview": drawn,
        "lines": [(titles.get(share.topic, share.topic), share) for share in drawn.topics],
        "count": drawn.drawn,
    }


def _start(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    learner, now = Learner.objects.ensure(request), timezone.now()
    assignment = _wanted(str(request.POST.get("given", "")), given_of(learner, quiz), quiz)
    form = WishForm(request.POST, topics=[(slug, slug) for slug in quiz.topics])
    if not form.is_valid():
        messages.error(request, _("Choose topics of this quiz, and at least one question."))
        return redirect(quiz)
    wish = None if quiz.is_exam or is_made(quiz) else form.wish()
    try:
        if assignment is None and not quiz.listed:
            raise ShutError
        attempt = start_attempt(
            learner=learner, quiz=quiz, now=now, seed=secrets.token_hex(16), wish=wish, assignment=assignment
        )
    except UnfitError:
        messages.error(request, _("There are not enough questions for this. Choose other topics or questions."))
        return redirect(quiz)
    except SealedError:
        messages.error(request, _("It asks questions of the exam you are taking. Hand that one in first."))
        return redirect(quiz)
    except ShutError:
        messages.error(request, _("This quiz cannot be begun now. The page says why."))
        return redirect(quiz)
    return redirect(attempt)
