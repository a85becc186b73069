"""Progress: what is known of a learner, each number with its range and its method."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.models import Course
from learning.views.pages import at_a_glance


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Show what this learner has read and done, course by course."""
    courses = Course.objects.filter(retired_at=None).order_by("position", "slug")
    return render(request, "learning/progress.html", {"courses": [at_a_glance(request, row) for row in courses]})
