"""The front door, home, the course page and progress."""

from typing import Any

from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from learning.activities import Offer, ProgressLine, activities
from learning.models import Course, Learner, Reading
from learning.outline import LessonLine, Outline, outline


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Send the visitor home in their language: the one they chose, else `Accept-Language`."""
    with override(get_language_from_request(request)):
        response = redirect("learning:home")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say 200 when the database answers; for machines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first course at a glance, with one next action."""
    course = Course.objects.filter(retired_at=None).order_by("position", "slug").first()
    if course is None:
        return render(request, "learning/empty.html")
    context = {**at_a_glance(request, course), "resume": open_work(Learner.objects.of(request), course)}
    return render(request, "learning/home.html", context)


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a course: lessons by topic and what each topic weighs in the exam."""
    row = get_object_or_404(Course, slug=slug, retired_at=None)
    context = at_a_glance(request, row)
    by_topic = [
        (topic, [line for line in context["lessons"] if line["line"].topic == topic.slug])
        for topic in context["outline"].topics
    ]
    return render(request, "learning/course.html", {**context, "by_topic": by_topic})


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Show what this learner has read and done, course by course."""
    courses = Course.objects.filter(retired_at=None).order_by("position", "slug")
    return render(request, "learning/progress.html", {"courses": [at_a_glance(request, row) for row in courses]})


def at_a_glance(request: HttpRequest, row: Course) -> dict[str, Any]:
    """Return a course with this learner's state: its lessons, the one to go on with, what else there is to do."""
    contents = outline(row)
    learner = Learner.objects.of(request)
    readings = readings_of(learner, row)
    return {
        "course": row,
        "outline": contents,
        "lessons": [{"line": line, "reading": readings.get(line.slug)} for line in contents.lessons],
        "next": next_lesson(contents, readings),
        "started": bool(readings),
        "offers": [offer for activity in activities() for offer in activity.for_course(row)],
        "lines": progress_lines(learner, row),
        "read": sum(1 for reading in readings.values() if reading.finished_at),
    }


def open_work(learner: Learner | None, row: Course) -> list[Offer]:
    """Return what the learner has begun and not ended."""
    return [offer for activity in activities() for offer in activity.open_work(learner, row)] if learner else []


def readings_of(learner: Learner | None, row: Course) -> dict[str, Reading]:
    """Return the learner's readings in a course by lesson slug."""
    if learner is None:
        return {}
    found = Reading.objects.filter(learner=learner, lesson__course=row).annotate(slug=F("lesson__slug"))
    return {reading.slug: reading for reading in found}


def next_lesson(contents: Outline, readings: dict[str, Reading]) -> LessonLine | None:
    """Return the first lesson not read to its end; None when all are read or there are none."""
    unread = (line for line in contents.lessons if not (r := readings.get(line.slug)) or not r.finished_at)
    return next(unread, None)


def progress_lines(learner: Learner | None, row: Course) -> list[ProgressLine]:
    """Return how far the learner is with everything that is not reading."""
    return [line for activity in activities() for line in activity.progress(learner, row)] if learner else []
