"""Shares and correlations against published figures, and against Python's own `statistics`."""

import random
import statistics
from math import isclose, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.rates import rate, relation, spread

SHARES = st.floats(0, 1)
PAIRS = st.lists(st.tuples(SHARES, SHARES), min_size=4, max_size=40)

# The law school admission test of Bock and Lieberman (1970), section 6: how many of 1000 answered five items so.
COUNTS = "3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298"  # 00000, 00001, … 11111
LSAT = [[int(bit) for bit in f"{n:05b}"] for n, count in enumerate(COUNTS.split()) for _ in range(int(count))]


def test_it_works() -> None:
    found = rate([1.0, 1.0, 0.0, 1.0])
    assert found
    assert (found.n, found.share) == (4, 0.75)


def test_nothing_has_no_share() -> None:
    assert (rate([]), spread([])) == (None, None)


def test_wilson_as_published() -> None:
    """6 cars of 32 (mtcars, mpg >= 25): 0.08889545 to 0.35309155, rstudio-pubs-static 1367507 of 2025."""
    found = rate([1.0] * 6 + [0.0] * 26)
    assert found
    assert (found.low, found.high) == pytest.approx((0.08889545, 0.35309155), abs=1e-8)


@pytest.mark.parametrize(("item", "share", "told"), [(0, 0.924, 0.1128), (1, 0.709, 0.1532), (2, 0.553, 0.1728)])
def test_the_corrected_point_biserial_as_published(item: int, share: float, told: float) -> None:
    """Proportions and "Excluded" point-biserials that the R package ltm, `descript(LSAT)`, prints for these data."""
    own = [float(row[item]) for row in LSAT]
    found = relation(own, [float(sum(row) - row[item]) for row in LSAT])
    assert found
    assert (sum(own) / 1000, found.value) == pytest.approx((share, told), abs=5e-5)


def test_fishers_range_as_published() -> None:
    """r = 0.30 of 100 pairs: 0.1099 to 0.4688; the transformed value is 0.3095 and its error 1/sqrt(97) = 0.1015."""
    left, right = _pairs_of(0.30, 100)
    found = relation(left, right)
    assert found
    assert (found.value, found.low, found.high) == pytest.approx((0.30, 0.1101, 0.4688), abs=3e-4)
    assert found.error == pytest.approx((1 - 0.09) / 99**0.5)


def _pairs_of(r: float, n: int) -> tuple[list[float], list[float]]:
    """Return pairs whose correlation is exactly `r`."""
    left, noise = [sin(7 * i) for i in range(n)], [sin(11 * i * i) for i in range(n)]
    slope, mean = statistics.linear_regression(left, noise)
    bare = [y - slope * x - mean for x, y in zip(left, noise, strict=True)]
    a, b = statistics.stdev(left), statistics.stdev(bare)
    return left, [r * x / a + (1 - r * r) ** 0.5 * y / b for x, y in zip(left, bare, strict=True)]


@given(PAIRS)
def test_the_correlation_is_pythons_own(pairs: list[tuple[float, float]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    found = relation(left, right)
    if found is None:
        small = min(statistics.pvariance(left), statistics.pvariance(right))
        assert small * len(pairs) < 1e-5
    else:
        assert isclose(found.value, statistics.correlation(left, right), abs_tol=1e-6)


@given(PAIRS, st.randoms(use_true_random=False))
def test_bounds_hold_and_the_order_never_shows(pairs: list[tuple[float, float]], chance: random.Random) -> None:
    other = pairs[:]
    chance.shuffle(other)
    found = relation([a for a, _ in pairs], [b for _, b in pairs])
    assert found == relation([a for a, _ in other], [b for _, b in other])
    share = rate([a for a, _ in pairs])
    assert share
    assert share == rate([a for a, _ in other])
    assert 0 <= share.low <= share.share <= share.high <= 1
    if found:
        assert -1 <= found.low <= found.value <= found.high <= 1
        assert 0 <= found.error <= 1


@given(st.lists(st.floats(0, 100), min_size=2, max_size=40))
def test_the_spread_is_pythons_own(values: list[float]) -> None:
    found = spread(values)
    assert found
    assert found.sd is not None
    assert isclose(found.mean, statistics.fmean(values), abs_tol=1e-9)
    assert isclose(found.median, statistics.median(values), abs_tol=1e-9)
    assert isclose(found.sd, statistics.stdev(values), abs_tol=1e-6)


def test_what_does_not_vary_has_no_correlation() -> None:
    assert relation([1.0] * 30, [0.1 * n for n in range(30)]) is None
    assert relation([0.0, 1.0, 1.0], [0.0, 1.0, 1.0]) is None
