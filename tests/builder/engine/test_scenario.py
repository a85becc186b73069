"""Scenario files: the shipped ones keep their promises, and what the reader refuses."""

import re
from collections import Counter

import pytest

from builder.engine.design import Cluster
from builder.engine.scenario import empty_design, read_scenario
from builder.engine.score import check_scenario, score
from tests.builder.engine.conftest import COURSE, SCENARIOS

HANGUL = re.compile("[가-힣]")
ANSWERS = re.compile("Fargate|EC2|ALB|NLB|CLB|EFS|Classic|[Tt]ask role|[Ii]nstance profile|태스크 역할|프로파일")
NAMED = {"http": "HTTP(?!S)", "https": "HTTPS", "tcp": "TCP", "udp": "UDP", "s3": "S3", "dynamodb": "DynamoDB"}


def test_it_works():
    assert len(SCENARIOS) == 17
    assert Counter(one.level for one in SCENARIOS) == {1: 4, 2: 5, 3: 4, 4: 2, 5: 2}
    assert {one.id for one in SCENARIOS if len(one.services) > 1} == {
        "two-services-two-roles",
        "mixed-fleet",
        "game-platform",
        "whole-company",
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_a_scenario_keeps_its_promises(scenario, rules):
    """Its best designs earn 100, its wrong ones exactly their score, its start less than 100."""
    assert [problem.text() for problem in check_scenario(scenario, rules, "x.yaml")] == []
    assert scenario.wrong


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_a_scenario_starts_from_nothing_or_from_what_the_client_has(scenario, rules):
    if scenario.id == "clb-retirement":
        assert (scenario.start.cluster, scenario.start.services[0].load_balancer) == (
            Cluster("registered", "agent"),
            "clb",
        )
    else:
        assert scenario.start == empty_design(len(scenario.services))
    assert score(scenario.start, scenario, rules).score < 60


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_a_brief_speaks_both_languages_and_names_every_service(scenario):
    for words in (scenario.title, scenario.brief, *(need.name for need in scenario.services)):
        assert words.ko
        assert words.en
        assert not HANGUL.search(words.en)
    assert HANGUL.search(scenario.brief.ko)
    assert len({need.name.en for need in scenario.services}) == len(scenario.services)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_a_brief_names_what_is_wanted_and_never_the_answer(scenario):
    wanted = {need.traffic for need in scenario.services} - {"none"}
    wanted |= {api for need in scenario.services for api in need.api}
    for brief in (scenario.brief.ko, scenario.brief.en):
        assert not ANSWERS.search(brief)
        assert {name for name, word in NAMED.items() if re.search(word, brief)} == wanted
    two_zones = any(need.azs == 2 for need in scenario.services)
    assert ("가용 영역 두 곳" in scenario.brief.ko) == two_zones
    assert ("two Availability Zones" in scenario.brief.en) == two_zones


def test_every_taught_statement_stands_in_a_lesson():
    lessons = "\n".join(path.read_text(encoding="utf-8") for path in COURSE.glob("lessons/*.ko.md"))
    stated = set(re.findall(r" \^([a-z0-9-]+)$", lessons, re.MULTILINE))
    assert {statement for scenario in SCENARIOS for statement in scenario.teaches} <= stated


REST = "role: none, grants: [], storage: container, azs: 1"
NOTHING = f"{{launch: ec2, size: unset, load_balancer: none, listener: none, {REST}}}"
RIGHT = f"{{launch: fargate, size: set, load_balancer: alb, listener: http, {REST}}}"
SOUND = """\
id: some-page
level: 1
title: {ko: 제목, en: Title}
brief: {ko: 의뢰, en: Brief}
teaches: [alb-http]
services:
  - name: {ko: 웹, en: Web}
    exposed: true
    traffic: http
    ops: hands-off
mandatory: []
start:
  cluster: {instances: none, profile: none}
  services:
    - NOTHING
best:
  - cluster: {instances: none, profile: none}
    services:
      - RIGHT
wrong:
  - change: {services.0.load_balancer: nlb}
    score: 80
""".replace("NOTHING", NOTHING).replace("RIGHT", RIGHT)


def test_a_sound_scenario_reads(rules):
    scenario, problems = read_scenario(SOUND, "x.yaml")
    assert problems == []
    assert scenario is not None
    assert check_scenario(scenario, rules, "x.yaml") == []
    assert scenario.wrong[0][0].services[0].load_balancer == "nlb"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("level: 1", "level: 6", 2, "1, 2, 3, 4, 5"),
        ("teaches:", "tags: [a]\nteaches:", 5, "tags: there is no such field"),
        ("brief: {ko: 의뢰, en: Brief}\n", "", 1, "“brief” is missing"),
        ("traffic: http", "traffic: smtp", 9, "none, http, https, tcp, udp"),
        ("    traffic: http\n", "", 7, "exposed has traffic"),
        ("exposed: true", "exposed: yes", 8, "true or false"),
        ("ops: hands-off", "ops: host-control\n    billing: pay-per-use", 7, "contradict one another"),
        ("ops: hands-off", "api: [sqs]", 10, "s3, dynamodb"),
        ("ops: hands-off", "azs: 3", 10, "1, 2"),
        ("services.0.load_balancer: nlb", "services.0.load_balancer: glb", 21, "services.0.load_balancer"),
        ("services.0.load_balancer: nlb", "services.1.azs: 2", 21, "services.1"),
        ("score: 80", "score: 100", 22, "give one of"),
        ("launch: fargate", "launch: lambda", 17, "services.0.launch"),
        ("load_balancer: alb", "load_balancer: none", 17, "a listener needs a load balancer"),
    ],
)
def test_the_reader_refuses(old, new, line, says):
    assert old in SOUND
    scenario, problems = read_scenario(SOUND.replace(old, new, 1), "x.yaml")
    assert scenario is None
    assert [problem for problem in problems if problem.line == line and says in problem.text()], problems


def test_designs_must_have_as_many_services_as_the_client_needs():
    second = "  - name: {ko: 둘, en: Two}\nmandatory"
    problems = read_scenario(SOUND.replace("mandatory", second), "x.yaml")[1]
    assert {problem.params["field"] for problem in problems} == {"start", "best.0"}


def test_a_scenario_needs_a_service_and_a_best_design():
    text = SOUND[: SOUND.index("services:")] + "services: []\nbest: []\nwrong: []\n"
    assert [problem.line for problem in read_scenario(text, "x.yaml")[1]] == [6, 7]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("score: 80", "score: 70", 21, "should earn 70, but earns 80"),
        ("size: set", "size: unset", 17, "should earn 100, but earns 59"),
        ("mandatory: []", "mandatory: [no-such-rule]", 11, "no rule “no-such-rule”"),
        (NOTHING, RIGHT, 12, "not be right"),
    ],
)
def test_a_broken_promise_is_a_problem_with_its_line(rules, old, new, line, says):
    scenario, problems = read_scenario(SOUND.replace(old, new, 1), "x.yaml")
    assert problems == []
    assert scenario is not None
    found = check_scenario(scenario, rules, "x.yaml")
    assert [problem for problem in found if problem.line == line and says in problem.text()], found


def test_a_position_is_optional_and_a_number():
    text = (COURSE / "scenarios" / "company-page.yaml").read_text()
    scenario, _problems = read_scenario(text.replace("position: 1\n", ""), "x.yaml")
    assert scenario.position == 0
    scenario, problems = read_scenario(text.replace("position: 1\n", "position: first\n"), "x.yaml")
    assert scenario is None
    assert "position" in problems[0].text()


def test_no_two_of_a_level_share_a_position():
    places = [(one.level, one.position) for one in SCENARIOS]
    assert len(set(places)) == len(places)
