"""What a learner builds: one cluster and one to three services, as plain values.

Pure. It knows the vocabulary of the model and its JSON form, and nothing of rules, scores, forms or drawings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from learning.catalogue.errors import N_

type Instances = Literal["none", "registered"]
type Profile = Literal["none", "agent", "agent+app"]
type Launch = Literal["fargate", "ec2"]
type Size = Literal["unset", "set"]
type Role = Literal["none", "own", "shared"]
type Api = Literal["s3", "dynamodb"]
type LoadBalancer = Literal["none", "alb", "nlb", "clb"]
type Listener = Literal["none", "http", "https", "tcp", "udp"]
type Storage = Literal["container", "instance", "efs"]
type Zones = Literal[1, 2]

INSTANCES: tuple[Instances, ...] = get_args(Instances.__value__)
PROFILES: tuple[Profile, ...] = get_args(Profile.__value__)
LAUNCHES: tuple[Launch, ...] = get_args(Launch.__value__)
SIZES: tuple[Size, ...] = get_args(Size.__value__)
ROLES: tuple[Role, ...] = get_args(Role.__value__)
APIS: tuple[Api, ...] = get_args(Api.__value__)
LOAD_BALANCERS: tuple[LoadBalancer, ...] = get_args(LoadBalancer.__value__)
LISTENERS: tuple[Listener, ...] = get_args(Listener.__value__)
STORAGES: tuple[Storage, ...] = get_args(Storage.__value__)
ZONES: tuple[Zones, ...] = get_args(Zones.__value__)

MAX_SERVICES = 3
FIRST_LISTENER: Mapping[LoadBalancer, Listener] = {"none": "none", "alb": "http", "nlb": "tcp", "clb": "http"}


class DesignError(ValueError):
    """A design that is not in the model. `field` is a path such as `services.0.launch`; `message` an English msgid."""

    def __init__(self, field: str, message: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{field}: {message % (params or {})}")
        self.field, self.message, self.params = field, message, dict(params or {})


@dataclass(frozen=True, slots=True)
class Cluster:
    """`instances`: EC2 instances that run the agent. `profile`: their instance profile.

    `agent+app`: the application's rights were put into the profile too.
    """

    instances: Instances = "none"
    profile: Profile = "none"


@dataclass(frozen=True, slots=True)
class Service:
    """One ECS service and its task definition: `grants` is what its task role allows, `azs` the number of its zones."""

    launch: Launch = "fargate"
    size: Size = "unset"
    role: Role = "none"
    grants: frozenset[Api] = frozenset()
    load_balancer: LoadBalancer = "none"
    listener: Listener = "none"
    storage: Storage = "container"
    azs: Zones = 1


@dataclass(frozen=True, slots=True)
class Design:
    """A whole answer. `services` stand in the order of the scenario's services (1 to 3)."""

    cluster: Cluster = Cluster()
    services: tuple[Service, ...] = (Service(),)

    @property
    def any_ec2(self) -> bool:
        """Some service runs on EC2."""
        return any(service.launch == "ec2" for service in self.services)

    def normalised(self) -> "Design":
        """The same design with impossible combinations settled; idempotent.

        No load balancer, no listener (and a balancer has one); no role, no grants; one service has nobody to share
        a role with; those who share a role share its grants.
        """
        alone = len(self.services) == 1
        services = tuple(_settled(service, alone) for service in self.services)
        if any(service.role == "shared" for service in services):
            services = _sharing(services)
        return self if services == self.services else Design(self.cluster, services)


def _sharing(services: tuple[Service, ...]) -> tuple[Service, ...]:
    grants = frozenset[Api]().union(*(one.grants for one in services if one.role == "shared"))
    return tuple(_granted(one, grants) for one in services)


def _settled(service: Service, alone: bool) -> Service:
    listener: Listener = service.listener
    if service.load_balancer == "none":
        listener = "none"
    elif listener == "none":
        listener = FIRST_LISTENER[service.load_balancer]
    role: Role = "own" if alone and service.role == "shared" else service.role
    grants = frozenset[Api]() if role == "none" else service.grants
    if (listener, role, grants) == (service.listener, service.role, service.grants):
        return service
    return replace(service, listener=listener, role=role, grants=grants)


def _granted(service: Service, shared: frozenset[Api]) -> Service:
    if service.role != "shared" or service.grants == shared:
        return service
    return replace(service, grants=shared)


def to_dict(design: Design) -> dict[str, object]:
    """JSON-ready: `{"cluster": {...}, "services": [{...}]}`, grants as a list in vocabulary order."""
    return {
        "cluster": _cluster_dict(design.cluster),
        "services": [_service_dict(service) for service in design.services],
    }


def _cluster_dict(cluster: Cluster) -> dict[str, object]:
    return {"instances": cluster.instances, "profile": cluster.profile}


def _service_dict(service: Service) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(service, name) for name in SERVICE_FIELDS}
    return values | {"grants": [api for api in APIS if api in service.grants]}


def from_dict(data: object) -> Design:
    """Read `to_dict`'s form strictly: every key present, none unknown, every value in the vocabulary.

    Raises `DesignError` naming the field. The result is as written, not normalised.
    """
    top = _mapping(data, "design", ("cluster", "services"))
    services = top["services"]
    if not isinstance(services, list) or not 1 <= len(services) <= MAX_SERVICES:
        raise DesignError("services", N_("Give one to %(most)s services."), {"most": MAX_SERVICES})
    read = tuple(_service(value, f"services.{index}") for index, value in enumerate(services))
    return Design(_cluster(top["cluster"]), read)


def changed(design: Design, values: Mapping[str, object]) -> Design:
    """The design with some fields set, by path, and normalised: `{"cluster.profile": "agent", "services.0.azs": 2}`.

    Values are as in `to_dict`. Setting a shared role's grants sets them for all who share it, once the roles are set;
    the order of `values` does not matter. Raises `DesignError`.
    """
    cluster, services = design.cluster, list(design.services)
    for path, value in sorted(values.items(), key=lambda pair: pair[0].endswith(".grants")):
        place, _, name = path.rpartition(".")
        if place == "cluster":
            cluster = _cluster({**_cluster_dict(cluster), name: value})
            continue
        index = _index(place, len(services))
        services[index] = _service({**_service_dict(services[index]), name: value}, place)
        if name == "grants" and services[index].role == "shared":
            services = [_granted(one, services[index].grants) for one in services]
    return Design(cluster, tuple(services)).normalised()


def _index(place: str, count: int) -> int:
    for index in range(count):
        if place == f"services.{index}":
            return index
    raise DesignError(place, N_("There is no such part of the design."))


def _cluster(data: object) -> Cluster:
    values = _mapping(data, "cluster", CLUSTER_FIELDS)
    return Cluster(
        _one_of(values["instances"], INSTANCES, "cluster.instances"),
        _one_of(values["profile"], PROFILES, "cluster.profile"),
    )


def _service(data: object, where: str) -> Service:
    values = _mapping(data, where, SERVICE_FIELDS)
    return Service(
        launch=_one_of(values["launch"], LAUNCHES, f"{where}.launch"),
        size=_one_of(values["size"], SIZES, f"{where}.size"),
        role=_one_of(values["role"], ROLES, f"{where}.role"),
        grants=_grants(values["grants"], f"{where}.grants"),
        load_balancer=_one_of(values["load_balancer"], LOAD_BALANCERS, f"{where}.load_balancer"),
        listener=_one_of(values["listener"], LISTENERS, f"{where}.listener"),
        storage=_one_of(values["storage"], STORAGES, f"{where}.storage"),
        azs=_one_of(values["azs"], ZONES, f"{where}.azs"),
    )


def _grants(value: object, where: str) -> frozenset[Api]:
    if not isinstance(value, (list, tuple)):
        raise DesignError(where, N_("Give a list."))
    return frozenset(_one_of(api, APIS, where) for api in value)


def _mapping(data: object, where: str, keys: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise DesignError(where, N_("Give a mapping of fields."))
    for key in data:
        if key not in keys:
            raise DesignError(f"{where}.{key}", N_("There is no such field."))
    for key in keys:
        if key not in data:
            raise DesignError(f"{where}.{key}", N_("The field is missing."))
    return data


def _one_of[T: str | int](value: object, choices: tuple[T, ...], where: str) -> T:
    for choice in choices:
        if value == choice and type(value) is type(choice):
            return choice
    known = ", ".join(str(choice) for choice in choices)
    raise DesignError(where, N_("“%(value)s” is not one of: %(known)s."), {"value": str(value)[:40], "known": known})


CLUSTER_FIELDS: tuple[str, ...] = ("instances", "profile")
SERVICE_FIELDS: tuple[str, ...] = ("launch", "size", "role", "grants", "load_balancer", "listener", "storage", "azs")
