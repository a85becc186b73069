"""How many items of each topic, and which: by weight, cases whole, everything from the seed."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.blueprint import Unit, allows, draw, plan, quotas, units

NAMES = ("a", "b", "c", "d")
WEIGHTS = {"a": 30, "b": 30, "c": 20, "d": 20}
weights = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 60), min_size=1)
sizes = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from((1, 1, 1, 3)), max_size=15))

type Sizes = dict[str, list[int]]
type Pools = dict[str, list[Unit[str]]]


def pools(sizes: Sizes) -> Pools:
    """Return units of these sizes; an item is called by topic, unit and place."""
    return {
        topic: [tuple(f"{topic}{unit}.{place}" for place in range(size)) for unit, size in enumerate(found)]
        for topic, found in sizes.items()
    }


@pytest.mark.parametrize(
    ("count", "expected"),
    [(20, (6, 6, 4, 4)), (65, (20, 19, 13, 13)), (1, (1, 0, 0, 0)), (3, (1, 1, 1, 0)), (0, (0, 0, 0, 0))],
)
def test_it_shares_out_by_largest_remainder(count: int, expected: tuple[int, ...]) -> None:
    assert tuple(quotas(WEIGHTS, dict.fromkeys(NAMES, 99), count).values()) == expected


def test_what_one_topic_lacks_the_others_give() -> None:
    assert quotas(WEIGHTS, {"a": 1, "b": 99, "c": 99, "d": 0}, 20) == {"a": 1, "b": 11, "c": 8, "d": 0}


@given(weights, st.integers(0, 80), sizes)
def test_quotas_are_whole_bounded_and_complete(weights: dict[str, int], count: int, sizes: Sizes) -> None:
    held = {topic: len(found) for topic, found in sizes.items()}
    given = quotas(weights, held, count)
    assert sum(given.values()) == min(count, sum(held.get(topic, 0) for topic in weights))
    assert all(0 <= number <= held.get(topic, 0) for topic, number in given.items())


@given(weights, st.integers(0, 80))
def test_a_quota_is_less_than_one_item_from_its_exact_share(weights: dict[str, int], count: int) -> None:
    for topic, number in quotas(weights, dict.fromkeys(weights, 80), count).items():
        assert abs(number - Fraction(count * weights[topic], sum(weights.values()))) < 1


@given(sizes, weights, st.integers(0, 40), st.text(max_size=5))
def test_a_draw_is_what_was_planned_and_repeats(sizes: Sizes, weights: dict[str, int], count: int, seed: str) -> None:
    stock = pools(sizes)
    drawn = draw(stock, weights, count, seed)
    assert drawn == draw(stock, weights, count, seed)
    assert len(drawn) == len(set(drawn)) <= count
    held = Counter(item[0] for item in drawn)
    assert {share.topic: share.drawn for share in plan(stock, weights, count)} == {t: held[t] for t in weights}


@given(sizes, weights, st.integers(0, 40), st.text(max_size=5))
def test_cases_stay_whole_and_in_order(sizes: Sizes, weights: dict[str, int], count: int, seed: str) -> None:
    stock = pools(sizes)
    drawn = draw(stock, weights, count, seed)
    for unit in (unit for found in stock.values() for unit in found):
        if unit[0] in drawn:
            start = drawn.index(unit[0])
            assert tuple(drawn[start : start + len(unit)]) == unit


@given(st.lists(st.integers(0, 15), min_size=4, max_size=4), st.integers(0, 40), st.text(max_size=5))
def test_without_cases_nothing_is_missing(counts: list[int], count: int, seed: str) -> None:
    stock = pools({name: [1] * number for name, number in zip(NAMES, counts, strict=True)})
    assert len(draw(stock, WEIGHTS, count, seed)) == min(count, sum(counts))


def test_every_item_is_as_likely() -> None:
    stock = pools({"a": [1] * 10})
    drawn = Counter(item for seed in range(2000) for item in draw(stock, {"a": 1}, 3, str(seed)))
    assert len(drawn) == 10
    assert all(500 < times < 700 for times in drawn.values())


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([1] * 6, True), ([1] * 5, False), ([3, 3], True), ([3, 1, 1], False), ([3, 1, 1, 1], True), ([], False)],
)
def test_an_exam_needs_every_topics_whole_share(sizes: list[int], expected: bool) -> None:
    stock = pools({"a": sizes, "b": [1] * 9, "c": [1] * 9, "d": [1] * 9})
    assert allows(stock, WEIGHTS, 20) is expected


def test_no_topic_allows_nothing() -> None:
    assert not allows({}, {}, 5)


def test_units_are_cases_and_single_items_in_the_order_of_the_bank() -> None:
    assert units([("", 1), ("x", 2), ("", 3), ("x", 4)]) == [(1,), (2, 4), (3,)]
