"""Saving an answer: once an act, nothing overwritten, nothing thrown away."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from learning.models import Learner
from quizzes.models import Answer, Attempt
from quizzes.services import StaleError, record_answer
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, place, right_tokens, save, saved, wrong_tokens


def test_a_stale_window_is_told_and_the_log_holds_both(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    save(item, NOW)
    with pytest.raises(StaleError) as refused:
        save(item, NOW, right=False)
    current = refused.value.item
    assert current
    assert (current.answer_revision, current.response) == (1, item.revision.secret["key"])
    assert list(Answer.objects.values_list("outcome", "revision", "base")) == [("saved", 1, 0), ("stale", None, 0)]
    save(item, NOW, right=False, base=1)  # "mine, not theirs"
    assert len(saved(item)) == 2


def test_two_windows_that_agree_are_not_in_each_others_way(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    assert [save(item, NOW).answer_revision for _ in range(2)] == [1, 2]


def test_an_act_sent_again_meets_its_first_fate(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    first, second, stale = act(NOW), act(NOW, 1), act(NOW, 0)
    sent = [(right_tokens(item), first), (wrong_tokens(item), second)]
    for tokens, one in sent:
        record_answer(learner=alice, place=place(item), tokens=tokens, act=one)
    for number, (tokens, one) in enumerate(sent, start=1):
        again = record_answer(learner=alice, place=place(item), tokens=tokens, act=one)
        assert again.answer_revision == number
    for _ in range(2):
        with pytest.raises(StaleError):
            record_answer(learner=alice, place=place(item), tokens=right_tokens(item), act=stale)
    assert Answer.objects.count() == 3


def test_an_act_acknowledged_in_time_stays_so_when_it_is_sent_again_late(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    once = act(NOW)
    record_answer(learner=alice, place=place(item), tokens=right_tokens(item), act=once)
    late = act(NOW + timedelta(hours=2), operation=once.operation)
    assert record_answer(learner=alice, place=place(item), tokens=right_tokens(item), act=late).answer_revision == 1
    assert Answer.objects.count() == 1


def test_what_the_browser_claims_is_kept_and_not_believed(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    claimed = NOW - timedelta(days=1)
    one = act(NOW)
    one = type(one)(one.operation, one.base, one.now, claimed)
    record_answer(learner=alice, place=place(item), tokens=right_tokens(item), act=one)
    assert Answer.objects.values_list("saved_at", "claimed_at").get() == (NOW, claimed)


def test_it_takes_two_queries_itself(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with CaptureQueriesContext(connection) as queries:
        save(item, NOW)
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(own) == 2, own  # the item with its answer and attempt, the new answer


def test_two_windows_on_different_questions_lose_nothing(alice: Learner, sitting: Attempt) -> None:
    """Any order of saves of two windows: every acknowledged answer is the last one of its question."""
    first, second = items_of(sitting)[:2]
    machine = type("Windows", (TwoWindows,), {"learner": alice, "items": {"a": first, "b": second}})
    run_state_machine_as_test(machine, settings=settings(max_examples=8, stateful_step_count=12, deadline=None))


class TwoWindows(RuleBasedStateMachine):
    """Window a answers one question, window b another; both may repeat an act whose reply was lost."""

    learner: Learner
    items: dict[str, object]

    def __init__(self) -> None:
        super().__init__()
        Answer.objects.all().delete()
        self.base = {"a": 0, "b": 0}
        self.wanted: dict[str, list[int]] = {}

    @rule(window=st.sampled_from("ab"), right=st.booleans(), lost=st.booleans())
    def choose(self, window: str, right: bool, lost: bool) -> None:
        item = self.items[window]
        tokens = right_tokens(item) if right else wrong_tokens(item)  # type: ignore[arg-type]
        one = act(NOW, self.base[window], uuid.uuid4())
        for _ in range(2 if lost else 1):
            done = record_answer(learner=self.learner, place=place(item), tokens=tokens, act=one)  # type: ignore[arg-type]
        assert done.answer_revision == self.base[window] + 1
        self.base[window] += 1
        self.wanted[window] = done.response or []

    @invariant()
    def nothing_is_lost(self) -> None:
        for window, wanted in self.wanted.items():
            assert saved(self.items[window])[-1] == wanted  # type: ignore[arg-type]
            assert len(saved(self.items[window])) == self.base[window]  # type: ignore[arg-type]
