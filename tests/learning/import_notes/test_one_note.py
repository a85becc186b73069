"""`import_notes` says what a note would become, writes it when asked, and overwrites nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from learning.catalogue.load import load_course, shelves
from learning.catalogue.shelf import render_page
from learning.models import LessonText
from tests.learning.course_files import write_course
from tests.learning.import_notes.vaults import Counts, Import, bodies, loaded, write

NOTE = Path(__file__).parent.parent / "notes" / "queues.md"


def test_it_works(run: Import, content: Path) -> None:
    said = run(NOTE)
    assert "queues.md “대기열 유형 (Queue Types)” -> would be 010-대기열-유형-queue-types.ko.md" in said
    assert "1 note, 3 lessons: 3 new, 0 there already, 0 refused; 0 notes unreadable." in said
    assert "Images: 2, 2 missing" in said
    assert "queues.md:10: warning: The image is missing: Pasted image 20260101120000.png" in said
    assert "A dry run: nothing was written." in said
    assert not content.exists()


def test_the_counts_are_those_of_the_note(counts: Counts) -> None:
    found = counts(NOTE)
    expected = {"sections": 3, "bold": 8, "placeholders": 2, "images": 2, "images_missing": 2, "statements": 1}
    assert {name: found[name] for name in expected} == expected
    assert (found["links"], found["unresolved"], found["errors"], found["written"]) == (2, 0, 0, 0)


def test_what_is_written_loads_and_renders(run: Import, content: Path) -> None:
    said = run(NOTE, "--write")
    assert "written to 010-대기열-유형-queue-types.ko.md" in said
    assert [p.severity for p in loaded(content)] == ["warning", "warning"]
    course, _ = load_course(content / "trial")
    assert course is not None
    assert [lesson.texts["ko"].title for lesson in course.lessons] == [
        "대기열 유형 (Queue Types)",
        "가시성 제한 시간 ⏳",
        "배달 못 한 메시지 📦",
    ]
    shelf = shelves(course)["ko"]
    html = [part.html for page in shelf.pages for part in render_page(shelf, page).parts]
    assert "<strong>가시성 제한 시간(Visibility Timeout)</strong>을" in html[1]
    assert "<strong>DLQ(Dead Letter Queue)</strong>로" in html[2]


def test_the_introduction_leads_the_first_lesson(run: Import, content: Path) -> None:
    run(NOTE, "--write")
    first, second, third = bodies(content).values()
    assert first.startswith("Amazon SQS(Simple Queue Service)는")
    assert first.rstrip().endswith("^fifo-once-in-order")
    assert second.startswith("꺼낸 메시지는")
    assert "---" not in first + second + third


def test_links_inside_the_note_follow_its_sections(run: Import, content: Path) -> None:
    run(NOTE, "--write")
    _, second, third = bodies(content).values()
    assert "[[대기열-유형-queue-types#FIFO 대기열|FIFO 대기열]]" in second
    assert "[[대기열-유형-queue-types#^fifo-once-in-order|FIFO가 지킵니다]]" in third


def test_a_note_may_stay_whole(counts: Counts, run: Import, content: Path) -> None:
    assert counts(NOTE, "--whole")["sections"] == 1
    run(NOTE, "--whole", "--write")
    assert list(bodies(content)) == ["queues"]


@pytest.mark.django_db
def test_the_imported_course_can_be_studied(run: Import, content: Path) -> None:
    run(NOTE, "--write")
    call_command("sync_content", verbosity=0)
    assert LessonText.objects.filter(lesson__course__slug="trial").count() == 3


# --- never overwriting


def test_a_second_import_writes_nothing(run: Import, content: Path) -> None:
    run(NOTE, "--write")
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    said = run(NOTE, "--write")
    assert "1 note, 3 lessons: 0 new, 3 there already" in said
    assert "Nothing was written." in said
    assert {path: path.read_bytes() for path in content.rglob("*.*")} == before


def test_new_notes_go_behind_what_is_there(run: Import, content: Path, vault: Path) -> None:
    write_course(content / "tea")
    write(vault, cups="Cups are warmed first. ^cups-warm")
    said = run(vault / "cups.md", "--write", "--language", "en", "--topic", "leaves", course="tea")
    assert "written to 030-cups.en.md" in said
    assert [p.text() for p in loaded(content, "tea")] == ["The lesson has no text in `ko`: 030-cups.ko.md is missing."]
    write(vault, cups="---\nid: cups\n---\n잔을 먼저 데웁니다. ^cups-warm")
    assert "written to 030-cups.ko.md" in run(vault / "cups.md", "--write", "--topic", "leaves", course="tea")
    assert loaded(content, "tea") == []


def test_a_statement_id_that_is_taken_gets_a_number(run: Import, content: Path, vault: Path) -> None:
    write_course(content / "tea")
    write(vault, a="One fact. ^leaves-dark", b="Another. ^leaves-dark", c="See [[b#^leaves-dark]].")
    run(vault, "--write", course="tea")
    texts = bodies(content, "tea")
    assert (texts["a"], texts["b"]) == ("One fact. ^leaves-dark-2\n", "Another. ^leaves-dark-3\n")
    assert texts["c"] == "See [[b#^leaves-dark-3|b]].\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--course", "../out"), "--course must be"),
        (("--course", "tea", "--topic", "milk"), "--topic must be one of water, leaves"),
        (("--course", "ko-only", "--language", "en"), "has no lessons in en"),
        (("--course", "broken"), "Not readable TOML"),
    ],
)
def test_a_place_that_does_not_fit_is_refused(content: Path, options: tuple[str, ...], message: str) -> None:
    write_course(content / "tea")
    write_course(content / "broken", {"course.toml": "["})
    toml = (content / "tea" / "course.toml").read_text()
    write_course(content / "ko-only", {"course.toml": toml.replace('"tea"', '"ko-only"\nlanguages = ["ko"]', 1)})
    with pytest.raises(CommandError, match=message):
        call_command("import_notes", str(NOTE), *options)


def test_a_path_that_is_not_there_is_named(run: Import, vault: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.md is not there"):
        run(vault / "nothing.md")
