"""A course folder is read strictly: each fault in a file is named with its file and line."""

from pathlib import Path

import pytest

from learning.catalogue.anchors import slug
from learning.catalogue.errors import Problem
from learning.catalogue.load import find_courses, load_course, shelves
from learning.catalogue.markdown import render
from learning.catalogue.shelf import CourseContext, Page, shelve
from tests.learning.course_files import FILES, LEAVES_EN, MANIFEST, WATER_EN, lesson, write_course

EN = "lessons/010-water.en.md"
LEAVES = "lessons/020-leaves.en.md"


def problems(folder: Path, changes: dict[str, str | None]) -> list[str]:
    """Return the problems of the course with `changes`, as "file:line: severity: text"."""
    _, found = load_course(write_course(folder, changes))
    return [str(Problem(p.path.removeprefix(f"{folder}/"), p.line, p.message, p.params, p.severity)) for p in found]


def test_it_works(tmp_path: Path) -> None:
    course, found = load_course(write_course(tmp_path))
    assert found == []
    assert course is not None
    assert [lesson.id for lesson in course.lessons] == ["water", "leaves"]
    assert course.statement_ids() == {"green-tea-80", "black-tea-boiling", "leaves-dark"}
    assert course.lesson_of("leaves-dark") == "leaves"
    assert course.exam == {"minutes": 10, "items": 5}
    leaves = course.lessons[1].texts["ko"].statements[0]
    assert (leaves.text, leaves.line) == ("찻잎은 어두운 곳에 둡니다.", 7)


def test_it_finds_course_folders(tmp_path: Path) -> None:
    write_course(tmp_path / "b")
    write_course(tmp_path / "a", {"course.toml": None})
    write_course(tmp_path / ".hidden")
    (tmp_path / "other").mkdir()
    assert find_courses(tmp_path) == [tmp_path / "a", tmp_path / "b"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "tea"', 'id = "Tea!"', "course.toml:1: error: `id` must be lower-case letters, digits and hyphens."),
        ("pass_mark = 700", "pass_mark = true", "course.toml:2: error: `pass_mark` must be a whole number from 100"),
        ("pass_mark = 700", "", "course.toml:0: error: `pass_mark` must be a whole number from 100"),
        ("[title]\n", "colour = 1\n[title]\n", "course.toml:4: error: Unknown key `colour`."),
        ('en = "Tea"', 'en = " "', "course.toml:4: error: `title.en` is empty."),
        ('en = "Tea"', 'fr = "Thé"', "course.toml:6: error: Unknown key `title.fr`."),
        ("weight = 40", "weight = 30", "course.toml:12: error: The weights of the topics add up to 90, not to 100."),
        ("weight = 40", "weight = 0", "course.toml:20: error: `topics.weight` must be a whole number from 1 to 100."),
        ('id = "leaves"', 'id = "water"', "course.toml:12: error: The topic `water` stands twice."),
        ('id = "leaves"', 'id = "cups"', "course.toml:18: error: The topic `cups` has no lesson."),
        ("minutes = 10", "", "error: `exam.minutes` must be a whole number"),
        ("[exam]", "[exam", "course.toml:24: error: Not readable TOML:"),
        ("[exam]", "[" * 20_000, "error: Not readable TOML:"),
        ("[exam]", 'languages = ["fr"]\n[exam]', "error: Unknown key `topics.languages`."),
        ('id = "tea"', 'id = "tea"\nlanguages = ["fr"]', "course.toml:2: error: `languages` must list one or more of"),
    ],
)
def test_a_fault_in_the_manifest_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in MANIFEST
    found = problems(tmp_path, {"course.toml": MANIFEST.replace(old, new, 1)})
    assert any(expected in problem for problem in found), found


def test_a_manifest_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    assert "No such file" in problems(tmp_path, {"course.toml": None})[0]
    (tmp_path / "course.toml").write_bytes("id = '차'".encode("cp949"))
    course, found = load_course(tmp_path)
    assert course is None
    assert "Is not UTF-8. As CP949 it would begin “id = '차'”" in str(found[0])


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (EN, lesson("water", WATER_EN).replace("topic:", "tags: x\ntopic:"), f"{EN}:5: error: Unknown key `tags`."),
        (EN, lesson("water", WATER_EN, title=" "), f"{EN}:3: error: `title` is empty."),
        (EN, lesson("water", WATER_EN, title="x" * 201), f"{EN}:3: error: The title is longer than 200 characters."),
        (EN, lesson("water", WATER_EN, summary=""), f"{EN}:4: error: `summary` is empty."),
        (EN, lesson("a b", WATER_EN), f"{EN}:2: error: `id` may hold letters, digits, hyphens and underscores."),
        (EN, lesson("tap", WATER_EN), f"{EN}:2: error: `id` is `tap`"),
        (EN, lesson("water", WATER_EN).replace("topic: water", "topic: sea"), f"{EN}:5: error: Unknown topic `sea`."),
        (EN, lesson("water", ""), f"{EN}:7: error: The lesson has no text."),
        (EN, WATER_EN, f"{EN}:1: error: `id` is empty."),
        (EN, "---\nid: water\n", f"{EN}:1: error: The properties begin with --- but never end with ---."),
        (EN, lesson("water", WATER_EN, title="a: b: c"), f"{EN}:3: error: The properties are not readable YAML"),
        (EN, lesson("water", WATER_EN, title="&a x"), f"{EN}:3: error: The properties may not use YAML anchors"),
        (EN, lesson("water", WATER_EN, title="[" * 99), f"{EN}:3: error: The properties are nested too deeply."),
        (EN, lesson("water", WATER_EN, title="x\ntitle: y"), f"{EN}:4: error: The property `title` stands twice."),
        (EN, lesson("water", WATER_EN, title=r'"\uD800"'), "error: The properties"),
        (EN, lesson("water", WATER_EN, title=r'"\U00110000"'), "error: The properties"),
        (EN, lesson("water", WATER_EN, title="x" * 17_000), f"{EN}:1: error: The properties are longer than"),
        (EN, lesson("water", WATER_EN + "- … ^alone\n"), f"{EN}:13: error: The statement `alone` has no words."),
        (EN, lesson("water", WATER_EN + "\n\0\n"), f"{EN}:14: error: Holds a NUL character"),
        (EN, None, "lessons/010-water.ko.md:2: error: The lesson has no text in `en`: 010-water.en.md is missing."),
        (
            EN,
            lesson("water", WATER_EN.replace("^green-tea-80", "")),
            "lessons/010-water.ko.md:11: error: The statement `green-tea-80` is missing in `en`.",
        ),
        (
            EN,
            lesson("water", WATER_EN + "\nMore words. ^green-tea-80\n"),
            f"{EN}:14: error: The statement `green-tea-80` stands twice; first in line 11.",
        ),
        (
            LEAVES,
            lesson("leaves", LEAVES_EN + "\nMore words. ^green-tea-80\n"),
            f"{LEAVES}:11: error: The statement `green-tea-80` stands in",
        ),
        (
            EN,
            lesson("water", "\n".join(reversed(WATER_EN.split("\n")))),
            "the statements stand in another order: there `green-tea-80` stands in this place.",
        ),
        (EN, lesson("water", WATER_EN + "\n![[a.quiz#^w-1]]\n"), f"{EN}:1: error: The quick checks are not those of"),
        ("lessons/notes.md", "x", "lessons/notes.md:0: error: A lesson's file is named like 010-name.ko.md."),
        ("lessons/030-tap.en.md", lesson("water", "Words."), "030-tap.en.md:2: error: The lesson `water` stands in"),
    ],
)
def test_a_fault_in_a_lesson_is_named(tmp_path: Path, file: str, text: str | None, expected: str) -> None:
    found = problems(tmp_path, {file: text})
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    "target",
    ["milk", "water#^milk", "water#Milk", "#Milk", "#^milk", "../water/secret"],
)
@pytest.mark.parametrize("embed", ["", "!"])
def test_a_link_that_leads_nowhere_is_a_warning_with_its_line(tmp_path: Path, target: str, embed: str) -> None:
    found = problems(tmp_path, {LEAVES: lesson("leaves", f"{LEAVES_EN}\n{embed}[[{target}]]\n")})
    assert [problem.split(" ")[:2] for problem in found] == [[f"{LEAVES}:11:", "warning:"]]


@pytest.mark.parametrize("name", ["cup.svg", "Pasted image 1.png"])
def test_a_missing_picture_is_a_warning_with_its_line(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, {LEAVES: lesson("leaves", f"{LEAVES_EN}\n![[{name}]]\n")})
    assert [problem.split(" ")[:2] for problem in found] == [[f"{LEAVES}:11:", "warning:"]]


BEYOND = "> [!beyond] More\n> {}\n"
SOURCE = "Source: [AWS](https://docs.aws.amazon.com/tea.html), 2026-11-22."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (SOURCE, []),
        ("Source: [AWS](https://aws.amazon.com/tea/), 2026-11-22.", []),
        (SOURCE.replace("2026-11-22", "2026-13-22"), ["A `beyond` callout needs the day it was checked"]),
        (SOURCE.replace("2026-11-22", "yesterday"), ["A `beyond` callout needs the day it was checked"]),
        (
            SOURCE.replace("docs.aws.amazon.com", "docs.aws.amazon.com.evil.example"),
            ["A `beyond` callout needs a link"],
        ),
        ("Nothing.", ["A `beyond` callout needs a link", "A `beyond` callout needs the day"]),
        (f"{SOURCE} ^beyond-fact", ["The statement `beyond-fact` stands in a `beyond` callout"]),
    ],
)
def test_a_beyond_callout_needs_its_source_and_day(tmp_path: Path, words: str, expected: list[str]) -> None:
    found = problems(tmp_path, {LEAVES: lesson("leaves", f"{LEAVES_EN}\n{BEYOND.format(words)}")})
    assert len(found) == len(expected), found
    assert all(start in problem for start, problem in zip(expected, found, strict=True)), found


def test_code_and_comments_hold_no_statements(tmp_path: Path) -> None:
    more = "\n```\nnot one ^in-code\n```\n\n%% nor this ^in-comment %%\n"
    assert problems(tmp_path, {LEAVES: lesson("leaves", LEAVES_EN + more)}) == []


def test_a_course_may_speak_one_language(tmp_path: Path) -> None:
    korean = {name: None if ".en." in name else text for name, text in FILES.items()}
    korean["course.toml"] = MANIFEST.replace('id = "tea"', 'id = "tea"\nlanguages = ["ko"]', 1)
    assert problems(tmp_path, korean) == []
    assert "`en` is not a language of this course." in str(problems(tmp_path, korean | {EN: FILES[EN]}))


def test_any_change_of_any_file_changes_the_course(tmp_path: Path) -> None:
    before, _ = load_course(write_course(tmp_path))
    (tmp_path / "rules.yaml").write_text("rules: []\n")
    after, _ = load_course(tmp_path)
    assert before is not None
    assert after is not None
    assert before.content_hash != after.content_hash


@pytest.mark.parametrize(
    ("target", "heading", "block", "url"),
    [
        ("water", "", "", "/en/courses/tea/lessons/water/"),
        ("010-water", "", "", "/en/courses/tea/lessons/water/"),
        ("WATER", "", "", "/en/courses/tea/lessons/water/"),
        ("lessons/water", "", "", "/en/courses/tea/lessons/water/"),
        ("water", "Heat", "", "/en/courses/tea/lessons/water/#heat"),
        ("water", "", "green-tea-80", "/en/courses/tea/lessons/water/?s=green-tea-80#green-tea-80"),
        ("", "", "leaves-dark", "/en/courses/tea/lessons/leaves/?s=leaves-dark#leaves-dark"),
        ("water", "Cold", "", None),
        ("milk", "", "", None),
    ],
)
def test_a_link_finds_lessons_headings_and_statements(
    tmp_path: Path, target: str, heading: str, block: str, url: str | None
) -> None:
    course, _ = load_course(write_course(tmp_path))
    assert course is not None
    shelf = shelves(course)["en"]
    found = CourseContext(shelf, shelf.by_id["leaves"]).link(target, heading, block)
    assert (found.url if found else None) == url


def test_korean_names_are_found_composed_and_decomposed(tmp_path: Path) -> None:
    course, _ = load_course(write_course(tmp_path))
    assert course is not None
    shelf = shelves(course)["ko"]
    context = CourseContext(shelf, shelf.by_id["leaves"])
    for name in ("찻잎", "\u110e\u1161\u11ba\u110b\u1175\u11c1"):
        assert context.link(name, "", "") is not None


def test_an_embedded_block_brings_no_second_id(tmp_path: Path) -> None:
    course, _ = load_course(write_course(tmp_path))
    assert course is not None
    shelf = shelves(course)["en"]
    context = CourseContext(shelf, shelf.by_id["leaves"])
    assert context.note("water", "", "green-tea-80") == "Green tea wants water of 80 degrees."
    assert context.note("water", "Heat", "") == (
        "## Heat\n\n- Green tea wants water of 80 degrees.\n- Black tea wants boiling water.\n"
    )
    assert context.note("water", "", "milk") is None


HEADINGS = """\
Lead. ^heat

## **Bold** and `code` 🔑

### ECS 시작 유형 (Launch Types)

## Heat

## Heat

## Toc

## A [[x|link]] & 1 < 2, *so* ==it== goes

## Named ^its-name

> ## In a quotation

Title
=====
"""


def test_headings_are_linked_to_where_the_renderer_puts_them() -> None:
    page = Page("x", "X", "/x/", HEADINGS)
    shelf = shelve("en", [page])
    rendered = render(HEADINGS, CourseContext(shelf, page)).headings
    expected = {slug(heading.text): heading.id for heading in reversed(rendered)}
    assert expected
    assert expected.items() <= page.headings.items()
