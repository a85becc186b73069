"""Progress: what one has read, and only one's own."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course


def test_it_works(as_alice: Client, course: Course) -> None:
    as_alice.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    page = as_alice.get("/en/progress/").content.decode()
    assert "55%" in page


def test_a_newcomer_is_told_where_to_start(client: Client, course: Course) -> None:
    page = client.get("/en/progress/").content.decode()
    assert "Nothing here yet." in page
    assert "Sign up" in page


def test_it_hides_other_peoples_progress(as_alice: Client, as_bob: Client, course: Course) -> None:
    as_alice.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    assert "55%" not in as_bob.get("/en/progress/").content.decode()


def test_it_asks_the_database_little(
    as_alice: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get("/ko/progress/")
    with django_assert_max_num_queries(8):
        as_alice.get("/ko/progress/")
