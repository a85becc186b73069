"""Pieces that building, list and report show alike: the drawing with its outline, the names of levels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from builder.drawing import Place, draw, outline
from builder.engine.design import Design
from builder.views.spoken import spoken_diagram, spoken_outline


def drawn(design: Design, places: Sequence[Place], marks: Mapping[str, str], name: str) -> dict[str, Any]:
    """Return the drawings (wide and narrow) and the outline of `design`, in the active language."""
    words = spoken_outline(outline(design, places, marks))
    title = gettext("Drawing of the design: %(name)s") % {"name": name}
    return {"diagrams": [spoken_diagram(one, title, words) for one in draw(design, places, marks)], "outline": words}


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
