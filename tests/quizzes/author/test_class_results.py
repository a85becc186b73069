"""The results of a class, for its owner alone: learner by learner, who needs help, what did not count."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Assignment, Classroom, Course, Learner
from learning.services.classes import join_class
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import LateError, StaleError, start_attempt
from quizzes.services.class_results import class_results
from tests.conftest import person
from tests.quizzes.author.crowd import a_class, given, member, sit, six
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import save

LATER = NOW + timedelta(days=1)


@pytest.fixture
def classroom(course: Course, tmp_path: Path, ines: Learner, alice: Learner, bob: Learner) -> Classroom:
    """A class of ines with alice and bob."""
    six(course, tmp_path)
    return a_class(ines, course, alice, bob)


@pytest.fixture
def exam_given(classroom: Classroom) -> Assignment:
    """The exam, given to the class."""
    return given(classroom)


def exam() -> Quiz:
    return Quiz.objects.get(slug="exam")


def page(client: Client, classroom: Classroom, more: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/author/results/classes/{classroom.pk}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner, bob: Learner) -> None:
    sit(alice, right=6, given=exam_given)
    sit(bob, right=0, given=exam_given)
    text = page(as_ines, classroom)
    assert "ALICE" in text
    assert "1000" in text
    assert "✓ passed" in text
    assert "surely below the pass mark" in text
    assert "0 of 6 answers right" in text
    assert "missed 6 times" in text  # all six rest on one statement
    assert "6 of 12 answers" in text
    assert page(as_ines, classroom, language="ko")


def test_only_its_owner_sees_it(
    client: Client, as_alice: Client, as_ivan: Client, classroom: Classroom, exam_given: Assignment, alice: Learner
) -> None:
    attempt = sit(alice, right=6, given=exam_given)
    base = f"/en/author/results/classes/{classroom.pk}/"
    for more in ("", f"{member(classroom, alice).pk}/", f"attempts/{attempt.pk}/"):
        assert client.get(base + more).status_code == 302
        assert as_alice.get(base + more).status_code == 404
        assert as_ivan.get(base + more).status_code == 404
    assert classroom.name not in as_ivan.get("/en/author/results/").content.decode()


def test_what_learners_do_for_themselves_is_not_there(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner
) -> None:
    attempt = sit(alice, right=6)
    text = page(as_ines, classroom)
    assert "not begun" in text
    assert "1000" not in text
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/attempts/{attempt.pk}/").status_code == 404


def test_another_classes_work_is_not_there(
    as_ines: Client, as_ivan: Client, ivan: Learner, classroom: Classroom, course: Course, alice: Learner
) -> None:
    theirs = a_class(ivan, course, alice)
    attempt = sit(alice, right=6, given=given(theirs))
    assert "1000" not in page(as_ines, classroom)
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/attempts/{attempt.pk}/").status_code == 404
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/{member(theirs, alice).pk}/").status_code == 404
    assert "1000" in page(as_ivan, theirs)


def test_who_leaves_takes_name_and_work_along(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner
) -> None:
    attempt = sit(alice, right=0, given=exam_given)
    classroom.memberships.filter(learner=alice).update(left_at=LATER)
    text = page(as_ines, classroom)
    assert "ALICE" not in text
    assert "Nothing yet" in text
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/attempts/{attempt.pk}/").status_code == 404


def test_one_learner_and_one_attempt(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner
) -> None:
    attempt = sit(alice, right=2, given=exam_given)
    text = page(as_ines, classroom, f"{member(classroom, alice).pk}/")
    assert f"/attempts/{attempt.pk}/" in text
    assert "Needs help with" in text
    text = page(as_ines, classroom, f"attempts/{attempt.pk}/")
    assert text.count("✓ 1.00 / 1.00") == 2
    assert text.count("✕ 0.00 / 1.00") == 4


def test_late_and_stale_answers_are_told_and_never_graded(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner, course: Course
) -> None:
    attempt = start_attempt(learner=alice, quiz=exam(), now=NOW, seed="s", assignment=exam_given)
    first, second = items_of(attempt)[:2]
    save(first, NOW, right=False)
    with pytest.raises(StaleError):
        save(first, NOW, right=True, base=0)  # another window that knows of no answer
    with pytest.raises(LateError):
        save(second, LATER)
    assert sorted(Answer.objects.filter(revision=None).values_list("outcome", flat=True)) == ["late", "stale"]
    text = page(as_ines, classroom)
    assert "1 late answer" in text
    assert "1 stale answer" in text
    text = page(as_ines, classroom, f"attempts/{attempt.pk}/")
    assert "late: not graded" in text
    assert "stale: not counted" in text
    assert text.count("✓ 1.00 / 1.00") == 0


def test_an_exam_whose_time_is_up_is_ended_first(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner
) -> None:
    attempt = start_attempt(learner=alice, quiz=exam(), now=NOW, seed="s", assignment=exam_given)
    class_results(classroom, NOW)
    assert Attempt.objects.get(pk=attempt.pk).is_open
    class_results(classroom, LATER)
    assert not Attempt.objects.get(pk=attempt.pk).is_open


def test_an_empty_class_says_so(as_ines: Client, ines: Learner, course: Course) -> None:
    assert "Nobody has joined yet." in page(as_ines, a_class(ines, course))


def test_queries_do_not_grow(
    as_ines: Client,
    classroom: Classroom,
    exam_given: Assignment,
    alice: Learner,
    bob: Learner,
    course: Course,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sit(alice, right=1, given=exam_given)
    page(as_ines, classroom)
    for name in ("carol", "dan"):
        learner = person(name)
        join_class(classroom=classroom, learner=learner, name=name, now=NOW)
        sit(learner, right=1, given=exam_given)
        with django_assert_num_queries(17):
            page(as_ines, classroom)
