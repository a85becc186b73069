"""What the scores of one quiz say: how they lie, and how far they can be trusted. Pure.

Counted is each learner's first finished attempt. Scores are percent of the points there were; pilot items are not in
them.

Reliability, when everybody had the same items: Cronbach's alpha (1951) over points, k/(k-1) * (1 - sum of the items'
variances / variance of the totals); with items that are all or nothing it is the KR-20 of Kuder and Richardson (1937).
When the items were drawn for each learner, alpha cannot be computed. Where all drew equally many, each worth one point
all or nothing, the KR-21 of the same paper says what KR-20 says of one form: k/(k-1) * (1 - mean (k - mean) / (k *
variance)). Forms that differ in difficulty are then part of the error, as they are part of what learners met (Lord
1955, Sampling fluctuations resulting from the sampling of test items). Items drawn by topic and difficulty differ less
than items drawn by chance, so it is an estimate from below. Of anything else nothing is claimed.
Range: Bonett (2002), 1 - exp(ln(1 - r) +- 1.96 sqrt(2k / ((k - 1)(n - 2)))). Standard error of measurement: sd *
sqrt(1 - r): how far, two times out of three, a learner's score is from what they would get on average.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from typing import Literal

from quizzes.marking.grade import Z
from quizzes.statistics.rates import Spread, spread, variance

FEWEST_SITTINGS = 10  # below which no reliability is told
BINS = 10  # of the distribution

type Points = tuple[float, float]  # points, and how many there were


@dataclass(frozen=True, slots=True)
class Sitting:
    """A learner's attempt: points by item, whatever names the items."""

    points: Mapping[int, Points]

    @property
    def percent(self) -> float:
        """The score, 0 to 100."""
        of = fsum(of for _, of in self.points.values())
        return 100 * fsum(got for got, _ in self.points.values()) / of if of else 0.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well the scores would hold. `n` attempts of `k` items; `error` is that of measurement, in percent of points.

    `value` may be below 0: then the items have nothing in common.
    """

    method: Literal["KR-20", "alpha", "KR-21"]
    value: float
    low: float
    high: float
    n: int
    k: int
    error: float


type Unknown = Literal["few", "differing", "alike"]  # why there is none: too few, other items each, all scores the same


@dataclass(frozen=True, slots=True)
class QuizNumbers:
    """What there is to say of a quiz; `bins` count scores of 0-9, 10-19, … 90-100 percent."""

    n: int
    scores: Spread | None
    bins: tuple[int, ...]
    reliability: Reliability | Unknown


def quiz_numbers(sittings: Sequence[Sitting]) -> QuizNumbers:
    """Return the numbers of a quiz."""
    scores = [sitting.percent for sitting in sittings]
    return QuizNumbers(len(sittings), spread(scores), bins(scores), reliability(sittings))


def bins(scores: Sequence[float]) -> tuple[int, ...]:
    """Return how many scores (0 to 100) lie in each of ten equal bins; 100 is in the last."""
    counted = Counter(min(int(score * BINS / 100), BINS - 1) for score in scores)
    return tuple(counted[place] for place in range(BINS))


def reliability(sittings: Sequence[Sitting]) -> Reliability | Unknown:
    """Return the reliability of the largest group that had the same items, else of items drawn alike, else why not."""
    if len(sittings) < FEWEST_SITTINGS:
        return "few"
    form, count = _commonest([frozenset(sitting.points) for sitting in sittings])
    if count >= FEWEST_SITTINGS and count * 2 >= len(sittings):
        return _alpha([sitting for sitting in sittings if frozenset(sitting.points) == form], sorted(form))
    drawn = _drawn_alike(sittings)
    return _kr21(sittings, drawn) if drawn else "differing"


def _commonest(forms: Sequence[frozenset[int]]) -> tuple[frozenset[int], int]:
    """Return the form that most had; of equals the one whose items come first, however the sittings are ordered."""
    return max(Counter(forms).items(), key=lambda form: (form[1], [-item for item in sorted(form[0])]))


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha of `rows` (a row a learner, a column an item); None of too little, or of equal totals."""
    k = len(rows[0]) if rows else 0
    if k < 2 or len(rows) < 2:
        return None
    total = variance([fsum(row) for row in rows])
    if total < 1e-12:
        return None
    return k / (k - 1) * (1 - fsum(variance(column) for column in zip(*rows, strict=True)) / total)


def kr21(totals: Sequence[float], k: int) -> float | None:
    """Return KR-21 of the numbers of right answers in `k` items; None of too little, or of equal totals.

    The variance is that of these totals (n), as in the paper.
    """
    if k < 2 or len(totals) < 2:
        return None
    mean, n = fsum(totals) / len(totals), len(totals)
    spreading = variance(totals) * (n - 1) / n
    return None if spreading < 1e-12 else k / (k - 1) * (1 - mean * (k - mean) / (k * spreading))


def _alpha(sittings: Sequence[Sitting], items: Sequence[int]) -> Reliability | Unknown:
    rows = [[sitting.points[item][0] for item in items] for sitting in sittings]
    value = alpha(rows)
    if value is None:
        return "alike"
    whole = all(got in (0, of) for sitting in sittings for got, of in sitting.points.values())
    return _told("KR-20" if whole else "alpha", value, sittings, len(items))


def _drawn_alike(sittings: Sequence[Sitting]) -> int:
    """Return how many items each had, when all had as many, each worth one point and all or nothing; else 0."""
    sizes = {len(sitting.points) for sitting in sittings}
    whole = all(of == 1 and got in (0, 1) for sitting in sittings for got, of in sitting.points.values())
    return sizes.pop() if whole and len(sizes) == 1 else 0


def _kr21(sittings: Sequence[Sitting], k: int) -> Reliability | Unknown:
    value = kr21([fsum(got for got, _ in sitting.points.values()) for sitting in sittings], k)
    return "alike" if value is None else _told("KR-21", value, sittings, k)


def _told(method: Literal["KR-20", "alpha", "KR-21"], value: float, sittings: Sequence[Sitting], k: int) -> Reliability:
    n, sd = len(sittings), sqrt(variance([sitting.percent for sitting in sittings]))
    reach = Z * sqrt(2 * k / ((k - 1) * (n - 2)))
    left = log(max(1 - value, 1e-12))
    low, high = 1 - exp(left + reach), 1 - exp(left - reach)
    return Reliability(method, value, low, high, n, k, sd * sqrt(max(0.0, 1 - value)))
