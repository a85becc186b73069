"""What quizzes there are, and what one of them is."""

import secrets
from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from learning.models import Learner, Topic, said
from quizzes.models import Attempt, Quiz
from quizzes.services import UnfitError, start_attempt, stock_of

LAST = 5  # attempts shown on a quiz's page

MARKED = Count("items", filter=Q(items__checked_at__isnull=False))


@require_GET
def quiz_list(request: HttpRequest) -> HttpResponse:
    """List the quizzes, with how far the learner is in those being taken."""
    learner = Learner.objects.of(request)
    quizzes = Quiz.objects.filter(retired_at=None, course__retired_at=None).select_related("course")
    taken = Attempt.objects.of(learner).open().exclude(quiz=None)
    open_attempts = {row.quiz_id: row for row in taken.annotate(marked=MARKED, total=Count("items"))}
    titles = _topic_titles()
    cards = [
        {
            "quiz": quiz,
            "count": stock_of(quiz.course).held(quiz),
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
    """Say what the quiz is and how it is marked; POST starts it, or goes on with the attempt that is open."""
    found = get_object_or_404(
        Quiz.objects.select_related("course"), slug=slug, retired_at=None, course__retired_at=None
    )
    if request.method == "POST":
        return _start(request, found)
    attempts = Attempt.objects.of(Learner.objects.of(request)).filter(quiz=found)
    right = Count("items", filter=Q(items__points__isnull=False, items__points=F("items__of")))
    recent = list(attempts.annotate(marked=MARKED, total=Count("items"), right=right)[: LAST + 1])
    titles = _topic_titles()
    context = {
        "quiz": found,
        "count": stock_of(found.course).held(found),
        "topics": [titles[topic] for topic in found.topics if topic in titles],
        "open": next((row for row in recent if row.is_open), None),
        "finished": [row for row in recent if not row.is_open][:LAST],
    }
    return render(request, "quizzes/quiz.html", context)


def _start(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    learner = Learner.objects.ensure(request)
    try:
        attempt = start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed=secrets.token_hex(16))
    except UnfitError:
        messages.error(request, _("This quiz has no questions yet."))
        return redirect(quiz)
    return redirect(attempt)
