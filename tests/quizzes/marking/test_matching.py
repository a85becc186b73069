"""Matching: what a response earns, distractors, and cells with bars."""

from fractions import Fraction

import pytest

from quizzes.marking.bank import read, write
from quizzes.marking.kinds.matching import NOTHING, Matching, MatchingView

PAIRS = Matching(("role", "used by"), (("profile", "agent"), ("task role", "containers"), ("", "load balancer")))
HEAD = "---\ntype: quiz\nid: x\nlang: en\n---\n\n### Match. ^x-001\n"


def chosen(*texts: str) -> tuple[int, ...]:
    pieces = PAIRS.public_view("x").pieces
    return tuple(pieces.index(text) if text else NOTHING for text in texts)


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (("agent", "containers"), Fraction(1)),
        (("agent", "load balancer"), Fraction(1, 2)),
        (("containers", "agent"), Fraction(0)),
        (("", "containers"), Fraction(1, 2)),
    ],
)
def test_it_counts_the_rows(texts: tuple[str, ...], share: Fraction) -> None:
    assert PAIRS.share(chosen(*texts), "x") == share


def test_an_empty_left_cell_makes_a_distractor() -> None:
    view = PAIRS.public_view("x")
    assert isinstance(view, MatchingView)
    assert view.rows == ("profile", "task role")
    assert sorted(view.pieces) == ["agent", "containers", "load balancer"]


@pytest.mark.parametrize("response", [(0,), (0, 1, 2), (0, 3), (0, -2)])
def test_it_refuses_what_nobody_could_answer(response: tuple[int, ...]) -> None:
    assert not PAIRS.accepts(response)


def test_bars_in_cells_are_escaped() -> None:
    text = f"{HEAD}| a | b |\n|---|---|\n| x \\| y | 1 |\n| [[n#^s\\|alias]] | 2 |\n"
    reading = read(text)
    assert reading.problems == ()
    assert write(reading.bank) == text


@pytest.mark.parametrize(
    ("table", "line", "expected"),
    [
        ("| a | b |\n| x | 1 |\n| y | 2 |", 9, "`|---|---|`"),
        ("| a | b | c |\n|---|---|\n| x | 1 |\n| y | 2 |", 8, "two columns, found 3"),
        ("| a | b |\n|---|---|\n| x |  |\n| y | 2 |", 10, "right-hand cell"),
        ("| a | b |\n|---|---|\n| x | 1 |\n|  | 2 |", 8, "at least two rows"),
        ("| a | b |", 8, "`|---|---|`"),
    ],
)
def test_it_says_what_it_expected(table: str, line: int, expected: str) -> None:
    problem = read(HEAD + table).problems[0]
    assert (problem.line, expected in problem.text()) == (line, True), problem
