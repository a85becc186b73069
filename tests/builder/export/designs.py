"""Designs that may be exported: the best of every scenario, and seeded random ones without a failed must."""

import random
from collections.abc import Iterator
from itertools import cycle

from builder.engine.design import (
    APIS,
    INSTANCES,
    LAUNCHES,
    LISTENERS,
    LOAD_BALANCERS,
    PROFILES,
    ROLES,
    SIZES,
    STORAGES,
    ZONES,
    Design,
    changed,
)
from builder.engine.scenario import Scenario
from builder.engine.score import score
from builder.export import cloudformation
from tests.builder.engine.conftest import RULES, SCENARIOS

CHOICES = {
    "launch": LAUNCHES,
    "size": SIZES,
    "role": ROLES,
    "grants": ([], ["s3"], ["dynamodb"], list(APIS)),
    "load_balancer": LOAD_BALANCERS,
    "listener": LISTENERS,
    "storage": STORAGES,
    "azs": ZONES,
}
CLUSTER = {"instances": INSTANCES, "profile": PROFILES}
MOST_CHANGES = 6


def same(message: str) -> str:
    return message


def exported(task: Scenario, design: Design, language: str = "en") -> dict[str, object]:
    return cloudformation(design, task.title, task.services, language, same)


def passes(task: Scenario, design: Design) -> bool:
    return not any(one.severity == "must" for one in score(design, task, RULES).failed)


def best_designs() -> list[tuple[Scenario, Design]]:
    return [(task, design) for task in SCENARIOS for design in task.best]


def passing_designs(count: int, seed: int) -> Iterator[tuple[Scenario, Design]]:
    """Yield `count` designs, the scenarios in turn: a best design with a few fields set at random."""
    chance = random.Random(seed)  # noqa: S311 - repeatable choices of a test, no secret
    tasks = cycle(SCENARIOS)
    while count:
        task = next(tasks)
        design = chance.choice(task.best)
        for _ in range(chance.randint(1, MOST_CHANGES)):
            design = changed(design, _change(chance, len(design.services)))
        if passes(task, design):
            count -= 1
            yield task, design


def _change(chance: random.Random, services: int) -> dict[str, object]:
    index = chance.randint(0, services)
    if index == services:
        name = chance.choice(list(CLUSTER))
        return {f"cluster.{name}": chance.choice(CLUSTER[name])}
    name = chance.choice(list(CHOICES))
    return {f"services.{index}.{name}": chance.choice(CHOICES[name])}
