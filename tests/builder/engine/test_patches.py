"""A fix removes its finding and never lowers the score, for every design of the shipped scenarios and beyond."""

import pytest
from hypothesis import given, settings

from builder.engine.score import apply_patch, score
from tests.builder.engine.conftest import SCENARIO_FILES, shipped_rules, shipped_scenario
from tests.builder.engine.space import one_service_designs, tasks

RULES = shipped_rules()


@pytest.mark.parametrize("name", [path.stem for path in SCENARIO_FILES])
def test_every_fix_of_every_one_service_design(name):
    scenario = shipped_scenario(name)
    judged = {design: points_and_failed(score(design, scenario, RULES)) for design in one_service_designs()}
    for design, (points, failed) in judged.items():
        for finding in failed.values():
            patched = apply_patch(design, finding, scenario, RULES)
            points_after, failed_after = judged[patched]
            assert finding.rule not in failed_after, design
            assert points_after >= points, (design, finding.rule, patched)


def points_and_failed(report):
    return report.score, {finding.rule: finding for finding in report.failed}


@settings(max_examples=300)
@given(tasks)
def test_fixes_of_any_design_for_any_brief(task):
    design, scenario = task
    if any(need.ops == "host-control" and need.billing == "pay-per-use" for need in scenario.services):
        return
    report = score(design, scenario, RULES)
    for finding in report.failed:
        after = score(apply_patch(design, finding, scenario, RULES), scenario, RULES)
        assert (finding.rule, finding.service) not in [(one.rule, one.service) for one in after.failed]
        assert after.score >= report.score


@pytest.mark.parametrize("name", [path.stem for path in SCENARIO_FILES])
def test_following_the_fixes_from_the_start_leads_to_full_marks(name):
    scenario = shipped_scenario(name)
    design = scenario.start
    for _ in range(10):
        report = score(design, scenario, RULES)
        if report.score == 100:
            break
        design = apply_patch(design, report.failed[0], scenario, RULES)
    assert report.score == 100
