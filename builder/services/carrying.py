"""What a change of launch type brings along, and what of a design as chosen cannot be; both in words. Knows no rows."""

from builder.drawing import Said
from builder.engine.design import Design, changed
from learning.catalogue.errors import N_

TO_FARGATE = N_("Fargate: its CPU and memory were stated along with it.")
NO_EC2_LEFT = N_("Nothing runs on EC2 any more, so the instances and their profile went too.")
TO_EC2 = N_("EC2: instances were registered and given an instance profile for the agent.")
NO_LISTENER = N_("Without a load balancer there is no listener.")
NO_GRANTS = N_("Without a task role there is nothing to give permissions to.")


def carried(before: Design, after: Design) -> tuple[Design, tuple[Said, ...]]:
    """Return `after` with what a changed launch type needs, and what was changed for it, in words.

    To EC2: instances registered and a profile for the agent. To Fargate: the size stated; instances and profile go
    when nothing is left on EC2. What the learner chose in the same step beyond that stays.
    """
    moved = [i for i, one in enumerate(after.services) if one.launch != before.services[i].launch]
    changes: dict[str, object] = {}
    said: list[Said] = []
    fargate = [i for i in moved if after.services[i].launch == "fargate"]
    if any(after.services[i].size == "unset" for i in fargate):
        changes |= {f"services.{i}.size": "set" for i in fargate}
        said.append(Said(TO_FARGATE))
    if len(fargate) < len(moved) and after.cluster.instances == "none":
        changes["cluster.instances"] = "registered"
        if after.cluster.profile == "none":
            changes["cluster.profile"] = "agent"
        said.append(Said(TO_EC2))
    emptied = bool(fargate) and not after.any_ec2
    if emptied and (after.cluster.instances, after.cluster.profile) != ("none", "none"):
        changes |= {"cluster.instances": "none", "cluster.profile": "none"}
        said.append(Said(NO_EC2_LEFT))
    return changed(after, changes), tuple(said)


def dropped(chosen: Design) -> tuple[Said, ...]:
    """Return what of a design as chosen cannot be and is left out, in words."""
    said = []
    if any(one.load_balancer == "none" != one.listener for one in chosen.services):
        said.append(Said(NO_LISTENER))
    if any(one.role == "none" and one.grants for one in chosen.services):
        said.append(Said(NO_GRANTS))
    return tuple(said)
