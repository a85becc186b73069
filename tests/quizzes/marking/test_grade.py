"""From marks to a grade: the score, its range, its topics."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.grade import Grading, Marked, grade, scaled, wilson


def marks(right: int, of: int, topic: str = "a") -> list[Marked]:
    """Return `of` items of one point, `right` of them right."""
    return [Marked(topic, Decimal(place < right), Decimal(1)) for place in range(of)]


@pytest.mark.parametrize(("share", "score"), [(0, 100), (1, 1000), (0.5, 550), (0.7, 730), (0.685, 717)])
def test_the_score_is_linear_from_100_to_1000(share: float, score: int) -> None:
    assert scaled(share) == score


# Newcombe (1998), table I, and R's prop.test(correct = FALSE).
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_range_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right / of, of) == pytest.approx((low, high), abs=0.00006)


def test_nothing_seen_says_nothing() -> None:
    assert wilson(0, 0) == (0, 1)
    with pytest.raises(ValueError, match="Nothing to grade"):
        grade([])


def test_fourteen_of_twenty_pass_but_not_surely() -> None:
    found = grade(marks(14, 20))
    assert (found.scaled, found.low, found.high) == (730, 533, 869)
    assert (found.whole.right, found.whole.items, found.whole.percent) == (14, 20, 70)


def test_points_weigh_and_parts_count() -> None:
    found = grade([Marked("a", Decimal("1.50"), Decimal(3)), Marked("b", Decimal(1), Decimal(1))])
    assert found.scaled == 100 + 900 * 5 // 8 + 1  # 2.5 of 4 points: 662.5, rounded up
    assert found.whole.right == 1


def test_each_topic_says_its_own_or_not_enough() -> None:
    found = grade([*marks(3, 6, "iam"), *marks(4, 4, "efs")])
    assert [(part.topic, part.right, part.items, part.percent, part.enough) for part in found.topics] == [
        ("iam", 3, 6, 50, True),
        ("efs", 4, 4, 100, False),
    ]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 300), st.integers(1, 3)), min_size=1, max_size=65))
def test_a_grade_stays_within_bounds(found: list[tuple[str, int, int]]) -> None:
    marked = [Marked(topic, Decimal(min(points, of * 100)) / 100, Decimal(of)) for topic, points, of in found]
    given = grade(marked)
    assert 100 <= given.low <= given.scaled <= given.high <= 1000
    assert sum(part.items for part in given.topics) == given.whole.items == len(marked)
    assert sum(part.right for part in given.topics) == given.whole.right
    assert Grading.from_json(given.as_json()) == given


@given(st.integers(1, 65), st.data())
def test_one_more_right_never_lowers_anything(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of - 1))
    less, more = grade(marks(right, of)), grade(marks(right + 1, of))
    assert (less.scaled, less.low, less.high) < (more.scaled, more.low + 1, more.high + 1)
    assert less.low <= more.low
    assert less.high <= more.high


@given(st.integers(1, 32), st.data())
def test_more_items_make_the_range_narrower(of: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(0, of)) / of
    few, many = wilson(share, of), wilson(share, 2 * of)
    assert many[1] - many[0] < few[1] - few[0]
