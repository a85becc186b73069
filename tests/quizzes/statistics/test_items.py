"""What answers say of an item: its numbers against plain counting, and grey until there are enough."""

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.flags import Flag, flags
from quizzes.statistics.items import FEWEST, FEWEST_RELATED, ItemNumbers, Seen, item_numbers, thirds
from tests.quizzes.statistics.test_rates import LSAT

OPTIONS = {0: True, 1: False, 2: False, 3: False}
SEEN = st.builds(
    Seen,
    share=st.sampled_from([0.0, 0.5, 1.0]),
    hits=st.frozensets(st.integers(0, 3), max_size=2),
    blank=st.booleans(),
    rest=st.none() | st.integers(0, 10).map(lambda n: n / 10),
    seconds=st.integers(0, 300),
    confidence=st.sampled_from(["", "guess", "maybe", "sure"]),
)


def seen(option: int, rest: float | None = None, seconds: int = 0, confidence: str = "") -> Seen:
    """Return a response that chose `option` of OPTIONS."""
    return Seen(float(option == 0), frozenset([option]), rest=rest, seconds=seconds, confidence=confidence)


def told(rows: list[Seen], *, pilot: bool = False) -> dict[str, Flag]:
    return {flag.code: flag for flag in flags(item_numbers(rows, OPTIONS), choice=True, pilot=pilot)}


def test_it_works() -> None:
    rows = [seen(0, 0.9, 40, "sure"), seen(1, 0.2, 60, "sure"), seen(2, 0.4, 50), seen(0, 0.7)] * 10
    found = item_numbers(rows, OPTIONS)
    assert found.facility
    assert (found.n, found.facility.share, found.seconds, found.timed) == (40, 0.5, 50, 30)
    assert [(piece.all, piece.right) for piece in found.pieces] == [(20, True), (10, False), (10, False), (0, False)]
    assert found.sure_wrong
    assert (found.sure_wrong.share, found.told) == (0.5, 20)


def test_nobody_yet() -> None:
    found = item_numbers([], OPTIONS)
    assert (found.n, found.facility, found.discrimination, found.thirds) == (0, None, None, None)
    assert (found.seconds, found.sure_wrong, flags(found, choice=True)) == (None, None, [])


@pytest.mark.parametrize("n", [1, FEWEST - 1, FEWEST, FEWEST_RELATED - 1, FEWEST_RELATED])
def test_numbers_are_grey_until_there_are_enough(n: int) -> None:
    found = item_numbers([seen(i % 3, i / 100, 30 + i, "sure") for i in range(n)], OPTIONS)
    assert (found.facility is not None) is (n >= FEWEST)
    assert (found.seconds is not None) is (n >= FEWEST)
    assert (found.sure_wrong is not None) is (n >= FEWEST)
    assert (found.discrimination is not None) is (n >= FEWEST_RELATED)


@pytest.mark.parametrize(("item", "told"), [(0, 0.1128), (1, 0.1532), (2, 0.1728), (3, 0.1444), (4, 0.1216)])
def test_discrimination_as_published(item: int, told: float) -> None:
    """What the R package ltm, `descript(LSAT)`, prints as "Excluded" point-biserial of Bock and Lieberman's data."""
    rows = [Seen(float(row[item]), rest=(sum(row) - row[item]) / 4) for row in LSAT]
    found = item_numbers(rows, {}).discrimination
    assert found
    assert found.value == pytest.approx(told, abs=5e-5)


def test_thirds_take_in_who_ties_at_the_border() -> None:
    top, bottom = thirds([seen(0, rest) for rest in (0.1, 0.2, 0.2, 0.5, 0.6, 0.8, 0.8, 0.8, 0.9)])
    assert sorted(one.rest or 0 for one in top) == [0.8, 0.8, 0.8, 0.9]
    assert sorted(one.rest or 0 for one in bottom) == [0.1, 0.2, 0.2]
    assert thirds([seen(0, 0.5)] * 9) == ([], [])
    assert thirds([seen(0, 0.1), seen(0, 0.5)]) == ([], [])


@given(st.lists(SEEN, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_responses_never_shows(rows: list[Seen], chance: random.Random) -> None:
    other = rows[:]
    chance.shuffle(other)
    found = item_numbers(rows, OPTIONS)
    assert item_numbers(other, OPTIONS) == found
    assert flags(item_numbers(other, OPTIONS), choice=True) == flags(found, choice=True)
    assert all(max(piece.top, piece.bottom) <= piece.all <= found.n for piece in found.pieces)
    if found.thirds:
        assert found.thirds.top + found.thirds.bottom <= found.related


@given(st.lists(SEEN, min_size=FEWEST_RELATED, max_size=60))
def test_the_numbers_are_those_of_other_code(rows: list[Seen]) -> None:
    found = item_numbers(rows, OPTIONS)
    assert found.facility
    assert found.facility.share == pytest.approx(statistics.fmean(one.share for one in rows))
    related = [(one.share, one.rest) for one in rows if one.rest is not None]
    if found.discrimination:
        expected = statistics.correlation([a for a, _ in related], [b for _, b in related])
        assert found.discrimination.value == pytest.approx(expected, abs=1e-9)
    known = [one.seconds for one in rows if one.seconds > 0]
    if found.seconds is not None:
        assert found.seconds == statistics.median(known)


# --- flags


def test_a_good_item_has_nothing_to_look_at() -> None:
    rows = [seen(0 if i % 10 < i // 4 else 1 + i % 3, i / 40, 45) for i in range(40)]
    assert told(rows) == {}


def test_nobody_picks_an_option() -> None:
    rows = [seen(i % 3, i / 100) for i in range(20)]
    assert told(rows)["unchosen"].piece == 3
    assert "unchosen" not in told(rows[:19])


def test_the_best_learners_choose_another_option() -> None:
    rows = [seen(0, i / 100) for i in range(20)] + [seen(1, 0.5 + i / 100) for i in range(20)]
    found = told(rows)
    assert (found["check-key"].piece, found["check-key"].params) == (1, {"top": 13, "right": 0, "of": 13})
    assert found["negative"].params["value"] < -0.8


def test_a_key_is_not_doubted_by_a_few() -> None:
    rows = [seen(0, i / 100) for i in range(14)] + [seen(1, 0.5 + i / 100) for i in range(15)]
    assert {"check-key", "negative"}.isdisjoint(told(rows))


@pytest.mark.parametrize(
    ("right", "n", "code"), [(25, 25, "too-easy"), (15, 15, None), (2, 15, "too-hard"), (1, 9, None), (5, 15, None)]
)
def test_too_easy_and_too_hard(right: int, n: int, code: str | None) -> None:
    rows = [seen(0)] * right + [seen(1)] * (n - right)
    assert [name for name in told(rows) if name.startswith("too")] == ([code] if code else [])


def test_sure_and_wrong() -> None:
    rows = [seen(1, confidence="sure")] * 5 + [seen(0, confidence="sure")] * 10
    assert told(rows)["sure-wrong"].params == {"share": pytest.approx(1 / 3), "n": 15}
    assert "sure-wrong" not in told([seen(1, confidence="guess")] * 15)


def test_slow() -> None:
    assert told([seen(0, seconds=121)] * 10)["slow"].params == {"seconds": 121, "n": 10}
    assert "slow" not in told([seen(0, seconds=120)] * 10)


def test_a_pilot_that_works_can_be_published() -> None:
    good = [seen(0 if i % 10 < i // 4 else 1 + i % 3, i / 40, 45) for i in range(40)]
    assert "pilot-ready" in told(good, pilot=True)
    assert "pilot-ready" not in told(good[:29], pilot=True)
    assert "pilot-ready" not in told([seen(i % 4, i % 7) for i in range(40)], pilot=True)


def test_an_ordering_has_no_options_to_pick() -> None:
    steps = {0: True, 1: True}
    found: ItemNumbers = item_numbers([Seen(0.0, frozenset(), rest=i / 40) for i in range(40)], steps)
    assert [flag.code for flag in flags(found, choice=False)] == ["too-hard"]
