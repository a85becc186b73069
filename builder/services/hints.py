"""Hints, the smallest first: which family of rules, which control, which patch; and two searches. Knows no rows.

A hint is a key on the draft. Those about a finding read `clb-not-recommended:0:family`; those about a whole design read
`nearest:<digest>`, since they hold for that design alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from builder.engine.design import Design, to_dict
from builder.engine.score import Finding, Report

STEPS = ("family", "control", "patch")
SEARCHES = ("nearest", "when-right")
MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Hint:
    """What was told of a finding that still fails: the first `told` of STEPS."""

    finding: Finding
    told: int


def place_of(finding: Finding) -> str:
    """Return `rule:service`, which names a finding within one report (`rule:cluster` for the cluster)."""
    return f"{finding.rule}:{'cluster' if finding.service is None else finding.service}"


def next_hint(report: Report, keys: Iterable[str]) -> str:
    """Return the key of the next hint: the next step for the gravest finding of which not all is told.

    That nothing is wrong counts as a hint too. When all is told of all, it is the last one again.
    """
    known = set(keys)
    if not report.failed:
        return "nothing-wrong"
    steps = [f"{place_of(one)}:{step}" for one in report.failed for step in STEPS]
    return next((step for step in steps if step not in known), steps[-1])


def hints_told(report: Report, keys: Iterable[str]) -> list[Hint]:
    """Return what was told of findings that still fail, gravest first."""
    known = set(keys)
    told = [Hint(one, sum(f"{place_of(one)}:{step}" in known for step in STEPS)) for one in report.failed]
    return [hint for hint in told if hint.told]


def search_key(name: str, design: Design) -> str:
    """Return the key of the search `name` (one of SEARCHES) for `design`."""
    return f"{name}:{sha256(repr(to_dict(design)).encode()).hexdigest()[:12]}"
