"""Whole files: task definitions, conditions, encodings; what is not understood is said, and the text never is."""

import json

import pytest

from builder.engine.scenario import empty_design
from builder.export import read_bytes, read_template
from tests.builder.export.templates import FARGATE, TASK, fields, messages, read, resource, stack


@pytest.mark.parametrize("wrap", [lambda task: task, lambda task: {"taskDefinition": task}])
def test_a_task_definition(wrap) -> None:
    task = {
        "family": "web",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "taskRoleArn": "arn:aws:iam::123456789012:role/x",
        "containerDefinitions": [{"name": "x"}],
        "volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}],
    }
    reading = read(wrap(task))
    assert reading.kind == "task"
    known = {path.rpartition(".")[2]: one.value for path, one in reading.fields.items() if one.how == "found"}
    assert known == {"launch": "fargate", "size": "set", "role": "own", "storage": "efs"}


def test_a_task_definition_for_both_launch_types_tells_none() -> None:
    found = read({"requiresCompatibilities": ["EC2", "FARGATE"], "containerDefinitions": [{}]}).fields
    assert found["services.0.launch"].how == "absent"


def test_a_template_of_task_definitions_alone_is_read() -> None:
    template = {"Resources": {"Task": {"Type": TASK, "Properties": FARGATE}}}
    assert fields(template, "launch", "size", "azs") == [("fargate", "found"), ("set", "found"), (None, "absent")]


def test_a_resource_whose_condition_fails_by_default_is_not_there() -> None:
    template = stack(
        {"LaunchType": "FARGATE"},
        _Parameters={"On": {"Type": "String", "Default": "no"}},
        _Conditions={"Is": {"Fn::Equals": [{"Ref": "On"}, "yes"]}},
    )
    template["Resources"]["Service"]["Condition"] = "Is"
    assert read(template).services == (1,)  # the task definition
    assert fields(template, "launch")[0][1] == "absent"


def test_a_condition_that_asks_itself_is_unknown() -> None:
    ring = {f"C{i}": {"Fn::Not": [{"Condition": f"C{(i + 1) % 1000}"}]} for i in range(1000)}
    template = stack({"LaunchType": {"Fn::If": ["C0", "EC2", "FARGATE"]}}, _Conditions=ring)
    assert fields(template, "launch") == [(None, "absent")]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (stack(Stack=resource("CloudFormation::Stack")), "AWS::CloudFormation::Stack"),
        ({**stack(), "Transform": "My::Macro"}, "Macros"),
        (stack({"TaskDefinition": {"Ref": "Nowhere"}}), "not in this file"),
        (stack({"LaunchType": "EXTERNAL"}), "launch type"),
        ({"Resources": {"Bucket": resource("S3::Bucket")}}, "neither an ECS service nor"),
        ({"services": {}}, "neither a CloudFormation template"),
    ],
)
def test_what_is_not_understood_is_said(template: dict, words: str) -> None:
    assert words in messages(template)


def test_language_extensions_alone_are_nothing_to_say() -> None:
    assert messages({**stack(), "Transform": "AWS::LanguageExtensions"}) == ""


def test_nothing_of_the_text_is_in_a_reading() -> None:
    secret = "hunter2"
    template = stack(
        {"ServiceName": secret, "LaunchType": secret},
        {"Family": secret, "ContainerDefinitions": [{"Environment": [{"Name": "P", "Value": secret}]}]},
        hunter2=resource("CloudFormation::Stack", Parameters={secret: secret}),
    )
    assert secret not in repr(read(template))
    for broken in (
        f"{secret}: *{secret}",
        f"{secret}: [{secret}",
        f'{{"{secret}": {secret}',
        f"!{secret} x",
        f"a: '{secret}",
    ):
        assert secret not in repr(read_template(broken))


def test_what_is_absent_stays_as_it_was() -> None:
    before = empty_design(1)
    after = read(stack({"LaunchType": "FARGATE"}, FARGATE)).design(before)
    assert after.services[0].launch == "fargate"
    assert after.cluster == before.cluster


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_these_encodings_are_read(encoding: str) -> None:
    assert read_bytes(json.dumps(stack()).encode(encoding)).kind == "template"


def test_a_file_in_another_encoding_is_refused() -> None:
    assert "UTF-8" in read_bytes("이름: 값".encode("cp949")).notes[0].message
