"""What conditions may ask about: the fields of a service, its cluster and the client's requirements, as flat facts.

Pure. A fact is known or absent; absent means unknown (a pasted template does not say), never false.
Derived: `cluster.any_ec2` (some service runs on EC2) and `service.role_needs` (the APIs that the service calls, or,
for a shared role, that all who share it call).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

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
    Design,
    Listener,
    Zones,
)
from builder.engine.source import Words

type Fact = str | int | bool | frozenset[str]
type Facts = Mapping[str, Fact]
type Ops = Literal["any", "hands-off", "host-control"]
type Billing = Literal["any", "pay-per-use"]

TRAFFICS = LISTENERS
OPS: tuple[Ops, ...] = get_args(Ops.__value__)
BILLINGS: tuple[Billing, ...] = get_args(Billing.__value__)

CHOICES: Mapping[str, tuple[str | int | bool, ...]] = {
    "service.launch": LAUNCHES,
    "service.size": SIZES,
    "service.role": ROLES,
    "service.load_balancer": LOAD_BALANCERS,
    "service.listener": LISTENERS,
    "service.storage": STORAGES,
    "service.azs": ZONES,
    "cluster.instances": INSTANCES,
    "cluster.profile": PROFILES,
    "cluster.any_ec2": (False, True),
    "brief.exposed": (False, True),
    "brief.traffic": TRAFFICS,
    "brief.ops": OPS,
    "brief.billing": BILLINGS,
    "brief.persist": (False, True),
    "brief.shared": (False, True),
    "brief.azs": ZONES,
}
"""Fields that hold one value, with all the values they can hold."""

SETS: Mapping[str, tuple[str, ...]] = dict.fromkeys(("service.grants", "service.role_needs", "brief.api"), APIS)
"""Fields that hold a set, with all its possible members."""

DERIVED: Mapping[str, str] = {"cluster.any_ec2": "services.launch", "service.role_needs": "service.role"}
"""Derived fields, with the control that decides them (`services.` = that control of every service)."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the client needs of one service; written with the scenario, never edited by the learner."""

    name: Words
    exposed: bool = False
    traffic: Listener = "none"
    ops: Ops = "any"
    billing: Billing = "any"
    api: frozenset[Api] = frozenset()
    persist: bool = False
    shared: bool = False
    azs: Zones = 1


def facts_of(
    design: Design, needs: tuple[Requirement, ...], unknown: frozenset[str] = frozenset()
) -> tuple[Facts, list[Facts]]:
    """Facts about the cluster alone, then about each service (which include the cluster's).

    `unknown` holds paths such as `cluster.profile` or `services.0.launch`; these and what derives from them stay out.
    """
    cluster: dict[str, Fact] = {
        "cluster.instances": design.cluster.instances,
        "cluster.profile": design.cluster.profile,
        "cluster.any_ec2": design.any_ec2,
    }
    sharers = [need.api for need, service in zip(needs, design.services, strict=True) if service.role == "shared"]
    shared = frozenset[str]().union(*sharers)
    services = [{**cluster, **_service_facts(design, needs[index], index, shared)} for index in range(len(needs))]
    if unknown:
        _forget(cluster, services, design, unknown)
    return cluster, list(services)


def _service_facts(design: Design, need: Requirement, index: int, shared: frozenset[str]) -> dict[str, Fact]:
    service = design.services[index]
    return {
        "service.launch": service.launch,
        "service.size": service.size,
        "service.role": service.role,
        "service.grants": service.grants,
        "service.role_needs": shared if service.role == "shared" else need.api,
        "service.load_balancer": service.load_balancer,
        "service.listener": service.listener,
        "service.storage": service.storage,
        "service.azs": service.azs,
        "brief.exposed": need.exposed,
        "brief.traffic": need.traffic,
        "brief.ops": need.ops,
        "brief.billing": need.billing,
        "brief.api": need.api,
        "brief.persist": need.persist,
        "brief.shared": need.shared,
        "brief.azs": need.azs,
    }


def _forget(cluster: dict[str, Fact], services: list[dict[str, Fact]], design: Design, unknown: frozenset[str]) -> None:
    paths = range(len(services))
    hidden = {path for path in unknown if path.startswith("cluster.")}
    known_ec2 = any(design.services[i].launch == "ec2" and f"services.{i}.launch" not in unknown for i in paths)
    if not known_ec2 and any(f"services.{i}.launch" in unknown for i in paths):
        hidden.add("cluster.any_ec2")
    if any(f"services.{i}.role" in unknown for i in paths):
        hidden.add("service.role_needs")
    for name in hidden:
        cluster.pop(name, None)
    for i, facts in enumerate(services):
        own = {f"service.{path.rpartition('.')[2]}" for path in unknown if path.startswith(f"services.{i}.")}
        for name in hidden | own:
            facts.pop(name, None)
