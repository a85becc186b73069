"""How findings become a score: weights, the cap, one mistake once, mandatory rules, unknown fields."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.engine.design import CLUSTER_FIELDS, SERVICE_FIELDS, Cluster, Design, Service
from builder.engine.facts import Requirement
from builder.engine.score import score
from tests.builder.engine.conftest import shipped_rules
from tests.builder.engine.space import NAME, scenario_of, tasks

RULES = shipped_rules()
WEB = scenario_of((Requirement(NAME, exposed=True, traffic="http", ops="hands-off"),))
GOOD = Service("fargate", "set", load_balancer="alb", listener="http")


def failed(report) -> list[str]:
    return [finding.rule for finding in report.failed]


def finding_of(report, rule: str, service: int | None = 0):
    return next(one for one in report.findings if (one.rule, one.service) == (rule, service))


def test_it_works():
    report = score(Design(Cluster(), (GOOD,)), WEB, RULES)
    assert report.score == 100
    assert report.failed == ()
    assert len(report.findings) == 30
    assert "http-goes-through-alb" in [finding.rule for finding in report.passed]


@pytest.mark.parametrize(
    ("service", "points", "rules"),
    [
        (Service("fargate", "set", load_balancer="nlb", listener="http"), 80, ["http-goes-through-alb"]),
        (
            Service("fargate", "set", load_balancer="alb", listener="http", storage="efs"),
            95,
            ["stateless-task-needs-no-volume"],
        ),
        (Service("fargate", "unset", load_balancer="alb", listener="http"), 59, ["fargate-declares-cpu-memory"]),
        (
            Service("fargate", "unset", load_balancer="nlb", listener="http"),
            40,
            ["fargate-declares-cpu-memory", "http-goes-through-alb"],
        ),
        (
            Service("fargate", "unset", load_balancer="nlb", listener="tcp", storage="instance"),
            0,
            [
                "fargate-declares-cpu-memory",
                "instance-disk-needs-an-instance",
                "brief-listener-matches-traffic",
                "http-goes-through-alb",
                "stateless-task-needs-no-volume",
            ],
        ),
    ],
)
def test_weights_cap_and_floor(service, points, rules):
    report = score(Design(Cluster(), (service,)), WEB, RULES)
    assert (report.score, failed(report)) == (points, rules)


def test_one_mistake_costs_once():
    report = score(Design(Cluster(), (Service("fargate", "set", load_balancer="clb", listener="http"),)), WEB, RULES)
    assert failed(report) == ["clb-does-not-fit-fargate"]
    silenced = finding_of(report, "clb-not-recommended")
    assert (silenced.result, silenced.superseded, silenced.cost) == ("fail", True, 0)


def test_a_superseded_rule_still_silences():
    """Otherwise registering no instances would cost a team that should not have servers at all twice."""
    report = score(Design(Cluster(), (Service("ec2", load_balancer="alb", listener="http"),)), WEB, RULES)
    assert failed(report) == ["hands-off-means-fargate"]


def test_one_service_does_not_silence_another():
    clb = Service("fargate", "set", load_balancer="clb", listener="http")
    old = Service("ec2", load_balancer="clb", listener="http")
    needs = (Requirement(NAME, exposed=True, traffic="http"),) * 2
    report = score(Design(Cluster("registered", "agent"), (clb, old)), scenario_of(needs), RULES)
    assert [(one.rule, one.service) for one in report.failed] == [
        ("clb-does-not-fit-fargate", 0),
        ("clb-not-recommended", 1),
    ]


def test_a_rule_costs_for_every_service_it_fails_for():
    needs = (Requirement(NAME),) * 3
    report = score(Design(Cluster(), (Service("fargate", "unset"),) * 3), scenario_of(needs), RULES)
    assert failed(report) == ["fargate-declares-cpu-memory"] * 3
    assert report.score == 0


def test_mandatory_raises_a_should_to_a_must():
    nlb = Design(Cluster(), (Service("fargate", "set", load_balancer="nlb", listener="http"),))
    strict = scenario_of(WEB.services, frozenset({"http-goes-through-alb"}))
    report = score(nlb, strict, RULES)
    assert report.score == 59
    assert finding_of(report, "http-goes-through-alb").severity == "must"


def test_facts_are_remarks_and_cost_nothing():
    report = score(
        Design(Cluster(), (Service("fargate", "set", storage="efs"),)),
        scenario_of((Requirement(NAME, persist=True),)),
        RULES,
    )
    assert report.score == 100
    assert finding_of(report, "fact-fully-serverless").result == "pass"
    assert finding_of(report, "fact-servers-are-yours").result == "na"


def test_a_finding_names_the_controls_that_decide_it():
    needs = (Requirement(NAME),) * 2
    report = score(Design(Cluster(), (Service(),) * 2), scenario_of(needs), RULES)
    assert finding_of(report, "fargate-declares-cpu-memory", 1).decides_on == ("services.1.size", "services.1.launch")
    profile = finding_of(report, "instance-profile-ec2-only", None)
    assert profile.decides_on == ("cluster.profile", "services.0.launch", "services.1.launch")


def test_it_refuses_a_design_with_another_number_of_services():
    with pytest.raises(ValueError, match="zip"):
        score(Design(Cluster(), (GOOD, GOOD)), WEB, RULES)


@pytest.mark.parametrize(
    ("unknown", "result"),
    [("services.0.launch", "unknown"), ("cluster.profile", "fail"), ("services.0.size", "fail")],
)
def test_an_unknown_launch_type_leaves_the_instances_unjudged(unknown, result):
    idle = Design(Cluster("registered"), (GOOD,))
    report = score(idle, WEB, RULES, frozenset({unknown}))
    assert finding_of(report, "fargate-needs-no-instances", None).result == result


def test_one_known_ec2_service_is_enough_to_know_there_is_one():
    needs = (Requirement(NAME),) * 2
    design = Design(Cluster("registered", "agent"), (Service("ec2"), Service("fargate", "set")))
    report = score(design, scenario_of(needs), RULES, frozenset({"services.1.launch"}))
    assert finding_of(report, "instance-profile-ec2-only", None).result == "pass"


@given(tasks)
def test_a_score_lies_between_0_and_100(task):
    design, scenario = task
    report = score(design, scenario, RULES)
    assert 0 <= report.score <= 100
    assert (report.score == 100) == (not report.failed)
    assert report == score(design.normalised(), scenario, RULES)


PATHS = [f"cluster.{name}" for name in CLUSTER_FIELDS]
PATHS += [f"services.{index}.{name}" for index in range(3) for name in SERVICE_FIELDS]


@settings(max_examples=150)
@given(tasks, st.sets(st.sampled_from(PATHS)))
def test_not_knowing_a_field_changes_a_verdict_only_to_unknown(task, unknown):
    design, scenario = task
    known = score(design, scenario, RULES).findings
    vague = score(design, scenario, RULES, frozenset(unknown)).findings
    for before, after in zip(known, vague, strict=True):
        assert after.result in (before.result, "unknown")
