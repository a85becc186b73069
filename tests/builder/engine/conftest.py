"""The shipped rules and scenarios, read once."""

from pathlib import Path

import pytest

from builder.engine.rules import Rule, read_rules
from builder.engine.scenario import Scenario, read_scenario

COURSE = Path(__file__).resolve().parents[3] / "content" / "ecs"
RULES_FILE = COURSE / "rules.yaml"
SCENARIO_FILES = sorted((COURSE / "scenarios").glob("*.yaml"))


def shipped_rules() -> tuple[Rule, ...]:
    rules, problems = read_rules(RULES_FILE.read_text(encoding="utf-8"), "rules.yaml")
    assert [str(problem) for problem in problems] == []
    return rules


def shipped_scenario(name: str) -> Scenario:
    path = COURSE / "scenarios" / f"{name}.yaml"
    scenario, problems = read_scenario(path.read_text(encoding="utf-8"), path.name)
    assert [str(problem) for problem in problems] == []
    assert scenario is not None
    return scenario


RULES = shipped_rules()
SCENARIOS = [shipped_scenario(path.stem) for path in SCENARIO_FILES]


@pytest.fixture(scope="session")
def rules() -> tuple[Rule, ...]:
    return RULES
