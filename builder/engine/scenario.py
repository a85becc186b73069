"""A client's brief with its requirements, and the designs that are known to be right and wrong for it.

Pure. Read strictly from `scenarios/<id>.yaml`; the format is described in docs/authoring-scenarios.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.engine.design import APIS, MAX_SERVICES, ZONES, Design, DesignError, Service, changed, from_dict
from builder.engine.facts import BILLINGS, OPS, TRAFFICS, Requirement
from builder.engine.source import Node, Reading, Words, load
from learning.catalogue.errors import N_, Problem

LEVELS = (1, 2, 3, 4, 5)
POSITIONS = tuple(range(1, 100))


@dataclass(frozen=True, slots=True)
class Scenario:
    """One task. `services` are the client's needs, in the order of a design's services.

    `position` is its place among the tasks of its level, 0 (in front) when the file does not say.
    `mandatory` rules count as must here. `best` designs earn 100; each of `wrong` exactly its score.
    `lines` says where in the file a part stands (`start`, `best.0`, `wrong.1` ...).
    """

    id: str
    level: int
    title: Words
    brief: Words
    teaches: tuple[str, ...]
    services: tuple[Requirement, ...]
    mandatory: frozenset[str]
    start: Design
    best: tuple[Design, ...]
    wrong: tuple[tuple[Design, int], ...]
    position: int = 0
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


def empty_design(services: int) -> Design:
    """Where a scenario starts unless it says otherwise: on EC2 with nothing set up, so that nothing is given away."""
    return Design(services=(Service(launch="ec2"),) * services)


def read_scenario(text: str, path: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, or None when anything is wrong, and all problems with file and line."""
    top, reading = load(text, path)
    scenario = _scenario(top, reading) if top else None
    return (None if reading.problems else scenario), reading.problems


_REQUIRED = ("id", "level", "title", "brief", "teaches", "services", "best", "wrong")


def _scenario(top: Node, reading: Reading) -> Scenario:
    f = reading.fields(top, _REQUIRED, ("position", "mandatory", "start"))
    services = reading.each(f.get("services"), lambda node: _requirement(node, reading))
    if "services" in f and not 1 <= len(services) <= MAX_SERVICES:
        reading.problem(f["services"], N_("%(field)s: give one to %(most)s services."), most=MAX_SERVICES)
    start = _design(f["start"], len(services), reading) if "start" in f else empty_design(len(services))
    best = reading.each(f.get("best"), lambda node: _design(node, len(services), reading))
    if not best and "best" in f:
        reading.problem(f["best"], N_("%(field)s: give at least one design that earns 100."))
    return Scenario(
        id=reading.id(f.get("id")),
        level=reading.one_of(f.get("level"), LEVELS, 1),
        title=reading.words(f.get("title")),
        brief=reading.words(f.get("brief")),
        teaches=reading.each(f.get("teaches"), reading.id),
        services=services,
        mandatory=frozenset(reading.each(f.get("mandatory"), reading.id)),
        start=start,
        best=best,
        wrong=reading.each(f.get("wrong"), lambda node: _wrong(node, (*best, start)[0], reading)),
        position=reading.one_of(f.get("position"), POSITIONS, 0),
        lines=_lines(f),
    )


def _lines(fields: Mapping[str, Node]) -> dict[str, int]:
    nodes = list(fields.values())
    nodes += [item for node in fields.values() if isinstance(node.value, list) for item in node.value]
    return {node.where: node.line for node in nodes}


def _requirement(node: Node, reading: Reading) -> Requirement:
    f = reading.fields(node, ("name",), ("exposed", "traffic", "ops", "billing", "api", "persist", "shared", "azs"))
    need = Requirement(
        name=reading.words(f.get("name")),
        exposed=reading.flag(f.get("exposed")),
        traffic=reading.one_of(f.get("traffic"), TRAFFICS, "none"),
        ops=reading.one_of(f.get("ops"), OPS, "any"),
        billing=reading.one_of(f.get("billing"), BILLINGS, "any"),
        api=frozenset(reading.each(f.get("api"), lambda item: reading.one_of(item, APIS, "s3"))),
        persist=reading.flag(f.get("persist")),
        shared=reading.flag(f.get("shared")),
        azs=reading.one_of(f.get("azs"), ZONES, 1),
    )
    if need.exposed != (need.traffic != "none"):
        reading.problem(node, N_("%(field)s: a service that is exposed has traffic, and one that is not has none."))
    if need.ops == "host-control" and need.billing == "pay-per-use":
        message = N_("%(field)s: “host-control” and “pay-per-use” contradict one another; no design can satisfy both.")
        reading.problem(node, message)
    return need


def _design(node: Node, services: int, reading: Reading) -> Design:
    try:
        design = from_dict(_plain(node))
    except DesignError as error:
        _refuse(node, error, reading)
        return empty_design(max(services, 1))
    if len(design.services) != services:
        reading.problem(node, N_("%(field)s: give as many services as the client needs: %(count)s."), count=services)
    elif design != design.normalised():
        reading.problem(node, N_("%(field)s: a listener needs a load balancer, grants need a role, sharing needs two."))
    return design


def _wrong(node: Node, best: Design, reading: Reading) -> tuple[Design, int]:
    """`{change: {services.0.azs: 1}, score: 59}`: the first best design with some fields changed."""
    f = reading.fields(node, ("change", "score"))
    score = reading.one_of(f.get("score"), tuple(range(100)), 0)
    plain = _plain(f["change"]) if "change" in f else {}
    try:
        return changed(best, plain if isinstance(plain, Mapping) else {}), score
    except DesignError as error:
        _refuse(node, error, reading)
        return best, score


def _refuse(node: Node, error: DesignError, reading: Reading) -> None:
    message = N_("%(field)s: the design is not in the model: %(part)s: %(reason)s")
    reading.problem(node, message, part=error.field, reason=error.message % error.params)


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    return node.value
