"""Score a design against a scenario: findings first, the number is a fold over them.

Pure. Weights: must 40, should 20, note 5, fact 0; with any failed must the score is 59 at most; never below 0.
One mistake costs once: a failed rule silences those it supersedes, for the same service.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder.engine.design import Design, changed
from builder.engine.facts import Fact, Facts, facts_of
from builder.engine.rules import Kind, Ref, Result, Rule, Severity
from builder.engine.scenario import Scenario
from learning.catalogue.errors import N_, Problem

WEIGHTS: Mapping[Severity, int] = {"must": 40, "should": 20, "note": 5}
FULL = 100
MOST_WITH_A_FAILED_MUST = 59


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one service, or of the cluster (`service` is then None).

    `severity` is after the scenario's `mandatory`; `decides_on` are paths of the design such as `services.0.launch`,
    the one to change first; `cost` are the points it takes (0 unless it fails and is not superseded).
    """

    rule: str
    result: Result
    severity: Severity
    kind: Kind
    service: int | None
    decides_on: tuple[str, ...]
    superseded: bool
    cost: int

    @property
    def failed(self) -> bool:
        """It fails, and no other finding says the same already."""
        return self.result == "fail" and not self.superseded


@dataclass(frozen=True, slots=True)
class Report:
    """The score from 0 to 100 and every finding, in the rules' order and then the services'."""

    score: int
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> tuple[Finding, ...]:
        """What is to be put right: the findings that cost points, musts first."""
        return tuple(sorted((one for one in self.findings if one.failed), key=lambda one: -one.cost))

    @property
    def passed(self) -> tuple[Finding, ...]:
        """What is right, and the facts that hold."""
        return tuple(one for one in self.findings if one.result == "pass")


def score(design: Design, scenario: Scenario, rules: Iterable[Rule], unknown: frozenset[str] = frozenset()) -> Report:
    """Judge `design`, normalised first. Raises ValueError when it has more or fewer services than the scenario.

    `unknown` are paths whose value is not known: what hangs on them answers unknown, at no cost.
    """
    design = design.normalised()
    cluster, services = facts_of(design, scenario.services, unknown)
    verdicts = [
        (rule, index, rule.verdict(facts)) for rule in rules for index, facts in _places(rule, cluster, services)
    ]
    silenced = {(other, index) for rule, index, result in verdicts if result == "fail" for other in rule.supersedes}
    count = len(services)
    findings = tuple(
        _finding(rule, index, result, (rule.id, index) in silenced, rule.id in scenario.mandatory, count)
        for rule, index, result in verdicts
    )
    return Report(_points(findings), findings)


def _places(rule: Rule, cluster: Facts, services: list[Facts]) -> Iterable[tuple[int | None, Facts]]:
    return ((None, cluster),) if rule.scope == "cluster" else enumerate(services)


@lru_cache(maxsize=4096)  # a finding is immutable, so equal ones may be one: a score is mostly making findings
def _finding(rule: Rule, index: int | None, result: Result, silenced: bool, mandatory: bool, count: int) -> Finding:
    severity: Severity = "must" if mandatory else rule.severity
    superseded = silenced and result == "fail"
    cost = 0 if result != "fail" or superseded or rule.kind == "fact" else WEIGHTS[severity]
    return Finding(rule.id, result, severity, rule.kind, index, _paths(rule.controls, index, count), superseded, cost)


def _paths(controls: tuple[str, ...], index: int | None, count: int) -> tuple[str, ...]:
    """`service.azs` of service 1 is `services.1.azs`; `services.launch` is every service's launch."""
    paths: list[str] = []
    for control in controls:
        group, _, name = control.partition(".")
        if group == "services":
            paths += [f"services.{each}.{name}" for each in range(count)]
        else:
            paths.append(f"services.{index}.{name}" if group == "service" else control)
    return tuple(dict.fromkeys(paths))


def _points(findings: tuple[Finding, ...]) -> int:
    points = max(0, FULL - sum(one.cost for one in findings))
    failed_must = any(one.cost == WEIGHTS["must"] for one in findings)
    return min(points, MOST_WITH_A_FAILED_MUST) if failed_must else points


def apply_patch(design: Design, finding: Finding, scenario: Scenario, rules: Iterable[Rule]) -> Design:
    """The design with the finding put right: its rule's patch, several fields where one alone would not do.

    Each step sees what earlier ones did. For a finding that failed, it removes it and never lowers the score.
    """
    rule = next(rule for rule in rules if rule.id == finding.rule)
    design = design.normalised()
    for step in rule.patch:
        cluster, services = facts_of(design, scenario.services)
        facts = cluster if finding.service is None else services[finding.service]
        if step.when.holds(facts):
            design = changed(design, {_path(name, finding): _value(value, facts) for name, value in step.values})
    return design


def _path(name: str, finding: Finding) -> str:
    return name.replace("service.", f"services.{finding.service}.") if name.startswith("service.") else name


def _value(value: Fact | Ref, facts: Facts) -> object:
    plain = facts[value.field] if isinstance(value, Ref) else value
    return sorted(plain) if isinstance(plain, frozenset) else plain


def check_scenario(scenario: Scenario, rules: tuple[Rule, ...], path: str) -> list[Problem]:
    """What its file promises: best designs earn 100, wrong ones their score, the start less; mandatory rules exist."""
    known = {rule.id for rule in rules}
    problems = [
        _problem(scenario, path, "mandatory", N_("%(field)s: there is no rule “%(rule)s”."), rule=missing)
        for missing in sorted(scenario.mandatory - known)
    ]
    expected = [(f"best.{i}", one, FULL) for i, one in enumerate(scenario.best)]
    expected += [(f"wrong.{i}", one, points) for i, (one, points) in enumerate(scenario.wrong)]
    for part, design, points in expected:
        found = score(design, scenario, rules).score
        if found != points:
            message = N_("%(field)s: the design should earn %(wanted)s, but earns %(found)s.")
            problems.append(_problem(scenario, path, part, message, wanted=points, found=found))
    if score(scenario.start, scenario, rules).score == FULL:
        message = N_("%(field)s: the design to start from must not be right already.")
        problems.append(_problem(scenario, path, "start", message))
    return problems


def _problem(scenario: Scenario, path: str, part: str, message: str, **params: object) -> Problem:
    return Problem(path, scenario.lines.get(part, 0), message, {"field": part, **params})
