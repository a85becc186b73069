"""The page to build a scenario on: each change is one POST that redraws it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from builder.engine.score import apply_patch
from builder.forms import DesignForm
from builder.models import Submission
from builder.services import MENDED, carried, dropped, note_hints, place_of, save_draft, submit_design
from builder.views.bench import PAGE, REGION, bench_of, context_of, kept, refused
from learning.http import render_region
from learning.models import Learner

MOST_EARLIER = 5


@require_safe
def build(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show a scenario with the learner's draft, or as it starts."""
    bench, learner = bench_of(request, scenario), Learner.objects.of(request)
    mine = Submission.objects.filter(learner=learner, scenario=bench.scenario) if learner else Submission.objects.none()
    context = {**context_of(bench, bench.design), "earlier": mine[:MOST_EARLIER]}
    return render_region(request, PAGE, REGION, context)


@require_POST
def check(request: HttpRequest, scenario: str) -> HttpResponse:
    """Keep the design as posted, and draw and score it."""
    bench = bench_of(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return refused(request, bench, form)
    design, notes = carried(bench.design, form.design.normalised(), bench.shelf.task.services)
    return kept(request, bench, design, [*dropped(form.design), *notes])


@require_POST
def fix(request: HttpRequest, scenario: str) -> HttpResponse:
    """Put one finding right as its rule says, in the design as posted; that counts as a hint."""
    bench = bench_of(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return refused(request, bench, form)
    design, shelf = form.design.normalised(), bench.shelf
    wanted = [one for one in bench.report(design).failed if place_of(one) == request.POST.get("fix")]
    for finding in wanted:
        design = apply_patch(design, finding, shelf.task, shelf.rules)
    if wanted:
        keys, learner = [f"{place_of(one)}:{MENDED}" for one in wanted], Learner.objects.ensure(request)
        note_hints(learner=learner, scenario=bench.scenario, keys=keys, now=timezone.now())
    return kept(request, bench, design, mended=True)


@require_POST
def submit(request: HttpRequest, scenario: str) -> HttpResponse:
    """Hand the design in as posted; its report has its own address."""
    bench = bench_of(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return refused(request, bench, form)
    learner, now = Learner.objects.ensure(request), timezone.now()
    design = form.design.normalised()
    save_draft(learner=learner, scenario=bench.scenario, design=design, now=now)
    return redirect(submit_design(learner=learner, scenario=bench.scenario, design=design, now=now))
