"""The columns say what the interpreter says: of every rule, for any brief, with one service or three."""

from hypothesis import given, settings

from builder.engine.design import LAUNCHES
from builder.engine.facts import facts_of
from builder.engine.score import score
from tests.builder.engine.columns import (
    ALONE,
    EVERY,
    SIZE,
    count_full,
    design_at,
    fails,
    findings,
    given_in,
    index_of,
    members,
    scores,
)
from tests.builder.engine.conftest import RULES, SCENARIOS
from tests.builder.engine.space import one_service_designs, tasks


def test_the_columns_hold_every_design_of_one_service():
    assert (SIZE, EVERY.bit_count(), ALONE.bit_count()) == (16_848, 16_848, 9_360)
    assert {design_at(index) for index in members(ALONE)} == set(one_service_designs())


def test_the_space_of_more_services_has_its_documented_size():
    need = SCENARIOS[0].services
    assert count_full((), need) == 9_360
    assert count_full((), need * 2) == 16_937_856
    assert 3.4e10 < count_full((), need * 3) < 3.5e10


@settings(max_examples=100)
@given(tasks)
def test_a_bit_is_a_verdict(task):
    design, scenario = task
    design = design.normalised()
    rules = {rule.id: rule for rule in RULES}
    _, services = facts_of(design, scenario.services)
    for finding in score(design, scenario, RULES).findings:
        place = finding.service or 0
        index = index_of(design.cluster, design.services[place])
        column = fails(rules[finding.rule], given_in(services[place]))
        assert bool(column >> index & 1) == (finding.result == "fail"), finding.rule


def test_the_scores_are_the_scores():
    for scenario in SCENARIOS:
        if len(scenario.services) == 1:
            points = scores(RULES, findings(RULES, scenario.services[0]), scenario.mandatory)
            for index in members(ALONE)[::61]:
                assert score(design_at(index), scenario, RULES).score == points[index]


def test_an_index_is_its_designs():
    for index in range(0, SIZE, 41):
        design = design_at(index)
        assert index_of(design.cluster, design.services[0]) == index
        assert design.services[0].launch in LAUNCHES
