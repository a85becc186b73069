"""The cluster's instances with their profile, and in how many zones tasks stand. Pure."""

from collections.abc import Collection

from builder.export.read_roles import rights_of
from builder.export.read_tasks import Source
from builder.export.template import Guess, Resource, Template
from builder.export.tree import Node
from builder.export.values import Gap, Reference, Resolved, child, same_text, words_in

SERVERS = ("AutoScaling::AutoScalingGroup", "EC2::Instance")
TEMPLATES = ("EC2::LaunchTemplate", "AutoScaling::LaunchConfiguration", "EC2::Instance")
JOINS = "ECS_CLUSTER"


def instances_of(template: Template, launches: Collection[object]) -> object:
    """Whether the cluster has instances: they join it in this file, or the file holds a whole cluster without."""
    if not _has_servers(template, launches):
        return _none(template, launches)
    stated = _joining(template) or template.of("ECS::CapacityProvider")
    return "registered" if stated else Guess("registered")


def _joining(template: Template) -> list[Resource]:
    """Return what starts a server that joins a cluster."""
    return [one for one in template.of(*TEMPLATES) if any(JOINS in word for word in words_in(one.node))]


def _has_servers(template: Template, launches: Collection[object]) -> bool:
    """Whether servers of the file are the cluster's: one beside Fargate that does not join it is a bastion."""
    tied = "ec2" in launches or template.of("ECS::CapacityProvider") or _joining(template)
    return bool(tied and template.of(*SERVERS))


def _none(template: Template, launches: Collection[object]) -> object:
    """A cluster of which every service is known to be on Fargate needs none; else they may be in another file."""
    return Guess("none") if template.of("ECS::Cluster") and set(launches) == {"fargate"} else None


def profile_of(template: Template, launches: Collection[object]) -> object:
    """The instances' profile, and whether it holds rights of the application."""
    if not _has_servers(template, launches):
        return _none(template, launches)
    found = [_profile(template, one) for one in _joining(template) or template.of(*TEMPLATES)]
    profiles = [one for one in found if one is not Gap.ABSENT]
    if not profiles:
        return Guess("none") if found else None
    resource = template.named(profiles[0], "IAM::InstanceProfile")
    roles = template.values.items(template.get(resource, "Roles")) or [Gap.OUTSIDE]
    rights = rights_of(template, roles[0])
    if rights is None:
        return Guess("agent")
    profile = "agent+app" if rights.apis else "agent"
    return profile if rights.agent and rights.complete else Guess(profile)


def _profile(template: Template, server: Resource) -> Resolved:
    inside = ("LaunchTemplateData",) if server.kind.endswith("LaunchTemplate") else ()
    found = template.get(server, *inside, "IamInstanceProfile")
    for name in ("Arn", "Name"):
        inner = template.values.get(found, name) if isinstance(found, Node) else Gap.ABSENT
        if inner is not Gap.ABSENT:
            return inner
    return found


def zones_of(source: Source) -> object:
    """In how many zones the tasks stand: by their subnets; without a network of their own by the instances' ones."""
    if source.service is None:
        return None
    network = source.of_service("NetworkConfiguration", "AwsvpcConfiguration")
    if network is not Gap.ABSENT:
        return _by_subnets(source, source.template.values.get(network, "Subnets"))
    groups = source.template.of("AutoScaling::AutoScalingGroup")
    if len(groups) != 1:
        return None
    zones = source.items(source.template.get(groups[0], "AvailabilityZones"))
    if zones:
        return min(len(zones), 2)
    return _by_subnets(source, source.template.get(groups[0], "VPCZoneIdentifier"))


def _by_subnets(source: Source, subnets: Resolved) -> object:
    values = source.template.values
    if not isinstance(subnets, Node) or not isinstance(subnets.value, list):
        return None
    found = [one for one in subnets.value if values.resolve(one) is not Gap.ABSENT]
    if not found or any(_is_list(source, one, len(found)) for one in found):
        return None
    zones = [_zone(source, values.resolve(one)) for one in found]
    if None not in zones:
        return min(len(set(zones)), 2)
    different = len({same_text(one) for one in found})
    return 1 if different == 1 else Guess(2)


def _is_list(source: Source, item: Node, among: int) -> bool:
    """Whether an item stands for a whole list: a list parameter, or an import that stands alone."""
    if not isinstance(item.value, dict):
        return False
    if "Ref" not in item.value:
        return among == 1 and not {"Fn::Select", "Fn::GetAtt"} & item.value.keys()
    parameter = source.template.values.section("Parameters").get(str(item.value["Ref"].value))
    kind = child(parameter, "Type")
    return bool(kind and "List" in str(kind.value))


def _zone(source: Source, subnet: Resolved) -> object:
    """What tells a subnet's zone from another's, for subnets of this file that state it."""
    resource = source.template.named(subnet, "EC2::Subnet") if isinstance(subnet, Reference) else None
    if resource is None:
        return None
    node = child(child(resource.node, "Properties"), "AvailabilityZone")
    return same_text(node) if node else None
