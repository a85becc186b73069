"""`import_notes` of a folder: a lesson a note, and links that lead to the lessons."""

import unicodedata
from pathlib import Path

import pytest

from learning.catalogue.load import load_course
from tests.learning.import_notes.vaults import Counts, Import, bodies, loaded, write


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
    assert found["placeholders"] == 4  # the picture that is there is shown


def test_sentences_without_an_id_are_counted_and_listed(run: Import, vault: Path) -> None:
    write(vault, here="A fact without a name.\n\nA named one. ^named\n\n- Another fact.\n- no sentence\n")
    said = run(vault, "-v", "2")
    assert "(1 statement, 2 sentences without an id)" in said
    assert "here.md:1: no ^id yet: A fact without a name." in said
