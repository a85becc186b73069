"""The list of scenarios by level, with what each teaches and how the learner has done."""

from dataclasses import dataclass

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from builder.models import Draft, Scenario, Submission
from builder.services import Shelf, given_task, quotes_of, shelf_of
from builder.views.panel import tags_of
from builder.views.words import level_name
from learning.models import Learner, said


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A scenario as the list shows it; `best` is None before the first submission."""

    scenario: Scenario
    brief: str
    tags: list[str]
    teaches: list[str]
    best: int | None
    tries: int
    begun: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The scenarios of one level."""

    number: int
    name: str
    lines: list[ScenarioLine]


@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """List the scenarios."""
    lines = _lines(Learner.objects.of(request))
    numbers = sorted({line.scenario.level for line in lines})
    levels = [Level(n, level_name(n), [one for one in lines if one.scenario.level == n]) for n in numbers]
    return render(request, "builder/scenarios.html", {"levels": levels})


def _lines(learner: Learner | None) -> list[ScenarioLine]:
    results = _results(learner)
    begun = set(Draft.objects.filter(learner=learner).values_list("scenario_id", flat=True)) if learner else set()
    found = []
    for scenario in Scenario.objects.live():
        try:
            shelf = shelf_of(scenario)
        except FileNotFoundError:
            continue  # the file has gone since the last sync
        best, tries = results.get(scenario.pk, (None, 0))
        found.append(_line(scenario, shelf, best, tries, scenario.pk in begun))
    return found


def _results(learner: Learner | None) -> dict[int, tuple[int, int]]:
    """The learner's best score and number of submissions by scenario."""
    if learner is None:
        return {}
    rows = Submission.objects.filter(learner=learner).order_by().values_list("scenario")
    return {pk: (best, tries) for pk, best, tries in rows.annotate(Max("score"), Count("pk"))}


def _line(scenario: Scenario, shelf: Shelf, best: int | None, tries: int, begun: bool) -> ScenarioLine:
    task, quotes = given_task(shelf.task), quotes_of(scenario.course)
    lessons = {quotes[one].lesson: quotes[one] for one in shelf.task.teaches if one in quotes}
    teaches = [said(quote.topic) for quote in sorted(lessons.values(), key=lambda quote: quote.number)]
    return ScenarioLine(scenario, said(task["brief"]), tags_of(task["services"]), teaches, best, tries, begun)
