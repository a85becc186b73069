"""A database from before evidence named its response is brought up to date, rows and all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from pytest_django.plugin import DjangoDbBlocker

BEFORE = ("learning", "0002_search_index")
AFTER = ("learning", "0006_evidence_complete")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[str]:
    """An SQLite database of its own, not migrated yet."""
    alias = "upgrade"
    connections.settings[alias] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "old.sqlite3"),
        "OPTIONS": {},
    }
    yield alias
    connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def moved(alias: str, target: tuple[str, str]) -> StateApps:
    """Migrate to `target`; return the models of then."""
    executor = MigrationExecutor(connections[alias])
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


def fill(apps: StateApps, alias: str) -> None:
    """Write what an older Naru wrote: two responses to one question, and a design."""
    words = {"ko": "하나", "en": "one"}
    course = (
        apps.get_model("learning", "Course")
        .objects.using(alias)
        .create(slug="c", title=words, summary=words, pass_mark=720, content_hash="")
    )
    topic = (
        apps.get_model("learning", "Topic")
        .objects.using(alias)
        .create(course=course, slug="t", position=1, title=words, weight=100)
    )
    lesson = (
        apps.get_model("learning", "Lesson")
        .objects.using(alias)
        .create(course=course, topic=topic, slug="l", position=1)
    )
    make = apps.get_model("learning", "Statement").objects.using(alias).create
    one, two = (make(course=course, lesson=lesson, slug=slug, position=i, words=words) for i, slug in enumerate("ab"))
    learner = apps.get_model("learning", "Learner").objects.using(alias).create()
    rows = [
        (one, "item:q-1", True, 0),
        (two, "item:q-1", True, 0),  # the same response
        (one, "item:q-1", False, 1),
        (two, "scenario:s-1", False, 2),
    ]
    evidence = apps.get_model("learning", "Evidence").objects.using(alias)
    for statement, source, knew, days in rows:
        evidence.create(
            learner=learner, statement=statement, source=source, knew=knew, seen_at=NOW + timedelta(days=days)
        )


def test_it_works(old: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        fill(moved(old, BEFORE), old)
        rows = list(moved(old, AFTER).get_model("learning", "Evidence").objects.using(old).order_by("pk"))
    assert [(row.subject, row.correct, row.source, row.first) for row in rows] == [
        ("item:q-1", True, "practice", True),
        ("item:q-1", True, "practice", True),
        ("item:q-1", False, "practice", False),
        ("scenario:s-1", False, "builder", True),
    ]
    assert len({row.act for row in rows}) == 3
    assert rows[0].act == rows[1].act
    assert all(row.course_id and row.topic_id for row in rows)
    assert [row.seen_at for row in rows] == [NOW + timedelta(days=days) for days in (0, 0, 1, 2)]
