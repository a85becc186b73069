"""The Beta distribution, against closed forms, published tables and slow independent sums."""

from fractions import Fraction
from math import comb, factorial, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.mastery.beta import added, cdf, counts, interval, quantile

shapes = st.floats(0.5, 400)


def slowly(x: float, a: float, b: float, steps: int = 20_000) -> float:
    """Return the distribution function of Beta(a, b), a and b at least 1, by Simpson's rule."""
    density = [(i / steps) ** (a - 1) * (1 - i / steps) ** (b - 1) for i in range(steps + 1)]
    upto = round(x * steps)

    def area(last: int) -> float:
        odd, even = sum(density[1:last:2]), sum(density[2:last:2])
        return density[0] + 4 * odd + 2 * even + density[last]

    return area(upto) / area(steps)


# Clopper-Pearson limits are quantiles of Beta; these stand in tables of exact binomial limits (95 %).
TABLE = [
    (0.025, 1, 10, 0.00253),
    (0.975, 1, 10, 0.30850),  # 0 of 10: upper limit 30.85 %
    (0.975, 6, 5, 0.81291),  # 5 of 10: 18.71-81.29 %
    (0.025, 5, 6, 0.18709),
    (0.975, 2, 9, 0.44502),  # 1 of 10: upper limit 44.50 %
    (0.95, 1, 20, 0.13911),  # 0 of 20, one-sided 95 %
]


@pytest.mark.parametrize(("p", "a", "b", "expected"), TABLE)
def test_it_works(p: float, a: float, b: float, expected: float) -> None:
    assert quantile(p, a, b) == pytest.approx(expected, abs=6e-6)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 5), (7, 3), (30, 12), (120, 80)])
def test_whole_numbers_are_a_binomial_tail(a: int, b: int) -> None:
    for x in (Fraction(1, 20), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)):
        n = a + b - 1
        exact = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
        assert isclose(cdf(float(x), a, b), float(exact), rel_tol=1e-11, abs_tol=1e-13)


@pytest.mark.parametrize(("a", "b"), [(1.7, 2.3), (4.25, 1.5), (12.625, 30.1), (1.0, 6.5)])
def test_any_shape_is_the_area_under_its_density(a: float, b: float) -> None:
    for x in (0.1, 0.35, 0.5, 0.8):
        assert cdf(x, a, b) == pytest.approx(slowly(x, a, b), abs=2e-6)


@given(st.floats(0.001, 0.999), shapes, shapes)
def test_a_quantile_is_where_the_share_lies_below(p: float, a: float, b: float) -> None:
    x = quantile(p, a, b)
    assert 0 <= x <= 1
    if 1e-9 < x < 1 - 1e-9:
        assert cdf(x, a, b) == pytest.approx(p, abs=1e-8)


@given(shapes, shapes)
def test_a_range_turns_round_with_its_shape(a: float, b: float) -> None:
    low, high = interval(a, b, 0.95)
    other = interval(b, a, 0.95)
    assert low < a / (a + b) < high
    assert (1 - high, 1 - low) == pytest.approx(other, abs=1e-9)


def test_the_ends() -> None:
    assert (cdf(0, 2, 3), cdf(1, 2, 3), cdf(-1, 2, 3), cdf(2, 2, 3)) == (0, 1, 0, 1)
    assert quantile(0.5, 3, 3) == pytest.approx(0.5)
    assert quantile(0.25, 1, 1) == pytest.approx(0.25)


def test_counts_are_exact() -> None:
    """Of whole shapes the beta-binomial is a ratio of factorials."""

    def beta(a: int, b: int) -> Fraction:
        return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))

    exact = [comb(6, k) * beta(3 + k, 2 + 6 - k) / beta(3, 2) for k in range(7)]
    assert counts(6, 3, 2) == pytest.approx([float(one) for one in exact], rel=1e-12)
    assert counts(4, 1, 1) == pytest.approx([0.2] * 5)


@given(st.integers(0, 40), shapes, shapes)
def test_counts_add_up_and_have_the_mean(n: int, a: float, b: float) -> None:
    chances = counts(n, a, b)
    assert sum(chances) == pytest.approx(1, abs=1e-9)
    assert sum(k * chance for k, chance in enumerate(chances)) == pytest.approx(n * a / (a + b), abs=1e-7)


def test_two_dice_add_up() -> None:
    die = [0.0] + [1 / 6] * 6
    assert [round(36 * chance) for chance in added(die, die)] == [0, 0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
