"""Whether somebody knows what they know."""

import pytest

from learning.mastery import brier, calibration, record
from tests.learning.mastery.rows import answers, seen


def test_it_works() -> None:
    rows = [
        *answers(7, 3, confidence="sure"),
        *answers(2, 2, start=20, confidence="maybe"),
        *answers(1, 4, start=30, confidence="guess"),
        *answers(5, 5, start=40),
    ]
    found = calibration(rows)
    assert [(cell.confidence, cell.n, cell.right) for cell in found.whole] == [
        ("guess", 5, 1),
        ("maybe", 4, 2),
        ("sure", 10, 7),
    ]
    sure = found.whole[2]
    assert (sure.share, round(sure.low, 4), round(sure.high, 4)) == (0.7, 0.3903, 0.8907)  # Beta(8, 4)
    assert found.n == 19
    squares = 7 * 0.1**2 + 3 * 0.9**2 + 2 * 0.4**2 + 2 * 0.6**2 + 0.7**2 + 4 * 0.3**2
    assert found.brier == pytest.approx(squares / 19)


def test_without_confidence_there_is_nothing_to_say() -> None:
    found = calibration(answers(3, 3))
    assert (found.n, found.brier, found.slips, found.topics) == (0, None, (), {})
    assert [cell.n for cell in found.whole] == [0, 0, 0]


def test_topics_and_statements_each_have_their_cells() -> None:
    rows = [
        seen(1, act="a", subject="item:1", statement="one", confidence="sure"),
        seen(2, act="a", subject="item:1", statement="two", confidence="sure"),
        seen(3, act="b", statement="one", topic="efs", confidence="sure", correct=False),
    ]
    found = calibration(rows)
    assert found.n == 2
    assert {topic: cells[2].n for topic, cells in found.topics.items()} == {"load-balancers": 1, "efs": 1}
    assert {slug: (cells[2].right, cells[2].n) for slug, cells in found.statements.items()} == {
        "one": (1, 2),
        "two": (1, 1),
    }


def test_sure_and_wrong_comes_first_while_it_is_open() -> None:
    mended = [
        seen(1, subject="item:a", confidence="sure", correct=False, days=3),
        seen(2, subject="item:a", first=False, days=1),
    ]
    old = seen(3, subject="item:b", confidence="sure", correct=False, days=9)
    new = seen(4, subject="item:c", confidence="sure", correct=False, days=8)
    maybe = seen(5, subject="item:d", confidence="maybe", correct=False)
    slips = calibration([*mended, old, new, maybe]).slips
    assert [(slip.subject, slip.mended) for slip in slips] == [("item:c", False), ("item:b", False), ("item:a", True)]


def test_a_slip_names_all_its_statements_once() -> None:
    rows = [
        seen(1, act="a", subject="item:1", statement="one", confidence="sure", correct=False, days=5),
        seen(2, act="b", subject="item:1", statement="one", confidence="sure", correct=False),
        seen(3, act="b", subject="item:1", statement="two", confidence="sure", correct=False),
    ]
    [slip] = calibration(rows).slips
    assert (slip.act, slip.statements, slip.at) == ("b", ("one", "two"), rows[1].at)


def test_designs_are_not_asked_how_sure() -> None:
    assert calibration([seen(1, source="builder", confidence="sure", correct=False)]).n == 0


def test_brier_as_published() -> None:
    """A forecast of 0.7 that comes true costs 0.09; of nothing there is no score."""
    assert brier([(0.7, True)]) == pytest.approx(0.09)
    assert brier([(1, True), (0, False)]) == 0
    assert brier([(0.5, True), (0.5, False)]) == 0.25
    assert brier([]) is None


def test_the_record_of_the_site() -> None:
    lines = [(0.8, True, True), (0.6, False, False), (None, True, None)]
    found = record(lines)
    assert (found.held, found.of) == (1, 2)
    assert found.brier == pytest.approx((0.04 + 0.36) / 2)
    assert (record([]).of, record([]).brier) == (0, None)
