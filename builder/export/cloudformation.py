"""A design as a CloudFormation template that can be deployed, in JSON.

Pure. Only for designs without a failed must: a template of one that cannot work would mislead. cfn-lint finds nothing
in what it writes (tests/builder/export/test_lint.py); it is no judge of designs.
"""

from collections.abc import Sequence

from builder.engine.design import Design
from builder.engine.facts import Requirement
from builder.engine.source import Words
from builder.export.fronts import admitted, balancing, ports, put_front
from builder.export.parts import Part, parts_of
from builder.export.roles import put_execution_role, put_task_roles, task_role
from builder.export.servers import capacity, put_instances
from builder.export.sheet import Json, Say, Sheet, att, ref
from learning.catalogue.errors import N_

CPU, MEMORY = "256", "512"
SOFT_MEMORY = 256
NFS = 2049
MOUNTED_AT = "/data"
LOG_DAYS = 30

MOUNT_TARGETS = N_(
    "Beyond the notes: tasks of a zone reach EFS through a mount target in that zone, over port 2049."
    " https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html"
)
NO_SIZE = N_("On EC2 a task may leave its size open, but ECS wants at least a memory reservation of its container.")
ON_SCHEDULE = N_(
    "A service keeps its tasks running. For work that runs and ends, let EventBridge Scheduler start its tasks."
    " https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html"
)


def cloudformation(design: Design, title: Words, needs: Sequence[Requirement], language: str, say: Say) -> Json:
    """Return the template as a JSON-ready mapping.

    `design` has no failed must in the scenario called `title` with the requirements `needs`, one a service. `say`
    translates a msgid to `language` (`ko`, `en`).
    """
    design = design.normalised()
    parts, sheet = parts_of(design, needs), Sheet(say)
    sheet.add("Cluster", "ECS::Cluster", {})
    put_task_roles(sheet, parts)
    if any(part.service.launch == "fargate" for part in parts):
        put_execution_role(sheet)
    for part in parts:
        put_front(sheet, part)
    put_instances(sheet, design, parts)
    for part in parts:
        _put_service(sheet, part)
    return _template(sheet, title.of(language))


def _template(sheet: Sheet, title: str) -> Json:
    template: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"Naru: {title}",
        "Metadata": {"Naru": {"BeyondTheNotes": sheet.remarks}},
        "Parameters": sheet.parameters,
        "Resources": sheet.resources,
        "Outputs": sheet.outputs,
    }
    return {name: value for name, value in template.items() if value}


def _put_service(sheet: Sheet, part: Part) -> None:
    """The ECS service with its task definition, log group, network and file system."""
    if part.need.billing == "pay-per-use" and not part.need.exposed:
        sheet.remark(ON_SCHEDULE)
    gone: Json = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
    sheet.add(f"{part.name}Logs", "Logs::LogGroup", {"RetentionInDays": LOG_DAYS}, more=gone)
    if not part.bridged:
        _put_tasks_group(sheet, part)
    before = _put_files(sheet, part) if part.service.storage == "efs" else []
    sheet.add(f"{part.name}Task", "ECS::TaskDefinition", _task(sheet, part))
    placed, needed = capacity(part)
    before += needed
    if part.balanced and not part.bridged:
        before.append(f"{part.name}Listener")
    properties: Json = {
        "Cluster": ref("Cluster"),
        "TaskDefinition": ref(f"{part.name}Task"),
        "DesiredCount": part.service.azs,
        **placed,
        **balancing(sheet, part),
        **_network(sheet, part),
    }
    sheet.add(part.name, "ECS::Service", properties, more={"DependsOn": before} if before else {})


def _network(sheet: Sheet, part: Part) -> Json:
    if part.bridged:
        return {}
    network: Json = {"Subnets": part.subnets(sheet), "SecurityGroups": [att(f"{part.name}Tasks", "GroupId")]}
    if part.service.launch == "fargate":
        network["AssignPublicIp"] = sheet.ask("AssignPublicIp")
    return {"NetworkConfiguration": {"AwsvpcConfiguration": network}}


def _put_tasks_group(sheet: Sheet, part: Part) -> None:
    rules = admitted(sheet, part)
    properties: Json = {"GroupDescription": "The tasks of the service", "VpcId": sheet.ask("VpcId")}
    if rules:
        properties["SecurityGroupIngress"] = rules
    sheet.add(f"{part.name}Tasks", "EC2::SecurityGroup", properties)


def _task(sheet: Sheet, part: Part) -> Json:
    fargate = part.service.launch == "fargate"
    return {
        "Family": part.container,
        "RequiresCompatibilities": ["FARGATE" if fargate else "EC2"],
        "NetworkMode": "bridge" if part.bridged else "awsvpc",
        **({"Cpu": CPU, "Memory": MEMORY} if part.service.size == "set" else {}),
        **({"ExecutionRoleArn": att("TaskExecutionRole", "Arn")} if fargate else {}),
        **task_role(part),
        "ContainerDefinitions": [_container(sheet, part)],
        **_volumes(part),
    }


def _container(sheet: Sheet, part: Part) -> Json:
    options = {
        "awslogs-group": ref(f"{part.name}Logs"),
        "awslogs-region": ref("AWS::Region"),
        "awslogs-stream-prefix": part.container,
    }
    container: Json = {
        "Name": part.container,
        "Image": part.image(sheet),
        "LogConfiguration": {"LogDriver": "awslogs", "Options": options},
    }
    if part.service.size == "unset":
        container["MemoryReservation"] = SOFT_MEMORY
        sheet.remark(NO_SIZE)
    if part.balanced:
        container["PortMappings"] = ports(sheet, part)
    if part.service.storage != "container":
        container["MountPoints"] = [{"SourceVolume": "data", "ContainerPath": MOUNTED_AT}]
    return container


def _volumes(part: Part) -> Json:
    if part.service.storage == "efs":
        # The one place where CloudFormation spells it Filesystem.
        volume: Json = {"FilesystemId": ref(f"{part.name}Files"), "TransitEncryption": "ENABLED"}
        return {"Volumes": [{"Name": "data", "EFSVolumeConfiguration": volume}]}
    if part.service.storage == "instance":
        return {"Volumes": [{"Name": "data", "Host": {"SourcePath": f"/var/lib/{part.container}"}}]}
    return {}


def _put_files(sheet: Sheet, part: Part) -> list[str]:
    """Add the file system, kept when the stack goes, and a mount target a zone; return the targets' names."""
    sheet.remark(MOUNT_TARGETS)
    name = f"{part.name}Files"
    keep: Json = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    sheet.add(name, "EFS::FileSystem", {"Encrypted": True}, more=keep)
    sources = ["InstanceGroup"] if part.service.launch == "ec2" else []
    sources += [] if part.bridged else [f"{part.name}Tasks"]
    port: Json = {"IpProtocol": "tcp", "FromPort": NFS, "ToPort": NFS}
    properties: Json = {
        "GroupDescription": "The mount targets of the file system",
        "VpcId": sheet.ask("VpcId"),
        "SecurityGroupIngress": [{**port, "SourceSecurityGroupId": att(one, "GroupId")} for one in sources],
    }
    sheet.add(f"{name}Group", "EC2::SecurityGroup", properties)
    targets = []
    for letter, subnet in zip("AB", part.subnets(sheet), strict=False):
        group = [att(f"{name}Group", "GroupId")]
        mount: Json = {"FileSystemId": ref(name), "SubnetId": subnet, "SecurityGroups": group}
        sheet.add(f"{name}In{letter}", "EFS::MountTarget", mount)
        targets.append(f"{name}In{letter}")
    return targets
