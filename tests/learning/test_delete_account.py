"""Deleting what one did, or the account: all of it goes, nothing of others does, and no table keeps a trace of who."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from builder.models import Submission
from learning.models import Assignment, Classroom, Course, Evidence, Learner, Membership, Reading
from learning.views import data
from quizzes.models import Attempt, AttemptItem, AuditEntry, Plan, Question, Quiz, ReviewCard
from quizzes.services import finish_attempt, grant_extra_time, regrade, report_problem, start_attempt
from tests.conftest import signed_in
from tests.learning.test_own_data import practised
from tests.quizzes import make

FORGET, DELETE = "/en/accounts/data/forget/", "/en/accounts/data/delete/"
NAME, USER, LEARNER = "quince-the-secret", 777_000_111, 888_000_222  # found nowhere by chance
PASSWORD = "a-quiet-harbour"


def everyone_knows(name: str = NAME) -> Learner:
    """Return a learner whose name and keys can be looked for."""
    user = User.objects.create_user(name, password=PASSWORD, pk=USER)
    return Learner.objects.create(pk=LEARNER, user=user)


def live_a_life(learner: Learner, client: Client, teacher: Learner) -> None:
    """Do everything that leaves a row, as learner, and have everything done by `teacher` that names one."""
    now, course = timezone.now(), Course.objects.get()
    room = Classroom.objects.create(owner=teacher.user, course=course, name="Harbour", code="ABC", created_at=now)
    Membership.objects.create(classroom=room, learner=learner, name=f"{NAME} Q.", joined_at=now)
    given = Assignment.objects.create(classroom=room, source="quiz:exam", made_at=now)
    given.extensions.create(learner=learner, minutes=5, actor=teacher.user, actor_name="ines", granted_at=now)
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 100})
    client.post("/en/builder/company-page/submit/")
    Submission.objects.filter(learner=learner).update(named=True)
    attempt = practised(learner, right=1, wrong=2)
    report_problem(learner=learner, place=make.place(attempt.items.all()[1]), text="odd", now=now)
    exam = start_attempt(learner=learner, quiz=Quiz.objects.get(slug="exam"), now=now, seed="life")
    Attempt.objects.filter(pk=exam.pk).update(assignment=given)
    grant_extra_time(attempt=exam, minutes=5, actor=teacher.user, now=now)
    make.answer_all(exam, now, right=9)
    finish_attempt(attempt=exam, now=now)
    regrade(attempt=exam, actor=teacher.user, reason="asked for", now=now)
    Plan.objects.create(learner=learner, course=course, exam_on=now.date())
    question = Question.objects.all()[0]
    ReviewCard.objects.get_or_create(
        learner=learner, question=question, defaults={"state": {}, "due_at": now, "reviewed_at": now}
    )


def traces(*wanted: object) -> list[str]:
    """Return each table and column in which any of `wanted` stands, as a value or inside one, sessions decoded."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [f"{table}.{name}" for name, value in zip(names, row, strict=True) if holds(value, wanted)]
    for session in Session.objects.all():
        found += ["session"] if holds(json.dumps(session.get_decoded()), wanted) else []
    return found


def holds(value: object, wanted: tuple[object, ...]) -> bool:
    """Whether `value` is, or tells, any of `wanted`."""
    return any(str(one) in str(value) for one in wanted)


def test_it_works(course: Course) -> None:
    client = signed_in(everyone_knows())
    page = client.get(DELETE).content.decode()
    assert "Delete my account for good" in page
    response = client.post(DELETE, {"password": PASSWORD}, follow=True)
    assert "Your account is deleted" in response.content.decode()
    assert not User.objects.exists()
    assert response.context["user"].is_anonymous


def test_nothing_anywhere_says_who_it_was(ines: Learner, course: Course) -> None:
    learner = everyone_knows()
    client, elsewhere = signed_in(learner), signed_in(learner)
    live_a_life(learner, client, ines)
    known = {place.partition(".")[0] for place in traces(NAME, USER, LEARNER)}
    assert len(known) >= 12  # the search finds what is there
    client.post(DELETE, {"password": PASSWORD})
    assert traces(NAME, USER, LEARNER) == []
    assert elsewhere.get("/en/").context["user"].is_anonymous


def test_what_instructors_did_stays_without_saying_for_whom(ines: Learner, course: Course) -> None:
    learner = everyone_knows()
    client = signed_in(learner)
    live_a_life(learner, client, ines)
    acts = AuditEntry.objects.count()
    assert acts
    client.post(DELETE, {"password": PASSWORD})
    assert AuditEntry.objects.count() == acts
    assert set(AuditEntry.objects.values_list("learner", flat=True)) == {None}


def test_others_keep_what_is_theirs(alice: Learner, ines: Learner, course: Course) -> None:
    learner = everyone_knows()
    client = signed_in(learner)
    live_a_life(learner, client, ines)
    practised(alice)
    Membership.objects.create(classroom=Classroom.objects.get(), learner=alice, name="Alice", joined_at=timezone.now())
    before = [AttemptItem.objects.of(alice).count(), Evidence.objects.filter(learner=alice).count()]
    client.post(DELETE, {"password": PASSWORD})
    assert [AttemptItem.objects.of(alice).count(), Evidence.objects.filter(learner=alice).count()] == before
    assert list(Membership.objects.values_list("name", flat=True)) == ["Alice"]
    assert Assignment.objects.count() == 1


def test_the_items_forget_the_answers(course: Course) -> None:
    learner = everyone_knows()
    client = signed_in(learner)
    practised(learner)
    assert Evidence.objects.exists()
    client.post(DELETE, {"password": PASSWORD})
    assert not Evidence.objects.exists()
    assert not AttemptItem.objects.exists()


# --- instructors


def test_an_instructor_who_goes_takes_the_classes_and_leaves_the_questions(
    alice: Learner, ines: Learner, course: Course
) -> None:
    now, client = timezone.now(), signed_in(ines)
    room = Classroom.objects.create(owner=ines.user, course=course, name="Harbour", code="ABC", created_at=now)
    Membership.objects.create(classroom=room, learner=alice, name="Alice", joined_at=now)
    given = Assignment.objects.create(classroom=room, source="quiz:exam", made_at=now)
    attempt = start_attempt(learner=alice, quiz=Quiz.objects.get(slug="exam"), now=now, seed="x")
    Attempt.objects.filter(pk=attempt.pk).update(assignment=given)
    grant_extra_time(attempt=attempt, minutes=5, actor=ines.user, now=now)
    Question.objects.filter(slug="lt-001").update(owner=ines.user, origin="site")
    page = client.get(DELETE).content.decode()
    assert "The class you teach" in page
    client.post(DELETE, {"password": "ines-studies-here"})
    assert not User.objects.filter(username="ines").exists()
    assert Question.objects.get(slug="lt-001").owner is None
    assert not Classroom.objects.exists()
    attempt.refresh_from_db()
    assert attempt.assignment is None
    assert AuditEntry.objects.get(action="extra-time").actor_name == "ines"


# --- keeping the account


def test_forgetting_keeps_the_account(ines: Learner, course: Course) -> None:
    learner = everyone_knows()
    client = signed_in(learner)
    live_a_life(learner, client, ines)
    response = client.post(FORGET, {"sure": "on"}, follow=True)
    assert "Everything you did here is deleted." in response.content.decode()
    assert traces(LEARNER) == []
    assert client.get("/en/").context["user"].get_username() == NAME
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 10})
    assert Reading.objects.get().learner.user.pk == USER


def test_a_guest_is_forgotten(client: Client, course: Course) -> None:
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    assert "Forget me" in client.get(FORGET).content.decode()
    client.post(FORGET, {"sure": "on"})
    assert not Learner.objects.exists()
    assert "guest" not in client.session
    assert client.get(DELETE)["Location"] == FORGET


@pytest.mark.parametrize(("address", "sent"), [(FORGET, {"sure": "on"}), (DELETE, {"password": "alice-studies-here"})])
def test_pressed_twice_at_once_it_goes_once(
    as_alice: Client,
    alice: Learner,
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    sent: dict[str, str],
) -> None:
    def other_press_first(act: Callable[..., None], whose: type[Learner | User]) -> Callable[..., None]:
        def twice(**which: Learner | User) -> None:
            whose._default_manager.filter(pk__in=[one.pk for one in which.values()]).delete()
            act(**which)

        return twice

    monkeypatch.setattr(data, "forget_learner", other_press_first(data.forget_learner, Learner))
    monkeypatch.setattr(data, "delete_account", other_press_first(data.delete_account, User))
    assert "deleted" in as_alice.post(address, sent, follow=True).content.decode()
    assert not Learner.objects.filter(pk=alice.pk).exists()


# --- asked twice, and only by oneself


@pytest.mark.parametrize("sent", [{}, {"password": ""}, {"password": "wrong"}, {"password": "x" * 5000}])
def test_without_the_password_nothing_goes(as_alice: Client, course: Course, sent: dict[str, str]) -> None:
    response = as_alice.post(DELETE, sent)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert User.objects.filter(username="alice").exists()


def test_passwords_are_not_guessed_here(as_alice: Client, course: Course) -> None:
    answers = [as_alice.post(DELETE, {"password": f"wrong-{n}"}).status_code for n in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429
    as_alice.post(DELETE, {"password": "alice-studies-here"})
    assert User.objects.filter(username="alice").exists()


def test_without_a_yes_nothing_is_forgotten(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice)
    assert as_alice.post(FORGET, {}).status_code == 422
    assert Evidence.objects.filter(learner=alice).exists()


def test_another_site_cannot_delete(alice: Learner, course: Course) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user, backend="learning.auth.LearnerBackend")
    assert client.post(DELETE, {"password": "alice-studies-here"}).status_code == 403
    assert client.post(FORGET, {"sure": "on"}).status_code == 403
    assert User.objects.filter(username="alice").exists()


def test_asking_deletes_nothing(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice)
    for address in (FORGET, DELETE, "/en/accounts/data/"):
        assert as_alice.get(address).status_code == 200
        assert as_alice.put(address).status_code == 405
    assert Evidence.objects.filter(learner=alice).exists()


def test_ten_thousand_rows_go_as_well(alice: Learner, as_alice: Client, course: Course) -> None:
    practised(alice)
    row, now = Evidence.objects.all()[0], timezone.now()
    kept = {name: getattr(row, name) for name in ("course_id", "statement_id", "topic_id", "source", "subject")}
    Evidence.objects.bulk_create(
        Evidence(learner=alice, act=f"a/{n}", correct=True, seen_at=now - timedelta(minutes=n), **kept)
        for n in range(10_000)
    )
    assert len(json.loads(as_alice.get("/en/accounts/data/naru.json").content)["evidence"]) > 10_000
    as_alice.post(FORGET, {"sure": "on"})
    assert not Evidence.objects.exists()
