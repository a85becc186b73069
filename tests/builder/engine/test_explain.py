"""The nearest design with full marks, and when a design would be right: both against plain counting."""

from dataclasses import replace
from functools import cache
from itertools import product
from math import prod
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.engine.design import APIS, CLUSTER_FIELDS, SERVICE_FIELDS, Cluster, Design, Service, changed
from builder.engine.explain import Change, Wish, nearest_full, when_right
from builder.engine.facts import Requirement
from builder.engine.score import score
from builder.engine.search import full_marks
from tests.builder.engine.columns import count_full, design_at, full_alone, members
from tests.builder.engine.conftest import RULES, SCENARIOS
from tests.builder.engine.space import NAME, designs, scenario_of, tasks
from tests.builder.engine.test_space import every_profile

BY_ID = {scenario.id: scenario for scenario in SCENARIOS}
PAGE = BY_ID["company-page"]
DRAWN = st.sampled_from(SCENARIOS).flatmap(lambda one: st.tuples(designs(len(one.services)), st.just(one)))


def every_full(scenario) -> list[Design]:
    families = full_marks(scenario.services, RULES)
    return [Design(family.cluster, services) for family in families for services in product(*family.services)]


def apart(design: Design, other: Design) -> int:
    pairs = [(design.cluster, other.cluster, CLUSTER_FIELDS)]
    pairs += [(mine, one, SERVICE_FIELDS) for mine, one in zip(design.services, other.services, strict=True)]
    return sum(getattr(mine, name) != getattr(one, name) for mine, one, names in pairs for name in names)


def applied(design: Design, changes: tuple[Change, ...]) -> Design:
    return changed(design, {change.path: change.after for change in changes})


def test_it_works():
    page = changed(PAGE.best[0], {"services.0.load_balancer": "nlb", "services.0.storage": "efs"})
    assert nearest_full(page, PAGE, RULES) == (
        Change("services.0.load_balancer", "nlb", "alb"),
        Change("services.0.storage", "efs", "container"),
    )
    assert when_right(changed(PAGE.best[0], {"services.0.storage": "efs"}), PAGE, RULES) == Wish(
        0, "persist", False, True
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_the_search_finds_every_design_with_full_marks_once(scenario):
    found = every_full(scenario)
    assert len(found) == len(set(found)) == count_full(RULES, scenario.services, least_sharers=1)
    assert all(one == one.normalised() and score(one, scenario, RULES).score == 100 for one in found)
    assert set(scenario.best) <= set(found)
    if len(scenario.services) == 1:
        assert set(found) == {design_at(index) for index in members(full_alone(RULES, scenario.services[0]))}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_what_is_right_needs_no_change(scenario):
    for design in every_full(scenario):
        assert nearest_full(design, scenario, RULES) == ()
        assert when_right(design, scenario, RULES) is None


@settings(max_examples=150)
@given(DRAWN)
def test_the_changes_lead_to_full_marks_and_no_fewer_do(task):
    design, scenario = task
    design = design.normalised()
    changes = nearest_full(design, scenario, RULES)
    after = applied(design, changes)
    assert score(after, scenario, RULES).score == 100
    assert len(changes) == apart(design, after) == min(apart(design, one) for one in every_full(scenario))
    assert all(value_at(design, change.path) == change.before for change in changes)
    assert all(value_at(after, change.path) == change.after for change in changes)


def value_at(design: Design, path: str):
    """The field's value, the way a change writes it."""
    place, *rest = path.split(".")
    part = design.cluster if place == "cluster" else design.services[int(rest[0])]
    value = getattr(part, rest[-1])
    return tuple(api for api in APIS if api in value) if isinstance(value, frozenset) else value


def test_of_equally_near_designs_the_one_that_keeps_the_launch_type():
    scenario = BY_ID["either-is-fine"]
    changes = nearest_full(scenario.start, scenario, RULES)
    assert len(changes) == 4
    assert "services.0.launch" not in [change.path for change in changes]


def test_the_order_of_changes_does_not_matter():
    """Grants of a shared role are set once the roles are."""
    scenario = BY_ID["two-services-two-roles"]
    both = {f"services.{index}.role": "shared" for index in (0, 1)}
    changes = nearest_full(changed(scenario.best[0], both), scenario, RULES)
    for some in (changes, changes[::-1]):
        assert score(applied(changed(scenario.best[0], both), some), scenario, RULES).score == 100


@pytest.mark.parametrize(
    ("name", "change", "wish"),
    [
        ("company-page", {"services.0.launch": "ec2"}, None),
        (
            "company-page",
            {"services.0.launch": "ec2", "cluster.instances": "registered", "cluster.profile": "agent"},
            Wish(0, "ops", "hands-off", "host-control"),
        ),
        ("company-page", {"services.0.load_balancer": "none"}, Wish(0, "traffic", "http", "none")),
        ("company-page", {"services.0.load_balancer": "clb"}, None),
        ("nightly-batch", {"services.0.load_balancer": "alb"}, Wish(0, "traffic", "none", "http")),
        ("photo-upload-api", {"services.0.grants": ["s3", "dynamodb"]}, Wish(0, "api", ("s3",), ("s3", "dynamodb"))),
        ("photo-upload-api", {"services.0.role": "none"}, Wish(0, "api", ("s3",), ())),
        ("realtime-game", {"services.0.listener": "tcp"}, Wish(0, "traffic", "udp", "tcp")),
        ("cms-two-az", {"services.0.azs": 1}, Wish(0, "azs", 2, 1)),
        ("mixed-fleet", {"services.0.launch": "ec2"}, Wish(0, "ops", "hands-off", "host-control")),
        (
            "game-platform",
            {"services.0.role": "shared", "services.1.role": "shared"},
            Wish(0, "api", (), ("dynamodb",)),
        ),
        ("two-services-two-roles", {"services.0.role": "shared", "services.1.role": "shared"}, None),
    ],
)
def test_when_a_choice_would_be_right(name, change, wish):
    scenario = BY_ID[name]
    assert when_right(changed(scenario.best[0], change), scenario, RULES) == wish


def wished(needs: tuple[Requirement, ...], wish: Wish) -> tuple[Requirement, ...]:
    value = frozenset(wish.after) if wish.requirement == "api" else wish.after
    values = {wish.requirement: value}
    if wish.requirement == "traffic":
        values["exposed"] = value != "none"
    other = replace(needs[wish.service], **values)
    return (*needs[: wish.service], other, *needs[wish.service + 1 :])


def differences(need: Requirement, other: Requirement) -> int:
    names = ("traffic", "ops", "billing", "api", "persist", "shared", "azs")
    return sum(getattr(need, name) != getattr(other, name) for name in names)


PROFILES = list(every_profile())


@cache
def neighbours(need: Requirement) -> list[Requirement]:
    """All briefs that differ from this one in a single requirement."""
    return [other for other in PROFILES if differences(need, other) == 1]


@settings(max_examples=60)
@given(st.sampled_from(PROFILES), st.data())
def test_a_design_that_is_right_for_a_neighbouring_brief_finds_it(need, data):
    fitting = members(full_alone(RULES, data.draw(st.sampled_from(neighbours(need)))))
    if not fitting:
        return
    design, scenario = design_at(data.draw(st.sampled_from(fitting))), scenario_of((need,))
    wish = when_right(design, scenario, RULES)
    if wish is None:
        assert points(design, (need,)) == 100
    else:
        assert points(design, (need,)) < 100
        assert points(design, wished((need,), wish)) == 100


@settings(max_examples=60)
@given(tasks)
def test_without_a_wish_no_single_requirement_would_do(task):
    design, scenario = task
    needs, right = scenario.services, points(design, scenario.services) == 100
    found = when_right(design, scenario, RULES) is not None
    others = ((*needs[:i], other, *needs[i + 1 :]) for i, need in enumerate(needs) for other in neighbours(need))
    assert found == (not right and any(points(design, other) == 100 for other in others))


def points(design: Design, needs: tuple[Requirement, ...]) -> int:
    return score(design, scenario_of(needs), RULES).score


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_both_take_less_than_50_ms_even_the_first_time(scenario):
    def seconds(explain) -> float:
        full_marks.cache_clear()
        begun = process_time()
        explain(scenario.start, scenario, RULES)
        return process_time() - begun

    for explain in (nearest_full, when_right):
        assert min(seconds(explain) for _ in range(3)) < 0.05


def test_three_services_without_wishes_are_quick_too():
    """The brief with the most answers: 5,832 designs in 64 families."""
    scenario = scenario_of((Requirement(NAME),) * 3)
    design = Design(Cluster(), (Service("ec2", storage="instance"),) * 3)
    assert sum(prod(map(len, one.services)) for one in full_marks(scenario.services, RULES)) == 5832
    begun = process_time()
    assert nearest_full(design, scenario, RULES)
    assert process_time() - begun < 0.05


def test_it_refuses_what_cannot_be_answered():
    contradictory = scenario_of((Requirement(NAME, ops="host-control", billing="pay-per-use"),))
    with pytest.raises(ValueError, match="empty"):
        nearest_full(PAGE.start, contradictory, RULES)
    with pytest.raises(ValueError, match="zip"):
        nearest_full(PAGE.start, BY_ID["mixed-fleet"], RULES)
