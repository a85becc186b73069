"""What learners answered, read for the statistics: first marked responses, today's key, nobody who has gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import Wish, check_item, finish_attempt, start_attempt
from quizzes.services.results import card_numbers, pieces, responses_to
from tests.quizzes import course as files
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens, wrong_tokens

LATER = NOW + timedelta(days=1)
FLIPPED = files.OWN.replace("- [x] Right", "- [ ] Right").replace("- [ ] Wrong", "- [x] Wrong")


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    """The course's files with questions of their own, synced."""
    folder = files.copy(tmp_path)
    files.sync(course, folder)
    return folder


def sit(learner: Learner, right: int, seed: str = "e") -> Attempt:
    """Return an exam of the test's own five questions, `right` of them rightly answered."""
    exam = Quiz.objects.get(slug="exam")
    exam.topics, exam.count = ["efs"], 5
    exam.save()
    attempt = start_attempt(learner=learner, quiz=exam, now=NOW, seed=seed)
    answer_all(attempt, NOW, right=right)
    finish_attempt(attempt=attempt, now=NOW)
    return attempt


def practise(learner: Learner, *, right: bool) -> Attempt:
    """Return a practice of the test's own questions in which `own-001` is marked."""
    practice = Quiz.objects.get(slug="practice")
    attempt = start_attempt(learner=learner, quiz=practice, now=LATER, seed="p", wish=Wish(("efs",), count=5))
    item = next(one for one in items_of(attempt) if one.revision.question.slug == "own-001")
    tokens = right_tokens(item) if right else wrong_tokens(item)
    check_item(learner=learner, place=place(item), tokens=tokens, act=act(LATER))
    return attempt


def own(number: int = 1) -> Question:
    return Question.objects.select_related("current").get(slug=f"own-{number:03}")


def test_it_works(folder: Path, alice: Learner, bob: Learner) -> None:
    sit(alice, right=5)
    sit(bob, right=0)
    assert card_numbers([own().pk, own(2).pk]) == {own().pk: (2, 0.5), own(2).pk: (2, pytest.approx(0.5))}


def test_nobody_yet(folder: Path) -> None:
    assert card_numbers([own().pk]) == {own().pk: (0, None)}
    assert responses_to([own().pk])[own().pk].seen == []


def test_only_the_first_time_counts(folder: Path, alice: Learner) -> None:
    practise(alice, right=False)
    sit(alice, right=5)
    assert card_numbers([own().pk])[own().pk] == (1, 1.0)  # the exam was marked a day before


def test_what_is_not_marked_does_not_count(folder: Path, alice: Learner) -> None:
    practise(alice, right=True)
    assert card_numbers([own(2).pk])[own(2).pk] == (0, None)


def test_an_unanswered_question_of_an_exam_counts_as_nothing_right(folder: Path, alice: Learner) -> None:
    exam = Quiz.objects.get(slug="exam")
    exam.topics, exam.count = ["efs"], 5
    exam.save()
    finish_attempt(attempt=start_attempt(learner=alice, quiz=exam, now=NOW, seed="e"), now=NOW)
    (seen,) = responses_to([own().pk])[own().pk].seen
    assert (seen.share, seen.blank, seen.hits) == (0.0, True, frozenset())


def test_an_earlier_version_is_marked_by_todays_key(course: Course, folder: Path, alice: Learner) -> None:
    sit(alice, right=5)
    assert card_numbers([own().pk])[own().pk] == (1, 1.0)
    files.write(folder, FLIPPED)
    files.sync(course, folder)
    assert card_numbers([own().pk])[own().pk] == (1, 0.0)
    found = responses_to([own().pk])[own().pk]
    assert [one.share for one in found.seen] == [0.0]
    assert found.left_out == 0


def test_a_version_with_other_pieces_is_left_out_and_counted(course: Course, folder: Path, alice: Learner) -> None:
    sit(alice, right=5)
    files.write(folder, files.OWN.replace("Neither", "None of them"))
    files.sync(course, folder)
    assert card_numbers([own().pk])[own().pk] == (0, None)
    assert responses_to([own().pk])[own().pk].left_out == 1


def test_the_rest_score_is_that_of_the_other_items(folder: Path, alice: Learner, bob: Learner) -> None:
    sit(alice, right=3)
    (seen,) = responses_to([own().pk])[own().pk].seen
    assert seen.rest is None  # four others: too few


@pytest.mark.parametrize(("number", "count"), [(1, 3), (2, 3), (3, 2)])
def test_every_kind_has_its_pieces(folder: Path, alice: Learner, number: int, count: int) -> None:
    sit(alice, right=5)
    revision = own(number).current
    assert revision
    right = {place for place, key in pieces(revision).items() if key}
    (seen,) = responses_to([own(number).pk])[own(number).pk].seen
    assert len(pieces(revision)) == count
    assert seen.hits == right


def test_who_goes_takes_theirs_along(folder: Path, alice: Learner, bob: Learner) -> None:
    sit(alice, right=5)
    sit(bob, right=0)
    User.objects.get(username="bob").delete()
    assert card_numbers([own().pk])[own().pk] == (1, 1.0)


def test_queries_do_not_grow(
    course: Course,
    folder: Path,
    alice: Learner,
    bob: Learner,
    ines: Learner,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ids = [own(number).pk for number in range(1, 6)]
    for learner in (alice, bob, ines):
        sit(learner, right=2, seed=str(learner))
        with django_assert_num_queries(1):
            card_numbers(ids)
        with django_assert_num_queries(3):
            responses_to(ids)
    files.write(folder, FLIPPED)
    files.sync(course, folder)
    with django_assert_num_queries(3):
        card_numbers(ids)
    with django_assert_num_queries(3):
        responses_to(ids)
