"""Kept pages: rendered once, and nobody finds another's name, token or progress in them."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course

LESSON = "/en/courses/ecs/lessons/iam-roles/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def page(client: Client, **headers: str) -> str:
    return client.get(LESSON, headers=headers).content.decode()


def test_names_and_tokens_are_the_readers_own(as_alice: Client, as_bob: Client, course: Course) -> None:
    hers, his = page(as_alice), page(as_bob)
    assert "alice" in hers
    assert "alice" not in his
    assert "bob" in his
    assert not set(TOKEN.findall(hers)) & set(TOKEN.findall(his))


def test_every_token_works(as_alice: Client, alice: object, course: Course) -> None:
    page(as_alice)  # keeps it
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_alice.cookies
    tokens = set(TOKEN.findall(page(strict)))
    assert tokens
    for token in tokens:
        answer = strict.post(f"{LESSON}read/", {"percent": 5, "csrfmiddlewaretoken": token})
        assert answer.status_code == 204


def test_guests_and_users_differ(client: Client, as_alice: Client, course: Course) -> None:
    page(as_alice)
    assert "Sign out" not in page(client)
    assert "Sign out" in page(as_alice)


def test_progress_is_the_readers_own(as_alice: Client, as_bob: Client, course: Course) -> None:
    as_alice.post(f"{LESSON}read/", {"percent": 37})
    assert 'data-percent="37"' in page(as_alice)
    assert 'data-percent="0"' in page(as_bob)


def test_the_scheme_is_the_readers_own(as_alice: Client, as_bob: Client, course: Course) -> None:
    as_alice.cookies["scheme"] = "dark"
    assert 'data-scheme="dark"' in page(as_alice)
    assert "data-scheme" not in page(as_bob)


def test_no_mark_is_left(as_alice: Client, course: Course) -> None:
    for _ in range(2):
        assert not re.search("[\ue000\ue001]", page(as_alice))


def test_messages_are_shown_once(client: Client, course: Course) -> None:
    page(client)
    client.post(
        f"/en/accounts/signup/?next={LESSON}",
        {"username": "dana", "password1": "a-quiet-harbour", "password2": "a-quiet-harbour"},
    )
    assert "You are signed in." in page(client)
    assert "You are signed in." not in page(client)


def test_acts_differ_from_request_to_request(as_alice: Client, course: Course) -> None:
    acts = [re.findall(r'name="operation" value="([^"]+)"', page(as_alice)) for _ in range(2)]
    assert acts[0]
    assert not set(acts[0]) & set(acts[1])


def test_a_new_content_hash_turns_it_over(
    as_alice: Client, course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(as_alice)
    with django_assert_num_queries(4):
        page(as_alice)
    Course.objects.update(content_hash="0" * 64)
    assert page(as_alice).count("<h1") == 1
