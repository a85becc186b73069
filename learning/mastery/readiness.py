"""How ready somebody is for the exam: what answers at first sight foretell of its score. Pure, and no chance in it.

Of each topic the share right is Beta, as `learning.mastery.mastery` has it, but of answers at first sight only, with
guesses in full (luck is in the exam too) and leaning on the other topics. How many of the exam's questions of that
topic will be right is then beta-binomial; the exam's points are the sum over its topics, taken as independent of one
another, added up exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import accumulate

from learning.mastery.beta import added, counts, interval
from learning.mastery.rules import DAY, ENOUGH_EXAM, HIGHEST, LEVEL, LOWEST, PRIOR
from learning.mastery.seen import Seen, fading

type Shape = tuple[float, float]  # a and b of a Beta


@dataclass(frozen=True, slots=True)
class Form:
    """An exam: how many questions, what each topic weighs (any unit), and the scaled score that passes."""

    items: int
    weights: Mapping[str, int]
    pass_mark: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What to expect of an exam taken now.

    `probability` to reach the pass mark, between 0 and 1, from `low` to `high`; the score's median and 95 % range.
    `n`: the answers it rests on, faded. When there is not `enough`, `reason` says why: "no-form" or "few", and the
    numbers are not to be shown.
    """

    probability: float
    low: float
    high: float
    score_low: int
    score_mid: int
    score_high: int
    n: float
    enough: bool
    reason: str = ""


def readiness(rows: Iterable[Seen], form: Form, now: int) -> Readiness:
    """Return what `rows` (as `kept` returns them) foretell of `form`; `now`: seconds since 1970."""
    asked = questions(form)
    if not asked:
        return Readiness(0.5, 0, 1, LOWEST, (LOWEST + HIGHEST) // 2, HIGHEST, 0, False, "no-form")
    shapes = leaning(shapes_of(rows, asked, now))
    points = reduce(added, (counts(number, *shapes[topic]) for topic, number in asked.items()))
    needed = next((k for k in range(form.items + 1) if scaled(k, form.items) >= form.pass_mark), form.items + 1)
    probability = min(1.0, sum(points[needed:]))
    low, high = (_passing(share, form.items, needed) for share in _share(shapes, asked))
    n = sum(a + b - 2 * PRIOR for a, b in shapes.values())
    score_low, score_mid, score_high = (scaled(number, form.items) for number in _range(points))
    return Readiness(
        probability=probability,
        low=min(low, probability),
        high=max(high, probability),
        score_low=score_low,
        score_mid=score_mid,
        score_high=score_high,
        n=n,
        enough=n >= ENOUGH_EXAM,
        reason="" if n >= ENOUGH_EXAM else "few",
    )


def questions(form: Form) -> dict[str, int]:
    """Return how many questions each topic has in the exam: by weight, what is left over to the largest remainders."""
    total = sum(form.weights.values())
    if not total or form.items < 1:
        return {}
    exact = {topic: Fraction(form.items * weight, total) for topic, weight in form.weights.items()}
    whole = {topic: int(share) for topic, share in exact.items()}
    behind = sorted(exact, key=lambda topic: whole[topic] - exact[topic])  # stable: the first named first
    for topic in behind[: form.items - sum(whole.values())]:
        whole[topic] += 1
    return {topic: number for topic, number in whole.items() if number}


def shapes_of(rows: Iterable[Seen], topics: Iterable[str], now: int) -> dict[str, Shape]:
    """Return the Beta of each topic's share right, from answers at first sight; findings on designs are none."""
    today, sums = now // DAY, {topic: [0.0, 0.0] for topic in topics}
    first: dict[str, Seen] = {}  # by subject: a guest and the learner they turn out to be may both have met it first
    for row in rows:
        if row.first and row.source != "builder":
            first.setdefault(row.subject, row)
    for row in first.values():
        if row.topic in sums:
            sums[row.topic][row.correct] += fading(today - row.day)
    return {topic: (PRIOR + right, PRIOR + wrong) for topic, (wrong, right) in sums.items()}


def leaning(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """Return `shapes` with what is assumed of a topic leaning half way from one half to the share right over them all.

    Who knows one topic tends to know the others. Without it the chances of those who know much come out too low.
    """
    right, wrong = (sum(shape[side] - PRIOR for shape in shapes.values()) for side in (0, 1))
    share = (0.5 + (PRIOR + right) / (2 * PRIOR + right + wrong)) / 2
    more = PRIOR * (2 * share - 1)
    return {topic: (a + more, b - more) for topic, (a, b) in shapes.items()}


def scaled(right: int, items: int) -> int:
    """Return the scaled score of `right` of `items`, rounded half up."""
    return LOWEST + (2 * (HIGHEST - LOWEST) * right + items) // (2 * items)


def _range(points: Sequence[float]) -> tuple[int, int, int]:
    """Return the fewest, median and most points to expect: from 2.5 to 97.5 % of the probability lie below.

    Half of their own probability counts as below. Counted as a whole it would let ranges of so few steps hold too
    often, 97 or 98 times of a hundred instead of 95.
    """
    below = list(accumulate(points, initial=0.0))
    middles = [under + chance / 2 for under, chance in zip(below, points, strict=False)]
    inside = [number for number, share in enumerate(middles) if abs(share - 0.5) <= LEVEL / 2]
    median = next((number for number, share in enumerate(below[1:]) if share >= 0.5), inside[-1])
    return inside[0], median, inside[-1]


def _share(shapes: Mapping[str, Shape], asked: Mapping[str, int]) -> tuple[float, float]:
    """Return the range of the share of the exam's questions that would be right in the long run.

    It is a weighted sum of Betas, taken for the Beta of the same mean and variance.
    """
    items = sum(asked.values())
    mean = sum(asked[topic] * a / (a + b) for topic, (a, b) in shapes.items()) / items
    spread = sum((asked[topic] / items) ** 2 * _variance(a, b) for topic, (a, b) in shapes.items())
    size = mean * (1 - mean) / spread - 1
    return interval(mean * size, (1 - mean) * size, LEVEL)


def _variance(a: float, b: float) -> float:
    return a * b / ((a + b) ** 2 * (a + b + 1))


def _passing(share: float, items: int, needed: int) -> float:
    """Return the probability of at least `needed` right among `items` when each is right with probability `share`."""
    chances = reduce(added, [[1 - share, share]] * items, [1.0])
    return min(1.0, sum(chances[needed:]))
