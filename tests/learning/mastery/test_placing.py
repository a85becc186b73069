"""Which topic the level check asks of next, and where it says to begin."""

from learning.mastery.placing import MOST, TIGHT, balanced, begin_with, placed, widest

NEW = (1.0, 1.0)


def test_it_works() -> None:
    assert widest({"a": (3.0, 1.0), "b": NEW, "c": NEW}, 4) == "b"


def test_two_answers_alike_settle_a_topic_and_else_a_third() -> None:
    for shape in ((3.0, 1.0), (1.0, 3.0), (3.0, 2.0), (2.0, 3.0)):
        assert widest({"a": shape}, 3) is None, shape
    for shape in (NEW, (2.0, 1.0), (1.0, 2.0), (2.0, 2.0)):
        assert widest({"a": shape}, 2) == "a", shape


def test_it_stops_after_twelve_and_when_there_is_nothing_to_ask() -> None:
    assert widest({"a": NEW}, MOST) is None
    assert widest({"a": NEW}, MOST - 1) == "a"
    assert widest({}, 0) is None
    assert TIGHT < 1


def test_questions_are_taken_so_that_they_are_as_hard_as_the_topic() -> None:
    assert balanced([1, 3, 5], [], 3.1) == 1
    assert balanced([1, 3, 5], [5], 3.0) == 0
    assert balanced([2, 4, 3], [5, 1], 3.0) == 2
    assert balanced([4, 2], [], 3.0) == 0  # of equals the first


def test_one_begins_with_the_weakest_of_equals_the_heaviest() -> None:
    shapes = {"a": (1.0, 3.0), "b": (1.0, 3.0), "c": (2.0, 2.0)}
    found = begin_with(placed(shapes), {"a": 20, "b": 30, "c": 50})
    assert found
    assert (found.topic, found.mean) == ("b", 0.25)


def test_who_knows_everything_begins_nowhere() -> None:
    assert begin_with(placed({"a": (3.0, 1.0), "b": (5.0, 2.0)}), {"a": 50, "b": 50}) is None
    assert begin_with([], {}) is None
