"""The list of scenarios and the page to build one on: each change is one POST that redraws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from builder.drawing import Said
from builder.engine.design import Design, DesignError, from_dict
from builder.engine.score import apply_patch, score
from builder.forms import DesignForm, groups
from builder.models import Draft, Scenario
from builder.services import (
    Shelf,
    carried,
    dropped,
    given,
    quotes_of,
    save_draft,
    shelf_of,
    start_over,
    submit_design,
)
from builder.views.panel import Lines, marks_of, needs_of, places_of
from builder.views.spoken import say
from builder.views.words import drawn, level_name
from learning.http import render_region
from learning.models import Learner, said

PAGE = "builder/build.html"
REGION = "workbench"


@dataclass(frozen=True, slots=True)
class Bench:
    """One learner at one scenario: its files, what they are building and what that was before."""

    scenario: Scenario
    shelf: Shelf
    draft: Draft | None

    @property
    def design(self) -> Design:
        """The draft, or where the scenario starts."""
        return _readable(self.draft.design, self.shelf) if self.draft else self.shelf.task.start

    @property
    def previous(self) -> Design | None:
        """The design before the last change."""
        history = self.draft.history if self.draft else []
        return _readable(history[-1], self.shelf) if history else None


def _readable(data: object, shelf: Shelf) -> Design:
    """A stored design, or the start when the scenario has changed too much since for it to fit."""
    try:
        design = from_dict(data)
    except DesignError:
        return shelf.task.start
    return design if len(design.services) == len(shelf.task.services) else shelf.task.start


@require_safe
def build(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show a scenario with the learner's draft, or as it starts."""
    bench = _bench(request, scenario)
    return render_region(request, PAGE, REGION, _context(bench, bench.design))


@require_POST
def check(request: HttpRequest, scenario: str) -> HttpResponse:
    """Keep the design as posted, and draw and score it."""
    bench = _bench(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return _refused(request, bench, form)
    design, notes = carried(bench.design, form.design.normalised())
    return _kept(request, bench, design, [*dropped(form.design), *notes])


@require_POST
def fix(request: HttpRequest, scenario: str) -> HttpResponse:
    """Put one finding right as its rule says, in the design as posted."""
    bench = _bench(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return _refused(request, bench, form)
    design, shelf = form.design.normalised(), bench.shelf
    for finding in score(design, shelf.task, shelf.rules).failed:
        place = "cluster" if finding.service is None else finding.service
        if request.POST.get("fix") == f"{finding.rule}:{place}":
            design = apply_patch(design, finding, shelf.task, shelf.rules)
    return _kept(request, bench, design, [], mended=True)


@require_POST
def submit(request: HttpRequest, scenario: str) -> HttpResponse:
    """Hand the design in as posted; its report has its own address."""
    bench = _bench(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return _refused(request, bench, form)
    learner, now = Learner.objects.ensure(request), timezone.now()
    design = form.design.normalised()
    save_draft(learner=learner, scenario=bench.scenario, design=design, now=now)
    return redirect(submit_design(learner=learner, scenario=bench.scenario, design=design, now=now))


@require_POST
def restart(request: HttpRequest, scenario: str) -> HttpResponse:
    """Drop the draft."""
    bench = _bench(request, scenario)
    learner = Learner.objects.of(request)
    if learner:
        start_over(learner=learner, scenario=bench.scenario)
    return redirect(bench.scenario)


def _bench(request: HttpRequest, slug: str) -> Bench:
    scenario = get_object_or_404(Scenario.objects.live(), slug=slug)
    try:
        shelf = shelf_of(scenario)
    except FileNotFoundError as error:
        raise Http404(slug) from error
    learner = Learner.objects.of(request)
    draft = Draft.objects.filter(learner=learner, scenario=scenario).first() if learner else None
    return Bench(scenario, shelf, draft)


def _kept(
    request: HttpRequest, bench: Bench, design: Design, notes: Sequence[Said], mended: bool = False
) -> HttpResponse:
    """Save the draft and answer with the region to swap, or send a browser without JavaScript back to the page.

    `mended`: the button that was pressed is gone, so the focus goes to the new verdict.
    """
    learner = Learner.objects.ensure(request)
    draft = save_draft(learner=learner, scenario=bench.scenario, design=design, now=timezone.now())
    words = [say(note) for note in notes]
    if request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        bench = Bench(bench.scenario, bench.shelf, draft)
        return render_region(request, PAGE, REGION, {**_context(bench, design, notes=words), "mended": mended})
    for note in words:
        messages.info(request, note)
    return redirect(f"{bench.scenario.get_absolute_url()}#{REGION}")


def _refused(request: HttpRequest, bench: Bench, form: DesignForm) -> HttpResponse:
    """Say what is wrong, keep what was chosen, save nothing."""
    context = _context(bench, form.design, errors=form.errors)
    return render_region(request, PAGE, REGION, context, status=422)


def _context(
    bench: Bench, design: Design, errors: dict[str, str] | None = None, notes: Sequence[str] = ()
) -> dict[str, Any]:
    shelf, quotes = bench.shelf, quotes_of(bench.scenario.course)
    report = given(score(design, shelf.task, shelf.rules), shelf, quotes)
    services, started = report["scenario"]["services"], bench.draft is not None
    places = places_of(services)
    panel = Lines(report, bench.scenario.course.slug, quotes).panel() if started else None
    return {
        "scenario": bench.scenario,
        "level": level_name(bench.scenario.level),
        "brief": said(report["scenario"]["brief"]),
        "needs": needs_of(services),
        "groups": groups(design, [place.name for place in places], errors or {}),
        "errors": errors,
        "notes": notes,
        "panel": panel,
        "change": _change(bench, report["score"], len(panel.failed)) if panel else "",
        "saved_at": bench.draft.updated_at if bench.draft and not errors else None,
        **drawn(design, places, marks_of(report) if started else {}, bench.scenario.name),
    }


def _change(bench: Bench, points: int, left: int) -> str:
    """What the live region says: "Score 80 (was 59). 1 finding left."."""
    before = bench.previous
    was = score(before, bench.shelf.task, bench.shelf.rules).score if before else None
    if was is None or was == points:
        line = gettext("Score %(score)s.") % {"score": points}
    else:
        line = gettext("Score %(score)s (was %(was)s).") % {"score": points, "was": was}
    rest = ngettext("%(n)s finding left.", "%(n)s findings left.", left) if left else gettext("Nothing left to mend.")
    return f"{line} {rest % {'n': left} if left else rest}"
