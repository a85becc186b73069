"""What reading a lesson changed, where there are answers from before and after."""

from learning.mastery import gains
from learning.mastery.rules import DAY
from tests.learning.mastery.rows import NOW, answers, seen

OF = {"alb-http": "load-balancers", "efs-shared": "efs"}
READ = {"load-balancers": NOW - 10 * DAY}


def test_it_works() -> None:
    rows = [*answers(1, 4, days=20), *answers(5, 0, start=20, days=3)]
    gain = gains(rows, OF, READ)["load-balancers"]
    assert (gain.before.right, gain.before.n, gain.after.right, gain.after.n) == (1, 5, 5, 5)
    assert gain.enough
    assert not gain.apart  # 4-64 and 54-100 % overlap: it may be chance
    more = [*answers(1, 9, days=20), *answers(10, 0, start=20, days=3)]
    assert gains(more, OF, READ)["load-balancers"].apart


def test_one_side_alone_says_nothing() -> None:
    assert not gains(answers(9, 0), OF, READ)["load-balancers"].enough


def test_lessons_not_read_and_statements_of_none_are_left_out() -> None:
    rows = [*answers(3, 3, days=20), seen(40, statement="efs-shared"), seen(41, statement="gone")]
    assert list(gains(rows, OF, READ)) == ["load-balancers"]
    assert gains(rows, OF, {}) == {}


def test_questions_met_again_and_designs_do_not_count() -> None:
    rows = [*answers(0, 4, days=20), *answers(4, 0, start=20, first=False), *answers(4, 0, start=30, source="builder")]
    assert gains(rows, OF, READ)["load-balancers"].after.n == 0


def test_a_response_on_two_statements_counts_once() -> None:
    rows = [seen(1, act="a"), seen(2, act="a", statement="alb-path")]
    assert gains(rows, {**OF, "alb-path": "load-balancers"}, READ)["load-balancers"].after.n == 1
