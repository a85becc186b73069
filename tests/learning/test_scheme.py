"""The colour scheme: chosen, kept, and back to where one was."""

import pytest
from django.test import Client

from learning.models import Course


def test_it_works(client: Client, course: Course) -> None:
    response = client.post("/ko/accounts/scheme/", {"scheme": "dark", "next": "/ko/search/"})
    assert response["Location"] == "/ko/search/"
    assert 'data-scheme="dark"' in client.get("/ko/").content.decode()


def test_auto_leaves_it_to_the_device(client: Client, course: Course) -> None:
    client.post("/ko/accounts/scheme/", {"scheme": "dark"})
    client.post("/ko/accounts/scheme/", {"scheme": "auto"})
    assert "data-scheme" not in client.get("/ko/").content.decode()


@pytest.mark.parametrize("scheme", ["", "pink", '"><script>'])
def test_an_unknown_scheme_changes_nothing(client: Client, course: Course, scheme: str) -> None:
    assert client.post("/ko/accounts/scheme/", {"scheme": scheme}).status_code == 302
    assert "scheme" not in client.cookies


def test_a_cookie_somebody_else_wrote_is_ignored(client: Client, course: Course) -> None:
    client.cookies["scheme"] = '"><script>'
    assert "data-scheme" not in client.get("/ko/").content.decode()


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_the_site(client: Client, course: Course, target: str) -> None:
    response = client.post("/ko/accounts/scheme/", {"scheme": "dark", "next": target})
    assert response["Location"] == "/ko/"


def test_it_is_a_post(client: Client, course: Course) -> None:
    assert client.get("/ko/accounts/scheme/").status_code == 405
