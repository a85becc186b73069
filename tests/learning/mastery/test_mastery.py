"""How well statements and topics are known, from rows of evidence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.mastery import UNKNOWN, kept, of_statements, of_topics
from learning.mastery.beta import quantile
from learning.mastery.rules import DAY, HALF_LIFE
from tests.learning.mastery.rows import NOW, TODAY, answers, seen

SLUG, TOPIC = "alb-http", "load-balancers"


def test_it_works() -> None:
    found = of_statements(answers(3, 1), NOW)[SLUG]
    assert found.mean == pytest.approx(4 / 6)
    assert (found.low, found.high) == pytest.approx((quantile(0.025, 4, 2), quantile(0.975, 4, 2)), abs=1e-12)
    assert (found.n, found.answers, found.enough) == (4, 4, True)


def test_nothing_seen_is_said_of_nobody() -> None:
    assert of_statements([], NOW) == of_topics([], NOW) == {}
    assert (UNKNOWN.mean, UNKNOWN.enough, UNKNOWN.trend) == (0.5, False, None)
    assert (round(UNKNOWN.low, 3), round(UNKNOWN.high, 3)) == (0.025, 0.975)


def test_too_little_is_not_enough() -> None:
    assert not of_statements(answers(1, 0), NOW)[SLUG].enough
    assert of_statements(answers(2, 0), NOW)[SLUG].enough
    assert not of_topics(answers(2, 0), NOW)[TOPIC].enough
    assert of_topics(answers(2, 1), NOW)[TOPIC].enough


def test_a_wrong_answer_takes_it_down() -> None:
    before = of_statements(answers(3, 0), NOW)[SLUG].mean
    assert of_statements(answers(3, 1), NOW)[SLUG].mean < before


def test_what_is_old_counts_less_and_the_range_widens() -> None:
    fresh, old = (of_statements(answers(6, 1, days=days), NOW)[SLUG] for days in (0, HALF_LIFE))
    assert (old.n, fresh.n) == (3.5, 7)
    assert old.mean == pytest.approx(4 / 5.5)
    assert old.width > fresh.width
    ages = [of_statements(answers(6, 1, days=days), NOW)[SLUG] for days in range(0, 2000, 50)]
    assert all(one.width <= later.width + 1e-9 for one, later in pairwise(ages))
    assert not ages[-1].enough
    assert (ages[-1].low, ages[-1].high) == pytest.approx((UNKNOWN.low, UNKNOWN.high), abs=1e-3)


def test_a_day_is_a_day_of_utc() -> None:
    midnight = TODAY * DAY
    rows = [seen(1)._replace(at=midnight - 1), seen(2)._replace(at=midnight)]
    first, second = (of_statements([row], midnight)[SLUG].n for row in rows)
    assert (first, second) == (0.5 ** (1 / HALF_LIFE), 1)
    assert of_statements(rows, midnight) == of_statements(rows, midnight + DAY - 1)


def test_what_a_wrong_clock_wrote_in_the_future_counts_as_of_today() -> None:
    assert of_statements([seen(1, days=-400)], NOW)[SLUG].n == 1


@pytest.mark.parametrize(
    ("changes", "worth"),
    [
        ({}, 1),
        ({"first": False}, 0.5),
        ({"source": "builder"}, 0.5),
        ({"source": "builder", "first": False}, 0.25),
        ({"confidence": "guess"}, 0.5),
        ({"confidence": "guess", "correct": False}, 1),
        ({"confidence": "maybe"}, 1),
        ({"confidence": "sure"}, 1),
        ({"source": "exam"}, 1),
        ({"source": "level"}, 1),
    ],
)
def test_what_counts_how_much(changes: dict[str, object], worth: float) -> None:
    assert of_statements([seen(1, **changes)], NOW)[SLUG].n == worth


def test_a_response_counts_once_for_its_topic() -> None:
    rows = [seen(1, act="a/1", statement=slug) for slug in ("one", "two", "three")]
    assert of_topics(rows, NOW)[TOPIC].answers == 1
    assert len(of_statements(rows, NOW)) == 3


def test_what_was_taken_back_does_not_count() -> None:
    rows = [*answers(2, 1), seen(9, act="a/3", correct=False, first=False, undoes=3)]
    assert of_statements(kept(rows), NOW) == of_statements(answers(2, 0), NOW)


def test_the_order_of_rows_is_that_of_writing() -> None:
    rows = answers(3, 2)
    assert kept(reversed(rows)) == rows


def test_the_trend_looks_back_two_weeks() -> None:
    rows = [*answers(1, 2, days=20), *answers(5, 0, start=10)]
    now, then = of_statements(rows, NOW)[SLUG], of_statements(rows[:3], NOW - 14 * DAY)[SLUG]
    assert now.trend == pytest.approx(now.mean - then.mean)
    assert now.trend
    assert now.trend > 0
    assert of_statements(answers(5, 0), NOW)[SLUG].trend is None


marks = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 200)), min_size=1, max_size=12)


@given(marks, st.booleans(), st.booleans())
def test_one_more_right_answer_never_lowers_nor_a_wrong_one_raises(
    made: list[tuple[bool, bool, int]], first: bool, correct: bool
) -> None:
    rows = [seen(i, correct=c, first=f, days=d) for i, (c, f, d) in enumerate(made)]
    before = of_statements(rows, NOW)[SLUG]
    after = of_statements([*rows, seen(99, correct=correct, first=first)], NOW)[SLUG]
    assert (after.mean > before.mean) == correct
    assert 0 < after.low < after.mean < after.high < 1


@given(marks)
def test_it_says_the_same_however_often_and_in_whatever_order_it_is_asked(made: list[tuple[bool, bool, int]]) -> None:
    rows = [seen(i, correct=c, first=f, days=d) for i, (c, f, d) in enumerate(made)]
    one, other = of_topics(kept(rows), NOW)[TOPIC], of_topics(kept(rows[::-1]), NOW)[TOPIC]
    assert one == other
