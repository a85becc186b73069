"""Home: the course at a glance, in the visitor's language."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner, Lesson
from learning.services import mark_read
from learning.services.classes import give, join_class, make_class
from tests.learning.test_own_data import examined, practised


def test_it_works(client: Client, course: Course) -> None:
    page = client.get("/en/").content.decode()
    assert "Start with lesson 1" in page
    for number in range(1, 5):
        assert f"<h3>{number}. " in page


def test_it_speaks_korean(client: Client, course: Course) -> None:
    page = client.get("/ko/").content.decode()
    assert '<html lang="ko"' in page
    assert "1강부터 시작하기" in page


def test_the_front_door_follows_accept_language(client: Client, db: None) -> None:
    assert client.get("/", headers={"accept-language": "en-GB,en"})["Location"] == "/en/"
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/ko/"


def test_the_front_door_prefers_what_was_chosen(client: Client, db: None) -> None:
    client.post("/ko/accounts/language/", {"language": "en", "next": "/ko/search/?q=efs"})
    assert client.get("/", headers={"accept-language": "ko"})["Location"] == "/en/"


def test_choosing_a_language_keeps_the_page(client: Client, course: Course) -> None:
    response = client.post("/ko/accounts/language/", {"language": "en", "next": "/ko/search/?q=efs"})
    assert response["Location"] == "/en/search/?q=efs"


def test_it_goes_on_where_one_left_off(as_alice: Client, alice: Learner, course: Course) -> None:
    first = Lesson.objects.order_by("position").first()
    assert first
    mark_read(learner=alice, lesson=first, percent=100, now=timezone.now())
    page = as_alice.get("/en/").content.decode()
    assert "Go on: " in page
    assert "✓ Read" in page


def test_a_newcomer_begins_or_checks_their_level(client: Client, course: Course) -> None:
    page = client.get("/en/").content.decode()
    assert 'href="/en/courses/ecs/lessons/launch-types/" aria-describedby="reason">Start with lesson 1' in page
    assert 'href="/en/level/?course=ecs">Level check' in page
    assert "What the exam weighs" in page
    assert "Readiness" not in page


def test_with_answers_it_says_how_ready_one_is(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=1, wrong=2)
    page = as_alice.get("/en/").content.decode()
    assert "Not enough yet" in page
    assert re.search(r"About \d more answers? to (a )?questions? you have not seen before", page)
    practised(alice, right=8, wrong=2)
    page = as_alice.get("/en/").content.decode()
    assert re.search(r"<b>\d+<span>%</span></b> <small>still a wide range: \d+–\d+%</small>", page)
    assert page.count('<svg class="interval') == course.topics.count()


def test_work_given_in_a_class_waits_here(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    now = timezone.now()
    room = make_class(owner=ines.user, course=course, name="Harbour", now=now)
    join_class(classroom=room, learner=alice, name="Alice", now=now)
    give(classroom=room, source="scenario:company-page", opens_at=None, closes_at=now + timedelta(days=1), now=now)
    page = as_alice.get("/en/").content.decode()
    assert "Given in Harbour; closes" in page
    assert page.count("Company page") >= 2


def test_it_asks_as_much_for_many_rows_as_for_few(
    as_alice: Client, alice: Learner, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    practised(alice, right=3, wrong=9)
    examined(alice, right=9)
    for lesson in Lesson.objects.all():
        mark_read(learner=alice, lesson=lesson, percent=50, now=timezone.now())
    as_alice.get("/ko/")
    with django_assert_max_num_queries(8):
        as_alice.get("/ko/")
    examined(alice, end=False)
    as_alice.get("/ko/")
    with django_assert_max_num_queries(10):  # which exam is open, and which answers are not told as long as it is
        as_alice.get("/ko/")


def test_it_hides_other_peoples_reading(as_bob: Client, alice: Learner, course: Course) -> None:
    for lesson in Lesson.objects.all():
        mark_read(learner=alice, lesson=lesson, percent=100, now=timezone.now())
    assert "Start with lesson 1" in as_bob.get("/en/").content.decode()


def test_it_asks_the_database_little(
    as_alice: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get("/ko/")
    with django_assert_max_num_queries(8):
        as_alice.get("/ko/")


def test_without_a_course_it_says_so(client: Client, db: None) -> None:
    with translation.override("en"):
        page = client.get(reverse("learning:home")).content.decode()
    assert "There is no course here yet." in page


def test_it_refuses_posts(client: Client, db: None) -> None:
    assert client.post("/ko/").status_code == 405
