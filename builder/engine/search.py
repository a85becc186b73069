"""Find every design with full marks for some requirements, by the rules themselves.

Pure. Fields are filled in one after another, and a branch ends as soon as a rule fails by what is known so far: by
Kleene's logic no further field can change that. It knows the model and asks the rules, but not what any is about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations, product

from builder.engine.conditions import fields
from builder.engine.design import (
    APIS,
    INSTANCES,
    LAUNCHES,
    PROFILES,
    SERVICE_FIELDS,
    Api,
    Cluster,
    Design,
    Service,
    from_dict,
    to_dict,
)
from builder.engine.facts import CHOICES, Fact, Facts, Requirement, facts_of
from builder.engine.rules import Rule

type Rules = tuple[Rule, ...]
type Needs = tuple[Requirement, ...]

GRANTS: tuple[frozenset[Api], ...] = tuple(
    frozenset(apis) for count in range(len(APIS) + 1) for apis in combinations(APIS, count)
)
ROLE = ("service.role", "service.grants")
REST = ("service.load_balancer", "service.listener", "service.storage", "service.size", "service.azs")


@dataclass(frozen=True, slots=True)
class Family:
    """Designs with full marks: in this cluster, any mix of what each service may be."""

    cluster: Cluster
    services: tuple[tuple[Service, ...], ...]


def is_full(design: Design, needs: Needs, rules: Rules) -> bool:
    """Whether the normalised `design` earns 100: no rule fails (for what is silenced is silenced by one that costs)."""
    cluster, services = facts_of(design, needs)
    places = {"cluster": [cluster], "service": services}
    return not any(_fails([rule], facts) for rule in rules for facts in places[rule.scope])


@lru_cache(maxsize=64)
def full_marks(needs: Needs, rules: Rules) -> tuple[Family, ...]:
    """All normalised designs with full marks, each in exactly one family.

    What ties services together is laid down first: the cluster, who runs on EC2, who shares which role. Each service
    can then be completed by itself, so three cost hardly more than one. Mandatory rules make no odds.
    """
    search = _Search(rules)
    possible = (frame for frame in _frames(len(needs)) if not search.refuses(*facts_of(frame, needs)))
    frames = (one for frame in possible for one in (frame, *_sharings(frame)))
    families = (Family(frame.cluster, search.completed(facts_of(frame, needs)[1])) for frame in frames)
    return tuple(family for family in families if all(family.services))


def _frames(count: int) -> Iterator[Design]:
    """Every cluster with every choice of launch types for `count` services."""
    for instances, profile in product(INSTANCES, PROFILES):
        for launches in product(LAUNCHES, repeat=count):
            yield Design(Cluster(instances, profile), tuple(Service(launch) for launch in launches))


def _sharings(frame: Design) -> Iterator[Design]:
    """Every way for some of the services to share a role. One service alone has nobody to share with."""
    indexes = range(len(frame.services))
    groups = chain.from_iterable(combinations(indexes, size + 1) for size in indexes) if len(indexes) > 1 else ()
    for group, grants in product(groups, GRANTS):
        services = (
            replace(one, role="shared", grants=grants) if index in group else one
            for index, one in enumerate(frame.services)
        )
        yield Design(frame.cluster, tuple(services))


class _Search:
    """Completes services under the same rules; each set of known facts once."""

    def __init__(self, rules: Rules) -> None:
        self.of_cluster = [rule for rule in rules if rule.scope == "cluster"]
        self.of_service = [rule for rule in rules if rule.scope == "service"]
        self.about = {
            name: [rule for rule in self.of_service if name in fields(rule.applies) + fields(rule.require)]
            for name in (*ROLE, *REST)
        }
        self.done: dict[tuple[tuple[str, Fact], ...], tuple[Service, ...]] = {}

    def refuses(self, cluster: Facts, services: list[Facts]) -> bool:
        """No design has this cluster and these launch types, whatever else it has."""
        known = (_without(facts, (*ROLE, "service.role_needs", *REST)) for facts in services)
        return _fails(self.of_cluster, cluster) or any(_fails(self.of_service, facts) for facts in known)

    def completed(self, services: list[Facts]) -> tuple[tuple[Service, ...], ...]:
        """For each service of a frame all that it may be; its launch type stays, and so does a role that is shared."""
        is_open = ((REST if facts["service.role"] == "shared" else (*ROLE, *REST)) for facts in services)
        return tuple(self._completed(_without(facts, names)) for facts, names in zip(services, is_open, strict=True))

    def _completed(self, known: Facts) -> tuple[Service, ...]:
        key = tuple(known.items())
        if key not in self.done:
            unknown = tuple(name for name in self.about if name not in known)
            found = () if _fails(self.of_service, known) else self._filled(known, unknown)
            self.done[key] = tuple(_service(facts) for facts in found)
        return self.done[key]

    def _filled(self, known: Facts, unknown: tuple[str, ...]) -> Iterator[Facts]:
        if not unknown:
            yield known
            return
        for value in _values(unknown[0], known):
            more = {**known, unknown[0]: value}
            if not _fails(self.about[unknown[0]], more):
                yield from self._filled(more, unknown[1:])


def _without(facts: Facts, names: tuple[str, ...]) -> Facts:
    return {name: value for name, value in facts.items() if name not in names}


def _fails(rules: Iterable[Rule], facts: Facts) -> bool:
    return any(rule.verdict(facts) == "fail" for rule in rules)


def _values(name: str, known: Facts) -> tuple[Fact, ...]:
    """What a field may hold in a normalised design, by the fields before it."""
    if name == "service.role":
        return ("none", "own")
    if name == "service.grants":
        return GRANTS[:1] if known["service.role"] == "none" else GRANTS
    if name == "service.listener":
        return tuple(one for one in CHOICES[name] if (one == "none") == (known["service.load_balancer"] == "none"))
    return CHOICES[name]


def _service(facts: Facts) -> Service:
    values = {name: facts[f"service.{name}"] for name in SERVICE_FIELDS}
    granted = facts["service.grants"]
    grants = [api for api in APIS if isinstance(granted, frozenset) and api in granted]
    return from_dict({**to_dict(Design()), "services": [{**values, "grants": grants}]}).services[0]
