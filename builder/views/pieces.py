"""Pieces of the building page that many designs share, as HTML and words kept in the process.

There are few of each: controls as they can be chosen, findings of a scenario. Knows no requests and no learners.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from builder.drawing import Place
from builder.engine.design import Design
from builder.engine.score import Finding
from builder.forms import Control, groups
from builder.models import Scenario
from builder.services import Given, Shelf, given_finding, given_task, quotes_of
from builder.views.panel import FindingLine, Lines, Need, needs_of, places_of
from learning.models import Course, said


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario's version in a language: what words about its findings hang on."""

    slug: str
    version: str
    content: str
    language: str
    shelf: Shelf = field(compare=False)
    course: Course = field(compare=False)


def setting_of(scenario: Scenario, shelf: Shelf) -> Setting:
    """Return the setting in the active language."""
    course = scenario.course
    return Setting(scenario.slug, shelf.version, course.content_hash, get_language() or "", shelf, course)


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What the client says and needs, and what the drawing must know of the services."""

    brief: str
    needs: list[Need]
    places: list[Place]

    @property
    def names(self) -> list[str]:
        """The services as the client calls them."""
        return [place.name for place in self.places]


ACTS = ("build", "check", "fix", "submit", "hint", "mode", "undo", "redo", "restart")


@lru_cache(maxsize=128)
def urls_of(slug: str, _language: str) -> dict[str, str]:
    """Return the addresses of a scenario, by act."""
    return {act: reverse(f"builder:{act}", args=[slug]) for act in ACTS}


@lru_cache(maxsize=128)
def task_words(setting: Setting) -> TaskWords:
    """Return the scenario's words."""
    task = _task(setting)
    return TaskWords(said(task["brief"]), needs_of(task["services"]), places_of(task["services"]))


@lru_cache(maxsize=128)
def _task(setting: Setting) -> Given:
    return given_task(setting.shelf.task)


@lru_cache(maxsize=4096)
def finding_line(setting: Setting, finding: Finding) -> FindingLine:
    """Return a finding in words."""
    quotes = quotes_of(setting.course)
    lines = Lines(_task(setting)["services"], setting.course.slug, quotes)
    return lines.line(given_finding(finding, setting.shelf, quotes))


@lru_cache(maxsize=4096)  # about 1 KB each
def finding_html(setting: Setting, finding: Finding) -> str:
    """Return a finding as the page shows it while one builds."""
    return render_to_string("builder/_finding.html", {"one": finding_line(setting, finding), "slug": setting.slug})


def controls_html(design: Design, names: Sequence[str], errors: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the controls of each service and of the cluster: `name` and their HTML."""
    language = get_language() or ""
    return _controls(design, names, errors, language) if errors else _known(design, tuple(names), language)


@lru_cache(maxsize=512)  # about 7 KB a service
def _known(design: Design, names: tuple[str, ...], language: str) -> list[dict[str, object]]:
    return _controls(design, names, {}, language)


def _controls(
    design: Design, names: Sequence[str], errors: Mapping[str, str], language: str
) -> list[dict[str, object]]:
    return [
        {"name": one.name, "controls": [_control_html(control, language) for control in one.controls]}
        for one in groups(design, names, errors)
    ]


@lru_cache(maxsize=1024)
def _control_html(control: Control, _language: str) -> str:
    return render_to_string("builder/_control.html", {"control": control})
