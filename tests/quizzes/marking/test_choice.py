"""Single choice and multiple response: what a response earns, and what a learner may see before."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.bank import read
from quizzes.marking.item import Item, Option, Settings
from quizzes.marking.kinds.choice import Choice, ChoiceView
from quizzes.marking.mark import PublicItem, mark, public_view


def item(right: str = "10", *, choose: int | None = None, **settings: object) -> Item:
    """Return an item with an option for each digit of `right`, "1" for a right one."""
    options = tuple(Option(f"option {i}", f"canary-reason {i}", right=d == "1") for i, d in enumerate(right))
    return Item("x-001", "Which?", Choice(options, choose), settings=Settings(**settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("right", "response", "points"),
    [
        ("10", (0,), 1),
        ("10", (1,), 0),
        ("10", (), 0),
        ("10", (0, 1), 0),
        ("0110", (1, 2), 1),
        ("0110", (2, 1), 1),
        ("0110", (1,), 0),
        ("0110", (0, 1, 2), 0),
        ("0110", (1, 1), 0),
        ("0110", (1, 9), 0),
        ("0110", (-1, 1), 0),
    ],
)
def test_it_marks_all_or_nothing(right: str, response: tuple[int, ...], points: int) -> None:
    assert mark(item(right), response).points == points


@pytest.mark.parametrize(
    ("response", "points"), [((1, 2, 3), "3"), ((1, 2), "2"), ((1,), "1"), ((0, 1), "0"), ((0, 1, 2), "1"), ((), "0")]
)
def test_it_gives_part_marks_where_the_item_says_so(response: tuple[int, ...], points: str) -> None:
    assert mark(item("0111", partial=True, points=3), response).points == Decimal(points)


def test_thirds_are_rounded_down_to_hundredths() -> None:
    assert mark(item("0111", partial=True), (1, 2)).points == Decimal("0.66")


@given(
    right=st.text("01", min_size=2, max_size=9).filter(lambda r: "1" in r),
    response=st.lists(st.integers(-1, 9), max_size=9),
    points=st.integers(1, 10),
    partial=st.booleans(),
)
def test_points_stay_within_bounds_and_the_key_earns_all(
    right: str, response: list[int], points: int, partial: bool
) -> None:
    one = item(right, partial=partial, points=points)
    assert 0 <= mark(one, tuple(response)).points <= mark(one, tuple(response)).of == points
    assert mark(one, one.key()).full


@given(right=st.text("01", min_size=2, max_size=9).filter(lambda r: "1" in r), seed=st.randoms(use_true_random=False))
def test_shuffling_the_options_changes_no_mark(right: str, seed: object) -> None:
    one = item(right)
    order = list(range(len(right)))
    seed.shuffle(order)  # type: ignore[attr-defined]
    body = one.body
    assert isinstance(body, Choice)
    turned = replace(one, body=Choice(tuple(body.options[i] for i in order)))
    chosen = {0, 1}
    assert mark(one, tuple(chosen)) == mark(turned, tuple(order.index(i) for i in chosen))


def test_the_view_has_no_field_for_a_secret() -> None:
    assert [f.name for f in fields(ChoiceView)] == ["pieces", "choose", "multiple"]
    names = {f.name for f in fields(PublicItem)}
    assert names == {"id", "stem", "text", "case_title", "case_text", "hint", "partial", "shuffle", "body"}


def test_the_view_says_the_same_whichever_option_is_right() -> None:
    assert public_view(item("1000")) == public_view(item("0001"))
    assert "canary" not in str(public_view(item("10")))


@pytest.mark.parametrize(
    ("right", "choose", "multiple", "number"),
    [("10", None, False, 1), ("110", None, True, 2), ("110", 2, True, 2), ("10", 1, True, 1)],
)
def test_it_says_how_many_to_choose(right: str, choose: int | None, multiple: bool, number: int) -> None:
    view = item(right, choose=choose).body.public_view("x")
    assert isinstance(view, ChoiceView)
    assert (view.multiple, view.choose) == (multiple, number)


BAD = [
    ("- [x] Only one", 5, "at least two options"),
    ("- [ ] A\n- [ ] B", 5, "at least one right option"),
    ("- [x] A\n- [?] B", 6, "`- [x]` for a right option"),
    ("- [x] A\n- [ ]", 6, "text of the option"),
    ("\n".join(f"- [x] {i}" for i in range(10)), 14, "at most 9"),
]


@pytest.mark.parametrize(("body", "line", "expected"), BAD)
def test_it_says_what_it_expected(body: str, line: int, expected: str) -> None:
    reading = read(
        f"---\ntype: quiz\nid: x\nlang: en\n---\n### Which? ^x-001\n{body}\n".replace("id: x\nlang", "id: x\nlang")
    )
    assert reading.bank.items() == ()
    assert [(p.line - 2, expected in p.text()) for p in reading.problems] == [(line, True)]
