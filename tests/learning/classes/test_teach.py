"""An instructor's class: made, given things, told things, archived. Nobody else's business."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Assignment, ClassMessage, Classroom, Course, Extension, Learner, Membership
from learning.services.classes import end_membership
from quizzes.models import Accommodation, Attempt, AuditEntry, Quiz
from quizzes.services import start_attempt
from tests.learning.classes.conftest import quiz_of

GET = ("", "given/{given}/", "members/{member}/")
POST = ("give/", "messages/", "change/", "given/{given}/", "members/{member}/", "messages/{message}/")


@pytest.fixture
def address(room: Classroom) -> str:
    return f"/en/author/classes/{room.pk}/"


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    response = as_ines.post("/en/author/classes/", {"name": "  Monday   class "})
    room = Classroom.objects.get()
    assert (room.name, room.owner, room.course) == ("Monday class", ines.user, course)
    assert response["Location"] == f"/en/author/classes/{room.pk}/"
    assert "Monday class" in as_ines.get("/en/author/classes/").content.decode()


@pytest.fixture
def paths(room: Classroom, member: Membership, given: Assignment, address: str) -> tuple[list[str], list[str]]:
    """Return every address of the class, to read and to act on."""
    message = ClassMessage.objects.create(
        classroom=room, author_name="ines", text="x", html="x", sent_at=timezone.now()
    )
    pks = {"given": given.pk, "member": member.pk, "message": message.pk}
    return [address + path.format(**pks) for path in GET], [address + path.format(**pks) for path in POST]


def test_other_people_find_nothing(
    as_alice: Client, as_ivan: Client, client: Client, paths: tuple[list[str], list[str]]
) -> None:
    reading, acting = paths
    before = [list(model.objects.values()) for model in (Classroom, Membership, Assignment, ClassMessage, Extension)]
    form = {"act": "archive", "name": "Mine", "source": "quiz:exam", "text": "x", "minutes": 5, "percent": 5}
    for one in (as_alice, as_ivan):
        assert {one.get(path).status_code for path in reading} == {404}
        assert {one.post(path, form).status_code for path in acting} == {404}
    assert all("/accounts/login/" in client.get(path)["Location"] for path in reading)
    assert all("/accounts/login/" in client.post(path, form)["Location"] for path in acting)
    assert before == [
        list(model.objects.values()) for model in (Classroom, Membership, Assignment, ClassMessage, Extension)
    ]


def test_rows_of_another_class_are_missing(
    as_ivan: Client, ivan: Learner, course: Course, member: Membership, given: Assignment
) -> None:
    """An instructor cannot reach members and assignments of others through their own class."""
    as_ivan.post("/en/author/classes/", {"name": "His"})
    own = Classroom.objects.get(name="His")
    for path in (f"members/{member.pk}/", f"given/{given.pk}/"):
        assert as_ivan.get(f"/en/author/classes/{own.pk}/{path}").status_code == 404
    form = {"act": "minutes", "assignment": given.pk, "minutes": 5}
    assert as_ivan.post(f"/en/author/classes/{own.pk}/members/{member.pk}/", form).status_code == 404


def test_a_minute_of_another_class_cannot_be_given(
    as_ines: Client, ines: Learner, course: Course, member: Membership, address: str, quiz: Quiz
) -> None:
    as_ines.post("/en/author/classes/", {"name": "Second"})
    other = Classroom.objects.get(name="Second")
    row = Assignment.objects.create(classroom=other, source=f"quiz:{quiz.slug}", made_at=timezone.now())
    form = {"act": "minutes", "assignment": row.pk, "minutes": 5}
    assert as_ines.post(f"{address}members/{member.pk}/", form).status_code == 422
    assert Extension.objects.count() == 0


@pytest.mark.parametrize("name", ["", " ", "\u3164\u3164", "x" * 121, "a\0b"])
def test_a_class_needs_a_name(as_ines: Client, course: Course, name: str) -> None:
    assert as_ines.post("/en/author/classes/", {"name": name}).status_code == 422
    assert Classroom.objects.count() == 0


def test_what_can_be_given_is_what_one_may_see(
    as_ines: Client, ivan: Learner, course: Course, quiz: Quiz, address: str
) -> None:
    theirs = quiz_of(ivan, course)
    draft = quiz_of(ivan, course, shared=True)
    Quiz.objects.filter(pk=draft.pk).update(draft=True)
    page = as_ines.get(address).content.decode()
    assert f"quiz:{quiz.slug}" in page
    assert "quiz:exam" in page
    assert "scenario:" in page
    for other in (theirs, draft):
        assert f"quiz:{other.slug}" not in page
        assert as_ines.post(f"{address}give/", {"source": f"quiz:{other.slug}"}).status_code == 422
    assert Assignment.objects.count() == 0


def test_giving_twice_at_once_gives_once(as_ines: Client, quiz: Quiz, address: str) -> None:
    for _ in range(2):
        as_ines.post(f"{address}give/", {"source": f"quiz:{quiz.slug}", "closes_at": "2026-12-01T09:00"})
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(
    "times",
    [
        {"opens_at": "2026-12-02T09:00", "closes_at": "2026-12-01T09:00"},
        {"opens_at": "9999-12-31T23:59"},
        {"closes_at": "0001-01-01T00:00"},
        {"closes_at": "24:00"},
    ],
)
def test_odd_times_are_refused_and_kept(as_ines: Client, quiz: Quiz, address: str, times: dict[str, str]) -> None:
    response = as_ines.post(f"{address}give/", {"source": f"quiz:{quiz.slug}", **times})
    assert response.status_code == 422
    assert next(iter(times.values())) in response.content.decode()
    assert Assignment.objects.count() == 0


def test_times_can_be_changed_and_it_can_be_taken_back(as_ines: Client, given: Assignment, address: str) -> None:
    path = f"{address}given/{given.pk}/"
    as_ines.post(path, {"opens_at": "2026-12-01T09:00", "closes_at": "2026-12-02T09:00"})
    given.refresh_from_db()
    assert given.closes_at is not None
    assert 'value="2026-12-02T09:00"' in as_ines.get(path).content.decode()
    as_ines.post(path, {"act": "withdraw"})
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert as_ines.get(path).status_code == 404


def test_minutes_reach_an_attempt_under_way(
    as_ines: Client, as_alice: Client, alice: Learner, member: Membership, given: Assignment, quiz: Quiz, address: str
) -> None:
    now = timezone.now()
    row = Assignment.objects.given_to(alice).get()
    attempt = start_attempt(learner=alice, quiz=quiz, now=now, seed="s", assignment=row)
    page = f"{address}members/{member.pk}/"
    as_ines.post(page, {"act": "minutes", "assignment": given.pk, "minutes": 7})
    attempt.refresh_from_db()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=17)
    pulse = as_alice.get(f"/en/attempts/{attempt.pk}/pulse/").json()
    assert pulse["deadline"] == int(attempt.deadline_at.timestamp() * 1000)
    trail = AuditEntry.objects.get(action="extra-time")
    assert (trail.learner, trail.detail, trail.subject) == (alice, {"minutes": 7}, f"quiz:{quiz.slug}")
    assert ">7<" in as_ines.get(page).content.decode()
    assert "The minutes you were given on top." in as_alice.get(f"/en/classes/{given.classroom_id}/").content.decode()


def test_percent_holds_for_exams_begun_later(
    as_ines: Client, as_alice: Client, alice: Learner, member: Membership, given: Assignment, quiz: Quiz, address: str
) -> None:
    as_ines.post(f"{address}members/{member.pk}/", {"act": "percent", "percent": 50})
    row = Assignment.objects.given_to(alice).get()
    attempt = start_attempt(learner=alice, quiz=quiz, now=timezone.now(), seed="s", assignment=row)
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=15)
    assert "50% more time" in as_alice.get(f"/en/classes/{given.classroom_id}/").content.decode()
    assert "+50 %" in as_ines.get(address).content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"act": "minutes", "minutes": 0},
        {"act": "minutes", "minutes": 601},
        {"act": "minutes", "minutes": "1e400"},
        {"act": "minutes", "minutes": "9" * 5000},
        {"act": "percent", "percent": -1},
        {"act": "percent", "percent": 601},
        {"act": "percent"},
    ],
)
def test_odd_numbers_are_refused(
    as_ines: Client, member: Membership, given: Assignment, address: str, form: dict[str, object]
) -> None:
    response = as_ines.post(f"{address}members/{member.pk}/", {"assignment": given.pk, **form})
    assert response.status_code == 422
    assert Extension.objects.count() == 0


def test_a_member_can_be_taken_out(as_ines: Client, as_alice: Client, member: Membership, address: str) -> None:
    as_ines.post(f"{address}members/{member.pk}/", {"act": "remove"})
    assert as_alice.get(f"/en/classes/{member.classroom.pk}/").status_code == 404
    assert "1 has left" in as_ines.get(address).content.decode()


@pytest.mark.parametrize("act", [{"act": "percent", "percent": 50}, {"act": "minutes", "minutes": 5}])
def test_who_has_left_gets_no_more_time_from_here(
    as_ines: Client, member: Membership, given: Assignment, address: str, act: dict[str, object]
) -> None:
    end_membership(membership=member, now=timezone.now())
    response = as_ines.post(f"{address}members/{member.pk}/", {"assignment": given.pk, **act})
    assert response.status_code == 404
    assert (Accommodation.objects.count(), Extension.objects.count()) == (0, 0)
    assert as_ines.get(f"{address}members/{member.pk}/").status_code == 200


def test_a_message_is_rendered_and_sanitised(
    as_ines: Client, as_alice: Client, member: Membership, address: str
) -> None:
    text = "# Today\n**Read** <script>go()</script> [x](javascript:go()) <b onclick=go()>y</b>"
    as_ines.post(f"{address}messages/", {"text": text})
    for client, path in ((as_alice, f"/en/classes/{member.classroom.pk}/"), (as_ines, address)):
        page = client.get(path).content.decode()
        assert "<strong>Read</strong>" in page
        assert "<script>go" not in page
        assert 'href="javascript' not in page
        assert 'id="today"' not in page
    as_ines.post(f"{address}messages/{ClassMessage.objects.get().pk}/")
    assert ClassMessage.objects.count() == 0


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "a\0b"])
def test_an_odd_message_is_refused(as_ines: Client, address: str, text: str) -> None:
    assert as_ines.post(f"{address}messages/", {"text": text}).status_code == 422
    assert ClassMessage.objects.count() == 0


def test_an_archived_class_takes_nobody_and_gives_nothing(
    as_ines: Client, as_bob: Client, as_alice: Client, member: Membership, given: Assignment, quiz: Quiz, address: str
) -> None:
    as_ines.post(f"{address}change/", {"act": "archive"})
    assert as_bob.get(f"/en/join/{given.classroom.code}/").status_code == 404
    as_alice.post(f"/en/quizzes/{quiz.slug}/", {"given": given.pk})
    assert Attempt.objects.count() == 0
    assert as_alice.get(f"/en/classes/{given.classroom_id}/").status_code == 200
    as_ines.post(f"{address}change/", {"act": "reopen"})
    assert as_bob.get(f"/en/join/{given.classroom.code}/").status_code == 200


def test_rename_and_new_code(as_ines: Client, room: Classroom, address: str) -> None:
    old = room.code
    as_ines.post(f"{address}change/", {"act": "rename", "name": "Tuesday"})
    as_ines.post(f"{address}change/", {"act": "code"})
    as_ines.post(f"{address}change/", {"act": "rename", "name": ""})
    as_ines.post(f"{address}change/", {"act": "nothing"})
    room.refresh_from_db()
    assert room.name == "Tuesday"
    assert room.code != old
