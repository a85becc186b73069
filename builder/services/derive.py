"""Which designs are right for a scenario, as questions about designs ask it. Must not know requests nor rows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from builder.engine.design import DesignError, from_dict
from builder.engine.rules import Rule
from builder.engine.scenario import Scenario as Task
from builder.engine.scenario import read_scenario
from builder.engine.score import FULL, score
from builder.services.library import RULES, SCENARIOS, rules_of
from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import read_text

CLUSTER = ("instances", "profile")
OTHER_COUNT = N_("The scenario %(scenario)s has %(wanted)s services, a design of it here has %(found)s.")
NO_DESIGN = N_("A design for %(scenario)s is not in the model: %(field)s: %(reason)s")


def derive(
    folder: Path, scenario: str, designs: Sequence[Sequence[Mapping[str, str]]]
) -> Sequence[bool] | Problem | None:
    """Return whether each design earns full marks in `scenario` of the course in `folder`.

    A design is a mapping a service, values as text, the cluster's in each. None when there is no such scenario; a
    problem (its place is the caller's to say) when a design is not in the model.
    """
    rules_text, _ = read_text(folder / RULES)
    task_text, _ = read_text(folder / SCENARIOS / f"{scenario}.yaml")
    task = _task(task_text) if task_text else None
    if rules_text is None or task is None:
        return None
    found = [_full(task, rules_of(rules_text), design) for design in designs]
    return next((one for one in found if isinstance(one, Problem)), [one is True for one in found])


@lru_cache(maxsize=64)
def _task(text: str) -> Task | None:
    return read_scenario(text, "")[0]


def _full(task: Task, rules: tuple[Rule, ...], design: Sequence[Mapping[str, str]]) -> bool | Problem:
    if len(design) != len(task.services):
        counts = {"wanted": len(task.services), "found": len(design)}
        return Problem("", 0, OTHER_COUNT, {"scenario": task.id, **counts})
    cluster = {key: design[0][key] for key in CLUSTER}
    try:
        read = from_dict({"cluster": cluster, "services": [_service(values) for values in design]})
    except DesignError as error:
        reason = error.message % error.params
        return Problem("", 0, NO_DESIGN, {"scenario": task.id, "field": error.field, "reason": reason})
    return score(read, task, rules).score == FULL


def _service(values: Mapping[str, str]) -> dict[str, object]:
    own: dict[str, object] = {key: value for key, value in values.items() if key not in CLUSTER}
    own["grants"] = [api for api in values["grants"].split(",") if api]
    own["azs"] = int(values["azs"]) if values["azs"].isascii() and values["azs"].isdigit() else values["azs"]
    return own
