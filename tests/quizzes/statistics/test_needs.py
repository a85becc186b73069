"""Which statements are missed, and who needs help: the stated rules, by hand."""

import random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.needs import Sign, missed_since, most_missed, needs

PASSING = 620 / 900
SIGNS = st.lists(
    st.builds(
        Sign,
        person=st.integers(1, 4),
        statements=st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple),
        right=st.booleans(),
    ),
    max_size=60,
)


def sign(person: int, statement: str, right: bool) -> Sign:
    return Sign(person, (statement,), right)


def test_it_works() -> None:
    signs = [sign(1, "a", False)] * 6 + [sign(2, "b", True)] * 6
    (missed,) = most_missed(signs)
    assert (missed.statement, missed.missed, missed.rate.n, missed.people) == ("a", 6, 6, 1)
    (need,) = needs(signs, PASSING)
    assert (need.person, need.right, need.below, need.statements) == (1, 0, True, (("a", 6),))


def test_few_misses_of_few_do_not_come_first() -> None:
    signs = [sign(n, "rare", n > 3) for n in range(1, 6)]
    signs += [sign(n, "common", n > 30) for n in range(1, 41)]
    signs += [sign(n, "seldom", False) for n in range(4)]
    assert [one.statement for one in most_missed(signs)] == ["common", "rare"]


def test_what_is_known_again_asks_for_no_help() -> None:
    signs = [sign(1, "a", False), sign(1, "a", False), sign(1, "a", True), sign(1, "b", False)]
    assert missed_since(signs) == {"b": 1}
    assert needs(signs, PASSING) == []


def test_twice_in_a_row_asks_for_help_however_good_the_rest() -> None:
    signs = [sign(1, "a", True)] * 20 + [sign(1, "b", False)] * 2
    (need,) = needs(signs, PASSING)
    assert (need.below, need.statements) == (False, (("b", 2),))


def test_a_bad_start_is_no_verdict() -> None:
    signs = [Sign(1, (), False)] * 4
    assert needs(signs, PASSING) == []
    assert needs([*signs, Sign(1, (), False)], PASSING)[0].below


@given(SIGNS, st.randoms(use_true_random=False))
def test_the_order_of_learners_never_shows(signs: list[Sign], chance: random.Random) -> None:
    """Among one learner's answers the last one counts; whose come first does not."""
    people = [[one for one in signs if one.person == person] for person in range(1, 5)]
    chance.shuffle(people)
    other = [one for own in people for one in own]
    assert most_missed(other) == most_missed(signs)
    assert needs(other, PASSING) == needs(signs, PASSING)
    for one in most_missed(signs):
        assert 0 < one.missed <= one.rate.n
        assert 0 < one.people <= one.missed
