"""What a change of launch type brings along, and what is said of it."""

from dataclasses import replace
from itertools import product

import pytest
from django.test import Client

from builder.engine.design import INSTANCES, PROFILES, SIZES, STORAGES, Cluster, Design, Service, changed
from builder.engine.facts import Requirement
from builder.engine.scenario import Scenario
from builder.engine.score import apply_patch, score
from builder.models import Draft
from builder.services import carried
from builder.services.carrying import NO_EC2_LEFT, PROFILED, REGISTERED, TO_CONTAINER, TO_EFS, TO_FARGATE
from learning.models import Course
from tests.builder.engine.conftest import RULES, SCENARIOS, shipped_scenario
from tests.builder.engine.space import NAME
from tests.builder.people import HTMX, posted

ON_EC2 = Cluster("registered", "agent")
NEED = Requirement(NAME)
TO_FARGATE_ADVISED = {"hands-off-means-fargate", "pay-per-use-means-fargate"}
ALONE = [one for one in SCENARIOS if len(one.services) == 1]


def moved(before: Design, *needs: Requirement, **changes: object) -> tuple[Design, list[str]]:
    """Carry along what `changes` of the first service need; the design and what is said."""
    after = changed(before, {f"services.0.{name}": value for name, value in changes.items()})
    design, said = carried(before, after, needs or (NEED,) * len(before.services))
    return design, [one.msgid for one in said]


def test_following_the_advice_raises_the_score() -> None:
    task = shipped_scenario("nightly-batch")
    before = Design(ON_EC2, (Service(launch="ec2", storage="instance"),))
    design, _said = moved(before, *task.services, launch="fargate")
    assert [score(one, task, RULES).score for one in (before, design)] == [75, 100]


@pytest.mark.parametrize("task", ALONE, ids=lambda one: one.id)
def test_to_fargate_it_brings_along_what_the_rule_that_advises_it_does(task: Scenario) -> None:
    """Of every storage, size and cluster; a Classic Load Balancer is the learner's to replace."""
    for instances, profile, size, storage in product(INSTANCES, PROFILES, SIZES, STORAGES):
        before = Design(Cluster(instances, profile), (Service(launch="ec2", size=size, storage=storage),))
        for finding in score(before, task, RULES).failed:
            if finding.rule in TO_FARGATE_ADVISED:
                patched = apply_patch(before, finding, task, RULES)
                assert moved(before, *task.services, launch="fargate")[0] == patched


@pytest.mark.parametrize(
    ("need", "storage", "said"),
    [
        (NEED, "container", TO_CONTAINER),
        (replace(NEED, persist=True), "efs", TO_EFS),
        (replace(NEED, shared=True), "efs", TO_EFS),
    ],
)
def test_no_instance_disk_goes_to_fargate(need: Requirement, storage: str, said: str) -> None:
    design, words = moved(Design(ON_EC2, (Service(launch="ec2", storage="instance"),)), need, launch="fargate")
    assert design.services[0].storage == storage
    assert words == [TO_FARGATE, said, NO_EC2_LEFT]


@pytest.mark.parametrize("storage", ["container", "efs"])
def test_other_storage_stays(storage: str) -> None:
    before = changed(Design(ON_EC2, (Service(launch="ec2", size="set"),)), {"services.0.storage": storage})
    design, words = moved(before, replace(NEED, persist=True), launch="fargate")
    assert design.services[0].storage == storage
    assert words == [NO_EC2_LEFT]


def test_a_service_that_stays_on_ec2_keeps_its_disk_and_the_cluster() -> None:
    ec2 = Service(launch="ec2", size="set", storage="instance")
    design, words = moved(Design(ON_EC2, (ec2, ec2)), launch="fargate")
    assert design == Design(ON_EC2, (Service(size="set"), ec2))
    assert words == [TO_CONTAINER]


def test_each_service_has_its_own_need_and_a_message_is_said_once() -> None:
    ec2 = Service(launch="ec2", storage="instance")
    before, needs = Design(ON_EC2, (ec2, ec2, ec2)), (NEED, replace(NEED, shared=True), NEED)
    after = changed(before, {f"services.{i}.launch": "fargate" for i in range(3)})
    design, said = carried(before, after, needs)
    assert [one.storage for one in design.services] == ["container", "efs", "container"]
    assert [one.msgid for one in said] == [TO_FARGATE, TO_CONTAINER, TO_EFS, NO_EC2_LEFT]


def test_a_classic_load_balancer_is_left_alone() -> None:
    before = Design(ON_EC2, (Service(launch="ec2", load_balancer="clb", listener="http"),))
    assert moved(before, launch="fargate")[0].services[0].load_balancer == "clb"


@pytest.mark.parametrize(
    ("cluster", "profile", "said"),
    [
        (Cluster(), "agent", [REGISTERED, PROFILED]),
        (Cluster("registered", "none"), "agent", [PROFILED]),
        (Cluster("none", "agent+app"), "agent+app", [REGISTERED]),
        (Cluster("registered", "agent"), "agent", []),
    ],
)
def test_to_ec2_it_adds_what_is_missing_and_says_no_more(cluster: Cluster, profile: str, said: list[str]) -> None:
    design, words = moved(Design(cluster, (Service(),)), launch="ec2")
    assert design.cluster == Cluster("registered", profile)
    assert words == said


def test_without_a_move_nothing_comes_along() -> None:
    before = Design(services=(Service(launch="ec2", storage="instance"),))
    assert moved(before, azs=2) == (changed(before, {"services.0.azs": 2}), [])


def test_the_page_carries_by_the_clients_needs(course: Course, client: Client) -> None:
    page, before = "/ko/builder/cms-two-az/", Design(ON_EC2, (Service(launch="ec2", storage="instance"),))
    client.post(f"{page}check/", posted(before))
    answer = client.post(f"{page}check/", posted(changed(before, {"services.0.launch": "fargate"})), headers=HTMX)
    assert Draft.objects.get().design["services"][0]["storage"] == "efs"
    assert "데이터를 EFS로 옮겼어요" in answer.content.decode()
