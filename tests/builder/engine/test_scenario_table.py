"""The oracle: scores and counts of the seventeen scenarios, computed by another engine, come out the same here."""

import pytest

from builder.engine.facts import facts_of
from builder.engine.score import check_scenario, score
from tests.builder.engine.space import one_service_designs
from tests.builder.engine.table import TABLE

SPACE = one_service_designs()
ONE_SERVICE = [row for row in TABLE if row.full_marks]


def test_the_table_has_all_seventeen():
    assert len({row.id for row in TABLE}) == 17
    assert len(ONE_SERVICE) == 13


@pytest.mark.parametrize(
    ("row", "design"),
    [pytest.param(row, design, id=f"{row.id}-{i}") for row in TABLE for i, design in enumerate(row.best)],
)
def test_a_best_design_earns_full_marks(row, design, rules):
    report = score(design, row.scenario, rules)
    assert (report.score, report.failed) == (100, ())


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        pytest.param(row, changes, points, id=f"{row.id}: {name}")
        for row in TABLE
        for name, changes, points in row.wrong
    ],
)
def test_a_wrong_design_earns_exactly_its_score(row, changes, expected, rules):
    assert score(row.design(changes), row.scenario, rules).score == expected


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_the_start_is_not_full_marks(row, rules):
    assert [problem.text() for problem in check_scenario(row.scenario, rules, row.id)] == []


@pytest.mark.parametrize("row", ONE_SERVICE, ids=lambda row: row.id)
def test_as_many_of_the_9360_designs_earn_full_marks_as_documented(row, rules):
    scenario = row.scenario
    assert sum(nothing_fails(design, scenario, rules) for design in SPACE) == row.full_marks
    assert all(score(design, scenario, rules).score == 100 for design in row.best)


def nothing_fails(design, scenario, rules) -> bool:
    """The same as a score of 100, without making the findings."""
    cluster, [service] = facts_of(design, scenario.services)
    return all(rule.verdict(cluster if rule.scope == "cluster" else service) != "fail" for rule in rules)
