"""cfn-lint on what is exported. It proves the templates well-formed; it is no judge of designs."""

import json

import pytest
from cfnlint.api import lint
from cfnlint.core import get_rules
from cfnlint.rules import RulesCollection

from tests.builder.export.designs import best_designs, exported, passing_designs
from tests.builder.export.shapes import covering

RANDOM_DESIGNS, SEED = 500, 4
REGION = "us-east-1"


@pytest.fixture(scope="module")
def errors_and_warnings() -> RulesCollection:
    """Loaded once: loading takes as long as linting."""
    return get_rules([], [], ["E", "W"])


def findings(template: object, rules: RulesCollection) -> list[str]:
    text = json.dumps(template, ensure_ascii=False)
    return [f"{one.rule.id} {one.path}: {one.message}" for one in lint(text, rules=rules, regions=[REGION])]


def test_it_finds_nothing_in_best_and_random_designs(errors_and_warnings: RulesCollection) -> None:
    """500 random designs in a third of a second each are too many: enough are linted to have seen every shape."""
    designs = [*best_designs(), *passing_designs(RANDOM_DESIGNS, SEED)]
    linted = list(covering([exported(task, design) for task, design in designs]))
    assert len(linted) > 40
    assert [line for template in linted for line in findings(template, errors_and_warnings)] == []


def test_it_would_find_something(errors_and_warnings: RulesCollection) -> None:
    task, design = next(pair for pair in best_designs() if pair[0].id == "cms-two-az")
    template = exported(task, design)
    del template["Resources"]["Cms"]["Properties"]["NetworkConfiguration"]
    assert any(line.startswith("E3052") for line in findings(template, errors_and_warnings))
    template["Parameters"]["Unused"] = {"Type": "String"}
    assert any(line.startswith("W2001") for line in findings(template, errors_and_warnings))
