"""Joining a class by code or link, as anybody; guessing is counted; leaving."""

import re

import pytest
from django.test import Client

from learning.models import Classroom, Learner, Membership
from learning.services.classes import CODE_LENGTH, LETTERS, archive_class, find_class, renew_code
from learning.views.guessing import OF_ADDRESS, OF_ONE
from tests.learning.classes.conftest import NOW

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def join(client: Client, room: Classroom, name: str = "Somebody") -> int:
    return client.post(f"/en/join/{room.code}/", {"name": name}).status_code


def test_it_works(client: Client, room: Classroom) -> None:
    """A guest: the name makes a learner, who stays known by the session."""
    assert "Monday class" in client.get(f"/en/join/{room.code}/").content.decode()
    assert Learner.objects.filter(user=None).count() == 0
    assert join(client, room, " 김  민지 ") == 302
    member = Membership.objects.get()
    assert (member.name, member.learner.user) == ("김 민지", None)
    assert "What your instructor sees" in client.get(f"/en/classes/{room.pk}/").content.decode()
    assert client.get(f"/en/join/{room.code}/")["Location"] == f"/en/classes/{room.pk}/"


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {0} ", "{2}", "{3}"])
def test_a_code_may_be_typed_anyhow(client: Client, room: Classroom, typed: str) -> None:
    code = room.code
    spelt = typed.format(code, code.lower(), f"{code[:4]}-{code[4:]}", " ".join(code))
    assert client.post("/en/join/", {"code": spelt})["Location"] == f"/en/join/{code}/"


def test_codes_are_long_and_cannot_be_misread(room: Classroom) -> None:
    assert len(room.code) == CODE_LENGTH
    assert set(room.code) <= set(LETTERS)
    assert len(LETTERS) ** CODE_LENGTH > 10**11
    assert not set("01OIL") & set(LETTERS)


def test_wrong_old_and_archived_codes_answer_alike(client: Client, room: Classroom) -> None:
    old = room.code
    renew_code(classroom=room)
    archived = Classroom.objects.create(
        owner=room.owner, course=room.course, name="Old", code="ABCDEFGH", created_at=NOW
    )
    archive_class(classroom=archived, now=NOW)
    pages = set()
    for code in ("ZZZZZZZZ", old, "ABCDEFGH"):
        said = client.get(f"/en/join/{code}/").content.decode().replace(code, "").split("<main")[1]
        pages.add(TOKEN.sub("", said))
    assert len(pages) == 1
    assert client.get("/en/join/ZZZZZZZZ/").status_code == 404
    assert "There is no class with this code" in client.get("/en/join/ZZZZZZZZ/").content.decode()


@pytest.mark.parametrize(
    "code", ["", " ", "\0", "x" * 41, "ㄱㄴㄷㄹㅁㅂㅅㅇ", "%00", "1" * 5000, "ＡＢＣＤＥＦＧＨ", "'; --"]
)
def test_odd_codes_are_refused(client: Client, room: Classroom, code: str) -> None:
    assert client.post("/en/join/", {"code": code}).status_code in (404, 422)


def test_guessing_is_counted_for_one_person(as_alice: Client, as_bob: Client, room: Classroom) -> None:
    for _ in range(OF_ONE):
        assert as_alice.post("/en/join/", {"code": "ZZZZZZZZ"}).status_code == 404
    for path in (f"/en/join/{room.code}/", "/en/join/ZZZZZZZZ/"):
        page = as_alice.get(path)
        assert (page.status_code, "quarter of an hour" in page.content.decode()) == (429, True)
    assert join(as_bob, room) == 302


def test_guessing_is_counted_for_one_address(client: Client, as_bob: Client, room: Classroom) -> None:
    for _ in range(OF_ADDRESS):
        assert client.get("/en/join/ZZZZZZZZ/").status_code == 404
    assert as_bob.get(f"/en/join/{room.code}/").status_code == 429


def test_right_codes_cost_nothing(client: Client, room: Classroom) -> None:
    for _ in range(OF_ADDRESS + 5):
        assert client.get(f"/en/join/{room.code}/").status_code == 200


@pytest.mark.parametrize("name", ["", " ", "\u3164", "\u200b\u200b", "\u202e", "x" * 81, "a\0b"])
def test_a_name_that_cannot_be_read_is_refused(as_alice: Client, room: Classroom, name: str) -> None:
    assert as_alice.post(f"/en/join/{room.code}/", {"name": name}).status_code == 422
    assert Membership.objects.count() == 0


def test_a_name_is_text(as_alice: Client, as_ines: Client, room: Classroom) -> None:
    join(as_alice, room, "<b>x</b><script>go()</script>")
    for client, path in ((as_ines, f"/en/author/classes/{room.pk}/"), (as_alice, f"/en/classes/{room.pk}/")):
        page = client.get(path).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>go" not in page


def test_joining_twice_is_joining_once(as_alice: Client, room: Classroom) -> None:
    join(as_alice, room, "One")
    join(as_alice, room, "Two")
    assert Membership.objects.count() == 1


def test_joining_needs_a_csrf_token(room: Classroom) -> None:
    client = Client(enforce_csrf_checks=True)
    assert join(client, room) == 403
    assert Membership.objects.count() == 0


def test_others_classes_are_missing(as_bob: Client, client: Client, member: Membership) -> None:
    for one in (as_bob, client):
        for path in ("", "leave/", "name/"):
            address = f"/en/classes/{member.classroom.pk}/{path}"
            assert (one.post(address) if path else one.get(address)).status_code == 404
    member.refresh_from_db()
    assert member.left_at is None


def test_leaving_ends_it_and_coming_back_takes_it_up(as_alice: Client, member: Membership) -> None:
    room = member.classroom
    as_alice.post(f"/en/classes/{room.pk}/leave/")
    assert as_alice.get(f"/en/classes/{room.pk}/").status_code == 404
    member.refresh_from_db()
    assert member.left_at is not None
    join(as_alice, room, "Alice again")
    member.refresh_from_db()
    assert (member.left_at, member.name) == (None, "Alice again")


def test_a_name_can_be_changed(as_alice: Client, member: Membership) -> None:
    as_alice.post(f"/en/classes/{member.classroom.pk}/name/", {"name": "Alice Lee"})
    as_alice.post(f"/en/classes/{member.classroom.pk}/name/", {"name": "\u3164"})
    member.refresh_from_db()
    assert member.name == "Alice Lee"


def test_a_guest_who_signs_in_stays_in(client: Client, room: Classroom, alice: Learner) -> None:
    join(client, room, "Guest")
    client.post("/en/accounts/login/", {"login": "alice", "password": "alice-studies-here"})
    assert Membership.objects.get().learner == alice
    assert client.get(f"/en/classes/{room.pk}/").status_code == 200


def test_a_guest_in_a_class_one_has_left_brings_it_back(client: Client, member: Membership, alice: Learner) -> None:
    member.left_at = NOW
    member.save()
    join(client, member.classroom, "Guest")
    client.post("/en/accounts/login/", {"login": "alice", "password": "alice-studies-here"})
    assert Membership.objects.get(learner=alice).left_at is None


def test_nobody_finds_a_class_by_part_of_its_code(room: Classroom) -> None:
    assert find_class(code=room.code[:-1]) is None
    assert find_class(code=room.code + "A") is None
    assert find_class(code=room.code) == room
