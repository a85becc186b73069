"""Ordering: what a response earns, and that the order shown says nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.item import Item, Settings, Step
from quizzes.marking.kinds.ordering import Ordering
from quizzes.marking.mark import mark

STEPS = Ordering((Step("provision"), Step("register"), Step("place")))


def shown(*texts: str) -> tuple[int, ...]:
    """Return the response that puts the steps `texts` in this order."""
    pieces = STEPS.public_view("x-001").pieces
    return tuple(pieces.index(text) for text in texts)


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (("provision", "register", "place"), Fraction(1)),
        (("provision", "place", "register"), Fraction(1, 3)),
        (("register", "provision", "place"), Fraction(1, 3)),
        (("place", "provision", "register"), Fraction(0)),
        (("provision",), Fraction(1, 3)),
        ((), Fraction(0)),
    ],
)
def test_it_counts_the_steps_in_their_place(texts: tuple[str, ...], share: Fraction) -> None:
    assert STEPS.share(shown(*texts), "x-001") == share


@pytest.mark.parametrize("response", [(0, 0, 1), (0, 1, 3), (-1, 0, 1)])
def test_it_refuses_what_nobody_could_answer(response: tuple[int, ...]) -> None:
    assert not STEPS.accepts(response)
    assert mark(Item("x-001", "?", STEPS, settings=Settings(partial=True)), response).points == 0


@given(st.lists(st.text(min_size=1), min_size=2, max_size=8, unique=True), st.text())
def test_the_order_shown_depends_on_the_id_only(texts: list[str], seed: str) -> None:
    there = Ordering(tuple(Step(text) for text in texts))
    back = Ordering(tuple(Step(text) for text in reversed(texts)))
    places = [texts.index(piece) for piece in there.public_view(seed).pieces]
    assert places == [texts[::-1].index(piece) for piece in back.public_view(seed).pieces]
    assert there.share(there.key(seed), seed) == 1
