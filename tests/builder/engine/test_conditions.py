"""The nine operators, with known and unknown facts, and how they are read."""

from itertools import combinations

import pytest

from builder.engine.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Eq,
    Ge,
    In,
    Nonempty,
    Not,
    Same,
    Subset,
    fields,
    read_condition,
)
from builder.engine.source import load

S3 = frozenset({"s3"})
BOTH = frozenset({"s3", "dynamodb"})
EC2 = Eq("service.launch", "ec2")
LAUNCH = {"service.launch": "ec2"}


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        (EC2, LAUNCH, True),
        (EC2, {"service.launch": "fargate"}, False),
        (EC2, {}, None),
        (In("brief.traffic", frozenset({"tcp", "udp"})), {"brief.traffic": "udp"}, True),
        (In("brief.traffic", frozenset({"tcp", "udp"})), {"brief.traffic": "http"}, False),
        (In("brief.traffic", frozenset({"tcp"})), {}, None),
        (Not(EC2), LAUNCH, False),
        (Not(EC2), {}, None),
        (ALWAYS, {}, True),
        (All((EC2, Nonempty("brief.api"))), {**LAUNCH, "brief.api": S3}, True),
        (All((EC2, Nonempty("brief.api"))), LAUNCH, None),
        (All((EC2, Nonempty("brief.api"))), {"brief.api": frozenset()}, False),
        (AnyOf(()), {}, False),
        (AnyOf((EC2, Nonempty("brief.api"))), LAUNCH, True),
        (AnyOf((EC2, Nonempty("brief.api"))), {"brief.api": frozenset()}, None),
        (AnyOf((EC2, Nonempty("brief.api"))), {"service.launch": "fargate", "brief.api": frozenset()}, False),
        (Nonempty("brief.api"), {}, None),
        (Subset("brief.api", "service.grants"), {"brief.api": S3, "service.grants": BOTH}, True),
        (Subset("brief.api", "service.grants"), {"brief.api": BOTH, "service.grants": S3}, False),
        (Subset("brief.api", "service.grants"), {"brief.api": BOTH}, None),
        (Ge("service.azs", "brief.azs"), {"service.azs": 2, "brief.azs": 1}, True),
        (Ge("service.azs", "brief.azs"), {"service.azs": 1, "brief.azs": 2}, False),
        (Ge("service.azs", "brief.azs"), {"service.azs": 1}, None),
        (Same("service.listener", "brief.traffic"), {"service.listener": "udp", "brief.traffic": "udp"}, True),
        (Same("service.listener", "brief.traffic"), {"service.listener": "tcp", "brief.traffic": "udp"}, False),
        (Same("service.listener", "brief.traffic"), {"service.listener": "tcp"}, None),
    ],
)
def test_operators(condition, facts, holds):
    assert condition.holds(facts) is holds


def condition_of(text: str):
    node, reading = load(text, "x.yaml")
    return read_condition(node, reading), [problem.text() for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("{service.launch: ec2}", EC2),
        ("{}", ALWAYS),
        ("{brief.traffic: [tcp]}", In("brief.traffic", frozenset({"tcp"}))),
        ("{brief.persist: true, service.azs: 2}", All((Eq("brief.persist", True), Eq("service.azs", 2)))),
        ("{not: {service.launch: ec2}}", Not(EC2)),
        ("{any: [{service.launch: ec2}, {nonempty: brief.api}]}", AnyOf((EC2, Nonempty("brief.api")))),
        ("{all: [{service.launch: ec2}]}", All((EC2,))),
        ("{subset: [brief.api, service.grants]}", Subset("brief.api", "service.grants")),
        ("{ge: [service.azs, brief.azs]}", Ge("service.azs", "brief.azs")),
        ("{same: [service.listener, brief.traffic]}", Same("service.listener", "brief.traffic")),
    ],
)
def test_reading(text, condition):
    assert condition_of(text) == (condition, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("service.launch", "give a condition"),
        ("{service.lunch: ec2}", "service.lunch"),
        ("{service.launch: ec3}", "fargate, ec2"),
        ("{service.azs: true}", "1, 2"),
        ("{brief.persist: 1}", "false, true"),
        ("{service.grants: s3}", "service.grants"),
        ("{nonempty: service.launch}", "service.grants"),
        ("{subset: [brief.api]}", "two fields"),
        ("{ge: [brief.azs, brief.persist]}", "service.azs, brief.azs"),
        ("{any: {service.launch: ec2}}", "list"),
        ("{lambda: [1]}", "lambda"),
    ],
)
def test_reading_refuses(text, says):
    problems = condition_of(text)[1]
    assert len(problems) == 1
    assert says in problems[0]


def test_fields_come_in_reading_order_and_once():
    condition = All((Not(EC2), AnyOf((Same("service.listener", "brief.traffic"), EC2))))
    assert fields(condition) == ("service.launch", "service.listener", "brief.traffic")


def test_less_knowledge_never_turns_the_answer_round(rules):
    for rule in rules:
        for case in rule.cases:
            for count in range(len(case.facts)):
                for kept in combinations(case.facts.items(), count):
                    assert rule.applies.holds(dict(kept)) in (rule.applies.holds(case.facts), None), rule.id
                    assert rule.require.holds(dict(kept)) in (rule.require.holds(case.facts), None), rule.id
