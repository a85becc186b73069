"""A lesson: read, marked, read to its end."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner, LessonText, Reading

LESSON = "/courses/ecs/lessons/launch-types/"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_works(client: Client, course: Course, language: str) -> None:
    page = client.get(f"/{language}{LESSON}").content.decode()
    text = LessonText.objects.get(lesson__slug="launch-types", language=language)
    assert f"<h1>{text.title}</h1>" in page
    assert 'id="fargate-no-servers" class="statement"' in page
    assert page.count("<svg") >= 4  # two diagrams, each wide and narrow


def test_a_statement_asked_for_is_marked(client: Client, course: Course) -> None:
    page = client.get(f"/ko{LESSON}?s=fargate-no-servers").content.decode()
    assert 'id="fargate-no-servers" class="statement marked"' in page
    assert page.count("statement marked") == 1


@pytest.mark.parametrize("statement", ["", "nothing", "<script>", '"', "a" * 5000, "\x00", "fargate-no-servers\n"])
def test_a_strange_statement_marks_nothing(client: Client, course: Course, statement: str) -> None:
    response = client.get(f"/ko{LESSON}", {"s": statement})
    assert response.status_code == 200
    assert "statement marked" not in response.content.decode()


def test_it_leads_to_the_lessons_around_it(client: Client, course: Course) -> None:
    page = client.get("/en/courses/ecs/lessons/iam-roles/").content.decode()
    assert '/en/courses/ecs/lessons/launch-types/" rel="prev"' in page
    assert "Read. Next: " in page
    assert "Back to the course" in client.get("/en/courses/ecs/lessons/efs/").content.decode()


def test_reading_is_kept_and_only_moves_on(as_alice: Client, alice: Learner, course: Course) -> None:
    for percent in (40, 10):
        assert as_alice.post(f"/ko{LESSON}read/", {"percent": percent}).status_code == 204
    assert Reading.objects.get(learner=alice).percent == 40


def test_a_button_says_read_without_javascript(client: Client, course: Course) -> None:
    response = client.post(f"/ko{LESSON}read/", {"percent": 100, "go": "1"})
    assert response["Location"] == "/ko/courses/ecs/lessons/iam-roles/"
    assert Reading.objects.get().finished_at is not None
    assert "읽음" in client.get(f"/ko{LESSON}").content.decode()


def test_looking_makes_no_learner(client: Client, course: Course) -> None:
    client.get(f"/ko{LESSON}")
    assert not Learner.objects.exists()


@pytest.mark.parametrize("percent", ["", "-1", "101", "x", "1e3", "9" * 5000, "٣x"])
def test_a_strange_percent_is_refused_in_words(client: Client, course: Course, percent: str) -> None:
    response = client.post(f"/ko{LESSON}read/", {"percent": percent})
    assert response.status_code == 400
    assert "percent" in response.content.decode()
    assert not Reading.objects.exists()


def test_it_hides_other_peoples_reading(as_alice: Client, as_bob: Client, course: Course) -> None:
    as_alice.post(f"/ko{LESSON}read/", {"percent": 100})
    assert "✓ 읽음" in as_alice.get(f"/ko{LESSON}").content.decode()
    assert "✓ 읽음" not in as_bob.get(f"/ko{LESSON}").content.decode()


def test_reading_needs_the_csrf_token(course: Course) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/ko{LESSON}read/", {"percent": 10}).status_code == 403
    assert not Reading.objects.exists()


def test_a_missing_or_retired_lesson_is_missing(client: Client, course: Course) -> None:
    assert client.get("/ko/courses/ecs/lessons/none/").status_code == 404
    assert client.get("/ko/courses/none/lessons/efs/").status_code == 404


def test_it_asks_the_database_little(
    as_alice: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(f"/ko{LESSON}")
    with django_assert_max_num_queries(4):  # session, user with learner, the text, readings
        as_alice.get(f"/ko{LESSON}")
