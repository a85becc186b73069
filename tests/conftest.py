"""The people of all tests, and the course they study."""

import gettext
import os
import re
from collections.abc import Iterator
from copy import copy
from itertools import groupby
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from hypothesis import HealthCheck

import builder.activities
import builder.services.library
import learning.outline
from learning.models import Course, Learner
from learning.services.measures import forget_measures
from quizzes.services import forget_stock
from quizzes.services.due import forget_due
from scripts.messages import compile_catalogue

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Compile the Korean words as they stand and forget what Django has read of older ones."""
    compile_catalogue()
    trans_real._translations.clear()  # no other way: Django reads a catalogue once a process
    trans_real._default = None
    gettext._translations.clear()


# The same examples each time, however slow the machine is just then; HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.register_profile("steady", hypothesis.settings.get_profile("explore"), derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


# What a process keeps of a course's rows: left alone, how much a page asks would depend on the tests before it.
KEPT = (
    learning.outline._outline,
    learning.outline._statements,
    learning.outline.lesson_text,
    builder.services.library._quotes,
    builder.activities._taught,
    builder.activities._titles,
)


@pytest.fixture(autouse=True)
def fresh_start() -> None:
    """Let no test inherit another's rate limits, what the process keeps, nor the language of its last page."""
    cache.clear()
    forget_measures()
    forget_due()
    forget_stock()
    for kept in KEPT:
        kept.cache_clear()
    translation.deactivate()


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


def instructor(name: str) -> Learner:
    """Return the learner of a new user called `name` who is an instructor."""
    learner = person(name)
    group, _ = Group.objects.get_or_create(name="Instructors")
    group.permissions.set(Permission.objects.filter(codename="author_quiz"))
    learner.user.groups.add(group)
    return learner


@pytest.fixture
def ines(db: None) -> Learner:
    """An instructor."""
    return instructor("ines")


@pytest.fixture
def ivan(db: None) -> Learner:
    """Another instructor, who must never see what is ines's alone."""
    return instructor("ivan")


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
def as_ines(ines: Learner) -> Client:
    """A client in which ines, the instructor, is signed in."""
    return signed_in(ines)


@pytest.fixture
def as_ivan(ivan: Learner) -> Client:
    """A client in which ivan is signed in."""
    return signed_in(ivan)


def without_tokens(page: str) -> str:
    """Return a page without what is another each time it is asked for."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", page)


_synced: list[Model] = []  # the rows of the shipped course, kept after the first sync: syncing takes a second


def content_rows() -> Iterator[Model]:
    """Yield every row of the three apps."""
    for label in ("learning", "quizzes", "builder"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            yield from model._base_manager.all()


def put_back(rows: list[Model]) -> None:
    """Insert `rows` as they were, and let the database count on from them."""
    with transaction.atomic():  # rows of two models point at one another: checked at the end
        for model, same in groupby(rows, type):
            model._base_manager.bulk_create([copy(row) for row in same])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list({type(row) for row in rows})):
            cursor.execute(statement)


@pytest.fixture
def course(db: None) -> Course:
    """The shipped course, synced."""
    if not Course.objects.exists():
        if _synced:
            put_back(_synced)
        else:
            call_command("sync_content", verbosity=0)
            _synced.extend(row for row in content_rows() if not isinstance(row, Learner))
    return Course.objects.get(slug="ecs")
