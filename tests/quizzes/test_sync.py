"""Files into rows: idempotent, new words make new revisions, nothing is deleted."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from learning.models import Course
from quizzes.marking.files import read_files
from quizzes.models import Erratum, Question, QuestionRevision, Quiz
from quizzes.services import stock_of, sync_files
from tests.conftest import ROOT
from tests.quizzes import course as own
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
    (folder / "quizzes" / "70-full-exam.yaml").rename(folder / "away.yaml")
    assert sync(course, folder) == {"questions": (["lt-901"], [], ["lt-001"]), "quizzes": ([], [], ["full-exam"])}
    assert Question.objects.get(slug="lt-001").retired_at == NOW
    change(folder, "^lt-901", "^lt-001")
    assert sync(course, folder)["questions"] == ([], ["lt-001"], ["lt-901"])
    assert Question.objects.get(slug="lt-001").retired_at is None


def test_a_question_in_one_language_is_left_out(course: Course, folder: Path) -> None:
    path = folder / "questions" / "launch-types.en.quiz.md"
    path.write_text(path.read_text().replace("^lt-001", "^lt-901"))
    assert sync(course, folder)["questions"] == ([], [], ["lt-001"])


def test_case_pilot_and_the_minutes_of_an_exam_are_kept(course: Course, tmp_path: Path) -> None:
    folder = own.copy(tmp_path)
    own.sync(course, folder)
    assert dict(Question.objects.filter(slug__startswith="own").values_list("slug", "case"))["own-005"] == "case-own"
    own.write(folder, own.OWN.replace("partial:: yes", "partial:: yes\npilot:: yes"))
    report = own.sync(course, folder)["questions"]
    assert report.changed == ["own-002"]
    assert [q.slug for q in Question.objects.filter(pilot=True)] == ["own-002"]
    assert (Quiz.objects.get(slug="exam").minutes, Quiz.objects.get(slug="practice").minutes) == (40, None)


def test_an_erratum_is_one_however_often_the_file_is_edited(course: Course, tmp_path: Path) -> None:
    folder = own.copy(tmp_path)
    own.sync(course, folder)
    text = own.OWN.replace("partial:: yes", "partial:: yes\nerratum:: 2026-11-22 Two steps were one.")
    for edited in (text, text.replace("In which order?", "In what order?"), text):
        own.write(folder, edited)
        own.sync(course, folder)
    assert Erratum.objects.values_list("revision__number", "day").get() == (2, "2026-11-22")
    own.write(folder, text.replace("2026-11-22", "2026-11-23"))
    own.sync(course, folder)
    assert list(Erratum.objects.values_list("revision__number", flat=True)) == [2, 4]


def test_a_new_question_has_nothing_to_put_right(course: Course, tmp_path: Path) -> None:
    folder = own.copy(tmp_path)
    own.write(folder, own.OWN.replace("partial:: yes", "erratum:: 2026-11-22 It was elsewhere."))
    own.sync(course, folder)
    assert not Erratum.objects.exists()


def test_what_this_process_keeps_turns_over_with_the_hash_of_the_files(course: Course) -> None:
    """Another process syncs: the hash is all that this one sees."""
    kept = stock_of(course)
    Question.objects.filter(slug="lt-001").update(retired_at=NOW)
    assert stock_of(course) is kept
    course.content_hash = "other"
    assert "lt-001" not in stock_of(course).public


def test_a_revision_never_changes(course: Course) -> None:
    revision = QuestionRevision.objects.all()[0]
    with pytest.raises(ValueError, match="never changes"):
        revision.save()


def test_the_check_names_what_is_wrong(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    path = folder / "ecs" / "questions" / "efs.ko.quiz.md"
    path.write_text(path.read_text().replace("^containers-ephemeral", "^no-such-statement", 1))
    (folder / "ecs" / "quizzes" / "90-new.yaml").write_text("id: new\n")
    exam = folder / "ecs" / "quizzes" / "60-exam.yaml"
    exam.write_text(exam.read_text().replace("minutes: 40", "minutes: 41"))
    settings.CONTENT_DIR = folder
    with pytest.raises(Exception, match="errors in the course files"):
        call_command("check_content")
    said = capsys.readouterr().out
    assert "no-such-statement, which no lesson states" in said
    assert "90-new.yaml" in said
    assert "promises an exam of 20 questions in 40 minutes" in said


def test_the_shipped_files_have_no_problem(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_content")
    assert "no problems" in capsys.readouterr().out
