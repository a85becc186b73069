"""What answers at first sight foretell of an exam, against counting every outcome."""

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.mastery import Form, Readiness, Seen, readiness
from learning.mastery.beta import quantile
from learning.mastery.readiness import questions, scaled
from learning.mastery.rules import HALF_LIFE
from quizzes.marking import blueprint
from quizzes.marking import grade as marking
from tests.learning.mastery.rows import NOW, answers, seen

WEIGHTS = {"launch-types": 30, "iam-roles": 30, "load-balancers": 20, "efs": 20}
FORM = Form(20, WEIGHTS, 720)


LEAN = 13 / 18 - 0.5  # what 12 of 16 add to one right answer assumed


def rows_of(right: dict[str, int], wrong: dict[str, int]) -> list[Seen]:
    """Return answers by topic."""
    return [
        row
        for place, topic in enumerate(WEIGHTS)
        for row in answers(right.get(topic, 0), wrong.get(topic, 0), topic=topic, start=1 + 100 * place)
    ]


def counted(n: int, a: float, b: float) -> list[float]:
    """Return the beta-binomial by multiplying up, the way of a textbook: nothing shared with ours."""
    chances = []
    for k in range(n + 1):
        value = float(comb(n, k))
        for i in range(k):
            value *= (a + i) / (a + b + i)
        for i in range(n - k):
            value *= (b + i) / (a + b + k + i)
        chances.append(value)
    return chances


def by_hand(right: dict[str, int], wrong: dict[str, int]) -> tuple[float, int, int, int]:
    """Return the probability of a pass, the range and median of the score, by going through all outcomes."""
    asked = {"launch-types": 6, "iam-roles": 6, "load-balancers": 4, "efs": 4}
    share = (1 + sum(right.values())) / (2 + sum(right.values()) + sum(wrong.values()))
    before = 0.5 + share  # of two assumed answers as many right as half way from one half to the share over all
    tables = [counted(n, before + right.get(topic, 0), 2 - before + wrong.get(topic, 0)) for topic, n in asked.items()]
    total = [0.0] * 21
    for outcome in product(*(range(n + 1) for n in asked.values())):
        chance = 1.0
        for table, number in zip(tables, outcome, strict=True):
            chance *= table[number]
        total[sum(outcome)] += chance
    inside = [k for k in range(21) if 0.025 <= sum(total[:k]) + total[k] / 2 <= 0.975]
    median = next(k for k in range(21) if sum(total[: k + 1]) >= 0.5)
    return sum(total[14:]), 100 + 45 * inside[0], 100 + 45 * inside[-1], 100 + 45 * median


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (dict.fromkeys(WEIGHTS, 4), dict.fromkeys(WEIGHTS, 1)),
        ({"launch-types": 9, "efs": 2}, {"iam-roles": 3, "efs": 5}),
        ({"launch-types": 20, "iam-roles": 18, "load-balancers": 12, "efs": 15}, {"efs": 1}),
        ({}, {}),
    ],
)
def test_it_works(right: dict[str, int], wrong: dict[str, int]) -> None:
    found = readiness(rows_of(right, wrong), FORM, NOW)
    probability, low, high, median = by_hand(right, wrong)
    assert found.probability == pytest.approx(probability, abs=1e-10)
    assert (found.score_low, found.score_mid, found.score_high) == (low, median, high)
    assert found.n == sum(right.values()) + sum(wrong.values())
    assert 0 <= found.low <= found.probability <= found.high <= 1


def test_one_topic_has_the_range_of_its_share() -> None:
    """Then the range of the probability is that of a binomial at both ends of a Beta."""
    form = Form(10, {"load-balancers": 100}, 720)
    found = readiness(answers(12, 4), form, NOW)
    ends = quantile(0.025, 13 + LEAN, 5 - LEAN), quantile(0.975, 13 + LEAN, 5 - LEAN)
    for share, said in zip(ends, (found.low, found.high), strict=True):
        tail = sum(comb(10, k) * share**k * (1 - share) ** (10 - k) for k in range(7, 11))
        assert said == pytest.approx(tail, abs=1e-9)


def test_too_little_is_not_enough_and_says_why() -> None:
    assert readiness(answers(4, 3), FORM, NOW).reason == "few"
    assert readiness(answers(4, 4), FORM, NOW).enough
    assert not readiness(answers(4, 4, days=HALF_LIFE), FORM, NOW).enough
    for form in (Form(0, WEIGHTS, 720), Form(20, {}, 720), Form(20, {"efs": 0}, 720)):
        found = readiness(answers(9, 9), form, NOW)
        assert (found.enough, found.reason) == (False, "no-form")


def test_only_first_sight_foretells() -> None:
    plain = readiness(answers(8, 2), FORM, NOW)
    more = [*answers(8, 2), *answers(5, 5, start=50, first=False), *answers(5, 5, start=70, source="builder")]
    assert readiness(more, FORM, NOW) == plain


def test_a_question_is_met_for_the_first_time_once() -> None:
    """A guest and the learner they turn out to be may both have met it."""
    twice = [*answers(8, 2), *(row._replace(number=row.number + 50, act="b/1") for row in answers(8, 2))]
    assert readiness(twice, FORM, NOW) == readiness(answers(8, 2), FORM, NOW)


def test_a_lucky_guess_counts_in_full() -> None:
    assert readiness(answers(8, 2, confidence="guess"), FORM, NOW) == readiness(answers(8, 2), FORM, NOW)


def test_other_topics_and_several_statements_change_nothing() -> None:
    rows = answers(8, 2)
    more = [*rows, *answers(9, 0, start=200, topic="elsewhere"), *(row._replace(statement="more") for row in rows)]
    assert readiness(more, FORM, NOW) == readiness(rows, FORM, NOW)


def test_a_topic_unseen_widens() -> None:
    seen_all = rows_of(dict.fromkeys(WEIGHTS, 6), dict.fromkeys(WEIGHTS, 2))
    one_unseen = [row for row in seen_all if row.topic != "iam-roles"]
    assert _width(readiness(one_unseen, FORM, NOW)) > _width(readiness(seen_all, FORM, NOW))


def _width(found: Readiness) -> int:
    return found.score_high - found.score_low


def test_a_pass_mark_nobody_can_reach() -> None:
    assert readiness(answers(30, 0), Form(20, WEIGHTS, 1001), NOW).probability == 0
    assert readiness(answers(0, 30), Form(20, WEIGHTS, 100), NOW).probability == pytest.approx(1)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 70))
def test_more_right_answers_never_make_it_less_likely(right: int, wrong: int, items: int) -> None:
    form = Form(items, WEIGHTS, 720)
    before, after = (readiness(answers(n, wrong), form, NOW) for n in (right, right + 1))
    assert after.probability >= before.probability - 1e-12
    assert before.score_low <= before.score_mid <= before.score_high
    for one in (before, after):
        assert 0 <= one.low <= one.probability <= one.high <= 1


@given(st.integers(1, 80), st.lists(st.integers(0, 60), min_size=1, max_size=6).filter(any))
def test_questions_go_by_weight_as_a_draw_has_them(items: int, weights: list[int]) -> None:
    named = {f"t{i}": weight for i, weight in enumerate(weights)}
    plenty = {topic: [(i,) for i in range(items)] for topic in named}
    drawn = {share.topic: share.drawn for share in blueprint.plan(plenty, named, items) if share.drawn}
    assert questions(Form(items, named, 720)) == drawn


@given(st.integers(1, 100), st.integers(0, 100))
def test_the_scale_is_that_of_grades(items: int, right: int) -> None:
    right = min(right, items)
    assert scaled(right, items) == marking.scaled(right / items)


def test_it_stays_quick_and_whole_for_a_long_exam() -> None:
    found = readiness(answers(40, 10), Form(400, WEIGHTS, 720), NOW)
    assert 0 < found.probability < 1


def test_a_row_taken_for_what_it_is() -> None:
    assert readiness([seen(1, topic="")], FORM, NOW).n == 0
