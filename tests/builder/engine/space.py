"""The design space: every one-service design, and Hypothesis strategies for the rest."""

from itertools import product

from hypothesis import strategies as st

from builder.engine.design import (
    APIS,
    INSTANCES,
    LAUNCHES,
    LISTENERS,
    LOAD_BALANCERS,
    PROFILES,
    ROLES,
    SIZES,
    STORAGES,
    ZONES,
    Api,
    Cluster,
    Design,
    Service,
)
from builder.engine.facts import BILLINGS, OPS, TRAFFICS, Requirement
from builder.engine.scenario import Scenario, empty_design
from builder.engine.source import Words

NAME = Words("서비스", "Service")
GRANTS: list[frozenset[Api]] = [frozenset(), frozenset({"s3"}), frozenset({"dynamodb"}), frozenset(APIS)]


def one_service_designs() -> list[Design]:
    """All 9,360: 1,560 services in 6 clusters."""
    fronts = [("none", "none"), *product(LOAD_BALANCERS[1:], LISTENERS[1:])]
    roles = [("none", GRANTS[0]), *(("own", grants) for grants in GRANTS)]
    services = [
        Service(launch, size, role, grants, balancer, listener, storage, azs)
        for launch, size, (role, grants), (balancer, listener), storage, azs in product(
            LAUNCHES, SIZES, roles, fronts, STORAGES, ZONES
        )
    ]
    clusters = [Cluster(instances, profile) for instances, profile in product(INSTANCES, PROFILES)]
    return [Design(cluster, (service,)) for cluster, service in product(clusters, services)]


def pick(choices):
    return st.sampled_from(choices)


clusters = st.builds(Cluster, pick(INSTANCES), pick(PROFILES))
services = st.builds(
    Service,
    pick(LAUNCHES),
    pick(SIZES),
    pick(ROLES),
    pick(GRANTS),
    pick(LOAD_BALANCERS),
    pick(LISTENERS),
    pick(STORAGES),
    pick(ZONES),
)
briefs = st.builds(
    lambda traffic, **rest: Requirement(NAME, exposed=traffic != "none", traffic=traffic, **rest),
    traffic=pick(TRAFFICS),
    ops=pick(OPS),
    billing=pick(BILLINGS),
    api=pick(GRANTS),
    persist=st.booleans(),
    shared=st.booleans(),
    azs=pick(ZONES),
)


def designs(count: int | None = None):
    low, high = (count, count) if count else (1, 3)
    return st.builds(Design, clusters, st.lists(services, min_size=low, max_size=high).map(tuple))


def scenario_of(needs: tuple[Requirement, ...], mandatory: frozenset[str] = frozenset()) -> Scenario:
    start = empty_design(len(needs))
    return Scenario("some", 1, NAME, NAME, (), needs, mandatory, start, (), ())


tasks = st.lists(briefs, min_size=1, max_size=3).flatmap(
    lambda needs: st.tuples(designs(len(needs)), st.just(scenario_of(tuple(needs))))
)
"""A design with a scenario of as many services."""
