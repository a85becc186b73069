"""EC2 instances that run the agent, and how the cluster places tasks on them. Pure."""

from collections.abc import Sequence

from builder.engine.design import Design
from builder.export.parts import Part, task_subnets
from builder.export.roles import put_instance_profile
from builder.export.sheet import Json, Sheet, att, ref, sub
from learning.catalogue.errors import N_

CAPACITY = N_(
    "Beyond the notes: a capacity provider ties the instances' Auto Scaling group to the cluster and adds instances"
    " when tasks need them. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html"
)
IDLE = N_("The design keeps instances on which nothing runs. Without an instance profile their agent cannot register.")

USER_DATA = "#!/bin/bash\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config\n"


def put_instances(sheet: Sheet, design: Design, parts: Sequence[Part]) -> None:
    """Add the instances if the design has any, with their profile, and the capacity provider if tasks need them."""
    if design.cluster.instances == "none":
        return
    profiled = design.cluster.profile != "none"
    if profiled:
        put_instance_profile(sheet, design, parts)
    _put_launch_template(sheet, parts, profiled)
    zones = max((part.service.azs for part in parts if part.service.launch == "ec2"), default=1)
    _put_group(sheet, zones)
    if design.any_ec2:
        _put_capacity(sheet)
    else:
        sheet.remark(IDLE)


def capacity(part: Part) -> tuple[Json, list[str]]:
    """Return the ECS service's fields that say where its tasks run, and what must be there before."""
    if part.service.launch == "fargate":
        return {"LaunchType": "FARGATE"}, []
    strategy: Json = {"CapacityProviderStrategy": [{"CapacityProvider": ref("CapacityProvider"), "Weight": 1}]}
    if part.service.azs == 2:
        strategy["PlacementStrategies"] = [{"Type": "spread", "Field": "attribute:ecs.availability-zone"}]
    return strategy, ["ClusterCapacity"]


def _put_launch_template(sheet: Sheet, parts: Sequence[Part], profiled: bool) -> None:
    # Only from a Classic Load Balancer does traffic come in through the instance itself.
    rules = [
        {
            "IpProtocol": "tcp",
            "FromPort": part.host_port,
            "ToPort": part.host_port,
            "SourceSecurityGroupId": att(f"{part.name}Door", "GroupId"),
        }
        for part in parts
        if part.bridged
    ]
    group: Json = {"GroupDescription": "The EC2 instances of the cluster", "VpcId": sheet.ask("VpcId")}
    sheet.add("InstanceGroup", "EC2::SecurityGroup", {**group, **({"SecurityGroupIngress": rules} if rules else {})})
    data: Json = {
        "ImageId": sheet.ask("ImageId"),
        "InstanceType": sheet.ask("InstanceType"),
        "SecurityGroupIds": [att("InstanceGroup", "GroupId")],
        "MetadataOptions": {"HttpTokens": "required"},
        "UserData": {"Fn::Base64": sub(USER_DATA)},
    }
    if profiled:
        data["IamInstanceProfile"] = {"Arn": att("InstanceProfile", "Arn")}
    sheet.add("InstanceTemplate", "EC2::LaunchTemplate", {"LaunchTemplateData": data})


def _put_group(sheet: Sheet, zones: int) -> None:
    version = att("InstanceTemplate", "LatestVersionNumber")
    properties: Json = {
        "MinSize": str(zones),
        "MaxSize": str(zones * 3),
        "VPCZoneIdentifier": task_subnets(sheet, zones),
        "LaunchTemplate": {"LaunchTemplateId": ref("InstanceTemplate"), "Version": version},
    }
    sheet.add("Instances", "AutoScaling::AutoScalingGroup", properties)


def _put_capacity(sheet: Sheet) -> None:
    scaling = {"Status": "ENABLED", "TargetCapacity": 100}
    provider: Json = {"AutoScalingGroupArn": ref("Instances"), "ManagedScaling": scaling}
    sheet.add("CapacityProvider", "ECS::CapacityProvider", {"AutoScalingGroupProvider": provider}, CAPACITY)
    sheet.remark(CAPACITY)
    properties: Json = {
        "Cluster": ref("Cluster"),
        "CapacityProviders": [ref("CapacityProvider")],
        "DefaultCapacityProviderStrategy": [{"CapacityProvider": ref("CapacityProvider"), "Weight": 1}],
    }
    sheet.add("ClusterCapacity", "ECS::ClusterCapacityProviderAssociations", properties)
