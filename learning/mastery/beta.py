"""The Beta distribution and counts drawn by it: distribution function, quantile, predictive counts. Pure.

Source of the continued fraction: NIST Digital Library of Mathematical Functions, 8.17.22, evaluated by the modified
Lentz method. Quantiles are accurate to about 1e-12.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from math import exp, lgamma, log, log1p

TINY, CLOSE = 1e-300, 1e-15


def cdf(x: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) quantity is at most `x`."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function; converges fast for x < (a+1)/(a+b+2)."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in count(1):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            found *= c * d
        if abs(c * d - 1) < CLOSE or m > 10_000:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


@lru_cache(maxsize=4096)
def quantile(p: float, a: float, b: float) -> float:
    """Return the x below which a Beta(a, b) quantity lies with probability `p`; `a` and `b` are positive.

    Newton's steps, halved where they leave the bracket.
    """
    low, high, x, scale = 0.0, 1.0, a / (a + b), _log_beta(a, b)
    for _ in range(200):
        over = cdf(x, a, b) - p
        low, high = (low, x) if over > 0 else (x, high)
        density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - scale)
        following = x - over / density if density > TINY else low
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) < 1e-13:
            return following
        x = following
    return x


def interval(a: float, b: float, level: float) -> tuple[float, float]:
    """Return the range that holds a Beta(a, b) quantity with probability `level`, as much left out on either side."""
    return quantile((1 - level) / 2, a, b), quantile((1 + level) / 2, a, b)


def counts(n: int, a: float, b: float) -> list[float]:
    """Return the probability of 0, 1, … n right answers among `n` when the share right is Beta(a, b)."""
    whole = _log_beta(a, b)
    return [
        exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + _log_beta(k + a, n - k + b) - whole)
        for k in range(n + 1)
    ]


def added(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the probabilities of the sum of two independent counts."""
    found = [0.0] * (len(one) + len(other) - 1)
    for i, p in enumerate(one):
        for j, q in enumerate(other):
            found[i + j] += p * q
    return found
