"""Files into rows: idempotent, new words make new revisions, nothing is deleted."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from learning.models import Course
from quizzes.marking.files import read_files
from quizzes.models import Question, QuestionRevision, Quiz
from quizzes.services import sync_files
from tests.conftest import ROOT
from tests.quizzes.conftest import NOW


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    """A copy of the course's files, already synced."""
    return Path(shutil.copytree(ROOT / "content" / "ecs", tmp_path / "ecs"))


def change(folder: Path, old: str, new: str, count: int = -1) -> None:
    for path in folder.glob("questions/launch-types.*"):
        path.write_text(path.read_text().replace(old, new, count))


def sync(course: Course, folder: Path) -> dict[str, tuple[list[str], list[str], list[str]]]:
    reports = sync_files(course=course, files=read_files(folder), now=NOW)
    return {r.kind: (list(r.added), list(r.changed), list(r.retired)) for r in reports}


def test_everything_shipped_is_there(course: Course) -> None:
    assert Question.objects.exclude(current=None).count() == len(read_files(ROOT / "content" / "ecs").usable())
    assert Quiz.objects.filter(slug="practice", count__gte=12).exists()


def test_again_changes_nothing(course: Course, folder: Path) -> None:
    assert sync(course, folder) == {"questions": ([], [], []), "quizzes": ([], [], [])}


def test_new_words_make_a_new_revision(course: Course, folder: Path) -> None:
    before = QuestionRevision.objects.get(question__slug="lt-001")
    path = folder / "questions" / "launch-types.en.quiz.md"
    path.write_text(path.read_text().replace("^lt-001", "Really? ^lt-001", 1))
    assert sync(course, folder)["questions"] == ([], ["lt-001"], [])
    question = Question.objects.get(slug="lt-001")
    assert question.current
    assert (question.current.number, question.revisions.count()) == (2, 2)
    assert question.current.public["en"]["stem"].endswith("Really?")
    before.refresh_from_db()
    assert "Really?" not in before.public["en"]["stem"]


def test_words_from_before_are_the_revision_from_before(course: Course, folder: Path) -> None:
    change(folder, " ^lt-001", " Hm? ^lt-001")
    sync(course, folder)
    change(folder, " Hm? ^lt-001", " ^lt-001")
    assert sync(course, folder)["questions"] == ([], ["lt-001"], [])
    question = Question.objects.get(slug="lt-001")
    assert question.current
    assert (question.current.number, question.revisions.count()) == (1, 2)


def test_what_goes_is_retired_and_comes_back(course: Course, folder: Path) -> None:
    change(folder, "^lt-001", "^lt-901")
    (folder / "quizzes" / "50-efs.yaml").rename(folder / "away.yaml")
    assert sync(course, folder) == {"questions": (["lt-901"], [], ["lt-001"]), "quizzes": ([], [], ["efs"])}
    assert Question.objects.get(slug="lt-001").retired_at == NOW
    change(folder, "^lt-901", "^lt-001")
    assert sync(course, folder)["questions"] == ([], ["lt-001"], ["lt-901"])
    assert Question.objects.get(slug="lt-001").retired_at is None


def test_a_question_in_one_language_is_left_out(course: Course, folder: Path) -> None:
    path = folder / "questions" / "launch-types.en.quiz.md"
    path.write_text(path.read_text().replace("^lt-001", "^lt-901"))
    assert sync(course, folder)["questions"] == ([], [], ["lt-001"])


def test_a_revision_never_changes(course: Course) -> None:
    revision = QuestionRevision.objects.all()[0]
    with pytest.raises(ValueError, match="never changes"):
        revision.save()


def test_the_check_names_what_is_wrong(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    path = folder / "ecs" / "questions" / "efs.ko.quiz.md"
    path.write_text(path.read_text().replace("^containers-ephemeral", "^no-such-statement", 1))
    (folder / "ecs" / "quizzes" / "60-new.yaml").write_text("id: new\n")
    settings.CONTENT_DIR = folder
    with pytest.raises(Exception, match="errors in the course files"):
        call_command("check_content")
    said = capsys.readouterr().out
    assert "no-such-statement, which no lesson states" in said
    assert "60-new.yaml" in said


def test_the_shipped_files_have_no_problem(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_content")
    assert "no problems" in capsys.readouterr().out
