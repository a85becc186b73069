"""The front door, home and the course page."""

from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from learning.activities import Offer, ProgressLine, activities, withheld_from
from learning.charts import intervals
from learning.models import Course, Learner, Reading
from learning.outline import LessonLine, Outline, outline
from learning.services.measures import NOTHING, Measures, Withheld, measures
from learning.views.given import given_to
from learning.views.next_step import Agenda, asked_for, next_step
from learning.views.told import mastery_datum, readiness_told


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
    """Show the first course at a glance, with one next action and its reason."""
    course = Course.objects.filter(retired_at=None).order_by("position", "slug").first()
    if course is None:
        return render(request, "learning/empty.html")
    agenda = agenda_of(Learner.objects.of(request), course, timezone.now())
    step = next_step(agenda)
    context = {
        "course": course,
        "outline": agenda.outline,
        "agenda": agenda,
        "step": step,
        "level_check": agenda.level_check if not agenda.begun or not _known(agenda) else None,
        "lessons": [{"line": line, "reading": agenda.readings.get(line.slug)} for line in agenda.outline.lessons],
        "reading": next((line.slug for line in agenda.unread if line.slug in agenda.readings), None),
        "given": [one for one in agenda.given if one.state in ("open", "working", "early")],
        "resume": [offer for offer in agenda.open_work if step is None or offer.url != step.url],
        **_measured(agenda),
    }
    return render(request, "learning/home.html", context)


def agenda_of(learner: Learner | None, course: Course, now: datetime) -> Agenda:
    """Return what `learner` can choose from. Of nobody nothing is asked but what the course holds."""
    contents = outline(course)
    return Agenda(
        now=now,
        outline=contents,
        readings=readings_of(learner, course),
        offers=[
            offer for activity in reversed(activities()) for offer in activity.for_course(course)
        ],  # answer, design
        open_work=open_work(learner, course),
        given=given_to(learner, now),
        due=next((due for activity in activities() if (due := activity.due(learner, course, now))), None)
        if learner
        else None,
        level_check=next((check for activity in activities() if (check := activity.level_check(course))), None),
        measures=own_measures(learner, course, now),
    )


def own_measures(learner: Learner | None, course: Course, now: datetime) -> Measures | None:
    """Return what `learner` is told of their own evidence in `course`; of nobody there is nothing to tell."""
    if learner is None:
        return None
    conditions = (condition for activity in activities() if (condition := activity.may_withhold(learner)))
    withheld = Withheld(
        reduce(or_, map(Q, conditions), NOTHING.possible),
        partial(withheld_from, learner),
    )
    return measures(learner=learner, course=course, now=now, withheld=withheld)


def _known(agenda: Agenda) -> bool:
    return bool(agenda.measures and agenda.measures.rows)


def _measured(agenda: Agenda) -> dict[str, Any]:
    """Return readiness and topics as home draws them; nothing for somebody without an answer."""
    found = agenda.measures
    if found is None or not found.rows:
        return {}
    lessons = {line.topic: line.url for line in reversed(agenda.outline.lessons)}
    weak = asked_for(agenda.outline)
    data = [
        mastery_datum(topic.title, found.topic(topic.slug), lessons.get(topic.slug, ""), weak)
        for topic in agenda.outline.topics
    ]
    return {"ready": readiness_told(found.readiness), "topics": intervals(data)}


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
