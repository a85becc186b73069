"""The people of all tests, and the course they study."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client

from learning.models import Course, Learner

ROOT = Path(__file__).resolve().parent.parent


def person(name: str) -> Learner:
    """Return the learner of a new user called `name`."""
    return Learner.objects.create(user=User.objects.create_user(name, password=f"{name}-studies-here"))


@pytest.fixture
def alice(db: None) -> Learner:
    """A learner."""
    return person("alice")


@pytest.fixture
def bob(db: None) -> Learner:
    """Another learner, who must never see what is alice's."""
    return person("bob")


@pytest.fixture
def ines(db: None) -> Learner:
    """An instructor."""
    learner = person("ines")
    group, _ = Group.objects.get_or_create(name="Instructors")
    group.permissions.set(Permission.objects.filter(codename="author_quiz"))
    learner.user.groups.add(group)
    return learner


def signed_in(learner: Learner) -> Client:
    """Return a client in which `learner` is signed in."""
    client = Client()
    client.force_login(learner.user, backend="learning.auth.LearnerBackend")
    return client


@pytest.fixture
def as_alice(alice: Learner) -> Client:
    """A client in which alice is signed in."""
    return signed_in(alice)


@pytest.fixture
def as_bob(bob: Learner) -> Client:
    """A client in which bob is signed in."""
    return signed_in(bob)


@pytest.fixture
def course(db: None) -> Course:
    """The shipped course, synced."""
    call_command("sync_content", verbosity=0)
    return Course.objects.get(slug="ecs")
