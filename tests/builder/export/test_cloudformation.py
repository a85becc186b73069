"""Templates say what the design says, refer only to what is in them, and allow no more than the design grants."""

import json
import re

import pytest

from builder.engine.design import Design, changed
from builder.engine.scenario import Scenario
from builder.export import cloudformation
from tests.builder.engine.conftest import shipped_scenario
from tests.builder.export.designs import best_designs, exported, passes, passing_designs

ALL = [*best_designs(), *passing_designs(500, 4)]


def of_type(template: dict, kind: str) -> dict[str, dict]:
    return {name: one for name, one in template["Resources"].items() if one["Type"] == f"AWS::{kind}"}


def best(name: str) -> tuple[Scenario, Design]:
    task = shipped_scenario(name)
    return task, task.best[0]


def referred(value: object) -> set[str]:
    """Every name that a Ref, GetAtt, Sub or DependsOn speaks of."""
    text = json.dumps(value)
    names = set(re.findall(r'"Ref": "(\w+)"', text)) | set(re.findall(r'"Fn::GetAtt": \["(\w+)"', text))
    return names | set(re.findall(r"\$\{(\w+)\}", text))


def test_random_designs_are_many_and_pass() -> None:
    assert len({design for _task, design in ALL}) > 150
    assert {task.id for task, _design in ALL[-500:]} == {task.id for task, _design in best_designs()}
    assert all(passes(task, design) for task, design in ALL)


def test_every_name_is_there_and_every_parameter_is_used() -> None:
    for task, design in ALL:
        template = exported(task, design)
        parameters, resources = set(template["Parameters"]), set(template["Resources"])
        named = referred(template["Resources"]) | referred(template.get("Outputs", {}))
        assert named <= parameters | resources, task.id
        assert parameters <= named, task.id
        assert not parameters & resources
        for one in template["Resources"].values():
            assert set(one.get("DependsOn", [])) <= resources


def test_a_task_role_allows_what_the_design_grants_and_no_more() -> None:
    for task, design in ALL:
        services = of_type(exported(task, design), "ECS::Service")
        roles = {name: one for name, one in of_type(exported(task, design), "IAM::Role").items() if "TaskRole" in name}
        granted = {"own": [], "shared": [], "none": []}
        for service in design.services:
            granted[service.role].append(set(service.grants))
        expected = granted["own"] + granted["shared"][:1]
        found = []
        for role in roles.values():
            actions = set(re.findall(r'"(s3|dynamodb):\w+"', json.dumps(role)))
            assert "*" not in re.findall(r'"Action": "([^"]*)"', json.dumps(role))
            assert '"Resource": "*"' not in json.dumps(role)
            found.append(actions)
        assert sorted(map(sorted, found)) == sorted(map(sorted, expected)), task.id
        assert len(services) == len(design.services)


def test_fargate_has_an_execution_role_and_says_that_the_notes_do_not_name_it() -> None:
    template = exported(*best("photo-upload-api"))
    (definition,) = of_type(template, "ECS::TaskDefinition").values()
    assert definition["Properties"]["ExecutionRoleArn"] == {"Fn::GetAtt": ["TaskExecutionRole", "Arn"]}
    assert "Beyond the notes" in template["Resources"]["TaskExecutionRole"]["Metadata"]["Comment"]
    assert any("execution role" in one for one in template["Metadata"]["Naru"]["BeyondTheNotes"])


def test_ec2_needs_no_execution_role_but_an_instance_profile() -> None:
    template = exported(*best("host-agent"))
    assert "TaskExecutionRole" not in template["Resources"]
    assert template["Resources"]["InstanceProfile"]["Properties"]["Roles"] == [{"Ref": "InstanceRole"}]
    assert "ECS_CLUSTER=${Cluster}" in json.dumps(template["Resources"]["InstanceTemplate"])


def test_efs_has_a_mount_target_a_zone_and_is_kept() -> None:
    template = exported(*best("cms-two-az"))
    assert len(of_type(template, "EFS::MountTarget")) == 2
    (files,) = of_type(template, "EFS::FileSystem").values()
    assert files["DeletionPolicy"] == files["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize(
    ("scenario", "kind", "protocol"),
    [
        ("company-page", "application", "HTTP"),
        ("photo-upload-api", "application", "HTTPS"),
        ("realtime-game", "network", "UDP"),
    ],
)
def test_the_load_balancer_is_that_of_the_design(scenario: str, kind: str, protocol: str) -> None:
    template = exported(*best(scenario))
    (balancer,) = of_type(template, "ElasticLoadBalancingV2::LoadBalancer").values()
    (listener,) = of_type(template, "ElasticLoadBalancingV2::Listener").values()
    assert balancer["Properties"]["Type"] == kind
    assert balancer["Properties"]["Scheme"] == "internet-facing"
    assert listener["Properties"]["Protocol"] == protocol


def test_a_classic_load_balancer_goes_through_the_instance() -> None:
    task, design = shipped_scenario("either-is-fine"), None
    design = next(one for one in task.best if one.any_ec2)
    template = exported(task, changed(design, {"services.0.load_balancer": "clb"}))
    (definition,) = of_type(template, "ECS::TaskDefinition").values()
    (service,) = of_type(template, "ECS::Service").values()
    assert definition["Properties"]["NetworkMode"] == "bridge"
    assert "NetworkConfiguration" not in service["Properties"]
    assert "LoadBalancerName" in service["Properties"]["LoadBalancers"][0]


def test_words_are_in_the_language_asked_for() -> None:
    task, design = best("company-page")
    korean = cloudformation(design, task.title, task.services, "ko", lambda msgid: f"<{msgid}>")
    assert korean["Description"] == f"Naru: {task.title.ko}"
    assert all(one.startswith("<") for one in korean["Metadata"]["Naru"]["BeyondTheNotes"])
    assert korean["Parameters"]["VpcId"]["Description"].startswith("<")


def test_the_same_design_gives_the_same_bytes() -> None:
    for task, design in best_designs():
        assert json.dumps(exported(task, design)) == json.dumps(exported(task, design))


def test_services_of_one_name_are_told_apart() -> None:
    task, _design = best("two-services-two-roles")
    needs = (task.services[0], task.services[0])
    template = cloudformation(task.best[0], task.title, needs, "en", str)
    assert len(of_type(template, "ECS::Service")) == 2
