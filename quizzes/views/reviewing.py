"""Spaced review: what is due today, the next question, taking the last answer back, the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.models import Course, Learner
from quizzes.services.planning import review_of


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Say what is due today."""
    course = Course.objects.filter(retired_at=None).order_by("position", "slug").first()
    if course is None:
        return render(request, "learning/empty.html")
    review = review_of(learner=Learner.objects.of(request), course=course, now=timezone.now())
    return render(request, "quizzes/reviewing.html", {"course": course, "review": review})
