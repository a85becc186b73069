"""Drawing by quotas: so many of each topic and difficulty, cases whole, everything from the seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.quotas import Quota, Stocked, draw_quotas, held, spread

TOPICS = ("a", "b")
stocks = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.integers(1, 3), st.sampled_from((1, 1, 1, 2))), max_size=20
).map(
    lambda rows: [
        Stocked(topic, hard, tuple((topic, hard, number, place) for place in range(size)))
        for number, (topic, hard, size) in enumerate(rows)
    ]
)
quotas = st.lists(
    st.builds(Quota, st.sampled_from(TOPICS), st.sampled_from((None, 1, 2, 3)), st.integers(1, 6)),
    min_size=1,
    max_size=5,
)


def singles(topic: str, difficulty: int, count: int) -> list[Stocked[str]]:
    return [Stocked(topic, difficulty, (f"{topic}{difficulty}-{number}",)) for number in range(count)]


def test_it_works() -> None:
    stock = [*singles("a", 1, 5), *singles("a", 2, 5), *singles("b", 1, 5)]
    drawn = draw_quotas(stock, [Quota("a", None, 3), Quota("a", 2, 2), Quota("b", 1, 4)], "seed")
    assert Counter(item[0] for item in drawn) == {"a": 5, "b": 4}
    assert sum(item.startswith("a2") for item in drawn) >= 2


@given(stocks, quotas, st.text(max_size=4))
def test_a_draw_takes_nothing_twice_and_repeats(
    stock: list[Stocked[tuple[str, int, int, int]]], wanted: list[Quota], seed: str
) -> None:
    drawn = draw_quotas(stock, wanted, seed)
    assert drawn == draw_quotas(stock, wanted, seed)
    assert len(drawn) == len(set(drawn)) <= sum(quota.count for quota in wanted)
    for one in stock:  # a unit is drawn whole and stands together, or not at all
        places = [drawn.index(item) for item in one.unit if item in drawn]
        assert not places or places == list(range(places[0], places[0] + len(one.unit)))


@given(stocks, st.builds(Quota, st.sampled_from(TOPICS), st.sampled_from((None, 1, 2, 3)), st.integers(1, 6)))
def test_one_quota_gets_what_fits_it(stock: list[Stocked[tuple[str, int, int, int]]], wanted: Quota) -> None:
    drawn = draw_quotas(stock, [wanted], "s")
    assert all(wanted.fits(topic, hard) for topic, hard, _number, _place in drawn)
    if all(len(one.unit) == 1 for one in stock):
        assert len(drawn) == min(wanted.count, held(stock, wanted))


def test_a_narrow_quota_is_not_eaten_by_a_wide_one() -> None:
    stock = [*singles("a", 1, 9), *singles("a", 3, 1)]
    for seed in range(30):
        drawn = draw_quotas(stock, [Quota("a", None, 8), Quota("a", 3, 1)], str(seed))
        assert (len(drawn), "a3-0" in drawn) == (9, True)


def test_cases_are_fitted_in_by_trying_again() -> None:
    stock = [Stocked("a", 1, ("x1", "x2")), *singles("a", 1, 2), *singles("a", 2, 1)]
    for seed in range(30):
        assert len(draw_quotas(stock, [Quota("a", 1, 2), Quota("a", None, 3)], str(seed))) == 5


@pytest.mark.parametrize("count", [0, 1, 4])
def test_what_rides_along_stands_at_any_place_but_inside_a_unit(count: int) -> None:
    units, more = [("a",), ("b", "c"), ("d",)], [f"p{number}" for number in range(count)]
    seen = set()
    for seed in range(60):
        placed = spread(units, more, str(seed))
        items = [item for item, _flag in placed]
        assert [item for item, flag in placed if not flag] == ["a", "b", "c", "d"]
        assert sorted(item for item, flag in placed if flag) == more
        assert items[items.index("b") + 1] == "c"
        seen.update(items.index(one) for one in more)
    assert count != 1 or seen == {0, 1, 3, 4}
