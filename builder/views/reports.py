"""A submitted design with its report as given then; for whoever has the address, without the learner's name."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from builder.engine.design import from_dict
from builder.models import Submission
from builder.services import quotes_of
from builder.views.panel import Lines, marks_of, needs_of, places_of
from builder.views.words import drawn, level_name
from learning.models import Learner, said


@require_safe
def report(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Show a submission."""
    row = get_object_or_404(Submission.objects.select_related("scenario__course"), pk=submission)
    course, task = row.scenario.course, row.report["scenario"]
    learner = Learner.objects.of(request)
    context = {
        "submission": row,
        "title": said(task["title"]),
        "level": level_name(task["level"]),
        "brief": said(task["brief"]),
        "needs": needs_of(task["services"]),
        "panel": Lines(row.report, course.slug, quotes_of(course)).panel(),
        "mine": learner is not None and learner.pk == row.learner_id,
        "address": request.build_absolute_uri(row.get_absolute_url()),
    }
    places, marks = places_of(task["services"]), marks_of(row.report)
    context |= drawn(from_dict(row.design), places, marks, said(task["title"]), still=True)
    return render(request, "builder/report.html", context)
