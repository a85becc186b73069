"""Pieces that building, list and report show alike: the drawing with its outline, the names of levels."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from builder.drawing import Place, draw, outline
from builder.engine.design import Design
from builder.views.spoken import spoken_diagram, spoken_outline

type Marks = tuple[tuple[str, str], ...]


def drawn(
    design: Design, places: Sequence[Place], marks: Mapping[str, str], name: str, still: bool = False
) -> dict[str, Any]:
    """Return the drawing as SVG and the outline of `design`, both in the active language; `still`: no links."""
    svg, words = _drawn(design, tuple(places), tuple(sorted(marks.items())), name, still, get_language() or "")
    return {"drawing": svg, "outline": words, "still": still}


@lru_cache(maxsize=512)  # about 15 KB each: many learners pass through the same few designs of a scenario
def _drawn(
    design: Design, places: tuple[Place, ...], marks: Marks, name: str, still: bool, language: str
) -> tuple[str, str]:
    words = spoken_outline(outline(design, places, dict(marks)))
    title = gettext("Drawing of the design: %(name)s") % {"name": name}
    diagrams = [spoken_diagram(one, title, words) for one in draw(design, places, dict(marks))]
    said = render_to_string("builder/_outline.html", {"node": words})
    return render_to_string("builder/_drawing.html", {"diagrams": diagrams, "still": still}), said


def level_name(level: int) -> str:
    """Return what a level is called."""
    names = [
        gettext("First steps"),
        gettext("Basic"),
        gettext("Intermediate"),
        gettext("Advanced"),
        gettext("All together"),
    ]
    return names[level - 1]
