"""A fix removes its finding and never lowers the score: for every design of one service, and beyond."""

import pytest
from hypothesis import given, settings

from builder.engine.score import Finding, apply_patch, score
from tests.builder.engine.columns import design_at, findings, index_of, members, scores, touched
from tests.builder.engine.conftest import RULES, SCENARIOS
from tests.builder.engine.space import designs, tasks

ONE_SERVICE = [scenario for scenario in SCENARIOS if len(scenario.services) == 1]
MORE_SERVICES = [scenario for scenario in SCENARIOS if len(scenario.services) > 1]


@pytest.mark.parametrize("scenario", ONE_SERVICE, ids=lambda one: one.id)
def test_every_fix_of_every_one_service_design(scenario):
    """Designs that are the same in all that a patch reads or sets are moved by it over the same distance."""
    found = findings(RULES, scenario.services[0])
    points = scores(RULES, found, scenario.mandatory)
    for rule in RULES:
        for index, moved in zip(*every_move(rule, found[rule.id], scenario), strict=True):
            assert not found[rule.id] >> moved & 1, (rule.id, design_at(index), design_at(moved))
            assert points[moved] >= points[index], (rule.id, design_at(index), design_at(moved))


def every_move(rule, column, scenario) -> tuple[list[int], list[int]]:
    """All designs with the finding, and what the fix makes of them."""
    axes, failing = touched(rule), members(column)
    alike = [tuple(index // stride % length for stride, length in axes) for index in failing]
    first, last = dict(zip(reversed(alike), reversed(failing), strict=True)), dict(zip(alike, failing, strict=True))
    move = {key: patched(index, rule, scenario) - index for key, index in first.items()}
    assert move == {key: patched(index, rule, scenario) - index for key, index in last.items()}
    return failing, [index + move[key] for index, key in zip(failing, alike, strict=True)]


def patched(index, rule, scenario) -> int:
    after = apply_patch(design_at(index), finding_of(rule), scenario, RULES)
    return index_of(after.cluster, after.services[0])


def finding_of(rule) -> Finding:
    service = None if rule.scope == "cluster" else 0
    return Finding(rule.id, "fail", rule.severity, rule.kind, service, rule.controls, False, 0)


def fixes(design, scenario):
    report = score(design, scenario, RULES)
    for finding in report.failed:
        after = score(apply_patch(design, finding, scenario, RULES), scenario, RULES)
        assert (finding.rule, finding.service) not in [(one.rule, one.service) for one in after.failed]
        assert after.score >= report.score


@settings(max_examples=100)
@given(tasks)
def test_fixes_of_any_design_for_any_brief(task):
    design, scenario = task
    if not any(need.ops == "host-control" and need.billing == "pay-per-use" for need in scenario.services):
        fixes(design, scenario)


@pytest.mark.parametrize("scenario", MORE_SERVICES, ids=lambda one: one.id)
def test_fixes_of_designs_of_several_services(scenario):
    @settings(max_examples=60)
    @given(designs(len(scenario.services)))
    def try_all(design):
        fixes(design, scenario)

    try_all()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_following_the_fixes_leads_to_full_marks(scenario):
    for design in (scenario.start, *(design for design, _ in scenario.wrong)):
        for _ in range(20):
            report = score(design, scenario, RULES)
            if report.score == 100:
                break
            design = apply_patch(design, report.failed[0], scenario, RULES)
        assert report.score == 100
