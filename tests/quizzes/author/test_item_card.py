"""The item card: numbers with ranges, grey until there are enough, flags in words, nobody named."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import Question
from tests.quizzes import course as files
from tests.quizzes.author.crowd import FLIPPED, SIX, crowd, own, reported, sit, six

ABLE = [[0 if n > 6 * place else 1 + n % 2 for place in range(6)] for n in range(40)]  # the better, the more right


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    return six(course, tmp_path)


def page(client: Client, number: int = 1, language: str = "en") -> str:
    response = client.get(f"/{language}/author/questions/{own(number).pk}/results/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(as_ines: Client, folder: Path) -> None:
    crowd(ABLE)
    text = page(as_ines, 3)
    assert "40 learners, the first time each had it marked." in text
    assert "68%" in text  # 27 of 40
    assert "range 52% to 80%" in text
    assert "±" in text
    assert "0:40" in text
    assert "Best third" in text


def test_it_speaks_korean_too(as_ines: Client, folder: Path) -> None:
    crowd(ABLE)
    assert page(as_ines, 3, "ko")


def test_others_do_not_see_it(client: Client, as_alice: Client, folder: Path) -> None:
    address = f"/en/author/questions/{own().pk}/results/"
    assert client.get(address).status_code == 302
    assert as_alice.get(address).status_code == 404


def test_what_is_another_instructors_alone_answers_like_what_is_missing(
    as_ivan: Client, ines: Learner, folder: Path
) -> None:
    Question.objects.filter(pk=own().pk).update(origin="site", owner=ines.user)
    assert as_ivan.get(f"/en/author/questions/{own().pk}/results/").status_code == 404
    assert as_ivan.get("/en/author/questions/99999999999999999999999/results/").status_code == 404
    Question.objects.filter(pk=own().pk).update(shared=True)
    assert page(as_ivan)


@pytest.mark.parametrize(("n", "told"), [(0, "Nobody has answered"), (9, "9 of 10"), (29, "29 of 30")])
def test_numbers_are_grey_until_there_are_enough(as_ines: Client, folder: Path, n: int, told: str) -> None:
    crowd(ABLE[:n])
    assert told in page(as_ines)


def test_flags_are_sentences(as_ines: Client, folder: Path) -> None:
    crowd([[1, *row[1:]] if n > 20 else row for n, row in enumerate([[0, *row[1:]] for row in ABLE])])
    text = page(as_ines)
    assert "The best learners choose B: check the key." in text
    assert "Nobody picks C: none of 40 learners did." in text
    assert "Those who do well in the rest do worse here" in text


def test_a_pilot_is_counted_though_it_is_in_no_grade(as_ines: Client, folder: Path) -> None:
    Question.objects.filter(slug="own-003").update(pilot=True)
    crowd(ABLE)
    assert "This pilot is ready to be published" in page(as_ines, 3)


def test_the_key_of_today_counts(as_ines: Client, course: Course, folder: Path) -> None:
    crowd([[0, 0, 0, 0, 0, 0]] * 12)
    assert "100%" in page(as_ines)
    files.write(folder, FLIPPED)
    files.sync(course, folder)
    assert "range 0% to 24%" in page(as_ines)


def test_answers_to_other_options_are_left_out_and_told(as_ines: Client, course: Course, folder: Path) -> None:
    crowd([[0, 0, 0, 0, 0, 0]] * 12)
    files.write(folder, SIX.replace("Odd 1", "Else"))
    files.sync(course, folder)
    assert "12 more answered a version with other options and are left out." in page(as_ines)


def test_who_goes_leaves_no_trace(as_ines: Client, alice: Learner, bob: Learner, folder: Path) -> None:
    reported(sit(alice, right=6), "alice says hello")
    sit(bob, right=0)
    assert "2 learners" in page(as_ines)
    User.objects.get(username="alice").delete()
    text = page(as_ines)
    assert "1 learner, " in text
    assert "alice" not in text


def test_reports_stand_on_the_card_without_a_name(as_ines: Client, alice: Learner, folder: Path) -> None:
    reported(sit(alice, right=6), "<b>The key</b> is wrong.")
    text = page(as_ines)
    assert "&lt;b&gt;The key&lt;/b&gt; is wrong." in text
    assert "Right 1" in text
    assert "a learner" in text
    assert "alice" not in text.lower()


def test_what_was_never_published_says_so(as_ines: Client, ines: Learner, course: Course) -> None:
    question = Question.objects.create(
        course=course, topic=course.topics.all()[0], slug="new", position=1, origin="site", owner=ines.user
    )
    assert b"has not been published yet" in as_ines.get(f"/en/author/questions/{question.pk}/results/").content


def test_queries_do_not_grow(as_ines: Client, folder: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page(as_ines)
    for _ in range(2):
        crowd(ABLE)
        with django_assert_num_queries(11):
            page(as_ines)
