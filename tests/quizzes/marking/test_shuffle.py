"""Shuffling: everything follows from the seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.shuffle import shuffled


@given(st.integers(0, 30), st.text())
def test_shuffling_loses_nothing_and_repeats(count: int, seed: str) -> None:
    assert sorted(shuffled(count, seed)) == list(range(count))
    assert shuffled(count, seed) == shuffled(count, seed)


def test_every_place_is_as_likely() -> None:
    places = Counter(shuffled(4, str(seed)).index(0) for seed in range(4000))
    assert all(900 < places[place] < 1100 for place in range(4))
