"""The audit trail: what instructors did, for instructors; filtered; nobody named who need not be."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import Attempt, AuditEntry, Question
from quizzes.services import allow_extra_time, grant_extra_time
from quizzes.services.audit import record
from tests.quizzes.author.crowd import a_class
from tests.quizzes.conftest import NOW


def wrote(who: Learner, action: str = "publish", subject: str = "question:own-001", **more: object) -> AuditEntry:
    assert who.user
    return record(actor=who.user, action=action, subject=subject, now=NOW, **more)  # type: ignore[arg-type]


def page(client: Client, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/author/audit/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    wrote(ines, detail={"revision": 3, "why": "<b>so</b>"})
    text = page(as_ines)
    assert "published" in text
    assert "question:own-001" in text
    assert "&lt;b&gt;so&lt;/b&gt;" in text
    assert page(as_ines, language="ko")


def test_what_is_kept_beside_an_act_is_said_in_words(as_ines: Client, ines: Learner, course: Course) -> None:
    wrote(ines, detail={"revision": 4, "corrects": True})
    wrote(ines, detail={"revision": 5, "corrects": False, "files": ["a.csv", "b.csv"]})
    text = page(as_ines)
    assert text.count("corrects a mistake") == 1
    assert "</small> yes" in text
    assert "a.csv, b.csv" in text


def test_only_instructors_read_it(client: Client, as_alice: Client, course: Course) -> None:
    assert client.get("/en/author/audit/").status_code == 302
    assert as_alice.get("/en/author/audit/").status_code == 404


def test_what_is_another_instructors_alone_is_left_out(
    as_ines: Client, as_ivan: Client, ines: Learner, course: Course
) -> None:
    topic = course.topics.all()[0]
    Question.objects.create(course=course, topic=topic, slug="secret", position=1, origin="site", owner=ines.user)
    wrote(ines, subject="question:secret")
    assert "question:secret" in page(as_ines)
    assert "question:secret" not in page(as_ivan)
    Question.objects.filter(slug="secret").update(shared=True)
    assert "question:secret" in page(as_ivan)


def test_a_learner_is_named_in_ones_own_class_only(
    as_ines: Client, as_ivan: Client, ines: Learner, alice: Learner, course: Course
) -> None:
    wrote(ines, "extra-time", "quiz:exam", learner=alice)
    assert "alice" not in page(as_ines).lower()
    a_class(ines, course, alice)
    assert "ALICE" in page(as_ines)
    assert "alice" not in page(as_ivan).lower()
    User.objects.get(username="alice").delete()
    assert "alice" not in page(as_ines).lower()
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?action=publish", 1),
        ("?subject=QUIZ", 1),
        ("?actor=ivan", 1),
        ("?actor=nobody", 0),
        ("?action=retire&actor=ines", 1),
        ("?action=quite-unknown", 3),
        ("?subject=%00", 3),
        ("?page=" + "9" * 5000, 3),
        ("?subject=" + "x" * 300, 3),
    ],
)
def test_filters(as_ines: Client, ines: Learner, ivan: Learner, course: Course, query: str, count: int) -> None:
    wrote(ines, "publish", "elsewhere")
    wrote(ines, "retire", "somewhere")
    wrote(ivan, "extra-time", "quiz:exam")
    assert page(as_ines, query).count("<time ") == count


def test_more_time_is_written_by_whatever_gives_it(ines: Learner, alice: Learner, sitting: Attempt) -> None:
    assert ines.user
    grant_extra_time(attempt=sitting, minutes=10, actor=ines.user, now=NOW)
    allow_extra_time(learner=alice, percent=50, actor=ines.user, now=NOW)
    call_command("extra_time", "alice", "25", "--by", "ines", stdout=StringIO())
    found = AuditEntry.objects.filter(action="extra-time", learner=alice).order_by("pk")
    assert [(one.subject, one.detail) for one in found] == [
        ("quiz:exam", {"minutes": 10}),
        ("learner", {"percent": 50}),
        ("learner", {"percent": 25}),
    ]


def test_pages_lead_on_with_their_filter(as_ines: Client, ines: Learner, course: Course) -> None:
    for _ in range(51):
        wrote(ines, "publish", "elsewhere")
    assert "?page=2&amp;action=publish" in page(as_ines, "?action=publish")
    assert page(as_ines, "?page=2&action=publish").count("<time ") == 1


def test_queries_do_not_grow(
    as_ines: Client, ines: Learner, course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(as_ines)
    for number in range(2):
        record(actor=ines.user, action="publish", subject="x", now=NOW + timedelta(hours=number))  # type: ignore[arg-type]
        with django_assert_num_queries(7):
            page(as_ines)
