"""What would be right instead: the nearest design with full marks, and the client whom the learner's own would suit.

Pure. Both are searches over the model by the rules (`search`), so nothing here is written for any one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from builder.engine.design import APIS, CLUSTER_FIELDS, SERVICE_FIELDS, ZONES, Api, Cluster, Design, Service
from builder.engine.facts import BILLINGS, OPS, TRAFFICS, Requirement
from builder.engine.scenario import Scenario
from builder.engine.search import GRANTS, Family, Needs, Rules, full_marks, is_full

type Value = str | int | tuple[Api, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a design to set: `changed(design, {path: after})`. Values as in `to_dict`, grants as a tuple."""

    path: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Wish:
    """One requirement of one service, were it another. `traffic` stands for `exposed` too; `api` is a tuple."""

    service: int
    requirement: str
    before: Value
    after: Value


def nearest_full(design: Design, scenario: Scenario, rules: Rules) -> tuple[Change, ...]:
    """The fewest fields that, set all together, earn full marks, in the form's order; none when it has them already.

    Of equally near designs one that keeps the launch types. Raises ValueError when the scenario has no design with
    full marks, or another number of services.
    """
    design = design.normalised()
    ways = (tuple(changes(design, _closest(design, one))) for one in full_marks(scenario.services, rules))
    return min(ways, key=lambda way: (len(way), sum(one.path.endswith(".launch") for one in way)))


def when_right(design: Design, scenario: Scenario, rules: Rules) -> Wish | None:
    """The single requirement that, were it another, would earn this very design full marks; None if there is none.

    Preferred is one by which the scenario's best designs would no longer be right, so that the learner's own is not
    merely as good. None also for a design that is right already.
    """
    design = design.normalised()
    if is_full(design, scenario.services, rules):
        return None
    fitting = [(wish, needs) for wish, needs in _other(scenario.services) if is_full(design, needs, rules)]
    alone = (one for one in fitting if not any(is_full(best, one[1], rules) for best in scenario.best))
    wish, _ = next(alone, next(iter(fitting), (None, ())))
    return wish


def _closest(design: Design, family: Family) -> Design:
    pairs = zip(design.services, family.services, strict=True)
    return Design(family.cluster, tuple(min(options, key=partial(_apart, mine)) for mine, options in pairs))


def _apart(mine: Service, other: Service) -> int:
    return sum(1 for _ in _differences("", mine, other, SERVICE_FIELDS))


def changes(design: Design, target: Design) -> Iterator[Change]:
    """The fields by which two designs of as many services differ, in the form's order."""
    yield from _differences("cluster", design.cluster, target.cluster, CLUSTER_FIELDS)
    for index, (mine, other) in enumerate(zip(design.services, target.services, strict=True)):
        yield from _differences(f"services.{index}", mine, other, SERVICE_FIELDS)


def _differences[T: (Cluster, Service)](place: str, mine: T, other: T, names: tuple[str, ...]) -> Iterator[Change]:
    for name in names:
        before, after = getattr(mine, name), getattr(other, name)
        if before != after:
            yield Change(f"{place}.{name}", _plain(before), _plain(after))


def _plain(value: str | int | frozenset[Api]) -> Value:
    return tuple(api for api in APIS if api in value) if isinstance(value, frozenset) else value


def _other(needs: Needs) -> Iterator[tuple[Wish, Needs]]:
    """The requirements with a single one changed, in every way."""
    for index, need in enumerate(needs):
        for name, other in _wishes(need):
            if other != need:
                wish = Wish(index, name, _plain(getattr(need, name)), _plain(getattr(other, name)))
                yield wish, (*needs[:index], other, *needs[index + 1 :])


def _wishes(need: Requirement) -> Iterator[tuple[str, Requirement]]:
    for traffic in TRAFFICS:
        yield "traffic", replace(need, traffic=traffic, exposed=traffic != "none")
    for ops in OPS:
        yield "ops", replace(need, ops=ops)
    for billing in BILLINGS:
        yield "billing", replace(need, billing=billing)
    for api in GRANTS:
        yield "api", replace(need, api=api)
    for flag in (False, True):
        yield "persist", replace(need, persist=flag)
        yield "shared", replace(need, shared=flag)
    for azs in ZONES:
        yield "azs", replace(need, azs=azs)
