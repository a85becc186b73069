"""Every number again, from the exported evidence alone, by code that shares nothing with `learning.mastery`.

It follows docs/measures.md word by word: Simpson's rule for ranges, textbook products for the exam.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from math import comb
from typing import Any

import pytest

from learning.mastery import Observation
from learning.models import Course, Learner
from learning.services import record_evidence, undo_evidence
from learning.services.data import own_data
from learning.services.measures import measures

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
STEPS = 4000


def pick[T](number: int, what: str, choices: Sequence[T]) -> T:
    """Return one of `choices`: any, but each time the same."""
    return choices[int(sha256(f"{number} {what}".encode()).hexdigest(), 16) % len(choices)]


@pytest.fixture
def exported(alice: Learner, course: Course) -> list[dict[str, Any]]:
    """What alice can download of two months of all sorts of evidence, some of it taken back."""
    slugs = [row.slug for row in course.statements.filter(retired_at=None)]
    for number in range(80):
        source = pick(number, "source", ["exam", "practice", "check", "review", "level", "builder"])
        design = source == "builder"
        pair = {pick(number, "one", slugs), pick(number, "other", slugs)}
        one = Observation(
            act=f"a/{number}",
            source=source,
            subject=f"{'scenario:s' if design else 'item:q'}-{pick(number, 'subject', range(90))}",
            statements=tuple(sorted(pair)),
            correct=pick(number, "mark", range(10)) < 7,
            confidence="" if design else pick(number, "sure", ["", "guess", "maybe", "sure"]),
            topic="" if design else pick(number, "topic", ["launch-types", "iam-roles", "load-balancers", "efs"]),
        )
        now = NOW - timedelta(hours=18 * (80 - number))
        record_evidence(learner=alice, course=course, observations=[one], now=now)
        if number % 20 == 19:
            undo_evidence(learner=alice, act=f"a/{number}", now=now)
    exported: list[dict[str, Any]] = json.loads(json.dumps(own_data(learner=alice)))["evidence"]
    undone = {row["undoes_id"] for row in exported}
    return [row for row in exported if row["undoes_id"] is None and row["id"] not in undone]


def left(row: dict[str, Any]) -> float:
    """Return what is left of a row by its age."""
    days = (NOW.date() - datetime.fromisoformat(row["seen_at"]).astimezone(UTC).date()).days
    return float(0.5 ** (max(0, days) / 30))


def worth(row: dict[str, Any]) -> float:
    """Return the weight of a row."""
    halves = (not row["first"]) + (row["source"] == "builder") + (row["correct"] and row["confidence"] == "guess")
    return left(row) / 2**halves


def ends(a: float, b: float) -> tuple[float, float]:
    """Return where 2.5 and 97.5 % of a Beta(a, b) lie below, a and b at least 1."""
    density = [(i / STEPS) ** (a - 1) * (1 - i / STEPS) ** (b - 1) for i in range(STEPS + 1)]
    area = [0.0]
    for i in range(0, STEPS, 2):
        area.append(area[-1] + density[i] + 4 * density[i + 1] + density[i + 2])
    found = []
    for share in (0.025, 0.975):
        place = next(i for i, value in enumerate(area) if value >= share * area[-1])
        step = (share * area[-1] - area[place - 1]) / (area[place] - area[place - 1])
        found.append(2 * (place - 1 + step) / STEPS)
    return found[0], found[1]


def test_mastery_of_every_statement_and_topic(alice: Learner, course: Course, exported: list[dict[str, Any]]) -> None:
    found = measures(learner=alice, course=course, now=NOW)
    groups: dict[tuple[str, str], dict[object, dict[str, Any]]] = {}
    for row in exported:
        groups.setdefault(("statement", row["statement"]), {})[row["id"]] = row
        groups.setdefault(("topic", row["topic"]), {})[row["act"]] = row
    assert len(groups) == len(found.statements) + len(found.topics)
    for (kind, slug), rows in groups.items():
        right = sum(worth(row) for row in rows.values() if row["correct"])
        wrong = sum(worth(row) for row in rows.values() if not row["correct"])
        said = (found.statements if kind == "statement" else found.topics)[slug]
        assert said.mean == pytest.approx((1 + right) / (2 + right + wrong), abs=1e-12)
        assert (said.n, said.answers) == (pytest.approx(right + wrong), len(rows))
        assert said.enough == (right + wrong >= (2 if kind == "statement" else 3))
        assert (said.low, said.high) == pytest.approx(ends(1 + right, 1 + wrong), abs=5e-4)


def test_readiness(alice: Learner, course: Course, exported: list[dict[str, Any]]) -> None:
    found = measures(learner=alice, course=course, now=NOW).readiness
    asked = {"launch-types": 6, "iam-roles": 6, "load-balancers": 4, "efs": 4}
    first: dict[str, dict[str, Any]] = {}
    for row in exported:
        if row["first"] and row["source"] != "builder":
            first.setdefault(row["subject"], row)
    sums = {topic: [0.0, 0.0] for topic in asked}
    for row in first.values():
        sums[row["topic"]][row["correct"]] += left(row)
    right, wrong = sum(one[1] for one in sums.values()), sum(one[0] for one in sums.values())
    q = 0.5 + (1 + right) / (2 + right + wrong)
    tables = [_counted(n, q + sums[topic][1], 2 - q + sums[topic][0]) for topic, n in asked.items()]
    total = [0.0] * 21
    for outcome in product(*(range(n + 1) for n in asked.values())):
        chance = 1.0
        for table, number in zip(tables, outcome, strict=True):
            chance *= table[number]
        total[sum(outcome)] += chance
    inside = [k for k in range(21) if 0.025 <= sum(total[:k]) + total[k] / 2 <= 0.975]
    assert found.n == pytest.approx(right + wrong)
    assert found.probability == pytest.approx(sum(total[14:]), abs=1e-10)
    assert (found.score_low, found.score_high) == (100 + 45 * inside[0], 100 + 45 * inside[-1])


def _counted(n: int, a: float, b: float) -> list[float]:
    chances = []
    for k in range(n + 1):
        value = float(comb(n, k))
        for i in range(n):
            value *= (a + i if i < k else b + i - k) / (a + b + i)
        chances.append(value)
    return chances


def test_calibration(alice: Learner, course: Course, exported: list[dict[str, Any]]) -> None:
    found = measures(learner=alice, course=course, now=NOW).calibration
    told = {row["act"]: row for row in exported if row["confidence"]}
    for cell in found.whole:
        marks = [row["correct"] for row in told.values() if row["confidence"] == cell.confidence]
        assert (cell.n, cell.right) == (len(marks), sum(marks))
    stated = {"guess": 0.3, "maybe": 0.6, "sure": 0.9}
    squares = [(stated[row["confidence"]] - row["correct"]) ** 2 for row in told.values()]
    assert found.brier == pytest.approx(sum(squares) / len(squares))
    slips = {row["subject"] for row in told.values() if row["confidence"] == "sure" and not row["correct"]}
    assert {slip.subject for slip in found.slips} == slips
