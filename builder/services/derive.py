"""Which designs are right for a scenario, as questions about designs ask it. Must not know requests nor rows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from builder.engine.design import ZONES, DesignError, from_dict
from builder.engine.rules import Rule
from builder.engine.scenario import Scenario as Task
from builder.engine.scenario import read_scenario
from builder.engine.score import FULL, score
from builder.services.library import RULES, SCENARIOS, rules_of
from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import read_text

CLUSTER = ("instances", "profile")
OTHER_COUNT = N_(
    "The scenario %(scenario)s asks for this many services: %(wanted)s. The design has %(found)s. "
    "Write one after another, separated by ` ; `."
)
NO_DESIGN = N_("`%(key)s=%(value)s` cannot be in a design for %(scenario)s: expected one of %(known)s.")


def derive(
    folder: Path, scenario: str, designs: Sequence[Sequence[Mapping[str, str]]]
) -> Sequence[bool | Problem] | None:
    """Return whether each design earns full marks in `scenario` of the course in `folder`.

    A design is a mapping a service, values as text, the cluster's in each. None when there is no such scenario; a
    problem (its place is the caller's to say) for a design that is not in the model.
    """
    rules_text, _ = read_text(folder / RULES)
    task_text, _ = read_text(folder / SCENARIOS / f"{scenario}.yaml")
    task = _task(task_text) if task_text else None
    if rules_text is None or task is None:
        return None
    return [_full(task, rules_of(rules_text), design) for design in designs]


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
        key = error.field.rsplit(".", 1)[-1]  # keys are those of the model and services as many: a value is at fault
        return Problem("", 0, NO_DESIGN, {"scenario": task.id, "key": key, **error.params})
    return score(read, task, rules).score == FULL


def _service(values: Mapping[str, str]) -> dict[str, object]:
    own: dict[str, object] = {key: value for key, value in values.items() if key not in CLUSTER}
    own["grants"] = [api for api in values["grants"].split(",") if api]
    own["azs"] = next((number for number in ZONES if str(number) == values["azs"]), values["azs"])
    return own
