"""Which card comes on which day: the ceiling, the exam, what is left out."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scheduling.memory import recall
from quizzes.scheduling.plan import FINAL, HORIZON, Card, Schedule, Wish, schedule

TODAY = date(2026, 11, 22)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def card(
    number: int, due: int, *, seen: int = -10, stability: float = 5.0, topic: str = "efs", weight: int = 20
) -> Card:
    """Return a card due so many days from today."""
    return Card(number, topic, weight, day(due), day(seen), stability)


cards_of_anyone = st.lists(
    st.builds(
        lambda due, seen, stability, weight: (due, seen, stability, weight),
        st.integers(-400, 400),
        st.integers(-400, 0),
        st.floats(0.001, 5000),
        st.sampled_from([0, 10, 30]),
    ),
    max_size=60,
).map(
    lambda rows: [
        card(number, due, seen=seen, stability=stability, topic=f"t{weight}", weight=weight)
        for number, (due, seen, stability, weight) in enumerate(rows)
    ]
)


def test_it_works() -> None:
    plan = schedule([card(1, 0), card(2, 3), card(3, 30)], today=TODAY, wish=Wish())
    assert [one.id for one in plan.today] == [1]
    assert plan.days[day(3)] == 1
    assert sum(plan.days.values()) == 2
    assert list(plan.days) == [day(ahead) for ahead in range(HORIZON)]


def test_nothing_gives_nothing() -> None:
    assert schedule([], today=TODAY, wish=Wish(exam_on=day(3))) == Schedule((), {day(n): 0 for n in range(HORIZON)})


# --- the ceiling


def test_what_does_not_fit_today_comes_tomorrow() -> None:
    plan = schedule([card(number, 0) for number in range(5)], today=TODAY, wish=Wish(daily=2))
    assert list(plan.days.values())[:4] == [2, 2, 1, 0]


def test_what_was_done_today_counts() -> None:
    plan = schedule([card(number, 0) for number in range(5)], today=TODAY, wish=Wish(daily=2), done=1)
    assert list(plan.days.values())[:4] == [1, 2, 2, 0]
    assert schedule([card(1, 0)], today=TODAY, wish=Wish(daily=2), done=7).today == ()


def test_a_card_answered_today_waits_until_tomorrow() -> None:
    """Also on a day of 25 hours, at whose end a card answered at its beginning falls due."""
    plan = schedule([card(1, 0, seen=0)], today=TODAY, wish=Wish())
    assert (plan.days[TODAY], plan.days[day(1)]) == (0, 1)


def test_the_most_overdue_for_its_stability_comes_first() -> None:
    cards = [card(1, -4, stability=40), card(2, -2, stability=1), card(3, 0), card(4, -4, stability=4)]
    plan = schedule(cards, today=TODAY, wish=Wish(daily=3))
    assert [one.id for one in plan.today] == [2, 4, 1]


# --- the exam


def test_what_falls_due_after_the_exam_is_pulled_in() -> None:
    cards = [card(number, 60, seen=-20, stability=80) for number in range(12)]
    assert sum(schedule(cards, today=TODAY, wish=Wish()).days.values()) == 0
    plan = schedule(cards, today=TODAY, wish=Wish(exam_on=day(6)))
    assert list(plan.days.values())[:7] == [2, 2, 2, 2, 2, 2, 0]
    assert plan.left_out == ()


def test_the_final_pass_waits_for_the_last_days() -> None:
    cards = [card(number, 60, seen=-20, stability=80) for number in range(14)]
    plan = schedule(cards, today=TODAY, wish=Wish(exam_on=day(13)))
    assert list(plan.days.values()) == [0] * 6 + [2] * FINAL + [0]


def test_the_final_pass_is_as_long_as_the_ceiling_needs() -> None:
    cards = [card(number, 60, seen=-20, stability=80) for number in range(20)]
    plan = schedule(cards, today=TODAY, wish=Wish(exam_on=day(13), daily=2))
    assert list(plan.days.values()) == [0, 0, 0, *[2] * 10, 0]
    assert plan.left_out == ()


def test_who_was_met_in_the_final_pass_is_not_asked_again() -> None:
    assert schedule([card(1, 60, seen=-1, stability=80)], today=TODAY, wish=Wish(exam_on=day(3))).days[TODAY] == 0


def test_what_cannot_fit_is_left_out_by_its_worth() -> None:
    known = [card(number, 1, stability=900, topic="known", weight=30) for number in range(4)]
    light = [card(number, 1, topic="light", weight=10) for number in range(4, 8)]
    heavy = [card(number, 1, topic="heavy", weight=30) for number in range(8, 12)]
    plan = schedule([*known, *light, *heavy], today=TODAY, wish=Wish(exam_on=day(2), daily=3))
    assert plan.left_by_topic == [("known", 4), ("light", 2)]
    assert sum(plan.days.values()) == 6


def test_on_the_day_of_the_exam_and_the_day_before_today_is_all_there_is() -> None:
    for ahead in (0, 1):
        plan = schedule([card(1, 1), card(2, 90)], today=TODAY, wish=Wish(exam_on=day(ahead)))
        assert (len(plan.today), plan.left_out) == (2, ())


def test_an_exam_that_is_over_changes_nothing() -> None:
    assert schedule([card(1, 9)], today=TODAY, wish=Wish(exam_on=day(-1))).days[day(9)] == 1


@pytest.mark.parametrize("exam", [date.max, date.min, None])
def test_no_day_is_too_far(exam: date | None) -> None:
    far = Card(1, "efs", 20, date.max, date.min, 1.0)
    schedule([far, card(2, 0)], today=TODAY, wish=Wish(exam_on=exam, daily=200))


# --- properties


@given(cards_of_anyone, st.integers(1, 20), st.integers(0, 25), st.none() | st.integers(-2, 60))
def test_no_day_holds_more_than_the_ceiling(cards: list[Card], daily: int, done: int, exam: int | None) -> None:
    wish = Wish(None if exam is None else day(exam), daily)
    plan = schedule(cards, today=TODAY, wish=wish, done=done)
    assert plan.days[TODAY] <= max(0, daily - done)
    assert all(count <= daily for count in plan.days.values())
    assert len(set(plan.today)) == len(plan.today) == plan.days[TODAY]
    assert not set(plan.today) & set(plan.left_out)
    assert all(one.seen < TODAY for one in plan.today)


@given(cards_of_anyone, st.integers(1, 20), st.integers(1, HORIZON))
def test_every_card_is_met_before_the_exam_or_said_to_be_left_out(cards: list[Card], daily: int, exam: int) -> None:
    plan = schedule(cards, today=TODAY, wish=Wish(day(exam), daily))
    last = day(exam - 1)
    days = max(FINAL, -(-len(cards) // daily))
    met = [one for one in cards if one.ready > last and one.seen > last - timedelta(days=days)]
    laid = sum(count for when, count in plan.days.items() if when <= last)
    today_only = [one for one in cards if one.seen == TODAY and last == TODAY and one not in met]
    assert laid + len(plan.left_out) + len(met) + len(today_only) == len(cards)
    assert sum(count for when, count in plan.days.items() if when > last) == 0


@given(cards_of_anyone, st.integers(1, 5), st.integers(1, 5))
def test_nothing_left_out_is_worth_more_than_what_is_kept(cards: list[Card], daily: int, exam: int) -> None:
    plan = schedule(cards, today=TODAY, wish=Wish(day(exam), daily))
    last = day(exam - 1)

    def worth(one: Card) -> float:
        return one.weight * (1 - recall(one.stability, (last - one.seen).days))

    if plan.left_out and plan.today:
        assert max(worth(one) for one in plan.left_out) <= min(worth(one) for one in plan.today)
    assert Counter(dict(plan.left_by_topic)).total() == len(plan.left_out)


@given(cards_of_anyone)
def test_the_order_of_the_rows_does_not_matter(cards: list[Card]) -> None:
    turned = list(reversed(cards))
    wish = Wish(day(5), 7)
    assert schedule(cards, today=TODAY, wish=wish) == schedule(turned, today=TODAY, wish=wish)
