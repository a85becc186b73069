"""One learner at one scenario: finding it, what its page shows, and keeping a change of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from builder.drawing import Said
from builder.engine.design import Design, DesignError, from_dict
from builder.engine.score import Finding, Report, apply_patch, score
from builder.forms import DesignForm
from builder.models import Draft, Mode, Scenario
from builder.services import (
    SEARCHES,
    Shelf,
    explained,
    hints_told,
    save_draft,
    search_key,
    shelf_of,
)
from builder.views.panel import marks_of, panel_of
from builder.views.pieces import Setting, controls_html, finding_html, finding_line, setting_of, task_words, urls_of
from builder.views.spoken import say
from builder.views.telling import Explained, HintLine, aloud, changed_words, differences, explained_words, hint_line
from builder.views.words import drawn, level_name
from learning.http import render_region
from learning.models import Learner

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
        return readable(self.draft.design, self.shelf) if self.draft else self.shelf.task.start

    @property
    def previous(self) -> Design | None:
        """The design before the last change."""
        history = self.draft.history if self.draft else []
        return readable(history[-1], self.shelf) if history else None

    @property
    def mode(self) -> str:
        """One of Mode."""
        return self.draft.mode if self.draft else Mode.GUIDED

    @property
    def names(self) -> list[str]:
        """The services as the client calls them, in the active language."""
        return task_words(self.setting).names

    @property
    def setting(self) -> Setting:
        """What the words of its findings hang on."""
        return setting_of(self.scenario, self.shelf)

    def report(self, design: Design) -> Report:
        """Return what the rules say of `design`."""
        return score(design, self.shelf.task, self.shelf.rules)


def readable(data: object, shelf: Shelf) -> Design:
    """A stored design, or the start when the scenario has changed too much since for it to fit."""
    try:
        design = from_dict(data)
    except DesignError:
        return shelf.task.start
    return design if len(design.services) == len(shelf.task.services) else shelf.task.start


def bench_of(request: HttpRequest, slug: str) -> Bench:
    """Return the learner's bench at the scenario `slug`. Raises Http404."""
    learner = Learner.objects.of(request)
    drafts = Draft.objects.filter(scenario__retired_at=None, scenario__course__retired_at=None)
    mine = drafts.filter(learner=learner, scenario__slug=slug).select_related("scenario__course")
    draft = mine.first() if learner else None
    scenario = draft.scenario if draft else get_object_or_404(Scenario.objects.live(), slug=slug)
    try:
        shelf = shelf_of(scenario)
    except FileNotFoundError as error:
        raise Http404(slug) from error
    return Bench(scenario, shelf, draft)


def kept(
    request: HttpRequest, bench: Bench, design: Design, notes: Sequence[Said] = (), mended: bool = False
) -> HttpResponse:
    """Save the draft and show it. `mended`: the button pressed is gone, so the focus goes to the new verdict."""
    learner = Learner.objects.ensure(request)
    draft = save_draft(learner=learner, scenario=bench.scenario, design=design, now=timezone.now(), seen=bench.draft)
    return shown(request, bench, draft, [say(note) for note in notes], mended)


def shown(
    request: HttpRequest, before: Bench, draft: Draft | None, notes: Sequence[str] = (), mended: bool = False
) -> HttpResponse:
    """Answer with the region of the changed `draft`, or send a browser without JavaScript back to the page."""
    if request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        bench = Bench(before.scenario, before.shelf, draft)
        context = context_of(bench, bench.design, before=before.design, notes=notes)
        return render_region(request, PAGE, REGION, {**context, "mended": mended})
    for note in notes:
        messages.info(request, note)
    return redirect(f"{before.scenario.get_absolute_url()}#{REGION}")


def refused(request: HttpRequest, bench: Bench, form: DesignForm) -> HttpResponse:
    """Say what is wrong, keep what was chosen, save nothing."""
    context = context_of(bench, form.design, errors=form.errors)
    return render_region(request, PAGE, REGION, context, status=422)


def context_of(
    bench: Bench,
    design: Design,
    before: Design | None = None,
    errors: dict[str, str] | None = None,
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """Return all that the page shows of `design`, which was `before`; findings only where the mode tells them."""
    draft, setting, found = bench.draft, bench.setting, bench.report(design)
    task, findings = task_words(setting), (*found.failed, *found.passed)
    given = [_brief(one) for one in findings]
    told = bench.mode == Mode.GUIDED and draft is not None and bool(draft.history)
    return {
        "scenario": bench.scenario,
        "urls": urls_of(bench.scenario.slug, setting.language),
        "level": level_name(bench.scenario.level),
        "brief": task.brief,
        "needs": task.needs,
        "groups": controls_html(design, task.names, errors or {}),
        "errors": errors,
        "notes": notes,
        "draft": draft,
        "modes": [(mode, mode == bench.mode) for mode in Mode],
        "mode": bench.mode,
        "panel": panel_of(found.score, given) if told else None,
        "failed": [finding_html(setting, one) for one in found.failed] if told else [],
        "passed": [finding_html(setting, one) for one in found.passed] if told else [],
        "hints": _hints(bench, design, found),
        "explained": _explained(bench, design),
        "change": _change(bench, before or bench.previous, design, found, told),
        "saved_at": draft.updated_at if draft and not errors else None,
        **drawn(design, task.places, marks_of(given) if told else {}, bench.scenario.name),
    }


def _brief(finding: Finding) -> dict[str, object]:
    """What counting and marking read of a finding."""
    return {name: getattr(finding, name) for name in ("result", "severity", "kind", "decides_on")}


def _hints(bench: Bench, design: Design, found: Report) -> list[HintLine]:
    """The hints asked for that still hold, in words."""
    keys = bench.draft.hints if bench.draft and bench.mode != Mode.GUIDED else []
    hints = []
    for hint in hints_told(found, keys) if keys else []:
        mended = apply_patch(design, hint.finding, bench.shelf.task, bench.shelf.rules)
        patch = changed_words(differences(design, mended), bench.names)
        hints.append(hint_line(hint, finding_line(bench.setting, hint.finding), patch, bench.names))
    return hints


def _explained(bench: Bench, design: Design) -> Explained | None:
    """What was asked for about this very design."""
    keys = bench.draft.hints if bench.draft else []
    asked = [name for name in SEARCHES if keys and search_key(name, design) in keys]
    return explained_words(explained(design, bench.shelf), bench.names, asked) if asked else None


def _change(bench: Bench, before: Design | None, design: Design, found: Report, told: bool) -> str:
    """What the live region says: "Score 80 (was 59). 1 finding left. Load balancer: ALB."; the score if it is told."""
    parts = [_points(bench.report(before).score if before else None, found)] if told else []
    if before and before != design:
        parts.append(aloud(differences(before, design), bench.names))
    return " ".join(parts)


def _points(was: int | None, found: Report) -> str:
    if was is None or was == found.score:
        line = gettext("Score %(score)s.") % {"score": found.score}
    else:
        line = gettext("Score %(score)s (was %(was)s).") % {"score": found.score, "was": was}
    left = len(found.failed)
    rest = ngettext("%(n)s finding left.", "%(n)s findings left.", left) if left else gettext("Nothing left to mend.")
    return f"{line} {rest % {'n': left} if left else rest}"
