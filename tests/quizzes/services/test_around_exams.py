"""What stands around an exam: sealed questions, first sights, reports, a guest who signs in, progress, offers."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from learning.activities import find_offer, offers_for_statements
from learning.models import Course, Evidence, Learner
from quizzes.activities import activity
from quizzes.models import Accommodation, Attempt, Grade, ProblemReport, Question, Quiz
from quizzes.services import (
    SealedError,
    UnfitError,
    Wish,
    adopt,
    allow_extra_time,
    answer_quick_check,
    check_item,
    finish_attempt,
    quick_order,
    report_problem,
    sealed_questions,
    sights_of,
    start_attempt,
)
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens

DAY = timedelta(days=1)
END = NOW + timedelta(minutes=40, seconds=15)


def finished(learner: Learner, quiz: Quiz, day: int, right: int) -> Attempt:
    """Return an exam that `learner` began and ended `day` days after NOW."""
    attempt = start_attempt(learner=learner, quiz=quiz, now=NOW + day * DAY, seed=str(day))
    answer_all(attempt, NOW + day * DAY, right=right)
    finish_attempt(attempt=attempt, now=NOW + day * DAY)
    return attempt


# --- sealed: a question of an open exam is marked nowhere else


def test_a_practice_begun_before_waits_for_the_exam(alice: Learner, practice: Quiz, exam: Quiz) -> None:
    begun = start_attempt(learner=alice, quiz=practice, now=NOW, seed="p", wish=Wish(count=65))
    sitting = start_attempt(learner=alice, quiz=exam, now=NOW, seed="e")
    sealed = sealed_questions(learner=alice, now=NOW)
    assert len(sealed) == 20
    item = next(one for one in items_of(begun) if one.revision.question_id in sealed)
    with pytest.raises(SealedError):
        check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    finish_attempt(attempt=sitting, now=NOW)
    assert check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW)).right


def test_a_quick_check_waits_for_the_exam(alice: Learner, bob: Learner, sitting: Attempt) -> None:
    question = Question.objects.select_related("current").get(pk=items_of(sitting)[0].revision.question_id)
    assert question.current
    order, tokens = quick_order(question.current.any_public)
    key = [tokens[position] for position in question.current.secret["key"]]

    def check(learner: Learner) -> bool | None:
        once = act(NOW)
        return answer_quick_check(
            learner=learner, question=question, order=order, tokens=tokens, chosen=key, act=once
        ).right

    with pytest.raises(SealedError):
        check(alice)
    assert Attempt.objects.of(alice).count() == 1
    assert check(bob)


@pytest.mark.parametrize(("now", "count"), [(NOW, 20), (END, 20), (END + timedelta(seconds=1), 0)])
def test_the_seal_ends_with_the_time(alice: Learner, bob: Learner, sitting: Attempt, now: object, count: int) -> None:
    assert len(sealed_questions(learner=alice, now=now)) == count  # type: ignore[arg-type]
    assert not sealed_questions(learner=bob, now=NOW)
    assert not sealed_questions(learner=None, now=NOW)


# --- first sights


def test_only_what_was_never_seen_before_is_compared(alice: Learner, exam: Quiz) -> None:
    first = finished(alice, exam, 0, right=10)
    second = finished(alice, exam, 1, right=20)
    known = set(first.items.values_list("revision__question", flat=True))
    new = [item for item in items_of(second) if item.revision.question_id not in known]
    sights = sights_of(learner=alice, attempt=second)
    assert [(one.attempt, one.part.right, one.part.items) for one in sights] == [
        (first, 10, 20),
        *([(second, len(new), len(new))] if new else []),
    ]
    assert [one.attempt for one in sights_of(learner=alice, attempt=first)] == [first]


def test_what_was_practised_has_been_seen(alice: Learner, practice: Quiz, exam: Quiz) -> None:
    begun = start_attempt(learner=alice, quiz=practice, now=NOW, seed="p", wish=Wish(count=65))
    for item in items_of(begun):
        check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    done = finished(alice, exam, 1, right=20)
    known = set(begun.items.values_list("revision__question", flat=True))
    assert known  # everything there is, or the first 65 of it
    fresh = [item for item in items_of(done) if item.revision.question_id not in known]
    assert sum(one.part.items for one in sights_of(learner=alice, attempt=done)) == len(fresh)


def test_queries_of_sights_do_not_grow(
    alice: Learner, exam: Quiz, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    finished(alice, exam, 0, right=10)
    last = finished(alice, exam, 1, right=10)
    with django_assert_num_queries(1):
        sights_of(learner=alice, attempt=last)


# --- reports


def test_a_problem_is_reported_in_place_and_once(alice: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    for _ in range(2):
        report_problem(learner=alice, place=place(item), text="  The key is wrong. ", now=NOW)
    assert ProblemReport.objects.values_list("learner", "item", "text").get() == (
        alice.pk,
        item.pk,
        "The key is wrong.",
    )


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001, "a\x00b"])
def test_a_report_says_something(alice: Learner, sitting: Attempt, text: str) -> None:
    with pytest.raises(UnfitError):
        report_problem(learner=alice, place=place(items_of(sitting)[0]), text=text, now=NOW)


def test_other_peoples_questions_cannot_be_reported(bob: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(type(item).DoesNotExist):
        report_problem(learner=bob, place=place(item), text="Hm", now=NOW)


# --- a guest signs in


@pytest.mark.parametrize("guest_first", [True, False])
def test_of_two_open_exams_the_first_begun_is_graded_for_the_one_who_stays(
    alice: Learner, exam: Quiz, guest_first: bool
) -> None:
    guest = Learner.objects.create()
    order = (guest, alice) if guest_first else (alice, guest)
    begun = [
        start_attempt(learner=who, quiz=exam, now=NOW + n * timedelta(minutes=1), seed=str(n))
        for n, who in enumerate(order)
    ]
    answer_all(begun[0], NOW + timedelta(minutes=1), right=20)
    adopt(guest=guest, learner=alice, now=NOW + timedelta(minutes=5))
    guest.delete()
    assert Grade.objects.get().attempt == begun[0]
    assert Attempt.objects.of(alice).open().get() == begun[1]
    assert set(Evidence.objects.values_list("learner", flat=True)) == {alice.pk}


def test_everything_of_the_guest_comes_along(alice: Learner, ines: Learner, exam: Quiz) -> None:
    guest = Learner.objects.create()
    done = finished(guest, exam, 0, right=20)
    report_problem(learner=guest, place=place(items_of(done)[0]), text="Hm", now=NOW)
    allow_extra_time(learner=guest, percent=50, actor=ines.user, now=NOW)
    adopt(guest=guest, learner=alice, now=NOW)
    guest.delete()
    for model in (ProblemReport, Accommodation):
        assert model.objects.get().learner == alice
    assert Grade.objects.of(alice).get().scaled == 1000
    assert not Grade.objects.of(None).exists()


# --- what quizzes say to the rest of the site


def test_progress_tells_the_best_exam(alice: Learner, exam: Quiz) -> None:
    assert len(activity.progress(alice, exam.course)) == 1
    for day, right in enumerate((10, 14, 4)):
        finished(alice, exam, day, right)
    line = activity.progress(alice, exam.course)[1]
    assert (line.done, line.of) == (730, 1000)


def test_the_exam_is_offered_with_its_questions_counted(course: Course) -> None:
    offers = {offer.url: offer.count for offer in activity.for_course(course)}
    assert offers["/ko/quizzes/exam/"] == 20


def test_a_failed_rule_finds_its_questions(course: Course, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    activity.for_course(course)
    with django_assert_num_queries(0):
        found = activity.for_statements(course, ["efs-multi-az"])
    assert found
    for offer in found:
        slug = offer.url.rstrip("/").rsplit("/", 1)[-1]
        question = Question.objects.select_related("current").get(slug=slug)
        assert question.current
        assert "efs-multi-az" in question.current.secret["proves"]
    assert offers_for_statements(course, ["efs-multi-az"]) == found
    assert activity.for_statements(course, ["nonsense"]) == []


def test_a_source_leads_back_to_where_it_was_done(course: Course) -> None:
    item, scenario = find_offer(course, "item:lt-001"), find_offer(course, "scenario:company-page")
    assert item
    assert scenario
    assert item.url == "/ko/quizzes/check/ecs/lt-001/"
    assert scenario.url == "/ko/builder/company-page/"
    assert [find_offer(course, one) for one in ("item:none", "scenario:none", "other:x", "")] == [None] * 4
