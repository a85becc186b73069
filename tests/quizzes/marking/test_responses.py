"""What a browser sends, as a response; and what it is in a mended question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.item import Response
from quizzes.marking.responses import carried, is_blank, is_complete, response_of

TOKENS = ["t0", "t1", "t2"]
PIECES = ["A", "B", "C"]


def choice(pieces: list[str] = PIECES, choose: int = 1) -> dict[str, Any]:
    return {"kind": "choice", "body": {"pieces": pieces, "choose": choose, "multiple": choose > 1}}


def ordering(pieces: list[str] = PIECES) -> dict[str, Any]:
    return {"kind": "ordering", "body": {"pieces": pieces}}


def matching(pieces: list[str] = PIECES, rows: tuple[str, ...] = ("x", "y")) -> dict[str, Any]:
    return {"kind": "matching", "body": {"pieces": pieces, "rows": list(rows), "heads": ["", ""]}}


@pytest.mark.parametrize(
    ("public", "sent", "expected"),
    [
        (choice(), ["t1"], (1,)),
        (choice(), [], ()),
        (choice(), ["t1", "t2"], None),
        (choice(choose=2), ["t2", "t0"], (0, 2)),
        (choice(choose=2), ["t2", "t2"], None),
        (choice(), ["t9"], None),
        (choice(), [""], None),
        ({"body": choice()["body"]}, ["t1"], (1,)),
        (ordering(), ["t2", "t0", "t1"], (2, 0, 1)),
        (ordering(), ["t2"], (2,)),
        (ordering(), ["t2", "t2"], None),
        (matching(), ["t2", "t2"], (2, 2)),
        (matching(), ["", "t0"], (-1, 0)),
        (matching(), ["t0"], None),
        (matching(), ["t0", "t0", "t0"], None),
        (matching(), [], (-1, -1)),
        (matching(), ["t0", "t7"], None),
    ],
)
def test_tokens_name_a_response_or_none(public: dict[str, Any], sent: list[str], expected: Response | None) -> None:
    assert response_of(public, TOKENS, sent) == expected


@given(st.sampled_from([choice(), choice(choose=2), ordering(), matching()]), st.lists(st.sampled_from([*TOKENS, ""])))
def test_whatever_is_sent_names_pieces_or_nothing(public: dict[str, Any], sent: list[str]) -> None:
    found = response_of(public, TOKENS, sent)
    assert found is None or set(found) <= {-1, 0, 1, 2}


@pytest.mark.parametrize(
    ("public", "response", "complete", "blank"),
    [
        (choice(), (1,), True, False),
        (choice(choose=2), (1,), False, False),
        (ordering(), (2, 0, 1), True, False),
        (ordering(), (2, 0), False, False),
        (matching(), (2, 2), True, False),
        (matching(), (2, -1), False, False),
        (matching(), (-1, -1), False, True),
        (choice(), (), False, True),
    ],
)
def test_it_knows_what_is_complete_and_what_is_blank(
    public: dict[str, Any], response: Response, complete: bool, blank: bool
) -> None:
    assert (is_complete(public, response), is_blank(response)) == (complete, blank)


@pytest.mark.parametrize(
    ("before", "after", "response", "expected"),
    [
        (choice(), choice(), (1,), (1,)),
        (choice(), choice(["C", "A", "B"]), (1,), (2,)),
        (choice(choose=2), choice(["C", "A", "B"], 2), (1, 2), (0, 2)),
        (ordering(), ordering(["B", "C", "A"]), (2, 0, 1), (1, 2, 0)),
        (matching(), matching(["B", "A", "C"]), (0, -1), (1, -1)),
        (choice(), choice(["A", "B", "D"]), (1,), None),
        (choice(), choice(["A", "B"]), (1,), None),
        (choice(["A", "A", "B"]), choice(["A", "A", "B"]), (1,), None),
        (choice(), ordering(), (1,), None),
        (matching(), matching(rows=("x", "z")), (0, 1), None),
    ],
)
def test_a_response_is_carried_over_by_its_words(
    before: dict[str, Any], after: dict[str, Any], response: Response, expected: Response | None
) -> None:
    assert carried(before, after, response) == expected
