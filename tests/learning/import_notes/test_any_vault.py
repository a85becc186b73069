"""`import_notes` survives whatever a vault may hold, and says what it passed over."""

import os
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from learning.catalogue.load import load_course, shelves
from learning.catalogue.shelf import render_page
from tests.learning.import_notes.vaults import Counts, Import, bodies, loaded, write


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
