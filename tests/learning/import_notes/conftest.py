"""A vault, a content folder, and the command run on them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from learning import activities
from tests.learning.import_notes.vaults import Counts, Import


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """An empty vault."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


@pytest.fixture
def content(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder of the test's own; upper apps are not asked."""
    settings.CONTENT_DIR = tmp_path / "content"
    monkeypatch.setattr(activities, "_registered", {})
    return tmp_path / "content"


@pytest.fixture
def run(content: Path) -> Import:
    """Run the command on a path and return what it prints."""

    def run(path: Path, *options: str, course: str = "trial") -> str:
        out = StringIO()
        call_command("import_notes", str(path), "--course", course, *options, stdout=out, stderr=StringIO())
        return out.getvalue()

    return run


@pytest.fixture
def counts(run: Import) -> Counts:
    """Run the command with --json and return what it counts."""
    return lambda *args, **options: json.loads(run(*args, "--json", **options))
