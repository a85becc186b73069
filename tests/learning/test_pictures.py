"""Pictures of notes: carried over by an import, shown in the lesson, served to whoever reads it."""

import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

# One pixel, a whole PNG.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def imported(tmp_path: Path, settings: Settings, db: None) -> Path:
    """A course made of a vault with one note and the pictures it shows; returns the course folder."""
    vault, settings.CONTENT_DIR = tmp_path / "vault", tmp_path / "content"
    (vault / "attachments").mkdir(parents=True)
    (vault / "attachments" / unicodedata.normalize("NFD", "구조도.png")).write_bytes(PNG)
    (vault / "attachments" / "evil.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>")
    note = "첫 문장입니다. ^first\n\n![[구조도.png|300]]\n\n![[evil.svg]]\n\n![[none.png]]\n"
    (vault / "메모.md").write_text(note, encoding="utf-8")
    call_command("import_notes", str(vault), course="trial", write=True, verbosity=0)
    return tmp_path / "content" / "trial"


def test_an_import_carries_pictures_over_and_nothing_else(imported: Path) -> None:
    assert [path.suffix for path in (imported / "images").iterdir()] == [".png"]


def test_the_lesson_shows_it_and_says_what_is_missing(imported: Path, client: Client) -> None:
    call_command("sync_content", verbosity=0)
    page = client.get("/ko/courses/trial/lessons/메모/").content.decode()
    assert '<img src="/courses/trial/images/' in page
    assert 'width="300"' in page
    assert "none.png" in page
    assert page.count("missing") >= 2


def test_it_is_served(imported: Path, client: Client) -> None:
    call_command("sync_content", verbosity=0)
    response = client.get("/courses/trial/images/구조도.png")
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name", ["none.png", "evil.svg", "..%2fcourse.toml", "..", "course.toml", "%00.png", "a" * 3000]
)
def test_nothing_else_is_served(imported: Path, client: Client, name: str) -> None:
    call_command("sync_content", verbosity=0)
    assert client.get(f"/courses/trial/images/{name}").status_code == 404


def test_an_unknown_course_has_none(client: Client, db: None) -> None:
    assert client.get("/courses/none/images/a.png").status_code == 404
