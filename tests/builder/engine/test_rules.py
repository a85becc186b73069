"""The rules file: all thirty rules, their words and own cases, and what the reader refuses."""

import re
from collections import Counter

import pytest

from builder.engine.rules import read_rules, rules_version
from tests.builder.engine.conftest import COURSE, RULES_FILE, shipped_rules

SHIPPED = shipped_rules()
HANGUL = re.compile("[가-힣]")


def test_it_works(rules):
    assert len(rules) == 30
    assert Counter(rule.severity for rule in rules if rule.kind != "fact") == {"must": 17, "should": 9, "note": 2}
    assert Counter(rule.kind for rule in rules)["fact"] == 2
    assert [rule.id for rule in rules if rule.scope == "cluster"] == [
        "fargate-needs-no-instances",
        "instance-profile-ec2-only",
        "app-permissions-belong-to-task-role",
    ]


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(rule, case, id=f"{rule.id}:{case.line}") for rule in SHIPPED for case in rule.cases]
)
def test_a_rule_judges_its_own_cases(rule, case):
    assert rule.verdict(case.facts) == case.result


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_a_rule_speaks_both_languages(rule):
    for words in (rule.good, rule.what, rule.why, rule.fix, *(remark.text for remark in rule.beyond)):
        assert HANGUL.search(words.ko)
        assert words.en
        assert not HANGUL.search(words.en)
    assert len(rule.good.ko) <= 40
    assert len(rule.good.en) <= 60


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_cited_statement_stands_in_a_lesson(rules, language):
    lessons = "\n".join(path.read_text(encoding="utf-8") for path in COURSE.glob(f"lessons/*.{language}.md"))
    stated = set(re.findall(r" \^([a-z0-9-]+)$", lessons, re.MULTILINE))
    assert {statement for rule in rules for statement in rule.statements} <= stated


def test_web_traffic_on_ec2_is_not_told_of_fargate(rules):
    web = next(rule for rule in rules if rule.id == "http-goes-through-alb")
    assert web.statements == ("alb-most-web-apps",)
    assert "Fargate" not in web.why.ko + web.why.en


def test_every_rule_but_the_facts_has_a_control_and_a_patch(rules):
    for rule in rules:
        assert rule.controls
        assert bool(rule.patch) == (rule.kind != "fact")


def test_the_controls_to_change_come_first(rules):
    controls = {rule.id: rule.controls for rule in rules}
    assert controls["clb-does-not-fit-fargate"] == ("service.load_balancer", "service.launch")
    assert controls["instance-profile-ec2-only"] == ("cluster.profile", "services.launch")
    assert controls["brief-availability-zones"] == ("service.azs",)


SOUND = """\
- id: some-rule
  severity: must
  kind: violation
  scope: service
  statement: [two-launch-types]
  applies: {service.launch: fargate}
  require: {service.size: set}
  good: {ko: 좋아요, en: Good}
  what: {ko: 무엇, en: What}
  why: {ko: 왜, en: Why}
  fix: {ko: 고치기, en: Fix, patch: [{set: {service.size: set}}]}
  tests:
    pass: [{service: {launch: fargate, size: set}}]
    fail: [{service: {launch: fargate, size: unset}}]
    skip: [{service: {launch: ec2}}]
"""


def test_a_sound_rule_reads():
    assert [rule.id for rule in read_rules(SOUND, "rules.yaml")[0]] == ["some-rule"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("  kind: violation", "  kind: violation\n  colour: red", 4, "some-rule.colour"),
        ("  scope: service\n", "", 1, "“scope” is missing"),
        ("severity: must", "severity: maybe", 2, "must, should, note"),
        ("id: some-rule", "id: Some Rule", 1, "is no id"),
        ("{ko: 왜, en: Why}", "{ko: 왜}", 10, "some-rule.why: “en” is missing"),
        ("en: What}", "en: ''}", 9, "give a text"),
        ("service.launch: fargate}\n  r", "service.launch: lambda}\n  r", 6, "fargate, ec2"),
        ("[two-launch-types]", "[]", 1, "cites statements"),
        ("kind: violation", "kind: brief", 1, "cites statements"),
        ("kind: violation", "kind: fact", 1, "a fact has none"),
        ("scope: service", "scope: cluster", 1, "may ask only about cluster"),
        ("set: {service.size: set}", "set: {brief.azs: 2}", 11, "brief.azs"),
        ("set: {service.size: set}", "set: {service.size: big}", 11, "unset, set"),
        ("set: {service.size: set}", "set: {service.size: brief.traffic}", 11, "unset, set"),
        ("    skip: [{service: {launch: ec2}}]\n", "", 1, "pass, fail and skip"),
        ("size: unset}", "size: set}", 14, "should be fail, but the rule answers pass"),
        ("{launch: ec2}", "{}", 15, "should be na, but the rule answers unknown"),
        ("{launch: ec2}", "{lunch: ec2}", 15, "launch"),
        ("  what:", "  supersedes: [nobody]\n  what:", 1, "no other rule “nobody”"),
        ("  what:", "  supersedes: [some-rule]\n  what:", 1, "no other rule “some-rule”"),
        ("  what:", "  beyond: [{ko: 더, en: More, url: http://a.b/, checked_on: 2026-11-22}]\n  what:", 9, "https"),
        ("  what:", "  beyond: [{ko: 더, en: M, url: https://aws.amazon.com/x, checked_on: soon}]\n  what:", 9, "date"),
    ],
)
def test_the_reader_refuses(old, new, line, says):
    assert old in SOUND
    problems = read_rules(SOUND.replace(old, new, 1), "rules.yaml")[1]
    assert [problem for problem in problems if problem.line == line and says in problem.text()], problems


def test_the_reader_refuses_the_same_id_twice():
    assert "taken by line 1" in read_rules(SOUND * 2, "rules.yaml")[1][0].text()


def test_one_bad_rule_does_not_hide_the_problems_of_the_next():
    broken = SOUND.replace("severity: must", "severity: maybe")
    both = broken + broken.replace("some-rule", "other-rule")
    assert [problem.params["field"] for problem in read_rules(both, "rules.yaml")[1]] == [
        "some-rule.severity",
        "other-rule.severity",
    ]


def test_a_file_that_is_no_list_is_one_problem():
    assert len(read_rules("a: 1", "rules.yaml")[1]) == 1


def test_the_version_changes_with_either_text():
    text = RULES_FILE.read_text(encoding="utf-8")
    versions = {rules_version(text, "a"), rules_version(text, "b"), rules_version(text + "#", "a")}
    assert len(versions) == 3
    assert rules_version(text, "a") in versions
    assert rules_version("ab", "c") != rules_version("a", "bc")
    assert all(re.fullmatch("[0-9a-f]{12}", version) for version in versions)
