"""`import_notes` says what notes would become, writes it when asked, overwrites nothing and survives any vault."""

import json
import os
import unicodedata
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from learning import activities
from learning.catalogue.errors import Problem
from learning.catalogue.lessons import parse_lesson
from learning.catalogue.load import load_course, shelves
from learning.catalogue.shelf import render_page
from learning.models import LessonText
from tests.learning.course_files import write_course

NOTE = Path(__file__).parent / "notes" / "queues.md"

type Import = Callable[..., str]
type Counts = Callable[..., dict[str, Any]]


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


def write(vault: Path, **notes: str) -> None:
    for name, text in notes.items():
        path = vault / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def bodies(content: Path, course: str = "trial") -> dict[str, str]:
    """Return the text below the properties of each lesson written, by id."""
    files = [
        parse_lesson(path.read_text(), path.name, "ko")[0] for path in sorted((content / course / "lessons").glob("*"))
    ]
    return {file.id: file.text.body for file in files}


def loaded(content: Path, course: str = "trial") -> list[Problem]:
    found, problems = load_course(content / course)
    assert found is not None
    return problems


# --- one note with numbered sections


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


# --- a folder


def test_a_folder_becomes_one_lesson_a_note(run: Import, content: Path, vault: Path) -> None:
    write(
        vault,
        one="# 첫 노트\n\n글입니다.",
        deep__er__two="## 1. a\n\nx\n\n## 2. b\n\ny",
        three="---\ntitle: 셋\n---\n글",
    )
    run(vault, "--write")
    course, problems = load_course(content / "trial")
    assert problems == []
    assert course is not None
    assert {one.id: one.texts["ko"].title for one in course.lessons} == {"two": "two", "one": "첫 노트", "three": "셋"}


def test_notes_of_one_name_get_ids_of_their_own_and_links_mean_the_nearest(
    run: Import, content: Path, vault: Path
) -> None:
    write(vault, a__index="A. [[other]]", a__other="Near.", b__other="Far.", b__index="B. [[other]] [[a/other]]")
    run(vault, "--write")
    texts = bodies(content)
    assert texts["index"] == "A. [[other|other]]\n"
    assert texts["index-2"] == "B. [[other-2|other]] [[other|a/other]]\n"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[Other Note]]", "[[other-note|Other Note]]"),
        ("[[other note.md|this]]", "[[other-note|this]]"),
        ("[[OTHER NOTE#Part two]]", "[[other-note#Part two|OTHER NOTE > Part two]]"),
        ("[[Other Note#^fact]]", "[[other-note#^fact|Other Note]]"),
        ("![[Other Note#^fact]]", "![[other-note#^fact]]"),
        ("[[별명]]", "[[other-note|별명]]"),
        ("[words](Other%20Note.md#Part%20two)", "[words](other-note#Part%20two)"),
        ("`[[Other Note]]`", "`[[Other Note]]`"),
        ("[[Nobody]]", "[[Nobody]]"),
        ("![[picture.png|300]]", "![[picture.png|300]]"),
        ("[[../secret]]", "[[../secret]]"),
        ("| x | [[Other Note]] |\n|---|---|\n| x | y |", "| x | [[other-note\\|Other Note]] |\n|---|---|\n| x | y |"),
    ],
)
def test_a_link_leads_to_the_lesson_of_its_note(
    run: Import, content: Path, vault: Path, link: str, expected: str
) -> None:
    (vault / "Other Note.md").write_text("---\naliases: [별명]\n---\nA fact. ^fact\n\n## Part two\n\nMore.\n")
    write(vault, here=link)
    run(vault, "--write")
    assert bodies(content)["here"] == f"{expected}\n"
    assert all("leads nowhere" not in p.text() or "[[Nobody" in link or ".." in link for p in loaded(content))


def test_names_in_nfd_are_found(counts: Counts, vault: Path) -> None:
    (vault / f"{unicodedata.normalize('NFD', '한글 노트')}.md").write_text("글입니다.")
    write(vault, here="[[한글 노트]]")
    assert counts(vault)["unresolved"] == 0


def test_links_and_images_that_are_missing_are_counted(counts: Counts, vault: Path) -> None:
    (vault / "there.png").write_bytes(b"")
    write(vault, here="[[nobody]] [[nobody#part]] ![[gone.png]] ![[there.png]] ![alt](also/gone.png)")
    found = counts(vault)
    assert (found["links"], found["unresolved"]) == (2, 2)
    assert (found["images"], found["images_missing"]) == (3, 2)
    assert found["placeholders"] == 5


def test_sentences_without_an_id_are_counted_and_listed(run: Import, vault: Path) -> None:
    write(vault, here="A fact without a name.\n\nA named one. ^named\n\n- Another fact.\n- no sentence\n")
    said = run(vault, "-v", "2")
    assert "(1 statement, 2 sentences without an id)" in said
    assert "here.md:1: no ^id yet: A fact without a name." in said


# --- whatever a vault may hold


def test_hidden_folders_and_links_are_passed_over(counts: Counts, vault: Path) -> None:
    write(vault, **{".obsidian__x": "x", ".git__x": "x", ".trash__x": "x", "real": "Text."})
    (vault / "link.md").symlink_to(vault / "real.md")
    (vault / "loop").symlink_to(vault)
    os.mkfifo(vault / "pipe.md")
    found = counts(vault)
    assert found["notes"] == 1
    assert sorted(p.split(":")[0] for p in found["problems"]) == ["link.md", "pipe.md"]


@pytest.mark.parametrize(
    ("data", "severity", "words"),
    [
        ("한글 문서".encode("utf-8-sig"), None, ""),
        ("한글 문서".encode("utf-16"), "warning", "Was read as UTF-16"),
        ("한글 문서".encode("utf-32"), "warning", "Was read as UTF-32"),
        ("한글 문서".encode("cp949"), "error", "Is not UTF-8. As CP949 it would begin “한글 문서”"),
        ("text".encode("utf-16-le"), "error", "Holds a NUL character"),
        (b"\xff\xfe\x00", "error", "Is not UTF-16 text"),
        (b"ok\n\xe2\x82", "error", "Is not UTF-8 text"),
        (b"x" * 1_048_577, "error", "Larger than 1048576 bytes"),
        (b"", "warning", "The note is empty"),
        (b"---\n---\n\n---\n", "warning", "The note is empty"),
    ],
)
def test_a_file_of_any_bytes_is_reported_and_not_fatal(
    counts: Counts, vault: Path, data: bytes, severity: str | None, words: str
) -> None:
    write(vault, good="Text.")
    (vault / "odd.md").write_bytes(data)
    found = counts(vault)
    expected = [f"odd.md:{severity}:{words}"] if severity else []
    said = [":".join(part.strip() for at, part in enumerate(p.split(":", 3)) if at != 1) for p in found["problems"]]
    assert [line[: len(expected[0])] for line in said] == expected if expected else not said


def test_names_of_any_kind_are_written(run: Import, content: Path, vault: Path) -> None:
    names = ["한" * 80, "a" * 240, "🔑", "con", "-x", "a'b\"c", "x  y", "%s{{x}}", "A", "v1.2"]
    for name in names:
        (vault / f"{name}.md").write_text("글입니다.")
    with open(os.fsencode(vault) + b"/bad\xff.md", "w") as file:
        file.write("글입니다.")
    run(vault, "--write")
    assert len(bodies(content)) == len(names) + 1
    assert loaded(content) == []


def test_twins_are_told_apart(counts: Counts, vault: Path) -> None:
    for name in ("Case", "case", unicodedata.normalize("NFC", "한글"), unicodedata.normalize("NFD", "한글")):
        (vault / f"{name}.md").write_text("글입니다.")
    found = counts(vault, "--write")
    assert (found["written"], found["warnings"]) == (4, 2)
    assert all("differs from" in problem for problem in found["problems"])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        "![" * 30_000,
        "[[" * 30_000,
        "> " * 600 + "x",
        "\n".join("  " * i + "- x" for i in range(400)),
        "`" * 1_000 + "x" + "`" * 999,
        "```\nnever closed [[x]]\n",
        "---\na: &a [1]\nb: [*a, *a]\n---\ntext",
        "---\nno end\n",
        "| a |\n|---|\n" * 2_000,
        "[a]: b\n" * 5_000,
        "&amp;" * 10_000,
        "[[a|b|c]] [[|]] [[#]] [[#^]] [[^]] ![[]] [[a\\|b]]",
        "\u202e\u200b\ufeff\u2028\u3164 ^x",
        "# \n\n## \n\n### 1. \n### 2. ",
        "1. a\n2. b\n\n### 1. x\n### 2. y\n",
        "%s %(x)s {{ x }} ${7*7} ^x",
    ],
)
def test_no_note_brings_it_down(counts: Counts, content: Path, vault: Path, text: str) -> None:
    write(vault, note=text, other="[[note]]")
    for path in (vault, vault / "note.md"):
        assert counts(path)["notes"] in (1, 2)
    counts(vault, "--write")
    assert [problem for problem in loaded(content) if problem.severity == "error"] == []


def test_what_the_site_would_refuse_is_not_written(counts: Counts, run: Import, content: Path, vault: Path) -> None:
    write(vault, long="x" * 70_000, good="Text.")
    found = counts(vault)
    assert (found["refused"], found["new"]) == (1, 1)
    assert "long.md “long” -> refused" in run(vault, "--write")
    assert list(bodies(content)) == ["good"]


def test_no_script_gets_through(run: Import, content: Path, vault: Path) -> None:
    write(vault, note="<script>alert(1)</script><style>x</style>\n\n[a](javascript:alert(1)) <b onclick=x>b</b>\n")
    run(vault, "--write")
    course, _ = load_course(content / "trial")
    assert course is not None
    shelf = shelves(course)["ko"]
    html = "".join(part.html for part in render_page(shelf, shelf.pages[0]).parts)
    assert not any(word in html for word in ("<script", "<style", "javascript:", "onclick"))


def test_a_file_that_cannot_be_written_is_named(run: Import, content: Path, vault: Path) -> None:
    write(vault, one="Text.", two="More.")
    (content / "trial" / "lessons").mkdir(parents=True)
    (content / "trial" / "lessons" / "010-one.ko.md").mkdir()
    said = run(vault, "--write")
    assert "Not written: 010-one.ko.md: " in said
    assert (content / "trial" / "lessons" / "020-two.ko.md").is_file()


def test_the_progress_of_a_folder_goes_to_stderr(content: Path, vault: Path) -> None:
    for number in range(60):
        (vault / f"{number}.md").write_text("글입니다.")
    out, err = StringIO(), StringIO()
    call_command("import_notes", str(vault), "--course", "trial", stdout=out, stderr=err)
    assert "100 % of the work done" in err.getvalue()
    assert "%" not in out.getvalue()
