"""Who may do what: task roles with just what they grant, the task execution role, the instances' role. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from builder.engine.design import APIS, Api, Design
from builder.export.parts import Part
from builder.export.sheet import Json, Sheet, att, ref, sub
from learning.catalogue.errors import N_

EXECUTION = N_(
    "Beyond the notes: on Fargate there is a third role, the task execution role. With it ECS pulls the image and sends"
    " the logs, which on EC2 the instance profile allows."
    " https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html"
)
APP_IN_PROFILE = N_(
    "The instance profile holds the application's permissions as well, as in the design: every task on the instances"
    " can use them. A task role would keep them apart."
)
AGENT_POLICY = "service-role/AmazonEC2ContainerServiceforEC2Role"
EXECUTION_POLICY = "service-role/AmazonECSTaskExecutionRolePolicy"
TABLE_ACTIONS = (
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "UpdateItem",
)


def put_task_roles(sheet: Sheet, parts: Sequence[Part]) -> None:
    """Add each service's own role, and the one that several share."""
    for part in parts:
        if part.service.role == "own":
            _put_role(sheet, f"{part.name}TaskRole", "ecs-tasks", _policies(sheet, part.service.grants))
    shared = [part for part in parts if part.service.role == "shared"]
    if shared:
        grants = {api for part in shared for api in part.service.grants}
        _put_role(sheet, "SharedTaskRole", "ecs-tasks", _policies(sheet, grants))


def task_role(part: Part) -> Json:
    """Return the task definition's field, or nothing where it has no role."""
    if part.service.role == "none":
        return {}
    name = "SharedTaskRole" if part.service.role == "shared" else f"{part.name}TaskRole"
    return {"TaskRoleArn": att(name, "Arn")}


def put_execution_role(sheet: Sheet) -> None:
    """Add the role with which Fargate pulls images and sends logs."""
    more: Json = {"ManagedPolicyArns": [_managed(EXECUTION_POLICY)]}
    _put_role(sheet, "TaskExecutionRole", "ecs-tasks", more, EXECUTION)
    sheet.remark(EXECUTION)


def put_instance_profile(sheet: Sheet, design: Design, parts: Sequence[Part]) -> None:
    """Add the instances' role for the agent (and for the application, if the design says so) and its profile."""
    more: Json = {"ManagedPolicyArns": [_managed(AGENT_POLICY)]}
    if design.cluster.profile == "agent+app":
        called = {api for part in parts for api in part.need.api}
        more |= _policies(sheet, called or APIS)
        sheet.remark(APP_IN_PROFILE)
    _put_role(sheet, "InstanceRole", "ec2", more)
    sheet.add("InstanceProfile", "IAM::InstanceProfile", {"Roles": [ref("InstanceRole")]})


def _put_role(sheet: Sheet, name: str, service: str, more: Mapping[str, object], comment: str = "") -> None:
    trusted = {"Service": f"{service}.amazonaws.com"}
    trust = _document([{"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}])
    sheet.add(name, "IAM::Role", {"AssumeRolePolicyDocument": trust, **more}, comment)


def _policies(sheet: Sheet, grants: Iterable[Api]) -> Json:
    allowed = set(grants)
    statements = {"s3": _bucket, "dynamodb": _table}
    policies = [
        {"PolicyName": api, "PolicyDocument": _document(statements[api](sheet))} for api in APIS if api in allowed
    ]
    return {"Policies": policies} if policies else {}


def _bucket(sheet: Sheet) -> list[Json]:
    sheet.ask("BucketName")
    bucket = "arn:${AWS::Partition}:s3:::${BucketName}"
    objects = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    return [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": sub(bucket)},
        {"Effect": "Allow", "Action": objects, "Resource": sub(f"{bucket}/*")},
    ]


def _table(sheet: Sheet) -> list[Json]:
    sheet.ask("TableName")
    table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}"
    actions = [f"dynamodb:{action}" for action in TABLE_ACTIONS]
    return [{"Effect": "Allow", "Action": actions, "Resource": [sub(table), sub(f"{table}/index/*")]}]


def _document(statements: list[Json]) -> Json:
    return {"Version": "2012-10-17", "Statement": statements}


def _managed(policy: str) -> Json:
    return sub(f"arn:${{AWS::Partition}}:iam::aws:policy/{policy}")
