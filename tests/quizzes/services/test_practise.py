"""Practice as the learner wishes: which topics, which questions, how many; and told beforehand."""

import pytest

from learning.models import Learner
from quizzes.models import Attempt, Quiz
from quizzes.services import UnfitError, Wish, check_item, finish_attempt, preview, start_attempt
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens, wrong_tokens


def begin(learner: Learner, quiz: Quiz, wish: Wish | None = None, seed: str = "p") -> Attempt:
    return start_attempt(learner=learner, quiz=quiz, now=NOW, seed=seed, wish=wish)


def topics_of(attempt: Attempt) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in items_of(attempt):
        slug = item.revision.question.topic.slug
        found[slug] = found.get(slug, 0) + 1
    return found


def check(attempt: Attempt, *, right: bool) -> None:
    for item in items_of(attempt):
        tokens = right_tokens(item) if right else wrong_tokens(item)
        check_item(learner=attempt.learner, place=place(item), tokens=tokens, act=act(NOW))


@pytest.mark.parametrize(
    "wish",
    [
        None,
        Wish(count=7),
        Wish(("efs",), count=3),
        Wish(("efs", "iam-roles"), "unseen", 9),
        Wish(count=65),
        Wish(("efs",), count=65),
    ],
)
def test_it_draws_exactly_what_the_preview_said(alice: Learner, practice: Quiz, wish: Wish | None) -> None:
    told = preview(learner=alice, quiz=practice, now=NOW, wish=wish)
    drawn = topics_of(begin(alice, practice, wish))
    assert {share.topic: share.drawn for share in told.topics if share.drawn} == drawn
    assert told.drawn == sum(drawn.values()) == min((wish and wish.count) or practice.count, told.available)


def test_the_preview_spreads_evenly_and_is_the_same_for_nobody_yet(practice: Quiz) -> None:
    told = preview(learner=None, quiz=practice, now=NOW)
    assert [share.drawn for share in told.topics] == [3, 3, 3, 3]
    assert [share.topic for share in told.topics] == ["launch-types", "iam-roles", "load-balancers", "efs"]


def test_missed_are_those_whose_last_mark_was_not_full(alice: Learner, practice: Quiz) -> None:
    wish = Wish(("efs",), "missed", 4)
    with pytest.raises(UnfitError):
        begin(alice, practice, wish)
    first = begin(alice, practice, Wish(("efs",), count=4))
    check(first, right=False)
    again = begin(alice, practice, wish, "again")
    asked = [set(one.items.values_list("revision__question", flat=True)) for one in (first, again)]
    assert asked[0] == asked[1]
    check(again, right=True)
    assert preview(learner=alice, quiz=practice, now=NOW, wish=wish).available == 0


def test_unseen_are_those_never_marked(alice: Learner, bob: Learner, practice: Quiz) -> None:
    wish = Wish(("efs",), "unseen", 65)
    before = preview(learner=alice, quiz=practice, now=NOW, wish=wish).available
    first = begin(alice, practice, Wish(("efs",), count=4))
    check(first, right=True)
    assert preview(learner=alice, quiz=practice, now=NOW, wish=wish).available == before - 4
    assert preview(learner=bob, quiz=practice, now=NOW, wish=wish).available == before
    rest = begin(alice, practice, wish, "rest")
    seen = set(first.items.values_list("revision__question", flat=True))
    assert not seen & set(rest.items.values_list("revision__question", flat=True))


@pytest.mark.parametrize("wish", [Wish(("nonsense",)), Wish(which="all"), Wish(count=0), Wish(count=-3)])  # type: ignore[arg-type]
def test_a_wish_that_cannot_be_is_refused(alice: Learner, practice: Quiz, wish: Wish) -> None:
    with pytest.raises(UnfitError):
        begin(alice, practice, wish)
    with pytest.raises(UnfitError):
        preview(learner=alice, quiz=practice, now=NOW, wish=wish)


def test_an_attempt_remembers_what_was_wished(alice: Learner, practice: Quiz) -> None:
    begun = begin(alice, practice, Wish(("efs",), "unseen", 3))
    assert begun.wish == {"topics": ["efs"], "which": "unseen", "count": 3}


def test_what_an_open_exam_asks_is_drawn_nowhere_else(alice: Learner, practice: Quiz, sitting: Attempt) -> None:
    sealed = set(sitting.items.values_list("revision__question", flat=True))
    begun = begin(alice, practice, Wish(count=65))
    assert not sealed & set(begun.items.values_list("revision__question", flat=True))
    answer_all(sitting, NOW, right=20)
    finish_attempt(attempt=sitting, now=NOW)
    begun.delete()
    begun = begin(alice, practice, Wish(count=65))
    assert sealed & set(begun.items.values_list("revision__question", flat=True))
