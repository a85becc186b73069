"""A report as given: the score and each finding with all its words, as JSON that stays readable when rules change.

Must not know requests, rows of learners nor pages. The page of a draft shows the very same form, made afresh.
"""

from dataclasses import asdict
from typing import Any

from builder.engine.design import APIS
from builder.engine.facts import Requirement
from builder.engine.scenario import Scenario as Task
from builder.engine.score import Finding, Report
from builder.engine.source import Words
from builder.services.library import Quote, Shelf

type Given = dict[str, Any]


def given(report: Report, shelf: Shelf, quotes: dict[str, Quote]) -> Given:
    """Return `{"score", "scenario", "findings"}`; words are {"ko", "en"}, findings those that passed or failed."""
    return {
        "score": report.score,
        "scenario": given_task(shelf.task),
        "findings": [given_finding(one, shelf, quotes) for one in (*report.failed, *report.passed)],
    }


def given_task(task: Task) -> Given:
    """Return the client's brief and requirements as a report keeps them."""
    services = [_requirement(need) for need in task.services]
    return {
        "id": task.id,
        "level": task.level,
        "title": _words(task.title),
        "brief": _words(task.brief),
        "services": services,
    }


def _requirement(need: Requirement) -> Given:
    return asdict(need) | {"api": [api for api in APIS if api in need.api]}


def given_finding(finding: Finding, shelf: Shelf, quotes: dict[str, Quote]) -> Given:
    """Return one finding with all its words."""
    rule = shelf.rule(finding.rule)
    return {
        "rule": finding.rule,
        "result": finding.result,
        "severity": finding.severity,
        "kind": finding.kind,
        "service": finding.service,
        "decides_on": list(finding.decides_on),
        "cost": finding.cost,
        "good": _words(rule.good),
        "what": _words(rule.what),
        "why": _words(rule.why),
        "fix": _words(rule.fix),
        "statements": [{"id": each, "words": quotes[each].words} for each in rule.statements if each in quotes],
        "beyond": [_words(one.text) | {"url": one.url, "checked_on": one.checked_on} for one in rule.beyond],
    }


def _words(words: Words) -> dict[str, str]:
    return {"ko": words.ko, "en": words.en}
