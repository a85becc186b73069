"""The order of a session: urgent first, no statement twice in a row where it can be helped, cases whole."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzes.scheduling.order import Ask, arrange


def asks(*statements: str) -> list[Ask]:
    """Return questions numbered from 1, each on the statements named by letters."""
    return [Ask(number, frozenset(letters)) for number, letters in enumerate(statements, start=1)]


def numbers(ordered: list[Ask]) -> list[int]:
    return [ask.id for ask in ordered]


def test_it_works() -> None:
    assert numbers(arrange(asks("a", "a", "b", "c"))) == [1, 3, 2, 4]


def test_without_a_reason_it_stays_as_it_is() -> None:
    assert numbers(arrange(asks("a", "b", "", "", "c"))) == [1, 2, 3, 4, 5]
    assert arrange([]) == []


def test_it_looks_ahead() -> None:
    """Most urgent first would leave the three on one statement to the end."""
    ordered = arrange(asks("a", "b", "c", "c", "c"))
    assert all(not (one.statements & other.statements) for one, other in pairwise(ordered))


def test_what_was_asked_last_counts() -> None:
    assert numbers(arrange(asks("a", "b"), after=Ask(9, frozenset("a")))) == [2, 1]


def test_where_it_cannot_be_helped_all_are_asked_all_the_same() -> None:
    assert numbers(arrange(asks("a", "a", "a"))) == [1, 2, 3]


def test_questions_of_one_case_follow_one_another_in_its_order() -> None:
    shop = [Ask(2, frozenset("a"), "shop", 8), Ask(4, frozenset("a"), "shop", 7)]
    single = [Ask(1, frozenset("b")), Ask(3, frozenset("c"))]
    assert numbers(arrange([single[0], shop[0], single[1], shop[1]])) == [1, 4, 2, 3]


def test_a_case_begun_goes_on() -> None:
    begun = Ask(8, frozenset("a"), "shop", 7)
    assert numbers(arrange([Ask(1), Ask(2, frozenset("a"), "shop", 8)], after=begun)) == [2, 1]


@given(st.lists(st.sampled_from("abcd"), max_size=14), st.sampled_from(["", "a", "b"]))
def test_two_on_one_statement_only_when_it_cannot_be_helped(letters: list[str], before: str) -> None:
    ordered = arrange(asks(*letters), Ask(99, frozenset(before)) if before else None)
    assert sorted(numbers(ordered)) == list(range(1, len(letters) + 1))
    most = max(Counter(letters).values(), default=0)
    room = len(letters) // 2 if Counter(letters)[before] == most else (len(letters) + 1) // 2
    if most <= room:
        told = ([frozenset(before)] if before else []) + [ask.statements for ask in ordered]
        assert all(not (one & other) for one, other in pairwise(told))


@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abc"), max_size=2), st.sampled_from(["", "", "x", "y"])), max_size=10
    )
)
def test_a_case_is_never_parted(rows: list[tuple[frozenset[str], str]]) -> None:
    given_asks = [Ask(number, statements, case, 100 - number) for number, (statements, case) in enumerate(rows)]
    ordered = arrange(given_asks)
    assert sorted(numbers(ordered)) == list(range(len(rows)))
    for case in ("x", "y"):
        places = [place for place, ask in enumerate(ordered) if ask.case == case]
        assert places == list(range(places[0], places[0] + len(places))) if places else True
        positions = [ordered[place].position for place in places]
        assert positions == sorted(positions)
