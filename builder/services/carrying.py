"""What a change of launch type brings along, and what of a design as chosen cannot be; both in words. Knows no rows."""

from collections.abc import Iterator, Sequence

from builder.drawing import Said
from builder.engine.design import Cluster, Design, Service, changed
from builder.engine.facts import Requirement
from learning.catalogue.errors import N_

TO_FARGATE = N_("Fargate: its CPU and memory were stated along with it.")
TO_CONTAINER = N_("Fargate: there is no instance disk, so the container's own disk took its place.")
TO_EFS = N_("Fargate: there is no instance disk, so the data was moved to EFS.")
NO_EC2_LEFT = N_("Nothing runs on EC2 any more, so the instances and their profile went too.")
REGISTERED = N_("EC2: instances were registered in the cluster along with it.")
PROFILED = N_("EC2: the instances were given an instance profile for the agent.")
NO_LISTENER = N_("Without a load balancer there is no listener.")
NO_GRANTS = N_("Without a task role there is nothing to give permissions to.")

type Steps = Iterator[tuple[str, str, str]]
"""Fields to change: where, to what, and the message that says so."""


def carried(before: Design, after: Design, needs: Sequence[Requirement]) -> tuple[Design, tuple[Said, ...]]:
    """Return `after` with what a changed launch type needs, and what was changed for it, in words.

    To EC2: instances registered and a profile for the agent. To Fargate: the size stated and no instance disk, where
    `needs` of each service say what holds its data instead; instances and profile go when nothing is left on EC2.
    What the learner chose in the same step beyond that stays.
    """
    steps = list(_steps(before, after, needs))
    design = changed(after, {path: value for path, value, _msgid in steps})
    return design, tuple(Said(msgid) for msgid in dict.fromkeys(msgid for _path, _value, msgid in steps))


def _steps(before: Design, after: Design, needs: Sequence[Requirement]) -> Steps:
    moved = [i for i, one in enumerate(after.services) if one.launch != before.services[i].launch]
    fargate = [i for i in moved if after.services[i].launch == "fargate"]
    for i in fargate:
        yield from _to_fargate(f"services.{i}", after.services[i], needs[i])
    if len(fargate) < len(moved):
        yield from _to_ec2(after.cluster)
    elif moved and not after.any_ec2:
        yield from _off_ec2(after.cluster)


def _to_fargate(path: str, service: Service, need: Requirement) -> Steps:
    if service.size == "unset":
        yield f"{path}.size", "set", TO_FARGATE
    if service.storage == "instance":
        storage, msgid = ("efs", TO_EFS) if need.persist or need.shared else ("container", TO_CONTAINER)
        yield f"{path}.storage", storage, msgid


def _to_ec2(cluster: Cluster) -> Steps:
    if cluster.instances == "none":
        yield "cluster.instances", "registered", REGISTERED
    if cluster.profile == "none":
        yield "cluster.profile", "agent", PROFILED


def _off_ec2(cluster: Cluster) -> Steps:
    if (cluster.instances, cluster.profile) != ("none", "none"):
        yield "cluster.instances", "none", NO_EC2_LEFT
        yield "cluster.profile", "none", NO_EC2_LEFT


def dropped(chosen: Design) -> tuple[Said, ...]:
    """Return what of a design as chosen cannot be and is left out, in words."""
    said = []
    if any(one.load_balancer == "none" != one.listener for one in chosen.services):
        said.append(Said(NO_LISTENER))
    if any(one.role == "none" and one.grants for one in chosen.services):
        said.append(Said(NO_GRANTS))
    return tuple(said)
