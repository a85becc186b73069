"""Sitting an exam: drawn by the course's weights, frozen, answered, submitted, graded once."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from learning.models import Evidence, Learner
from quizzes.models import Answer, Attempt, Grade, Question, Quiz
from quizzes.services import (
    LateError,
    SealedError,
    StaleError,
    UnfitError,
    Wish,
    check_item,
    finish_attempt,
    grade_of,
    grading_of,
    record_answer,
    start_attempt,
    stock_of,
)
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens, save, saved, wrong_tokens

SOON = NOW + timedelta(minutes=10)


def test_it_works(alice: Learner, sitting: Attempt) -> None:
    answer_all(sitting, SOON, right=14)
    assert finish_attempt(attempt=sitting, now=SOON)
    grade = Grade.objects.get(attempt=sitting)
    assert (grade.number, grade.scaled, grade.low, grade.high, grade.passed) == (1, 730, 533, 869, True)
    assert (grade.pass_mark, grade.actor, grade.made_at) == (720, None, SOON)
    sitting.refresh_from_db()
    assert (sitting.is_open, sitting.finished_at) == (False, SOON)
    assert sum(bool(item.right) for item in items_of(sitting)) == 14
    assert grade_of(sitting) == grade


def test_it_is_drawn_by_weight_with_cases_together(sitting: Attempt) -> None:
    items = items_of(sitting)
    topics = Counter(item.revision.question.topic.slug for item in items)
    assert topics == {"launch-types": 6, "iam-roles": 6, "load-balancers": 4, "efs": 4}
    for case in {item.revision.question.case for item in items} - {""}:
        places = [item.number for item in items if item.revision.question.case == case]
        asked = [item.revision.question.position for item in items if item.revision.question.case == case]
        assert places == list(range(places[0], places[0] + len(places)))
        assert asked == sorted(asked)
        assert len(places) == Question.objects.filter(case=case).count()


def test_everything_is_frozen_at_the_start(alice: Learner, exam: Quiz, sitting: Attempt) -> None:
    exam.minutes, exam.count = 90, 5
    exam.save()
    exam.course.pass_mark = 900
    exam.course.save()
    again = start_attempt(learner=alice, quiz=exam, now=SOON, seed="other")
    assert again == sitting
    assert (again.deadline_at, again.grace, again.pass_mark) == (NOW + timedelta(minutes=40), 15, 720)
    assert again.items.count() == 20


def test_the_same_seed_draws_the_same_and_another_one_another(alice: Learner, bob: Learner, exam: Quiz) -> None:
    drawn = [
        [(row.revision_id, row.order) for row in items_of(start_attempt(learner=who, quiz=exam, now=NOW, seed=seed))]
        for who, seed in ((alice, "one"), (bob, "one"), (Learner.objects.create(), "two"))
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_pilot_question_is_never_asked(alice: Learner, exam: Quiz) -> None:
    chosen = Question.objects.filter(topic__slug="efs")[0]
    Question.objects.filter(pk=chosen.pk).update(pilot=True)
    for seed in range(8):
        attempt = start_attempt(learner=alice, quiz=exam, now=NOW, seed=str(seed))
        assert chosen.pk not in attempt.items.values_list("revision__question", flat=True)
        attempt.delete()


def test_a_longer_form_waits_until_there_are_questions_enough(alice: Learner, exam: Quiz) -> None:
    exam.count = 300
    exam.save()
    assert exam not in stock_of(exam.course).quizzes
    with pytest.raises(UnfitError):
        start_attempt(learner=alice, quiz=exam, now=NOW, seed="x")
    assert not Attempt.objects.exists()


def test_a_wish_changes_no_exam(alice: Learner, exam: Quiz) -> None:
    attempt = start_attempt(learner=alice, quiz=exam, now=NOW, seed="x", wish=Wish(("efs",), "unseen", 1))
    assert attempt.items.count() == 20


def test_what_is_not_answered_counts_nothing_and_shows_nothing(alice: Learner, sitting: Attempt) -> None:
    save(items_of(sitting)[0], SOON)
    finish_attempt(attempt=sitting, now=SOON)
    grade = Grade.objects.get()
    assert (grade.scaled, len(grade.marks)) == (145, 20)
    proves = items_of(sitting)[0].revision.secret["proves"]
    assert set(Evidence.objects.values_list("statement__slug", flat=True)) == set(proves)


@pytest.mark.parametrize("right", [0, 20])
def test_every_answer_is_evidence(sitting: Attempt, right: int) -> None:
    items = answer_all(sitting, SOON, right=right)
    finish_attempt(attempt=sitting, now=SOON)
    assert set(Evidence.objects.values_list("correct", flat=True)) == {bool(right)}
    assert Evidence.objects.count() == sum(len(item.revision.secret["proves"]) for item in items)


def test_it_is_graded_once(sitting: Attempt) -> None:
    answer_all(sitting, SOON, right=20)
    assert [finish_attempt(attempt=sitting, now=SOON) for _ in range(3)] == [True, False, False]
    assert Grade.objects.count() == 1


def test_topics_are_told_with_their_ranges_or_not_enough(sitting: Attempt) -> None:
    answer_all(sitting, SOON, right=20)
    finish_attempt(attempt=sitting, now=SOON)
    found = grading_of(Grade.objects.get())
    assert {part.topic: (part.right, part.items, part.enough) for part in found.topics} == {
        "launch-types": (6, 6, True),
        "iam-roles": (6, 6, True),
        "load-balancers": (4, 4, False),
        "efs": (4, 4, False),
    }


def test_nothing_is_marked_while_it_is_open(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(SealedError):
        check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(SOON))
    item.refresh_from_db()
    assert (item.points, Answer.objects.count()) == (None, 0)


def test_an_answer_can_be_changed_and_cleared(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    save(item, SOON, right=False)
    save(item, SOON, base=1)
    done = record_answer(learner=alice, place=place(item), tokens=[], act=act(SOON, 2))
    assert (done.answer_revision, len(saved(item))) == (3, 3)
    finish_attempt(attempt=sitting, now=SOON)
    item.refresh_from_db()
    assert (item.points, Evidence.objects.count()) == (Decimal(0), 0)


def test_an_answer_after_submitting_is_kept_and_never_graded(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    save(item, SOON, right=False)
    finish_attempt(attempt=sitting, now=SOON)
    before = Grade.objects.values().get()
    with pytest.raises(LateError) as refused:
        save(item, SOON, base=1)
    assert refused.value.item
    assert refused.value.item.answer_revision == 1
    assert Answer.objects.get(outcome="late").response == item.revision.secret["key"]
    item.refresh_from_db()
    assert (item.right, Grade.objects.values().get()) == (False, before)


def test_it_hides_other_peoples_exams(bob: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(type(item).DoesNotExist):
        record_answer(learner=bob, place=place(item), tokens=wrong_tokens(item), act=act(SOON))
    assert not Answer.objects.exists()


def test_somebody_elses_act_stores_nothing(alice: Learner, bob: Learner, exam: Quiz, sitting: Attempt) -> None:
    mine, theirs = (items_of(one)[0] for one in (sitting, start_attempt(learner=bob, quiz=exam, now=NOW, seed="b")))
    once = act(SOON)
    record_answer(learner=alice, place=place(mine), tokens=right_tokens(mine), act=once)
    with pytest.raises(StaleError):
        record_answer(learner=bob, place=place(theirs), tokens=right_tokens(theirs), act=once)
    assert (len(saved(mine)), len(saved(theirs))) == (1, 0)
