"""Shares with their range, correlations with their error, and the plain numbers of a list. Pure.

Nothing here knows items or learners. Sums are exact to the last bit (`fsum`): the order of a list never shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, fsum, sqrt, tanh

from quizzes.marking.grade import Z, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A share between 0 and 1 seen in `n` observations, and its 95 % range (Wilson 1927)."""

    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A correlation over `n` pairs, its standard error and its 95 % range."""

    n: int
    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How a list of numbers lies. `sd` is that of a sample (n - 1); None for a single number."""

    n: int
    mean: float
    median: float
    sd: float | None


def rate(values: Sequence[float]) -> Rate | None:
    """Return the mean of `values`, each between 0 and 1, with its range; None of none.

    With part marks among them the range is wider than it need be: their variance is at most that of all or nothing.
    """
    if not values:
        return None
    share = fsum(values) / len(values)
    return Rate(len(values), share, *wilson(share, len(values)))


def relation(left: Sequence[float], right: Sequence[float]) -> Relation | None:
    """Return the product-moment correlation of pairs; None of fewer than 4, or where one side does not vary.

    Error: (1 - r^2) / sqrt(n - 1), the large-sample standard error. Range: Fisher's z, tanh(atanh r +- 1.96 / sqrt(n -
    3)); see any text, e.g. Lord and Novick, Statistical Theories of Mental Test Scores (1968).
    """
    n = len(left)
    if n < 4:
        return None
    a, b = _centred(left), _centred(right)
    across = sqrt(fsum(x * x for x in a) * fsum(y * y for y in b))
    if across < 1e-12:
        return None
    value = max(-1.0, min(1.0, fsum(x * y for x, y in zip(a, b, strict=True)) / across))
    at, reach = atanh(max(-1 + 1e-12, min(1 - 1e-12, value))), Z / sqrt(n - 3)
    low, high = min(value, tanh(at - reach)), max(value, tanh(at + reach))
    return Relation(n, value, (1 - value * value) / sqrt(n - 1), low, high)


def spread(values: Sequence[float]) -> Spread | None:
    """Return mean, median and standard deviation of `values`; None of none."""
    if not values:
        return None
    n = len(values)
    return Spread(n, fsum(values) / n, median(values), sqrt(variance(values)) if n > 1 else None)


def median(values: Sequence[float]) -> float:
    """Return the middle of `values`, which are not none; between two middles the half of their way."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def variance(values: Sequence[float]) -> float:
    """Return the variance of a sample of at least two numbers."""
    return fsum(x * x for x in _centred(values)) / (len(values) - 1)


def _centred(values: Sequence[float]) -> list[float]:
    mean = fsum(values) / len(values)
    return [value - mean for value in values]
