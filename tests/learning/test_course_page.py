"""The course page: lessons by topic with their weight."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Topic


def test_it_works(client: Client, course: Course) -> None:
    page = client.get("/en/courses/ecs/").content.decode()
    for topic in Topic.objects.filter(course=course):
        assert topic.title["en"] in page
        assert f"{topic.weight}% of the exam" in page


def test_an_unknown_course_is_missing(client: Client, course: Course) -> None:
    for slug in ("none", "ECS", "a" * 500, "%00"):
        assert client.get(f"/ko/courses/{slug}/").status_code == 404


def test_it_asks_the_database_little(
    as_alice: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get("/ko/courses/ecs/")
    with django_assert_max_num_queries(8):
        as_alice.get("/ko/courses/ecs/")
