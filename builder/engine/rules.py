"""The builder's rules, read strictly from `rules.yaml`: what each asks, says, cites and how it is put right.

Pure. A rule answers pass, fail, na (not applicable) or unknown about one set of facts; it knows no scores.
The format is described in docs/authoring-rules.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from builder.engine.conditions import Condition, fields, read_condition, read_value
from builder.engine.facts import CHOICES, DERIVED, SETS, Fact, Facts
from builder.engine.source import Node, Reading, Words, load
from learning.catalogue.errors import N_, Problem

type Severity = Literal["must", "should", "note"]
type Kind = Literal["violation", "recommendation", "fact", "brief"]
type Scope = Literal["service", "cluster"]
type Result = Literal["pass", "fail", "na", "unknown"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity.__value__)
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
SCOPES: tuple[Scope, ...] = get_args(Scope.__value__)
SETTABLE = tuple(name for name in (*CHOICES, *SETS) if not name.startswith("brief.") and name not in DERIVED)
SOURCES = re.compile(r"https://(docs\.aws\.amazon\.com|aws\.amazon\.com|repost\.aws)/\S+")


@dataclass(frozen=True, slots=True)
class Ref:
    """In a patch: the value of another field, such as `brief.traffic`."""

    field: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a patch: `when` it holds, set these fields. Later steps see what earlier ones did."""

    when: Condition
    values: tuple[tuple[str, Fact | Ref], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something true beyond the notes; shown, never scored. `checked_on` is an ISO date."""

    text: Words
    url: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Case:
    """The rule's own test: with these facts and no others it answers `result`."""

    result: Result
    facts: Facts
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule, equal only to itself.

    `statements` are the lesson blocks it rests on (none: the client's brief asks for it). `good` says it passed,
    `what` is wrong as found, `why`, and `fix` what to do. `controls` are the design's fields that decide it, those to
    change first in front. `line` is its place in the file.
    """

    id: str
    severity: Severity
    kind: Kind
    scope: Scope
    statements: tuple[str, ...]
    applies: Condition
    require: Condition
    supersedes: tuple[str, ...]
    good: Words
    what: Words
    why: Words
    fix: Words
    patch: tuple[Step, ...]
    cases: tuple[Case, ...]
    beyond: tuple[Remark, ...]
    controls: tuple[str, ...]
    line: int

    def verdict(self, facts: Facts) -> Result:
        """Pass, fail, na or unknown. Taking a fact away changes the answer only to unknown."""
        applies = self.applies.holds(facts)
        if applies is not True:
            return "unknown" if applies is None else "na"
        holds = self.require.holds(facts)
        if holds is None:
            return "unknown"
        return "pass" if holds else "fail"


def rules_version(rules_text: str, scenario_text: str) -> str:
    """Twelve hex digits that change whenever the rules or the scenario do; kept with every submission."""
    digest = sha256()
    for text in (rules_text, scenario_text):
        digest.update(sha256(text.encode()).digest())
    return digest.hexdigest()[:12]


def read_rules(text: str, path: str) -> tuple[tuple[Rule, ...], list[Problem]]:
    """The rules that could be read, in the file's order, and all problems with file and line."""
    top, reading = load(text, path)
    rules: list[Rule] = []
    for node in reading.items(top):
        before = len(reading.problems)
        rule = _rule(node, reading)
        if len(reading.problems) == before:
            _check_cases(rule, reading)
            rules.append(rule)
    _check_together(rules, reading)
    return tuple(rules), reading.problems


_REQUIRED = ("id", "severity", "kind", "scope", "statement", "applies", "good", "what", "why", "fix", "tests")
_OPTIONAL = ("require", "supersedes", "beyond")


def _rule(node: Node, reading: Reading) -> Rule:
    f = reading.fields(node, _REQUIRED, _OPTIONAL)
    applies, require = read_condition(f.get("applies"), reading), read_condition(f.get("require"), reading)
    fix = reading.fields(f.get("fix"), ("ko", "en"), ("patch",))
    patch = reading.each(fix.get("patch"), lambda step: _step(step, reading))
    rule = Rule(
        id=reading.id(f.get("id")),
        severity=reading.one_of(f.get("severity"), SEVERITIES, "must"),
        kind=reading.one_of(f.get("kind"), KINDS, "violation"),
        scope=reading.one_of(f.get("scope"), SCOPES, "service"),
        statements=reading.each(f.get("statement"), reading.id),
        applies=applies,
        require=require,
        supersedes=reading.each(f.get("supersedes"), reading.id),
        good=reading.words(f.get("good")),
        what=reading.words(f.get("what")),
        why=reading.words(f.get("why")),
        fix=Words(reading.text(fix.get("ko")), reading.text(fix.get("en"))),
        patch=patch,
        cases=_cases(f.get("tests"), reading),
        beyond=reading.each(f.get("beyond"), lambda remark: _remark(remark, reading)),
        controls=_controls(patch, require, applies),
        line=node.line,
    )
    _check_rule(rule, "require" in f, node, reading)
    return rule


def _step(node: Node, reading: Reading) -> Step:
    f = reading.fields(node, ("set",), ("when",))
    changes = reading.fields(f.get("set"), (), SETTABLE)
    values = tuple((name, _new_value(name, value, reading)) for name, value in changes.items() if name in SETTABLE)
    return Step(read_condition(f.get("when"), reading), values)


def _new_value(name: str, node: Node, reading: Reading) -> Fact | Ref:
    known: Mapping[str, tuple[object, ...]] = SETS if name in SETS else CHOICES
    if isinstance(node.value, str) and node.value in known and set(known[node.value]) <= set(known[name]):
        return Ref(node.value)
    return read_value(name, node, reading)


def _remark(node: Node, reading: Reading) -> Remark:
    f = reading.fields(node, ("ko", "en", "url", "checked_on"))
    url, day = reading.text(f.get("url")), reading.text(f.get("checked_on"))
    if url and not SOURCES.fullmatch(url):
        reading.problem(f["url"], N_("%(field)s: give an https address of AWS's documentation."))
    if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        reading.problem(f["checked_on"], N_("%(field)s: give a date such as 2026-11-22."))
    return Remark(Words(reading.text(f.get("ko")), reading.text(f.get("en"))), url, day)


def _cases(node: Node | None, reading: Reading) -> tuple[Case, ...]:
    lists = reading.fields(node, (), ("pass", "fail", "skip"))
    results: Mapping[str, Result] = {"pass": "pass", "fail": "fail", "skip": "na"}
    return tuple(
        Case(results[name], _facts(item, reading), item.line)
        for name, cases in lists.items()
        if name in results
        for item in reading.items(cases)
    )


def _facts(node: Node, reading: Reading) -> Facts:
    """A case's facts: `{service: {launch: ec2}, brief: {persist: true}}`; what it leaves out is unknown."""
    facts: dict[str, Fact] = {}
    known = (*CHOICES, *SETS)
    for group, values in reading.fields(node, (), ("service", "cluster", "brief")).items():
        names = tuple(name.partition(".")[2] for name in known if name.startswith(f"{group}."))
        for name, value in reading.fields(values, (), names).items():
            if name in names:
                facts[f"{group}.{name}"] = read_value(f"{group}.{name}", value, reading)
    return facts


def _controls(patch: tuple[Step, ...], require: Condition, applies: Condition) -> tuple[str, ...]:
    """The fields of the design that decide, those that the patch sets first."""
    asked = (*fields(require), *fields(applies))
    deciding = [DERIVED.get(name, name) for name in asked if not name.startswith("brief.")]
    first = [name for step in patch for name, _ in step.values if name in deciding]
    return tuple(dict.fromkeys([*first, *deciding]))


def _check_rule(rule: Rule, requires: bool, node: Node, reading: Reading) -> None:
    """What one rule's fields must be to each other."""
    if (rule.kind == "brief") == bool(rule.statements):
        reading.problem(node, N_("%(field)s: a rule cites statements, a rule of kind “brief” none."))
    if (rule.kind == "fact") == requires:
        reading.problem(node, N_("%(field)s: a rule needs “require”, a fact has none."))
    if (rule.kind == "fact") == bool(rule.patch):
        reading.problem(node, N_("%(field)s: a fix needs a patch, a fact has none."))
    if rule.scope == "cluster" and any(name.startswith(("service.", "brief.")) for name in _looks_at(rule)):
        reading.problem(node, N_("%(field)s: a rule of scope “cluster” may ask only about cluster.*."))
    wanted: set[Result] = {"pass", "na"} if rule.kind == "fact" else {"pass", "fail", "na"}
    if {case.result for case in rule.cases} != wanted:
        reading.problem(node, N_("%(field)s: give tests that pass, fail and skip (a fact cannot fail)."))


def _looks_at(rule: Rule) -> tuple[str, ...]:
    set_or_read = [one for step in rule.patch for pair in step.values for one in pair]
    names = [one.field if isinstance(one, Ref) else one for one in set_or_read if isinstance(one, (Ref, str))]
    asked = [name for step in rule.patch for name in fields(step.when)]
    return (*fields(rule.applies), *fields(rule.require), *asked, *names)


def _check_cases(rule: Rule, reading: Reading) -> None:
    for case in rule.cases:
        answer = rule.verdict(case.facts)
        if answer != case.result:
            where = Node("", case.line, f"{rule.id}.tests")
            message = N_("%(field)s: this case should be %(wanted)s, but the rule answers %(answer)s.")
            reading.problem(where, message, wanted=case.result, answer=answer)


def _check_together(rules: list[Rule], reading: Reading) -> None:
    """Ids are unique; a rule supersedes others of the file and of its own scope."""
    known: dict[str, Rule] = {}
    for rule in rules:
        where = Node("", rule.line, rule.id)
        if rule.id in known:
            reading.problem(where, N_("%(field)s: the id is taken by line %(line)s."), line=known[rule.id].line)
        known.setdefault(rule.id, rule)
    for rule in rules:
        where = Node("", rule.line, f"{rule.id}.supersedes")
        for other in rule.supersedes:
            if other not in known or other == rule.id:
                reading.problem(where, N_("%(field)s: there is no other rule “%(other)s”."), other=other)
            elif known[other].scope != rule.scope:
                reading.problem(where, N_("%(field)s: “%(other)s” has another scope."), other=other)
