"""A pasted or uploaded template fills the design: what was found, assumed and not there, and what was not understood.

Only the design is kept. The text stands once more in the answer that refuses it, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from builder.drawing import anchor
from builder.engine.design import Design, to_dict
from builder.export import MAX_BYTES, How, Reading, read_bytes, read_template
from builder.forms import FIELDS, Control, groups
from builder.services import save_draft
from builder.views.bench import PAGE, Bench, bench_of, context_of
from learning.models import Learner


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field as it was read, in words: `name` (with its service where there are several) and `value`."""

    name: str
    value: str
    anchor: str
    how: How


@dataclass(frozen=True, slots=True)
class SaidNote:
    """What was not understood, in words; `line` 0 is the text as a whole."""

    line: int
    text: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, scenario: str) -> HttpResponse:
    """Fill the draft with what a template says, and show which fields it said and which not."""
    bench = bench_of(request, scenario)
    if request.method != "POST":
        return redirect(bench.scenario)  # where the form is
    reading = _reading(request, len(bench.shelf.task.services))
    notes = [SaidNote(one.line, gettext(one.message) % one.params) for one in reading.notes]
    if all(one.how == "absent" for one in reading.fields.values()):
        text = request.POST.get("template", "")[:MAX_BYTES]
        context = {**context_of(bench, bench.design), "refused": notes, "pasted": text}
        return render(request, PAGE, context, status=422)
    design = reading.design(bench.design)
    learner = Learner.objects.ensure(request)
    draft = save_draft(learner=learner, scenario=bench.scenario, design=design, now=timezone.now())
    after = Bench(bench.scenario, bench.shelf, draft)
    context = context_of(after, design, before=bench.design)
    return render(request, PAGE, {**context, **_imported(after, reading, notes)})


def _reading(request: HttpRequest, services: int) -> Reading:
    upload = request.FILES.get("file")
    if upload is not None:
        return read_bytes(upload.read(MAX_BYTES * 2 + 1), services)
    return read_template(request.POST.get("template", ""), services)


def _imported(bench: Bench, reading: Reading, notes: Sequence[SaidNote]) -> dict[str, Any]:
    """What the page shows beyond a draft: controls with their marks, the fields by how they were read, the notes."""
    design, fields = bench.design, reading.fields
    found = [_field(path, one.how, design, bench.names) for path, one in fields.items()]
    marked = [
        {"name": group.name, "controls": [_control(one, fields[one.path].how) for one in group.controls]}
        for group in groups(design, bench.names, {})
    ]
    by_how = [(how, [one for one in found if one.how == how]) for how in ("found", "assumed", "absent")]
    return {"groups": marked, "imported": [pair for pair in by_how if pair[1]], "import_notes": notes}


def _field(path: str, how: How, design: Design, names: Sequence[str]) -> ReadField:
    place, _, name = path.rpartition(".")
    legend, options = FIELDS[name]
    chosen = _chosen(path, design)
    value = ", ".join(str(one.label) for one in options if one.value in chosen) or gettext("nothing")
    several = place != "cluster" and len(names) > 1
    whose = f"{names[int(place.rpartition('.')[2])]} · " if several else ""
    return ReadField(f"{whose}{legend}", value, anchor(path), how)


def _chosen(path: str, design: Design) -> set[str]:
    """The values of one field of the design, as the form knows them."""
    value: Any = to_dict(design)
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return {str(one) for one in value} if isinstance(value, list) else {str(value)}


def _control(control: Control, how: How) -> str:
    """A control whose legend says how its field was read."""
    legend = render_to_string("builder/_import_mark.html", {"legend": control.legend, "how": how})
    return render_to_string("builder/_control.html", {"control": replace(control, legend=legend)})
