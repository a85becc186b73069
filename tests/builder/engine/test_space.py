"""Checks of the rules and scenarios over the whole space of designs; nothing here is sampled.

`FULL_MARKS` is an oracle: how many designs earn full marks, computed by an engine before this one. Among several
services it counts a role as shared only when two or more share it.
"""

from itertools import product

import pytest

from builder.engine.conditions import All, AnyOf, Eq, Ge, In, Nonempty, Not, Same, Subset, fields
from builder.engine.design import ZONES
from builder.engine.facts import BILLINGS, CHOICES, OPS, SETS, TRAFFICS, Requirement
from builder.engine.score import score
from builder.engine.search import GRANTS
from tests.builder.engine.columns import count_full, either, findings, full_alone
from tests.builder.engine.conftest import RULES, SCENARIOS
from tests.builder.engine.space import NAME

FULL_MARKS = {
    "company-page": 4,
    "nightly-batch": 4,
    "host-agent": 8,
    "either-is-fine": 12,
    "photo-upload-api": 2,
    "gpu-inference": 4,
    "clb-retirement": 4,
    "realtime-game": 4,
    "journal-worker": 12,
    "device-gateway": 4,
    "cms-two-az": 2,
    "ledger-two-az": 6,
    "two-services-two-roles": 4,
    "mixed-fleet": 16,
    "render-farm": 2,
    "game-platform": 2,
    "whole-company": 4,
}
SCORED = [rule for rule in RULES if rule.kind != "fact"]
NEEDS_TWO_SERVICES = {"task-roles-separate-when-needs-differ"}
OF_ONE_SERVICE = [rule.id for rule in SCORED if rule.id not in NEEDS_TWO_SERVICES]
ONE_SERVICE = [scenario for scenario in SCENARIOS if len(scenario.services) == 1]
FOUND = [findings(RULES, scenario.services[0]) for scenario in ONE_SERVICE]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_as_many_designs_earn_full_marks_as_documented(scenario):
    assert count_full(RULES, scenario.services) == FULL_MARKS[scenario.id]


def test_every_scenario_can_be_solved_and_has_its_oracle():
    assert {scenario.id for scenario in SCENARIOS} == set(FULL_MARKS)
    assert len(ONE_SERVICE) == 13
    assert all(count_full(RULES, scenario.services) for scenario in SCENARIOS)
    assert all(score(scenario.start, scenario, RULES).score < 100 for scenario in SCENARIOS)


def test_a_rule_is_the_only_finding_of_some_design():
    lonely = {
        rule.id
        for found in FOUND
        for rule in SCORED
        if found[rule.id] & ~either(column for name, column in found.items() if name != rule.id)
    }
    assert lonely == set(OF_ONE_SERVICE)


def test_the_rule_that_needs_two_services_is_the_only_finding_of_a_design_of_two():
    scenario = next(one for one in SCENARIOS if one.id == "game-platform")
    alone = [{one.rule for one in score(design, scenario, RULES).failed} for design, _ in scenario.wrong]
    assert NEEDS_TWO_SERVICES in alone


def test_no_rule_is_dead():
    """Each passes somewhere among the designs that the scenarios list; that each fails somewhere is tested above."""
    listed = [
        (scenario, design)
        for scenario in SCENARIOS
        for design in (scenario.start, *scenario.best, *(design for design, _ in scenario.wrong))
    ]
    passed = {one.rule for scenario, design in listed for one in score(design, scenario, RULES).passed}
    assert passed == {rule.id for rule in RULES}


def test_no_rule_is_implied_by_another():
    implied = {
        (name, other)
        for name, other in product(OF_ONE_SERVICE, repeat=2)
        if name != other and not any(found[name] & ~found[other] for found in FOUND)
    }
    assert implied == set()


def test_no_rule_silences_itself_by_way_of_others():
    """Else all of a ring could fail and none cost anything."""
    silences = {rule.id: set(rule.supersedes) for rule in RULES}
    while any(silences.values()):
        last = {name for name, others in silences.items() if not others}
        assert last
        silences = {name: others - last for name, others in silences.items() if name not in last}


def every_profile():
    for traffic, ops, billing, api, persist, shared, azs in product(
        TRAFFICS, OPS, BILLINGS, GRANTS, (False, True), (False, True), ZONES
    ):
        yield Requirement(NAME, traffic != "none", traffic, ops, billing, api, persist, shared, azs)


def test_only_host_control_with_pay_per_use_contradict_one_another():
    profiles = list(every_profile())
    contradictory = [one for one in profiles if not full_alone(RULES, one)]
    assert len(profiles) == 960
    assert contradictory == [one for one in profiles if (one.ops, one.billing) == ("host-control", "pay-per-use")]
    assert len(contradictory) == 160


PLAIN = {
    All: lambda one, facts: all(plainly(part, facts) for part in one.parts),
    AnyOf: lambda one, facts: any(plainly(part, facts) for part in one.parts),
    Not: lambda one, facts: not plainly(one.part, facts),
    Eq: lambda one, facts: facts[one.field] == one.value,
    In: lambda one, facts: facts[one.field] in one.values,
    Subset: lambda one, facts: facts[one.left] <= facts[one.right],
    Nonempty: lambda one, facts: len(facts[one.field]) > 0,
    Ge: lambda one, facts: facts[one.left] >= facts[one.right],
    Same: lambda one, facts: facts[one.left] == facts[one.right],
}


def plainly(condition, facts) -> bool:
    """The operators in two-valued logic, which needs all facts."""
    return PLAIN[type(condition)](condition, facts)


def worlds(rule):
    """Every combination of values of the fields that the rule looks at."""
    names = tuple(dict.fromkeys((*fields(rule.applies), *fields(rule.require))))
    for values in product(*(GRANTS if name in SETS else CHOICES[name] for name in names)):
        yield dict(zip(names, values, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_with_all_facts_known_three_valued_logic_is_plain_logic(rule):
    for facts in worlds(rule):
        applies, holds = plainly(rule.applies, facts), plainly(rule.require, facts)
        assert rule.verdict(facts) == (("pass" if holds else "fail") if applies else "na")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_not_knowing_never_turns_a_verdict_into_another(rule):
    for facts in worlds(rule):
        answer = rule.verdict(facts)
        for kept in product((True, False), repeat=len(facts)):
            known = {name: value for (name, value), keep in zip(facts.items(), kept, strict=True) if keep}
            assert rule.verdict(known) in (answer, "unknown")
