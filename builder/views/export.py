"""Designs out as files: CloudFormation and the drawing, of the draft and of what was submitted."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from builder.drawing import Place, draw, outline
from builder.engine.design import Design, from_dict
from builder.engine.facts import Requirement
from builder.engine.source import Words
from builder.export import cloudformation, standalone
from builder.models import Mode, Submission
from builder.services import quotes_of
from builder.views.bench import bench_of
from builder.views.panel import FindingLine, Lines, marks_of, places_of
from builder.views.pieces import finding_line, task_words
from builder.views.spoken import spoken_diagram, spoken_outline
from learning.models import said

# The file may be opened as a page of this site: its own style is all that it may have.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@never_cache
@require_safe
def template(request: HttpRequest, scenario: str) -> HttpResponse:
    """Download one's design as CloudFormation; while a must fails, say which (409)."""
    bench = bench_of(request, scenario)
    design, task = bench.design, bench.shelf.task
    musts = [one for one in bench.report(design).failed if one.severity == "must"]
    if musts:
        told = [finding_line(bench.setting, one) for one in musts] if bench.mode == Mode.GUIDED else []
        return _standing_in_the_way(request, bench.scenario.get_absolute_url(), bench.scenario.name, told)
    return _template_file(design, task.title, task.services, scenario)


@never_cache
@require_safe
def drawing(request: HttpRequest, scenario: str) -> HttpResponse:
    """Download the drawing of one's design, as the page draws it but without marks."""
    bench = bench_of(request, scenario)
    places = task_words(bench.setting).places
    return _drawing_file(bench.design, places, {}, bench.scenario.name, scenario)


@require_safe
def submitted_template(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Download a submitted design as CloudFormation, unless a must failed in its report (409)."""
    row = _submission(submission)
    task, findings = row.report["scenario"], row.report["findings"]
    musts = [one for one in findings if one["result"] == "fail" and one["severity"] == "must"]
    if musts:
        course = row.scenario.course
        lines = Lines(task["services"], course.slug, quotes_of(course))
        told = [lines.line(one) for one in musts]
        return _standing_in_the_way(request, row.get_absolute_url(), said(task["title"]), told)
    needs = [_requirement(one) for one in task["services"]]
    return _template_file(from_dict(row.design), Words(**task["title"]), needs, row.scenario.slug)


@require_safe
def submitted_drawing(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Download the drawing of a submitted design, with the marks of its report."""
    row = _submission(submission)
    task = row.report["scenario"]
    places, marks = places_of(task["services"]), marks_of(row.report["findings"])
    return _drawing_file(from_dict(row.design), places, marks, said(task["title"]), row.scenario.slug)


def _submission(pk: uuid.UUID) -> Submission:
    return get_object_or_404(Submission.objects.select_related("scenario__course"), pk=pk)


def _requirement(given: Mapping[str, Any]) -> Requirement:
    """A requirement as a report keeps it."""
    return Requirement(**{**given, "name": Words(**given["name"]), "api": frozenset(given["api"])})


def _standing_in_the_way(request: HttpRequest, back: str, title: str, findings: Sequence[FindingLine]) -> HttpResponse:
    context = {"back": back, "title": title, "findings": findings}
    return render(request, "builder/import_refused.html", context, status=409)


def _template_file(design: Design, title: Words, needs: Sequence[Requirement], name: str) -> HttpResponse:
    found = cloudformation(design, title, needs, get_language() or "", gettext)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _file(text, "application/json; charset=utf-8", f"{name}.template.json")


def _drawing_file(
    design: Design, places: Sequence[Place], marks: Mapping[str, str], title: str, name: str
) -> HttpResponse:
    wide, _narrow = draw(design, places, marks)
    words = spoken_outline(outline(design, places, marks))
    spoken = spoken_diagram(wide, gettext("Drawing of the design: %(name)s") % {"name": title}, words)
    svg = render_to_string("builder/_drawing.html", {"diagrams": [spoken], "still": True})
    response = _file(standalone(svg, wide.width, wide.height), "image/svg+xml; charset=utf-8", f"{name}.svg")
    response["Content-Security-Policy"] = SVG_POLICY
    return response


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=kind, headers=headers)
