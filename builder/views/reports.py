"""Submitted designs: the report as given then, for whoever has its address; and what one has changed since."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from builder.engine.design import from_dict
from builder.models import Mode, Submission
from builder.services import Given, quotes_of, show_name
from builder.views.bench import bench_of, readable
from builder.views.panel import FindingLine, Lines, marks_of, needs_of, panel_of, places_of
from builder.views.telling import changed_words, differences, explained_words
from builder.views.words import drawn, level_name
from learning.activities import offers_for_statements
from learning.models import Course, Learner, said

MOST_QUESTIONS = 3


@require_safe
def report(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Show a submission, without the learner's name unless the learner shows it."""
    rows = Submission.objects.select_related("scenario__course", "learner__user")
    row = get_object_or_404(rows, pk=submission)
    course, task, learner = row.scenario.course, row.report["scenario"], Learner.objects.of(request)
    places = places_of(task["services"])
    lines = [_line(one, course, task["services"]) for one in row.report["findings"]]
    user, found = row.learner.user, row.report.get("explained")  # reports of old know no explanation
    context = {
        "submission": row,
        "title": said(task["title"]),
        "level": level_name(task["level"]),
        "brief": said(task["brief"]),
        "needs": needs_of(task["services"]),
        "panel": panel_of(row.report["score"], row.report["findings"]),
        "failed": [_html(line) for line in lines if line.gravity],
        "passed": [_html(line) for line in lines if not line.gravity],
        "explained": explained_words(found, [one.name for one in places]) if found else None,
        "mode": row.mode,
        "mode_name": Mode(row.mode).label,
        "mine": learner is not None and learner.pk == row.learner_id,
        "nameable": user is not None,
        "name": user.username if user and row.named else "",
        "address": request.build_absolute_uri(row.get_absolute_url()),
        **drawn(from_dict(row.design), places, marks_of(row.report["findings"]), said(task["title"]), still=True),
    }
    return render(request, "builder/report.html", context)


def _line(finding: Given, course: Course, services: list[Given]) -> FindingLine:
    """A finding in words; one that failed with some questions about what it rests on."""
    line = Lines(services, course.slug, quotes_of(course)).line(finding)
    offers = offers_for_statements(course, line.statements) if line.gravity else []
    return replace(line, questions=offers[:MOST_QUESTIONS])


def _html(line: FindingLine) -> str:
    return render_to_string("builder/_finding.html", {"one": line, "still": True})


@require_POST
def name(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Show the learner's own name on the report, or hide it."""
    row = get_object_or_404(_own(request), pk=submission)
    shown = request.POST.get("show") == "1"
    show_name(submission=row, named=shown)
    said_so = gettext("The report shows your name.") if shown else gettext("The report does not show your name.")
    messages.success(request, said_so)
    return redirect(row)


@require_safe
def since(request: HttpRequest, scenario: str, submission: uuid.UUID) -> HttpResponse:
    """Compare one's design of now with one handed in earlier: what changed, and both scores."""
    bench = bench_of(request, scenario)
    row = get_object_or_404(_own(request), pk=submission, scenario=bench.scenario)
    then, now = readable(row.design, bench.shelf), bench.design
    context = {
        "scenario": bench.scenario,
        "submission": row,
        "changes": changed_words(differences(then, now), bench.names),
        "score": bench.report(now).score if bench.mode == Mode.GUIDED else None,
    }
    return render(request, "builder/since.html", context)


def _own(request: HttpRequest) -> "QuerySet[Submission]":
    learner = Learner.objects.of(request)
    return Submission.objects.filter(learner=learner) if learner else Submission.objects.none()
