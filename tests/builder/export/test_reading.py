"""Templates and task definitions as people write them: which fields are found, which assumed, which not there."""

import pytest

from tests.builder.export.designs import best_designs, exported, passing_designs
from tests.builder.export.templates import FARGATE, at, fields, read, resource, stack


def test_what_was_exported_is_read_again() -> None:
    """But for what a template cannot tell: a role shared with nobody."""
    for task, design in [*best_designs(), *passing_designs(300, 11)]:
        reading = read(exported(task, design), len(design.services))
        assert reading.notes == ()
        for path, field in reading.fields.items():
            pair = (at(path, design), field.value)
            assert pair[0] == pair[1] or pair == ("shared", "own"), (task.id, path)


@pytest.mark.parametrize(
    ("service", "task", "expected"),
    [
        ({"LaunchType": "FARGATE"}, {}, ("fargate", "found")),
        ({"LaunchType": "EC2"}, {}, ("ec2", "found")),
        ({"LaunchType": {"Ref": "Kind"}}, {}, ("fargate", "assumed")),
        ({"LaunchType": {"Ref": "Unset"}}, {}, (None, "absent")),
        ({"LaunchType": {"Ref": "Unset"}}, FARGATE, ("fargate", "assumed")),
        ({"LaunchType": "EXTERNAL"}, {}, (None, "absent")),
        ({}, {}, ("ec2", "assumed")),
        ({}, FARGATE, ("fargate", "assumed")),
        ({"CapacityProviderStrategy": [{"CapacityProvider": "FARGATE_SPOT"}]}, {}, ("fargate", "found")),
        ({"CapacityProviderStrategy": [{"CapacityProvider": {"Ref": "Servers"}}]}, {}, ("ec2", "found")),
        ({"CapacityProviderStrategy": [{"CapacityProvider": {"Ref": "Unset"}}]}, FARGATE, ("fargate", "assumed")),
        (
            {"CapacityProviderStrategy": [{"CapacityProvider": "FARGATE"}, {"CapacityProvider": {"Ref": "Servers"}}]},
            {},
            (None, "absent"),
        ),
        ({"LaunchType": {"Fn::If": ["Cheap", "EC2", "FARGATE"]}}, {}, ("ec2", "assumed")),
        ({"LaunchType": {"Fn::If": ["Dear", "EC2", "FARGATE"]}}, {}, ("fargate", "assumed")),
        ({"LaunchType": {"Fn::FindInMap": ["Sizes", {"Ref": "Kind"}, "launch"]}}, {}, ("ec2", "assumed")),
    ],
)
def test_the_launch_type(service: dict, task: dict, expected: tuple) -> None:
    template = stack(
        service,
        task,
        Servers=resource("ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": "x"}),
        _Parameters={"Kind": {"Type": "String", "Default": "FARGATE"}, "Unset": {"Type": "String"}},
        _Conditions={
            "Cheap": {"Fn::Equals": [{"Ref": "Kind"}, "FARGATE"]},
            "Dear": {"Fn::And": [{"Fn::Not": [{"Condition": "Cheap"}]}, {"Condition": "Cheap"}]},
        },
        _Mappings={"Sizes": {"FARGATE": {"launch": "EC2"}}},
    )
    assert fields(template, "launch") == [expected]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ({"Cpu": 256, "Memory": "0.5GB"}, "set"),
        ({"Cpu": {"Ref": "Cpu"}, "Memory": {"Ref": "Nowhere"}}, "set"),
        ({"ContainerDefinitions": [{"Cpu": 10, "Memory": 128}]}, "set"),
        ({"ContainerDefinitions": [{"Cpu": 10, "MemoryReservation": 128}]}, "set"),
        ({"ContainerDefinitions": [{"Cpu": 10, "Memory": 128}, {"Memory": 128}]}, "unset"),
        ({"ContainerDefinitions": [{"Memory": 128}]}, "unset"),
        ({"Cpu": {"Ref": "AWS::NoValue"}, "Memory": 1}, "unset"),
        ({}, "unset"),
    ],
)
def test_the_size(task: dict, expected: str) -> None:
    template = stack({}, task, _Parameters={"Cpu": {"Type": "Number", "Default": 256}})
    assert fields(template, "size")[0][0] == expected


@pytest.mark.parametrize(
    ("service", "task"),
    [
        ({"LaunchType": "FARGATE"}, {}),
        ({"CapacityProviderStrategy": [{"CapacityProvider": "FARGATE_SPOT"}]}, {}),
        ({}, {"RequiresCompatibilities": ["FARGATE"]}),
    ],
)
def test_fargate_asks_for_the_size_of_the_task(service: dict, task: dict) -> None:
    template = stack(service, {**task, "ContainerDefinitions": [{"Cpu": 10, "Memory": 128}]})
    assert fields(template, "size")[0][0] == "unset"


def role(*statements: dict, managed: tuple[object, ...] = ()) -> dict:
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}] if statements else []
    return resource("IAM::Role", Policies=policies, ManagedPolicyArns=list(managed))


def allow(*actions: str) -> dict:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}


AWS = "arn:aws:iam::aws:policy/"
ADMIN = {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"}
JOINED = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/AmazonS3FullAccess"]]}
OWN = "arn:aws:iam::123456789012:policy/own"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (role(), ([], "found")),
        (role(allow("s3:GetObject", "logs:PutLogEvents")), (["s3"], "found")),
        (role(allow("S3:*", "dynamodb:Query")), (["s3", "dynamodb"], "found")),
        (role({"Effect": "Allow", "Action": "*", "Resource": "*"}), (["s3", "dynamodb"], "found")),
        (role(allow("*:*")), (["s3", "dynamodb"], "found")),
        (role({"Effect": "Deny", "Action": "s3:*", "Resource": "*"}), ([], "found")),
        (role(managed=(f"{AWS}AmazonS3ReadOnlyAccess",)), (["s3"], "found")),
        (role(managed=(ADMIN,)), (["s3", "dynamodb"], "found")),
        (role(managed=(JOINED,)), (["s3"], "found")),
        (role(managed=(OWN,)), (None, "absent")),
        (role(allow("s3:*"), managed=(OWN,)), (["s3"], "assumed")),
        (role({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}), (None, "absent")),
    ],
)
def test_what_a_task_role_grants(given: dict, expected: tuple) -> None:
    template = stack({}, {"TaskRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}, Role=given)
    assert fields(template, "role", "grants") == [("own", "found"), expected]


def test_policies_attached_to_a_role_count() -> None:
    template = stack(
        {},
        {"TaskRoleArn": {"Fn::Sub": "${Role.Arn}"}},
        Role=role(),
        Policy=resource("IAM::Policy", Roles=[{"Ref": "Role"}], PolicyDocument={"Statement": allow("s3:*")}),
    )
    assert fields(template, "grants") == [(["s3"], "found")]


def test_a_role_of_another_stack_is_there_but_what_it_grants_is_not_known() -> None:
    template = stack({}, {"TaskRoleArn": {"Fn::ImportValue": "x"}})
    assert fields(template, "role", "grants") == [("own", "found"), (None, "absent")]


def test_a_role_that_is_none_by_default() -> None:
    template = stack(
        {},
        {"TaskRoleArn": {"Fn::If": ["Has", {"Ref": "Role"}, {"Ref": "AWS::NoValue"}]}},
        _Parameters={"Role": {"Type": "String", "Default": ""}},
        _Conditions={"Has": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Role"}, ""]}]}},
    )
    assert fields(template, "role", "grants") == [("none", "assumed"), ([], "assumed")]


def test_two_services_with_one_role_share_it() -> None:
    template = stack({}, {"TaskRoleArn": {"Ref": "Role"}}, Role=role())
    template["Resources"]["Other"] = resource("ECS::Service", TaskDefinition={"Ref": "Task"})
    found = read(template, 2).fields
    assert [found[f"services.{i}.role"].value for i in (0, 1)] == ["shared", "shared"]


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        ([], "container"),
        ([{"Name": "x"}], "container"),
        ([{"Name": "x", "Host": {}}], "container"),
        ([{"Name": "x", "Host": {"SourcePath": "/var/run/docker.sock"}}], "container"),
        ([{"Name": "x", "Host": {"SourcePath": "/run"}}], "container"),
        ([{"Name": "x", "Host": {"SourcePath": "/data"}}], "instance"),
        ([{"Name": "x", "Host": {"SourcePath": "/runner/data"}}], "instance"),
        ([{"Name": "x", "Host": {"SourcePath": {"Ref": "Nowhere"}}}], "instance"),
        ([{"Name": "x", "DockerVolumeConfiguration": {"Driver": "local"}}], "instance"),
        ([{"Name": "x", "DockerVolumeConfiguration": {"DriverOpts": {"type": "nfs4"}}}], "efs"),
        ([{"Host": {"SourcePath": "/data"}}, {"EFSVolumeConfiguration": {"FilesystemId": "x"}}], "efs"),
        ([{"FSxWindowsFileServerVolumeConfiguration": {}}], None),
        ([{"Name": "x", "ConfiguredAtLaunch": True}], None),
        ([{"Name": "x", "ConfiguredAtLaunch": False}], "container"),
    ],
)
def test_the_storage(volumes: list, expected: str | None) -> None:
    assert fields(stack({}, {"Volumes": volumes}), "storage")[0][0] == expected


SUBNETS = {"One": "AWS::EC2::Subnet::Id", "Two": "AWS::EC2::Subnet::Id", "Many": "List<AWS::EC2::Subnet::Id>"}
ZONE_A, ZONE_B = ({"Fn::Select": [i, {"Fn::GetAZs": ""}]} for i in (0, 1))


@pytest.mark.parametrize(
    ("subnets", "expected"),
    [
        ([{"Ref": "One"}], (1, "found")),
        ([{"Ref": "One"}, {"Ref": "Two"}], (2, "assumed")),
        ([{"Ref": "One"}, {"Ref": "One"}], (1, "found")),
        ({"Ref": "Many"}, (None, "absent")),
        ([{"Ref": "Many"}], (None, "absent")),
        ([{"Fn::Select": [0, {"Ref": "Many"}]}, {"Fn::Select": [1, {"Ref": "Many"}]}], (2, "assumed")),
        ([{"Fn::ImportValue": "a"}], (None, "absent")),
        ([{"Fn::ImportValue": "a"}, {"Fn::ImportValue": "b"}], (2, "assumed")),
        ([{"Ref": "InA"}, {"Ref": "InB"}], (2, "found")),
        ([{"Ref": "InA"}, {"Ref": "AlsoInA"}], (1, "found")),
        ([], (None, "absent")),
    ],
)
def test_the_zones(subnets: object, expected: tuple) -> None:
    template = stack(
        {"NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": subnets}}},
        InA=resource("EC2::Subnet", AvailabilityZone=ZONE_A),
        AlsoInA=resource("EC2::Subnet", AvailabilityZone=ZONE_A),
        InB=resource("EC2::Subnet", AvailabilityZone=ZONE_B),
        _Parameters={name: {"Type": kind} for name, kind in SUBNETS.items()},
    )
    assert fields(template, "azs") == [expected]


def servers(profile: dict | None, *, joins: bool = True) -> dict[str, dict]:
    data = {"UserData": {"Fn::Base64": {"Fn::Sub": "echo ECS_CLUSTER=${Cluster}" if joins else "echo"}}}
    if profile is not None:
        data["IamInstanceProfile"] = profile
    return {
        "Servers": resource("AutoScaling::AutoScalingGroup"),
        "Launch": resource("EC2::LaunchTemplate", LaunchTemplateData=data),
        "Profile": resource("IAM::InstanceProfile", Roles=[{"Ref": "Role"}]),
    }


AGENT = f"{AWS}service-role/AmazonEC2ContainerServiceforEC2Role"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [(None, "absent"), (None, "absent")]),
        (servers(None), [("registered", "found"), ("none", "assumed")]),
        (servers(None, joins=False), [("registered", "assumed"), ("none", "assumed")]),
        (
            servers({"Arn": {"Fn::GetAtt": ["Profile", "Arn"]}}) | {"Role": role(managed=(AGENT,))},
            [("registered", "found"), ("agent", "found")],
        ),
        (
            servers({"Name": {"Ref": "Profile"}}) | {"Role": role(allow("s3:*"), managed=(AGENT,))},
            [("registered", "found"), ("agent+app", "found")],
        ),
        (servers({"Name": "somewhere-else"}), [("registered", "found"), ("agent", "assumed")]),
    ],
)
def test_the_cluster(more: dict, expected: list) -> None:
    template = stack({"LaunchType": "EC2"}, {}, **more)
    assert fields(template, "cluster.instances", "cluster.profile") == expected


def test_a_whole_cluster_of_fargate_has_no_instances() -> None:
    template = stack({"LaunchType": "FARGATE"}, FARGATE, Cluster=resource("ECS::Cluster"))
    assert fields(template, "cluster.instances", "cluster.profile") == [("none", "assumed"), ("none", "assumed")]


UNKNOWN = [(None, "absent"), (None, "absent")]
NONE = [("none", "assumed"), ("none", "assumed")]
CLUSTER = ("cluster.instances", "cluster.profile")


def bastion(user_data: str = "echo") -> dict:
    return resource("EC2::Instance", UserData=user_data, IamInstanceProfile={"Ref": "Elsewhere"})


def test_a_server_beside_fargate_is_not_of_the_cluster() -> None:
    template = stack({"LaunchType": "FARGATE"}, FARGATE, Cluster=resource("ECS::Cluster"), Bastion=bastion())
    assert fields(template, *CLUSTER) == NONE


def test_a_server_beside_a_service_whose_launch_type_is_not_told_says_nothing() -> None:
    template = stack({"LaunchType": "EXTERNAL"}, Cluster=resource("ECS::Cluster"), Bastion=bastion())
    assert fields(template, *CLUSTER) == UNKNOWN


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ({"Host": bastion("echo ECS_CLUSTER=x")}, "found"),
        ({"Host": bastion(), "Provider": resource("ECS::CapacityProvider")}, "found"),
        ({"Host": bastion(), "Old": resource("ECS::Service", LaunchType="EC2")}, "assumed"),
    ],
)
def test_what_makes_a_server_one_of_the_cluster(more: dict, how: str) -> None:
    template = stack({"LaunchType": "FARGATE"}, FARGATE, Cluster=resource("ECS::Cluster"), **more)
    assert fields(template, *CLUSTER) == [("registered", how), ("agent", "assumed")]


def test_the_profile_of_the_servers_that_join_counts() -> None:
    template = stack(
        {"LaunchType": "EC2"}, {}, First=bastion(), Host=resource("EC2::Instance", UserData="ECS_CLUSTER=x")
    )
    assert fields(template, *CLUSTER) == [("registered", "found"), ("none", "assumed")]


@pytest.mark.parametrize("kind", ["EXTERNAL", {"Ref": "Unset"}])
def test_a_launch_type_that_is_not_told_leaves_the_cluster_open(kind: object) -> None:
    template = stack({"LaunchType": kind}, Cluster=resource("ECS::Cluster"))
    assert fields(template, *CLUSTER) == UNKNOWN


def test_services_beyond_those_of_the_scenario_count_for_the_cluster() -> None:
    second = resource("ECS::Service", LaunchType="EC2", TaskDefinition={"Ref": "Task"})
    template = stack({"LaunchType": "FARGATE"}, FARGATE, Cluster=resource("ECS::Cluster"), Second=second)
    assert fields(template, *CLUSTER) == UNKNOWN
