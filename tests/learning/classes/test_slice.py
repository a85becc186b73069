"""From an instructor's class to a score they see: made, joined by its code, taken, seen. Each step as people do it."""

from django.test import Client
from django.utils import timezone

from learning.models import Assignment, Classroom, Course, Membership
from quizzes.models import Attempt, Quiz
from tests.quizzes.make import answer_all


def test_it_works(as_ines: Client, as_alice: Client, course: Course, quiz: Quiz) -> None:
    as_ines.post("/en/author/classes/", {"name": "Monday class"})
    room = Classroom.objects.get()
    teach = f"/en/author/classes/{room.pk}/"
    page = as_ines.get(teach).content.decode()
    assert f"{room.code[:4]}-{room.code[4:]}" in page
    assert f"http://testserver/en/join/{room.code}/" in page
    as_ines.post(f"{teach}give/", {"source": f"quiz:{quiz.slug}"})

    typed = f" {room.code[:4].lower()} {room.code[4:]} "
    entered = as_alice.post("/en/join/", {"code": typed})
    assert entered["Location"] == f"/en/join/{room.code}/"
    assert 'value="alice"' in as_alice.get(entered["Location"]).content.decode()
    assert as_alice.post(entered["Location"], {"name": "Alice Kim"})["Location"] == f"/en/classes/{room.pk}/"
    given = Assignment.objects.get()
    page = as_alice.get(f"/en/classes/{room.pk}/").content.decode()
    assert f"{quiz.get_absolute_url()}?given={given.pk}".replace("/ko/", "/en/") in page

    as_alice.post(quiz.get_absolute_url(), {"given": given.pk})
    attempt = Attempt.objects.get()
    assert attempt.assignment == given
    assert "working" in as_ines.get(teach).content.decode()
    answer_all(attempt, timezone.now(), right=1)
    as_alice.post(f"/en/attempts/{attempt.pk}/finish/")
    for client, path in ((as_ines, teach), (as_alice, f"/en/classes/{room.pk}/")):
        page = client.get(path).content.decode()
        assert "550 points, 1 of 2 right" in page
    assert Membership.objects.get().name == "Alice Kim"
