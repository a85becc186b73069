"""The lesson page and what a reader does on it."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from learning import kept
from learning.activities import activities
from learning.forms import ReadingForm
from learning.http import language
from learning.models import Course, Learner, LessonText, Reading
from learning.outline import lesson_text, outline
from learning.services import mark_read
from learning.views.pages import readings_of

SLUG = re.compile(r"[\w-]{1,120}\Z")


@require_safe
def lesson(request: HttpRequest, course: str, slug: str) -> HttpResponse:
    """Show a lesson; `?s=<statement>` marks that sentence."""
    text = find_text(course, slug)
    readings = readings_of(Learner.objects.of(request), text.lesson.course)
    reading = readings.get(slug)
    state = [(slug, bool(reading.finished_at)) for slug, reading in sorted(readings.items())]
    return kept.respond(
        request,
        "learning/lesson.html",
        key=(text.lesson.course_id, text.lesson.course.content_hash, request.user.is_authenticated, state),
        context=lambda: around(text, readings),
        marks={"percent": str(reading.percent if reading else 0), "body": body(request, text)},
    )


def around(text: LessonText, readings: dict[str, Reading]) -> dict[str, Any]:
    """Return what stands around a lesson's body: the other lessons and what to do next."""
    contents, slug = outline(text.lesson.course), text.lesson.slug
    before, after = contents.around(slug)
    return {
        "text": text,
        "outline": contents,
        "lines": [{"line": line, "reading": readings.get(line.slug)} for line in contents.lessons],
        "reading": readings.get(slug),
        "body": kept.mark("body"),
        "percent": kept.mark("percent"),
        "offers": [offer for activity in activities() for offer in activity.for_lesson(text.lesson)],
        "before": before,
        "after": after,
        "number": next(line.number for line in contents.lessons if line.slug == slug),
    }


@require_POST
def read(request: HttpRequest, course: str, slug: str) -> HttpResponse:
    """Note how far the lesson is read; a reader without JavaScript says "read" with a button."""
    text = find_text(course, slug)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain; charset=utf-8")
    learner = Learner.objects.ensure(request)
    mark_read(learner=learner, lesson=text.lesson, percent=form.cleaned_data["percent"], now=timezone.now())
    if "go" not in request.POST:
        return HttpResponse(status=204)
    after = outline(text.lesson.course).around(slug)[1]
    return redirect(after.url if after else text.lesson.course.get_absolute_url())


def find_text(course: str, slug: str) -> LessonText:
    """Return the lesson in the active language with lesson, topic and course, or 404. One small query."""
    version = Course.objects.filter(slug=course, retired_at=None).values_list("pk", "content_hash").first()
    text = lesson_text(*version, slug, language()) if version else None
    if text is None:
        raise Http404(slug)
    return text


def body(request: HttpRequest, text: LessonText) -> SafeString:
    """Return the lesson's HTML with its quick checks in place and the asked-for statement marked."""
    wanted = [part["check"] for part in text.parts if part.get("check")]
    checks: dict[str, Any] = {}
    for activity in activities() if wanted else ():
        checks |= activity.in_lesson(request, text.lesson, wanted)
    pieces = (checks.get(part["check"], "") if part.get("check") else part["html"] for part in text.parts)
    return marked("".join(pieces), request.GET.get("s", ""))


def marked(html: str, statement: str) -> SafeString:
    """Return `html` (already sanitised) with the block whose id is `statement` marked."""
    if SLUG.match(statement):
        html = html.replace(f'id="{statement}" class="statement"', f'id="{statement}" class="statement marked"', 1)
    return mark_safe(html)  # noqa: S308 - sanitised at sync, see learning/catalogue/sanitise.py
