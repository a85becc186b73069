"""Who may be on instructors' pages, and how the menu knows without asking the database."""

from django.test import Client
from django.urls import reverse

from learning.models import Course, Learner

PASSWORD = "{}-studies-here"


def test_it_works(as_ines: Client, course: Course) -> None:
    assert as_ines.get("/en/author/").status_code == 200


def test_a_visitor_is_asked_to_sign_in(client: Client, course: Course) -> None:
    response = client.get("/en/author/")
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=/en/author/".replace("/ko/", "/en/")


def test_a_learner_finds_nothing(as_alice: Client, course: Course) -> None:
    assert as_alice.get("/en/author/").status_code == 404


def test_htmx_is_not_sent_to_another_page(client: Client, course: Course) -> None:
    assert client.get("/en/author/", headers={"HX-Request": "true"}).status_code == 401


def test_the_menu_names_the_pages_to_instructors_only(client: Client, ines: Learner, bob: Learner) -> None:
    for name, expected in (("ines", True), ("bob", False)):
        client.post("/en/accounts/login/", {"login": name, "password": PASSWORD.format(name)})
        assert (b"/en/author/" in client.get("/en/quizzes/").content) is expected
        client.logout()


def test_a_kept_page_is_not_shared_with_learners(as_ines: Client, as_bob: Client, course: Course) -> None:
    as_ines.get("/en/author/")
    lesson = course.lessons.all()[0]
    with_link, without = as_ines.get(lesson.get_absolute_url()), as_bob.get(lesson.get_absolute_url())
    assert b"/author/" in with_link.content
    assert b"/author/" not in without.content


def test_who_is_no_instructor_any_more_loses_the_link(as_ines: Client, ines: Learner, course: Course) -> None:
    as_ines.get("/en/author/")
    ines.user.groups.clear()
    assert as_ines.get("/en/author/").status_code == 404
    assert b"/en/author/" not in as_ines.get("/en/quizzes/").content
