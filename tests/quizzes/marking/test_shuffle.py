"""Drawing and shuffling: everything follows from the seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.shuffle import draw, shuffled

POOLS = {"a": list("abcdefgh"), "b": list("ijklmnop"), "c": list("qrs")}


@given(st.integers(0, 30), st.text())
def test_shuffling_loses_nothing_and_repeats(count: int, seed: str) -> None:
    assert sorted(shuffled(count, seed)) == list(range(count))
    assert shuffled(count, seed) == shuffled(count, seed)


@given(st.integers(0, 25), st.text())
def test_a_draw_is_spread_over_the_pools(count: int, seed: str) -> None:
    drawn = draw(POOLS, count, seed)
    assert len(drawn) == len(set(drawn)) == min(count, 19)
    held = Counter(name for name, pool in POOLS.items() for thing in drawn if thing in pool)
    if count <= 9:
        assert max(held.values(), default=0) - min((held[name] for name in POOLS), default=0) <= 1
    assert drawn == draw(POOLS, count, seed)


def test_every_place_is_as_likely() -> None:
    places = Counter(shuffled(4, str(seed)).index(0) for seed in range(4000))
    assert all(900 < places[place] < 1100 for place in range(4))
