"""The results of a quiz: how scores lie, how far they can be trusted, every item, what is missed. It names nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import Quiz
from quizzes.services import start_attempt
from quizzes.services.grading import regrade
from quizzes.services.quiz_results import quiz_results
from quizzes.statistics.quizzes import Reliability
from tests.quizzes.author.crowd import crowd, mend, own, sit, six
from tests.quizzes.author.test_item_card import ABLE
from tests.quizzes.conftest import NOW


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    return six(course, tmp_path)


def quiz() -> Quiz:
    return Quiz.objects.get(slug="exam")


def page(client: Client, language: str = "en") -> str:
    response = client.get(f"/{language}/author/results/quizzes/{quiz().pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(as_ines: Client, folder: Path) -> None:
    crowd(ABLE)
    text = page(as_ines)
    assert "40 learners; each learner’s first finished attempt." in text
    assert "KR-20, over 40 attempts with the same 6 questions" in text
    assert "Question 3?" in text
    assert "Statements most missed" in text
    assert '<svg class="figure" role="img"' in text
    assert "As a table" in text
    assert page(as_ines, "ko")


def test_the_overview_leads_there(as_ines: Client, folder: Path) -> None:
    crowd(ABLE)
    text = as_ines.get("/en/author/results/").content.decode()
    assert f"/en/author/results/quizzes/{quiz().pk}/" in text
    assert ">40<" in text


def test_others_do_not_see_it(client: Client, as_alice: Client, as_ivan: Client, ines: Learner, folder: Path) -> None:
    for address in ("/en/author/results/", f"/en/author/results/quizzes/{quiz().pk}/"):
        assert client.get(address).status_code == 302
        assert as_alice.get(address).status_code == 404
    Quiz.objects.filter(pk=quiz().pk).update(origin="site", owner=ines.user)
    assert as_ivan.get(f"/en/author/results/quizzes/{quiz().pk}/").status_code == 404
    assert str(quiz().title["en"]) not in as_ivan.get("/en/author/results/").content.decode()


def test_nobody_is_named(as_ines: Client, alice: Learner, folder: Path) -> None:
    sit(alice, right=3)
    assert "alice" not in page(as_ines).lower()


def test_nothing_yet(as_ines: Client, folder: Path) -> None:
    assert "Nobody has finished this quiz yet." in page(as_ines)


def test_few_attempts_say_what_is_missing(as_ines: Client, folder: Path) -> None:
    crowd(ABLE[:4])
    text = page(as_ines)
    assert "Not enough yet: it takes 10 attempts, there are 4." in text
    assert "6 questions with fewer than 10 learners" in text


def test_only_the_first_finished_attempt_counts(alice: Learner, folder: Path) -> None:
    sit(alice, right=0)
    sit(alice, right=6, now=NOW + timedelta(days=1))
    found = quiz_results(quiz())
    assert found.numbers.n == 1
    assert found.numbers.scores
    assert found.numbers.scores.mean == 0


def test_scores_are_as_graded_again(ines: Learner, alice: Learner, course: Course, folder: Path) -> None:
    attempt = sit(alice, right=6)
    mend(course, folder)
    assert ines.user
    regrade(attempt=attempt, actor=ines.user, reason="Key", now=NOW + timedelta(days=1))
    found = quiz_results(quiz()).numbers
    assert found.scores
    assert found.scores.mean == pytest.approx(100 * 5 / 6)


def test_pilots_are_told_but_in_no_score(folder: Path) -> None:
    crowd([[1, 0, 0, 0, 0, 0]] * 12, pilot=True)
    found = quiz_results(quiz())
    assert found.numbers.scores
    assert found.numbers.scores.mean == 100
    first = next(line for line in found.items if line.question.pk == own().pk)
    assert first.numbers.facility
    assert first.numbers.facility.share == 0
    assert found.missed == []  # a question on trial is evidence of nobody


def test_what_ran_out_of_time_is_told_though_nobody_came_back(
    as_ines: Client, alice: Learner, course: Course, folder: Path
) -> None:
    attempt = start_attempt(learner=alice, quiz=quiz(), now=timezone.now() - timedelta(days=1), seed="s")
    assert "Nobody has finished this quiz yet." not in page(as_ines)
    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.finished_at) == (False, attempt.deadline_at)


def test_who_goes_is_no_longer_in_it(alice: Learner, bob: Learner, folder: Path) -> None:
    sit(alice, right=6)
    sit(bob, right=0)
    User.objects.get(username="bob").delete()
    found = quiz_results(quiz()).numbers
    assert found.scores
    assert (found.n, found.scores.mean) == (1, 100)


def test_exams_drawn_for_each_learner_are_told_as_such(course: Course, folder: Path) -> None:
    crowd(ABLE)
    found = quiz_results(quiz()).numbers.reliability
    assert isinstance(found, Reliability)
    assert (found.method, found.n, found.k) == ("KR-20", 40, 6)


def test_queries_do_not_grow(as_ines: Client, folder: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    crowd(ABLE)
    page(as_ines)
    for _ in range(2):
        crowd(ABLE)
        with django_assert_num_queries(12):
            page(as_ines)
