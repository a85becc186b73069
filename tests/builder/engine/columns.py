"""What a rule says of all services in all clusters at once: a column, one big integer with a bit for each.

Bit i stands for `design_at(i)`: 2,808 services in 6 clusters, and those 9,360 of them that share no role are all
designs of one service. A rule looks at few fields, so `fails` asks the interpreter once for each combination of their
values and lays the answers over the columns of the fields. test_columns.py proves that both always agree.
"""

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from itertools import chain, combinations, product
from math import prod
from operator import and_, or_

from builder.engine.conditions import fields
from builder.engine.design import (
    INSTANCES,
    LAUNCHES,
    LISTENERS,
    LOAD_BALANCERS,
    PROFILES,
    SIZES,
    STORAGES,
    ZONES,
    Cluster,
    Design,
    Service,
)
from builder.engine.facts import CHOICES, SETS, Facts, Requirement, facts_of
from builder.engine.rules import Ref, Rule
from builder.engine.score import FULL, MOST_WITH_A_FAILED_MUST, WEIGHTS
from builder.engine.search import GRANTS

NO_ROLE = {"service.role": "none", "service.grants": frozenset()}
NO_BALANCER = {"service.load_balancer": "none", "service.listener": "none"}
AXES = [
    [{"cluster.instances": value} for value in INSTANCES],
    [{"cluster.profile": value} for value in PROFILES],
    [{"service.launch": value} for value in LAUNCHES],
    [{"service.size": value} for value in SIZES],
    [NO_ROLE, *({"service.role": r, "service.grants": g} for r, g in product(("own", "shared"), GRANTS))],
    [
        NO_BALANCER,
        *(
            {"service.load_balancer": balancer, "service.listener": listener}
            for balancer, listener in product(LOAD_BALANCERS[1:], LISTENERS[1:])
        ),
    ],
    [{"service.storage": value} for value in STORAGES],
    [{"service.azs": value} for value in ZONES],
]
STRIDES = [prod(len(axis) for axis in AXES[place + 1 :]) for place in range(len(AXES))]
AXIS_OF = {name: place for place, axis in enumerate(AXES) for name in axis[0]} | {"cluster.any_ec2": 2}
SIZE = prod(len(axis) for axis in AXES)
EVERY = (1 << SIZE) - 1


def design_at(index: int) -> Design:
    facts = {
        name: value
        for axis, stride in zip(AXES, STRIDES, strict=True)
        for name, value in axis[index // stride % len(axis)].items()
    }
    parts = {group: {} for group in ("cluster", "service")}
    for name, value in facts.items():
        group, _, field = name.partition(".")
        parts[group][field] = value
    return Design(Cluster(**parts["cluster"]), (Service(**parts["service"]),))


def index_of(cluster: Cluster, service: Service) -> int:
    parts = {"cluster": cluster, "service": service}
    index = 0
    for axis, stride in zip(AXES, STRIDES, strict=True):
        option = [getattr(parts[name.partition(".")[0]], name.partition(".")[2]) for name in axis[0]]
        index += next(place for place, facts in enumerate(axis) if [*facts.values()] == option) * stride
    return index


def option_column(place: int, option: int) -> int:
    """The designs whose axis `place` stands at `option`: a block of ones, again and again."""
    stride, period = STRIDES[place], STRIDES[place] * len(AXES[place])
    return (((1 << stride) - 1) << option * stride) * (EVERY // ((1 << period) - 1))


@cache
def having(name: str, value) -> int:
    place = AXIS_OF[name]
    return either(option_column(place, option) for option, facts in enumerate(AXES[place]) if facts[name] == value)


def either(columns: Iterable[int]) -> int:
    return reduce(or_, columns, 0)


def both(columns: Iterable[int]) -> int:
    return reduce(and_, columns, EVERY)


def members(column: int) -> list[int]:
    return [index for index, bit in enumerate(f"{column:b}"[::-1]) if bit == "1"]


EC2, FARGATE = having("service.launch", "ec2"), having("service.launch", "fargate")
SHARED = having("service.role", "shared")
ALONE = EVERY & ~SHARED


def given_in(facts: Facts) -> Facts:
    """Of a service's facts those that no axis holds: the brief, and what follows from the other services."""
    return {name: value for name, value in facts.items() if name not in AXIS_OF or name == "cluster.any_ec2"}


def given_by(need: Requirement, launch: str, role_needs: frozenset[str] | None = None) -> Facts:
    given = given_in(facts_of(Design(services=(Service(launch),)), (need,))[1][0])
    return given if role_needs is None else {**given, "service.role_needs": role_needs}


def fails(rule: Rule, given: Facts) -> int:
    """Where `rule` fails, when these facts hold besides."""
    looked = dict.fromkeys((*fields(rule.applies), *fields(rule.require)))
    return _fails(
        rule, tuple(name for name in looked if name not in given), *(i for i in given.items() if i[0] in looked)
    )


@cache
def _fails(rule: Rule, free: tuple[str, ...], *given) -> int:
    domains = [GRANTS if name in SETS else CHOICES[name] for name in free]
    column = 0
    for values in product(*domains):
        facts = dict(zip(free, values, strict=True))
        if rule.verdict(facts | dict(given)) == "fail":
            column |= both(having(name, value) for name, value in facts.items())
    return column


def failures(rules: Sequence[Rule], need: Requirement) -> dict[str, int]:
    """For each rule where it fails among the 9,360 designs of one service."""
    on_ec2, on_fargate = given_by(need, "ec2"), given_by(need, "fargate")
    return {rule.id: (fails(rule, on_ec2) & EC2 | fails(rule, on_fargate) & FARGATE) & ALONE for rule in rules}


def findings(rules: Sequence[Rule], need: Requirement) -> dict[str, int]:
    """For each rule where it costs points: it fails, and no rule that fails supersedes it."""
    failing = failures(rules, need)
    silent = {rule.id: either(failing[one.id] for one in rules if rule.id in one.supersedes) for rule in rules}
    return {name: column & ~silent[name] for name, column in failing.items()}


def scores(rules: Sequence[Rule], found: dict[str, int], mandatory: frozenset[str]) -> list[int]:
    """Each design's score."""
    points, most = [FULL] * SIZE, [FULL] * SIZE
    for rule in rules:
        severity = "must" if rule.id in mandatory else rule.severity
        for index in members(found[rule.id]):
            points[index] -= WEIGHTS[severity]
            if severity == "must":
                most[index] = MOST_WITH_A_FAILED_MUST
    return [max(0, min(pair)) for pair in zip(points, most, strict=True)]


def full_alone(rules: Sequence[Rule], need: Requirement) -> int:
    return ALONE & ~either(failures(rules, need).values())


def count_full(rules: Sequence[Rule], needs: Sequence[Requirement], least_sharers: int = 2) -> int:
    """How many designs earn full marks, exactly, without looking at each.

    What a service is judged by are its own fields, the cluster, whether any service is on EC2 and what those call who
    share the role. With these held fast the services are independent, so their counts multiply.
    """
    indexes = range(len(needs))
    sizes = (0, *range(least_sharers, len(needs) + 1)) if len(needs) > 1 else (0,)
    groups = list(chain.from_iterable(combinations(indexes, size) for size in sizes))
    return sum(
        _count(rules, needs, group, grants, launch)
        for launch, group in product(LAUNCHES, groups)
        for grants in (GRANTS if group else GRANTS[:1])
    )


def _count(rules, needs, group, grants, launch) -> int:
    """With `launch` ec2 some service is on EC2, else none; those of `group` share a role with these grants."""
    called = frozenset().union(*(needs[index].api for index in group))
    sound = []
    for index, need in enumerate(needs):
        given = given_by(need, launch, called if index in group else need.api)
        role = SHARED & having("service.grants", grants) if index in group else ALONE
        sound.append(role & ~either(fails(rule, given) for rule in rules))
    total = 0
    for instances, profile in product(INSTANCES, PROFILES):
        here = having("cluster.instances", instances) & having("cluster.profile", profile)
        none = prod((column & here & FARGATE).bit_count() for column in sound)
        total += none if launch == "fargate" else prod((column & here).bit_count() for column in sound) - none
    return total


def touched(rule: Rule) -> list[tuple[int, int]]:
    """The axes (stride, length) that the rule's patch reads or sets."""
    names = [name for step in rule.patch for name in fields(step.when)]
    names += [name for step in rule.patch for name, _ in step.values]
    names += [value.field for step in rule.patch for _, value in step.values if isinstance(value, Ref)]
    return [
        (STRIDES[place], len(AXES[place])) for place in sorted({AXIS_OF[name] for name in names if name in AXIS_OF})
    ]
