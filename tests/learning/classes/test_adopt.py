"""A guest in a class signs in: the class, the minutes and the work come along."""

from django.test import Client
from django.utils import timezone

from learning.models import Assignment, Extension, Learner, Membership
from learning.services.classes import extend
from quizzes.models import Attempt, Quiz


def test_it_works(
    client: Client, as_ines: Client, alice: Learner, ines: Learner, given: Assignment, quiz: Quiz
) -> None:
    room = given.classroom
    client.post(f"/en/join/{room.code}/", {"name": "Guest"})
    guest = Membership.objects.get().learner
    extend(assignment=given, learner=guest, minutes=5, actor=ines.user, now=timezone.now())
    client.post(f"/en/quizzes/{quiz.slug}/", {"given": given.pk})
    client.post("/en/accounts/login/", {"login": "alice", "password": "alice-studies-here"})
    assert not Learner.objects.filter(pk=guest.pk).exists()
    assert Membership.objects.get().learner == alice
    assert Extension.objects.get().learner == alice
    attempt = Attempt.objects.get()
    assert (attempt.learner, attempt.assignment) == (alice, given)
    assert "working" in as_ines.get(f"/en/author/classes/{room.pk}/").content.decode()
