"""Signing up, in and out: a guest's work comes along, once, and nobody else's does."""

from pathlib import Path

import allauth
import django
from babel.messages.pofile import read_po
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import strip_tags

from learning import borrowed
from learning.models import Course, Learner, Reading

PASSWORD = "a-quiet-harbour"
READ = "/ko/courses/ecs/lessons/{}/read/"


def sign_up(client: Client, name: str) -> None:
    response = client.post("/ko/accounts/signup/", {"username": name, "password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 302, response.content.decode()


def sign_in(client: Client, name: str) -> None:
    response = client.post("/ko/accounts/login/", {"login": name, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()


def test_it_works(client: Client, course: Course) -> None:
    sign_up(client, "chul")
    assert User.objects.get().username == "chul"
    assert "chul" in client.get("/ko/").content.decode()


def test_the_forms_say_what_they_ask_for(client: Client, course: Course) -> None:
    assert "At least 8 characters" in client.get("/en/accounts/signup/").content.decode()
    assert "Stay signed in" in client.get("/en/accounts/login/").content.decode()
    sign_up(client, "chul")
    assert "At least 8 characters" in client.get("/en/accounts/password/change/").content.decode()


def test_korean_errors_speak_as_the_site_does(client: Client, course: Course) -> None:
    wrong = {"username": "chul", "password1": "12345", "password2": "54321"}
    page = client.post("/ko/accounts/signup/", wrong).content.decode()
    assert "비밀번호가 너무 짧아요. 8자 이상이어야 해요." in page
    assert "숫자로만 된 비밀번호예요." in page
    assert "니다." not in strip_tags(page)


def test_borrowed_sentences_are_those_that_django_and_allauth_say() -> None:
    said = set()
    for package in (django, allauth):
        for path in Path(package.__file__ or "").parent.glob("**/ko/LC_MESSAGES/django.po"):
            said |= {
                forms[0] if isinstance(forms := message.id, tuple) else forms for message in read_po(path.open("rb"))
            }
    assert {*borrowed.SENTENCES} - said == set()


def test_a_guests_work_comes_along_on_signing_up(client: Client, course: Course) -> None:
    client.post(READ.format("efs"), {"percent": 60})
    sign_up(client, "chul")
    assert Reading.objects.get().learner.user == User.objects.get()
    assert Learner.objects.count() == 1


def test_a_guests_work_comes_along_on_signing_in(client: Client, course: Course) -> None:
    sign_up(client, "chul")
    client.post(READ.format("efs"), {"percent": 60})
    client.post(READ.format("iam-roles"), {"percent": 20})
    client.post("/ko/accounts/logout/")
    client.post(READ.format("efs"), {"percent": 30})
    client.post(READ.format("iam-roles"), {"percent": 90})
    sign_in(client, "chul")
    chul = Learner.objects.get()
    assert {r.lesson.slug: r.percent for r in chul.readings.all()} == {"efs": 60, "iam-roles": 90}


def test_a_guests_work_is_not_taken_twice(client: Client, course: Course) -> None:
    client.post(READ.format("efs"), {"percent": 60})
    sign_up(client, "chul")
    client.post("/ko/accounts/logout/")
    sign_up(client, "dana")
    assert not Learner.objects.get(user__username="dana").readings.exists()


def test_a_wrong_password_keeps_the_name(client: Client, course: Course) -> None:
    page = client.post("/ko/accounts/login/", {"login": "chul", "password": "x"}).content.decode()
    assert 'value="chul"' in page
    assert "errorlist" in page


def test_many_wrong_passwords_are_stopped(client: Client, course: Course) -> None:
    sign_up(client, "chul")
    client.post("/ko/accounts/logout/")
    pages = [client.post("/ko/accounts/login/", {"login": "chul", "password": f"wrong-{n}"}) for n in range(11)]
    last = client.post("/ko/accounts/login/", {"login": "chul", "password": PASSWORD})
    assert pages[0].status_code == 200
    assert last.status_code != 302  # even the right one has to wait now


def test_signing_out_ends_the_session(client: Client, course: Course) -> None:
    sign_up(client, "chul")
    cookie = client.cookies["sessionid"].value
    client.post("/ko/accounts/logout/")
    client.cookies["sessionid"] = cookie
    assert client.get("/ko/").context["user"].is_anonymous


def test_the_way_back_stays_on_the_site(client: Client, course: Course) -> None:
    for target in ("//evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil.example"):
        other = Client()
        answer = other.post(
            f"/ko/accounts/signup/?next={target}",
            {"username": f"u{abs(hash(target))}", "password1": PASSWORD, "password2": PASSWORD, "next": target},
        )
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


def test_the_password_can_be_changed(client: Client, course: Course) -> None:
    sign_up(client, "chul")
    response = client.post(
        "/ko/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-harbour", "password2": "another-harbour"},
    )
    assert response.status_code == 302
    assert User.objects.get().check_password("another-harbour")
