"""Services and task definitions: launch type, size, task role, storage. Pure."""

from dataclasses import dataclass

from builder.engine.design import Launch, Storage
from builder.export.template import NOTHING, Guess, Resource, Template
from builder.export.tree import Node
from builder.export.values import Gap, Reference, Resolved, child, same_text
from learning.catalogue.errors import N_

NO_TASK = N_("The task definition of this service is not in this file.")
BOTH_TYPES = N_("This runs on both launch types, so neither was chosen.")
OTHER_LAUNCH = N_("This launch type is not one of the two that you can choose here.")
OTHER_VOLUME = N_("This volume is of a kind that you cannot choose here.")

LAUNCH_WORDS: dict[str, Launch] = {"FARGATE": "fargate", "FARGATE_SPOT": "fargate", "EC2": "ec2"}
SYSTEM_PATHS = ("/var/run", "/run", "/proc", "/sys", "/dev", "/cgroup", "/etc", "/lib/modules", "/usr")
OTHER_VOLUMES = ("FSxWindowsFileServerVolumeConfiguration", "S3FilesVolumeConfiguration")


@dataclass(frozen=True, slots=True)
class Source:
    """A service of the file: its resource, and its task definition's properties. Either may be missing."""

    template: Template
    line: int
    service: Resource | None = None
    task: Node | None = None

    def of_service(self, *path: str) -> Resolved:
        """Return a property of the service."""
        return self.template.get(self.service, *path)

    def of_task(self, *path: str) -> Resolved:
        """Return a property of the task definition."""
        return self.template.values.get(self.task, *path) if self.task else Gap.OUTSIDE

    def items(self, resolved: Resolved) -> list[Resolved] | None:
        """Return a list's items."""
        return self.template.values.items(resolved)

    def text(self, resolved: Resolved) -> str | None:
        """Return a scalar's text."""
        return self.template.values.text(resolved)


def sources_of(template: Template) -> list[Source]:
    """Return the file's services; where there is none, its task definitions."""
    services = template.of("ECS::Service")
    if services:
        return [Source(template, one.line, one, _task_of(template, one)) for one in services]
    return [Source(template, one.line, None, _properties(one)) for one in template.of("ECS::TaskDefinition")]


def _task_of(template: Template, service: Resource) -> Node | None:
    task = template.named(template.get(service, "TaskDefinition"), "ECS::TaskDefinition")
    return _properties(task) if task else None


def _properties(task: Resource) -> Node:
    properties = task.node.value.get("Properties") if isinstance(task.node.value, dict) else None
    return properties or NOTHING


def launch_of(source: Source) -> object:
    """The launch type: stated, by the capacity provider, or what the task definition allows."""
    stated = source.of_service("LaunchType")
    word = source.text(stated)
    if word:
        if word.upper() not in LAUNCH_WORDS:
            source.template.note(source.line, OTHER_LAUNCH)
        return LAUNCH_WORDS.get(word.upper())
    allowed = _compatible(source)
    if source.service is None:
        return allowed.pop() if len(allowed) == 1 else None
    if stated is not Gap.ABSENT:
        return Guess(allowed.pop()) if len(allowed) == 1 else None
    strategy = source.of_service("CapacityProviderStrategy")
    if strategy is Gap.ABSENT:
        strategy = _cluster_strategy(source)
    if strategy is not Gap.ABSENT:
        return _by_strategy(source, strategy, allowed)
    return Guess("fargate" if allowed == {"fargate"} else "ec2")  # ECS's own default is EC2


def _compatible(source: Source) -> set[Launch]:
    words = [source.text(one) for one in source.items(source.of_task("RequiresCompatibilities")) or []]
    return {LAUNCH_WORDS[word] for word in words if word in LAUNCH_WORDS}


def _cluster_strategy(source: Source) -> Resolved:
    """What the cluster does with services that state nothing."""
    template = source.template
    associations = template.of("ECS::ClusterCapacityProviderAssociations")
    for one in [*template.of("ECS::Cluster"), *associations]:
        strategy = template.get(one, "DefaultCapacityProviderStrategy")
        if strategy is not Gap.ABSENT and len(template.of("ECS::Cluster")) == 1:
            return strategy
    return Gap.ABSENT


def _by_strategy(source: Source, strategy: Resolved, allowed: set[Launch]) -> object:
    found = {_provider(source, one) for one in source.items(strategy) or [Gap.OUTSIDE]}
    if found == {"fargate", "ec2"}:
        source.template.note(source.line, BOTH_TYPES)
        return None
    if len(found) == 1 and None not in found:
        return found.pop()
    return Guess(next(iter(allowed))) if len(allowed) == 1 else None


def _provider(source: Source, entry: Resolved) -> Launch | None:
    provider = source.template.values.get(entry, "CapacityProvider")
    if isinstance(provider, Reference):
        resource = source.template.named(provider, "ECS::CapacityProvider")
        grouped = source.template.get(resource, "AutoScalingGroupProvider")
        return "ec2" if resource and grouped not in (Gap.ABSENT, Gap.OUTSIDE) else None
    return LAUNCH_WORDS.get((source.text(provider) or "").upper())


def size_of(source: Source) -> object:
    """Whether CPU and memory are stated: for the task, or on EC2 for each of its containers."""
    if source.task is None:
        return None
    if _states(source, source.task, "Cpu") and _states(source, source.task, "Memory"):
        return "set"
    if launch_of(source) in ("fargate", Guess("fargate")):
        return "unset"  # Fargate makes room for the task as a whole
    containers = source.items(source.of_task("ContainerDefinitions"))
    if containers is None:
        return None
    stated = [
        _states(source, one, "Cpu") and (_states(source, one, "Memory") or _states(source, one, "MemoryReservation"))
        for one in containers
    ]
    return "set" if stated and all(stated) else "unset"


def _states(source: Source, place: Resolved, name: str) -> bool:
    """Whether a size is written there. Which one does not matter, so a parameter's default decides nothing."""
    values = source.template.values
    written = child(place, name) if isinstance(place, Node) else None
    before = values.assumed
    resolved = values.get(place, name)
    if written and not (isinstance(written.value, dict) and "Fn::If" in written.value):
        values.assumed = before
    return resolved is Gap.OUTSIDE or source.text(resolved) not in (None, "", "0")


def role_key(source: Source) -> object:
    """What tells one task role from another; None where there is none, `Gap.OUTSIDE` where that is not known."""
    resolved = source.of_task("TaskRoleArn")
    if resolved is Gap.ABSENT:
        return None
    if isinstance(resolved, Node):
        return same_text(resolved) if source.text(resolved) else None
    if isinstance(resolved, Reference):
        return resolved.name
    return _as_written(source)


def _as_written(source: Source) -> object:
    """A role that is a parameter or an import of the file: it is there, and told from others by how it is written."""
    if source.task is None or not isinstance(source.task.value, dict):
        return Gap.OUTSIDE
    written = next((one for name, one in source.task.value.items() if name.lower() == "taskrolearn"), None)
    conditional = written and isinstance(written.value, dict) and "Fn::If" in written.value
    return same_text(written) if written and not conditional else Gap.OUTSIDE


def storage_of(source: Source) -> object:
    """Where data go: EFS if any volume is one, then the instance's disk, else inside the container."""
    volumes = source.items(source.of_task("Volumes"))
    if source.task is None or volumes is None:
        return None
    found = [_volume(source, one) for one in volumes]
    for kind in ("efs", "instance"):
        if kind in found:
            return kind
    if "other" in found or _managed(source):
        source.template.note(source.line, OTHER_VOLUME)
        return None
    return Guess("container") if not volumes else "container"


def _volume(source: Source, volume: Resolved) -> Storage | str:
    get = source.template.values.get
    if get(volume, "EFSVolumeConfiguration") is not Gap.ABSENT:
        return "efs"
    if any(get(volume, name) is not Gap.ABSENT for name in OTHER_VOLUMES):
        return "other"
    if get(volume, "DockerVolumeConfiguration") is not Gap.ABSENT:
        return "efs" if _on_nfs(source, volume) else "instance"
    if source.text(get(volume, "ConfiguredAtLaunch")) == "true":
        return "other"  # a disk of EBS that the service or whoever runs the task makes
    path = get(volume, "Host", "SourcePath")
    where = source.text(path)
    if path is Gap.ABSENT or not where or _of_system(where):
        return "instance" if path is Gap.OUTSIDE else "container"
    return "instance"


def _of_system(where: str) -> bool:
    """Whether a path of the instance is its system's, not a place of the application's data."""
    return where == "/" or any(where == one or where.startswith(f"{one}/") for one in SYSTEM_PATHS)


def _on_nfs(source: Source, volume: Resolved) -> bool:
    kind = source.text(source.template.values.get(volume, "DockerVolumeConfiguration", "DriverOpts", "type"))
    return (kind or "").startswith(("nfs", "efs"))


def _managed(source: Source) -> bool:
    return source.service is not None and bool(source.items(source.of_service("VolumeConfigurations")))
