"""`check_content` says every problem with its file and line, and needs no database."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from learning import activities
from tests.learning.course_files import MANIFEST, WATER_EN, lesson, write_course

ROOT = Path(__file__).resolve().parent.parent.parent
EN = "lessons/010-water.en.md"


@pytest.fixture(autouse=True)
def content(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into a folder of the test's own; upper apps are not asked."""
    settings.CONTENT_DIR = tmp_path
    monkeypatch.setattr(activities, "_registered", {})


def check(folder: Path, changes: dict[str, str | None] | None = None) -> tuple[str, str]:
    """Return what is printed, and the error it ends with."""
    write_course(folder / "tea", changes)
    out = StringIO()
    try:
        call_command("check_content", stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_it_works(tmp_path: Path) -> None:
    assert check(tmp_path) == ("2 lessons, 3 statements: no problems\n", "")


def test_an_error_ends_in_failure(tmp_path: Path) -> None:
    said, error = check(tmp_path, {EN: lesson("water", WATER_EN, title=" ")})
    assert f"{tmp_path}/tea/{EN}:3: error: `title` is empty." in said
    assert "2 lessons, 3 statements: 1 error, 0 warnings" in said
    assert error == "1 error in the course files."


def test_a_warning_does_not(tmp_path: Path) -> None:
    said, error = check(tmp_path, {EN: lesson("water", WATER_EN + "\n[[milk]]\n")})
    assert f"{EN}:14: warning:" in said
    assert (said.splitlines()[-1], error) == ("2 lessons, 3 statements: 0 errors, 1 warning", "")


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    said, _ = check(tmp_path, {EN: lesson("sea", "No ids here.", title=" "), "lessons/x.md": "?"})
    assert len([line for line in said.splitlines() if ": error: " in line]) >= 5


def test_two_folders_may_not_hold_one_course(tmp_path: Path) -> None:
    write_course(tmp_path / "again")
    said, _ = check(tmp_path)
    assert f"{tmp_path}/tea/course.toml:0: error: The course `tea` stands in again too." in said


def test_a_course_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    said, error = check(tmp_path, {"course.toml": MANIFEST + "["})
    assert "course.toml:27: error: Not readable TOML" in said
    assert error


def test_files_are_named_as_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said, _ = check(tmp_path, {EN: lesson("water", WATER_EN, title=" ")})
    assert said.startswith(f"tea/{EN}:3: error:")


def test_it_needs_no_database(tmp_path: Path) -> None:
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check_content", "-v", "1"],
        cwd=ROOT,
        env={**os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "4 lessons, 35 statements" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("*.sqlite3")) == []
