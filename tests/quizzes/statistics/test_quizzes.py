"""What scores say of a quiz: published examples, an analysis of variance by other code, honest refusals."""

import random
import statistics
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.statistics.quizzes import Reliability, Sitting, alpha, bins, kr21, quiz_numbers, reliability
from tests.quizzes.statistics.test_rates import LSAT

# Ten students, ten questions: K. L. Wuensch, East Carolina University, StatHelp/KR20.txt.
WUENSCH = """
1111110110 1011011101 1111011001 0010001000 0000010010
1110111111 1101110111 1111111101 0101111101 1101101110
"""
ROWS = [[float(mark) for mark in row] for row in WUENSCH.split()]
MATRIX = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=k, max_size=k), min_size=10, max_size=30)
)


def same(rows: list[list[float]]) -> list[Sitting]:
    """Return sittings of one form."""
    return [Sitting({item: (mark, 1.0) for item, mark in enumerate(row)}) for row in rows]


def drawn(rows: list[list[float]]) -> list[Sitting]:
    """Return sittings in which nobody had another's items."""
    return [Sitting({100 * n + 100 + item: (mark, 1.0) for item, mark in enumerate(row)}) for n, row in enumerate(rows)]


def test_it_works() -> None:
    found = quiz_numbers(same(ROWS))
    assert found.scores
    assert (found.n, found.scores.mean, found.scores.median) == (10, 66.0, 70.0)
    assert found.bins == (0, 0, 2, 0, 0, 0, 0, 4, 2, 2)
    assert isinstance(found.reliability, Reliability)
    assert found.reliability.method == "KR-20"


def test_kr20_as_published() -> None:
    """Wuensch: the pq sum to 2.18, the variance of the totals is 5.84: 10/9 (1 - 2.18/5.84) = 0.6967."""
    assert alpha(ROWS) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))


def test_alpha_as_published() -> None:
    """Bock and Lieberman's data: the R package ltm, `descript(LSAT)`, prints 0.2950."""
    assert alpha([[float(mark) for mark in row] for row in LSAT]) == pytest.approx(0.2950, abs=5e-5)


def test_alpha_with_part_marks_is_called_alpha() -> None:
    rows = [[mark / 2 if item == 0 else mark for item, mark in enumerate(row)] for row in ROWS]
    sittings = same(rows)
    found = reliability(sittings)
    assert isinstance(found, Reliability)
    assert found.method == "alpha"


def by_variance_analysis(rows: list[list[float]]) -> float | None:
    """Return alpha as Hoyt (1941) has it: 1 - mean square of the residual / mean square between learners."""
    n, k = len(rows), len(rows[0])
    grand = statistics.fmean(mark for row in rows for mark in row)
    people = [statistics.fmean(row) for row in rows]
    items = [statistics.fmean(column) for column in zip(*rows, strict=True)]
    between = k * sum((mean - grand) ** 2 for mean in people) / (n - 1)
    residual = sum(
        (mark - people[i] - items[j] + grand) ** 2 for i, row in enumerate(rows) for j, mark in enumerate(row)
    ) / ((n - 1) * (k - 1))
    return None if between < 1e-12 else 1 - residual / between


@given(MATRIX)
def test_alpha_is_that_of_other_code(rows: list[list[float]]) -> None:
    found, expected = alpha(rows), by_variance_analysis(rows)
    assert (found is None) is (expected is None)
    assert found is None or isclose(found, expected or 0, abs_tol=1e-7)


@given(MATRIX)
def test_kr21_is_that_of_other_code(rows: list[list[float]]) -> None:
    """1 - (mean of x (k - x) / (k - 1)) / variance: the same by Lord's errors of the single scores."""
    k, totals = len(rows[0]), [sum(row) for row in rows]
    spread = statistics.pvariance(totals)
    assume(spread > 1e-9)
    errors = statistics.fmean(x * (k - x) / (k - 1) for x in totals)
    assert kr21(totals, k) == pytest.approx(1 - errors / spread, abs=1e-7)


@given(MATRIX, st.randoms(use_true_random=False))
def test_the_order_never_shows_and_ranges_hold(rows: list[list[float]], chance: random.Random) -> None:
    for form in (same, drawn):
        sittings = form(rows)
        other = sittings[:]
        chance.shuffle(other)
        found = quiz_numbers(sittings)
        assert found == quiz_numbers(other)
        assert sum(found.bins) == found.n == len(rows)
        if isinstance(found.reliability, Reliability):
            assert found.reliability.low <= found.reliability.value <= found.reliability.high <= 1
            assert found.reliability.error >= 0


def test_the_range_and_the_error() -> None:
    """Bonett's range of 0.6967 from 10 learners and 10 items, and 24.17 sqrt(1 - r), worked by hand."""
    found = reliability(same(ROWS))
    assert isinstance(found, Reliability)
    assert (found.low, found.high) == pytest.approx((0.1469, 0.8919), abs=1e-4)
    assert found.error == pytest.approx(statistics.stdev([sum(row) * 10 for row in ROWS]) * (1 - found.value) ** 0.5)


def test_items_drawn_for_each_get_an_estimate_from_below() -> None:
    found, whole = reliability(drawn(ROWS)), alpha(ROWS)
    assert isinstance(found, Reliability)
    assert whole
    assert found.method == "KR-21"
    assert found.value < whole


def test_the_largest_form_is_taken_when_most_had_it() -> None:
    found = reliability([*same(ROWS * 2), *drawn(ROWS)])
    assert isinstance(found, Reliability)
    assert (found.method, found.n) == ("KR-20", 20)


@pytest.mark.parametrize(
    ("sittings", "why"),
    [
        ([], "few"),
        (same(ROWS[:9]), "few"),
        (same([[1.0, 0.0]] * 10), "alike"),
        (drawn([[1.0, 0.0]] * 10), "alike"),
        (drawn([*ROWS[:9], [1.0]]), "differing"),
        (drawn([*ROWS[:9], [0.5] * 10]), "differing"),
        ([Sitting({n: (1.0, 2.0), n + 50: (0.0, 1.0)}) for n in range(10)], "differing"),
    ],
)
def test_what_cannot_be_computed_says_why(sittings: list[Sitting], why: str) -> None:
    assert quiz_numbers(sittings).reliability == why


def test_bins_have_a_place_for_everything() -> None:
    assert bins([0, 9.99, 10, 55.5, 99.9, 100]) == (2, 1, 0, 0, 0, 1, 0, 0, 0, 2)
    assert Sitting({}).percent == 0
