"""What one does to a draft besides choosing: undo, redo, another mode, a hint, starting over. Each is one POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from builder.engine.design import Design
from builder.forms import DesignForm
from builder.models import Draft, Mode
from builder.services import (
    SEARCHES,
    choose_mode,
    next_hint,
    note_hints,
    redo_change,
    save_draft,
    search_key,
    start_over,
    undo_change,
)
from builder.views.bench import Bench, bench_of, refused, shown
from learning.models import Learner


@require_POST
def undo(request: HttpRequest, scenario: str) -> HttpResponse:
    """Go back one change."""
    bench, learner = bench_of(request, scenario), Learner.objects.of(request)
    draft = undo_change(learner=learner, scenario=bench.scenario, now=timezone.now()) if learner else None
    return _moved(request, bench, draft, gettext("There is nothing to undo."))


@require_POST
def redo(request: HttpRequest, scenario: str) -> HttpResponse:
    """Make the change again that was undone last."""
    bench, learner = bench_of(request, scenario), Learner.objects.of(request)
    draft = redo_change(learner=learner, scenario=bench.scenario, now=timezone.now()) if learner else None
    return _moved(request, bench, draft, gettext("There is nothing to redo."))


def _moved(request: HttpRequest, bench: Bench, draft: Draft | None, nothing: str) -> HttpResponse:
    if draft:
        return shown(request, bench, draft)
    return shown(request, bench, bench.draft, [nothing])


@require_POST
def mode(request: HttpRequest, scenario: str) -> HttpResponse:
    """Go on in another mode; half-built puts a broken design down, and says so."""
    bench, wanted = bench_of(request, scenario), request.POST.get("mode")
    if wanted not in Mode.values:
        return redirect(bench.scenario)
    learner = Learner.objects.ensure(request)
    draft = choose_mode(learner=learner, scenario=bench.scenario, mode=Mode(wanted), now=timezone.now())
    return shown(request, bench, draft, [_said_of(draft)])


def _said_of(draft: Draft) -> str:
    told = {
        Mode.GUIDED: gettext("Findings follow each change."),
        Mode.UNAIDED: gettext("Score and findings come when you hand it in."),
        Mode.HALF_BUILT: gettext(
            "Here is a design that somebody began. Complete and repair it; undo brings yours back."
        ),
    }
    return told[Mode(draft.mode)]


@require_POST
def hint(request: HttpRequest, scenario: str) -> HttpResponse:
    """Keep the design as posted and tell one thing more about it; each thing told counts."""
    bench = bench_of(request, scenario)
    form = DesignForm(request.POST, bench.design)
    if not form.is_valid():
        return refused(request, bench, form)
    learner, now = Learner.objects.ensure(request), timezone.now()
    design = form.design.normalised()
    draft = save_draft(learner=learner, scenario=bench.scenario, design=design, now=now)
    keys = _keys(Bench(bench.scenario, bench.shelf, draft), design, request.POST.get("hint", ""))
    draft = note_hints(learner=learner, scenario=bench.scenario, keys=keys, now=now)
    nothing = [gettext("There is nothing to mend in this design.")] if "nothing-wrong" in keys else []
    return shown(request, bench, draft, nothing)


def _keys(bench: Bench, design: Design, wanted: str) -> list[str]:
    """The key of the hint that is `wanted`; in guided mode findings are told anyway, so there is no next one."""
    if wanted in SEARCHES:
        return [search_key(wanted, design)]
    if wanted == "next" and bench.mode != Mode.GUIDED:
        return [next_hint(bench.report(design), bench.draft.hints if bench.draft else [])]
    return []


@require_POST
def restart(request: HttpRequest, scenario: str) -> HttpResponse:
    """Drop the draft."""
    bench, learner = bench_of(request, scenario), Learner.objects.of(request)
    if learner:
        start_over(learner=learner, scenario=bench.scenario, now=timezone.now())
    return redirect(bench.scenario)
