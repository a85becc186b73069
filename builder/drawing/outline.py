"""A design in words: a nested outline that says, with its relations, all that the drawing shows. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.drawing.block import LAUNCH_NAMES, LISTENER_NAMES, Place
from builder.drawing.chips import names_of
from builder.drawing.shapes import anchor
from builder.drawing.words import Said
from builder.engine.design import Cluster, Design, Service
from learning.catalogue.errors import N_

BALANCERS = {
    "alb": "Application Load Balancer (ALB)",
    "nlb": "Network Load Balancer (NLB)",
    "clb": "Classic Load Balancer (CLB)",
}
PROFILES = {
    "none": N_("No instance profile"),
    "agent": N_("Instance profile: permissions for the ECS agent"),
    "agent+app": N_("Instance profile: permissions for the ECS agent and for the application"),
}
STORAGES = {
    "container": N_("Keeps its data inside the container: gone when the task stops"),
    "instance": N_("Keeps its data on the disk of the EC2 instance it runs on"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the outline; `path` is the field it tells of ("" for none), `mark` what is wrong with it."""

    said: Said
    path: str = ""
    mark: str = ""
    children: tuple["Node", ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its control in the form, or ""."""
        return anchor(self.path) if self.path else ""


def outline(design: Design, places: Sequence[Place], marks: Mapping[str, str] | None = None) -> Node:
    """Return the cluster with what is in it, as a tree."""
    marks = marks or {}
    services = [
        _service_node(service, f"services.{index}", places[index], marks)
        for index, service in enumerate(design.services)
    ]
    return Node(Said(N_("ECS cluster")), children=(*_cluster_nodes(design.cluster, marks), *services))


def _cluster_nodes(cluster: Cluster, marks: Mapping[str, str]) -> tuple[Node, ...]:
    registered = cluster.instances == "registered"
    running = N_("EC2 instances registered, each running the ECS agent")
    return (
        _node(Said(running if registered else N_("No EC2 instance")), "cluster.instances", marks),
        _node(Said(PROFILES[cluster.profile]), "cluster.profile", marks),
    )


def _service_node(service: Service, path: str, place: Place, marks: Mapping[str, str]) -> Node:
    params: dict[str, str | int | Said] = {"name": place.name, "launch": LAUNCH_NAMES[service.launch]}
    return Node(
        Said(N_("Service “%(name)s”: %(launch)s tasks"), params),
        f"{path}.launch",
        marks.get(f"{path}.launch", ""),
        (
            _entry(service, path, place, marks),
            _node(_zones(service), f"{path}.azs", marks),
            _node(_size(service), f"{path}.size", marks),
            _role(service, path, place, marks),
            _node(_storage(service), f"{path}.storage", marks),
        ),
    )


def _node(said: Said, path: str, marks: Mapping[str, str], *children: Node) -> Node:
    return Node(said, path, marks.get(path, ""), children)


def _entry(service: Service, path: str, place: Place, marks: Mapping[str, str]) -> Node:
    where = f"{path}.load_balancer"
    if service.load_balancer == "none":
        cut_off = N_("No load balancer: users cannot reach it from outside")
        quiet = N_("No load balancer: nobody connects from outside")
        return _node(Said(cut_off if place.exposed else quiet), where, marks)
    said = Said(N_("Connected to the %(balancer)s"), {"balancer": BALANCERS[service.load_balancer]})
    listener = Said(LISTENER_NAMES.get(service.listener, N_("none")))
    child = _node(Said(N_("Listener: %(listener)s"), {"listener": listener}), f"{path}.listener", marks)
    return _node(said, where, marks, child)


def _zones(service: Service) -> Said:
    return Said(N_("Runs in two zones, a and b") if service.azs == 2 else N_("Runs in one zone, a"))


def _size(service: Service) -> Said:
    return Said(N_("CPU and memory are stated") if service.size == "set" else N_("CPU and memory are not stated"))


def _role(service: Service, path: str, place: Place, marks: Mapping[str, str]) -> Node:
    mark = marks.get(f"{path}.role", "") or marks.get(f"{path}.grants", "")
    calls = (_calls(service, place),) if place.calls else ()
    return Node(_role_words(service), f"{path}.role", mark, calls)


def _role_words(service: Service) -> Said:
    if service.role == "none":
        return Said(N_("No task role"))
    own, shared = N_("Task role without permissions"), N_("Shared task role without permissions")
    if service.grants:
        own, shared = N_("Task role that allows %(apis)s"), N_("Shared task role that allows %(apis)s")
    return Said(shared if service.role == "shared" else own, {"apis": names_of(service.grants)})


def _calls(service: Service, place: Place) -> Node:
    msgid = N_("The tasks call %(apis)s, and the role allows it")
    if not place.calls <= service.grants:
        msgid = N_("The tasks call %(apis)s, but the role does not allow all of it")
    return Node(Said(msgid, {"apis": names_of(place.calls)}))


def _storage(service: Service) -> Said:
    if service.storage != "efs":
        return Said(STORAGES[service.storage])
    both = N_("Keeps its data on EFS, mounted in both zones")
    return Said(both if service.azs == 2 else N_("Keeps its data on EFS, mounted in one zone"))
