"""`sync_content` brings rows in line with files: again and again, all or nothing, retiring and never deleting."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from learning import activities
from learning.activities import SyncReport
from learning.mastery import Observation
from learning.models import Course, Evidence, Learner, Lesson, LessonText, SearchEntry, Statement, Topic
from learning.services import catalogue, record_evidence
from tests.learning.course_files import (
    FILES,
    LEAVES_EN,
    LEAVES_KO,
    MANIFEST,
    WATER_EN,
    WATER_KO,
    lesson,
    write_course,
)

EN = "lessons/010-water.en.md"
ROWS = (Course, Topic, Lesson, LessonText, Statement, SearchEntry)

type Sync = Callable[..., str]


@pytest.fixture
def sync(db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Sync:
    """Write the tea course with changes and sync it; upper apps are not asked."""
    settings.CONTENT_DIR = tmp_path
    monkeypatch.setattr(activities, "_registered", {})

    def run(changes: dict[str, str | None] | None = None, **options: Any) -> str:
        write_course(tmp_path / "tea", changes)
        out = StringIO()
        call_command("sync_content", stdout=out, **options)
        return out.getvalue()

    return run


def snapshot() -> list[dict[str, Any]]:
    return [row for model in ROWS for row in model._default_manager.order_by("pk").values()]


def test_it_works(sync: Sync) -> None:
    said = sync()
    course = Course.objects.get()
    assert (course.slug, course.title, course.pass_mark) == ("tea", {"ko": "차", "en": "Tea"}, 700)
    assert list(course.topics.values_list("slug", "weight")) == [("water", 60), ("leaves", 40)]
    assert list(course.lessons.values_list("slug", "topic__slug")) == [("water", "water"), ("leaves", "leaves")]
    assert list(course.statements.values_list("slug", flat=True)) == [
        "green-tea-80",
        "black-tea-boiling",
        "leaves-dark",
    ]
    assert Statement.objects.get(slug="leaves-dark").words == {
        "ko": "찻잎은 어두운 곳에 둡니다.",
        "en": "Leaves are kept in the dark.",
    }
    assert "tea lessons: 2 added (water, leaves), 0 changed, 0 retired" in said
    assert "tea statements: 3 added" in said


def test_a_text_is_rendered_with_its_headings_and_minutes(sync: Sync) -> None:
    sync({EN: lesson("water", WATER_EN + "\nword " * 350)})
    text = LessonText.objects.get(lesson__slug="water", language="en")
    assert [part.keys() for part in text.parts] == [{"html"}]
    assert '<li id="green-tea-80"' in text.parts[0]["html"]
    assert text.headings == [{"id": "heat", "text": "Heat", "level": 2}]
    assert text.minutes == 2


def test_a_quick_check_is_a_part_of_its_own(sync: Sync) -> None:
    more = "\n![[water.quiz#^w-1]]\n\nThe end.\n"
    sync({EN: lesson("water", WATER_EN + more), EN.replace(".en.", ".ko."): lesson("water", WATER_KO + more)})
    for text in LessonText.objects.filter(lesson__slug="water"):
        assert [list(part) for part in text.parts] == [["html"], ["check"], ["html"]]
        assert text.parts[1] == {"check": "w-1"}


def test_a_second_sync_changes_nothing(sync: Sync) -> None:
    sync()
    before = snapshot()
    said = sync()
    assert snapshot() == before
    assert all("0 added, 0 changed, 0 retired" in line for line in said.splitlines())


def test_an_unchanged_text_is_not_rendered_again(
    sync: Sync, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sync()
    with django_assert_max_num_queries(16) as context:
        sync()
    assert not [
        q for q in context.captured_queries if q["sql"].startswith("INSERT") or 'lessontext" SET "parts' in q["sql"]
    ]


def test_a_changed_statement_keeps_its_row(sync: Sync, alice: Learner) -> None:
    sync()
    row = Statement.objects.get(slug="green-tea-80")
    text = FILES[EN]
    said = sync({EN: text.replace("80 degrees", "70 degrees")})
    row.refresh_from_db()
    assert row.words["en"] == "Green tea wants water of 70 degrees."
    assert "tea statements: 0 added, 1 changed (green-tea-80), 0 retired" in said
    assert "tea texts: 0 added, 1 changed (water.en), 0 retired" in said
    assert SearchEntry.objects.filter(kind="statement", anchor="green-tea-80", body__contains="70").count() == 1


GONE: dict[str, str | None] = {
    "course.toml": MANIFEST.replace("weight = 60", "weight = 100").split('[[topics]]\nid = "leaves"')[0]
    + "[exam]\nminutes = 10\nitems = 5\n",
    "lessons/020-leaves.ko.md": None,
    "lessons/020-leaves.en.md": None,
}


def test_what_is_gone_is_retired_and_returns(sync: Sync, alice: Learner) -> None:
    sync()
    record_evidence(
        learner=alice,
        course=Course.objects.get(),
        observations=[Observation("act/1", "practice", "item:l-1", ("leaves-dark",), True)],
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    entries = SearchEntry.objects.count()
    rows = {model: model._default_manager.count() for model in (Topic, Lesson, LessonText, Statement)}
    said = sync(GONE)
    assert "tea lessons: 0 added, 0 changed, 1 retired (leaves)" in said
    assert "tea topics: 0 added, 1 changed (water), 1 retired (leaves)" in said
    assert rows == {model: model._default_manager.count() for model in rows}
    assert Statement.objects.get(slug="leaves-dark").retired_at is not None
    assert Evidence.objects.count() == 1
    assert not SearchEntry.objects.filter(lesson__slug="leaves").exists()
    said = sync()
    assert "tea lessons: 0 added, 1 changed (leaves), 0 retired" in said
    assert Lesson.objects.get(slug="leaves").retired_at is None
    assert SearchEntry.objects.count() == entries


def test_an_error_in_any_file_stops_everything(sync: Sync, tmp_path: Path) -> None:
    sync()
    before = snapshot()
    write_course(tmp_path / "tea", {EN: lesson("water", WATER_EN.replace("80 degrees", "70"))})
    (tmp_path / "tea" / "lessons" / "stray.md").write_text("?")
    out = StringIO()
    with pytest.raises(CommandError, match="1 error in the course files: nothing was synced"):
        call_command("sync_content", stdout=out)
    assert "tea/lessons/stray.md:0: error:" in out.getvalue()
    assert snapshot() == before


def test_warnings_do_not_stop_it(sync: Sync) -> None:
    said = sync({EN: lesson("water", WATER_EN + "\nSee [[milk]].\n")})
    assert "1 warning: see `manage.py check_content`." in said
    assert "milk" in LessonText.objects.get(lesson__slug="water", language="en").parts[0]["html"]


def test_a_new_renderer_renders_all_again(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    sync()
    before = dict(LessonText.objects.values_list("pk", "content_hash"))
    LessonText.objects.update(parts=[{"html": "as the old renderer had it"}])
    sync()
    assert LessonText.objects.filter(parts=[{"html": "as the old renderer had it"}]).count() == len(before)
    monkeypatch.setattr(catalogue, "renderer", lambda: "another")
    said = sync()
    assert "tea texts: 0 added, 4 changed" in said
    assert all(before[text.pk] != text.content_hash for text in LessonText.objects.all())


def test_a_link_follows_what_it_points_at(sync: Sync) -> None:
    moved = {
        EN: lesson("water", WATER_EN.replace(" ^green-tea-80", "")),
        EN.replace(".en.", ".ko."): lesson("water", WATER_KO.replace(" ^green-tea-80", "")),
        "lessons/020-leaves.en.md": lesson("leaves", LEAVES_EN + "\nGreen tea, 80 degrees. ^green-tea-80\n"),
        "lessons/020-leaves.ko.md": lesson("leaves", LEAVES_KO + "\n녹차는 80도입니다. ^green-tea-80\n"),
    }
    sync()
    html = LessonText.objects.get(lesson__slug="leaves", language="en").parts[0]["html"]
    assert 'href="/en/courses/tea/lessons/water/?s=green-tea-80#green-tea-80"' in html
    sync(moved)
    assert Statement.objects.get(slug="green-tea-80").lesson.slug == "leaves"


def test_a_changed_diagram_is_drawn_again(sync: Sync, tmp_path: Path) -> None:
    diagrams = tmp_path / "tea" / "diagrams"
    diagrams.mkdir(parents=True)
    changes = {EN: lesson("water", WATER_EN + "\n![[cup.svg|A cup]]\n")}
    for words in ("full", "empty"):
        for name in ("cup.svg", "cup.narrow.svg"):
            drawing = f'<svg viewBox="0 0 340 10"><title>{words}</title><desc>A cup</desc></svg>'
            (diagrams / name).write_text(drawing)
        sync(changes)
        assert words in str(LessonText.objects.get(lesson__slug="water", language="en").parts)


def test_search_entries_hold_sections_and_statements(sync: Sync) -> None:
    sync()
    entries = SearchEntry.objects.filter(lesson__slug="water", language="ko").order_by("pk")
    assert [(e.kind, e.anchor, e.title) for e in entries] == [
        ("section", "", "물"),
        ("section", "온도", "온도"),
        ("statement", "green-tea-80", "물"),
        ("statement", "black-tea-boiling", "물"),
    ]
    assert "녹차 차는 는" in entries[1].grams


def test_a_folder_that_is_gone_retires_its_course(sync: Sync, tmp_path: Path) -> None:
    sync()
    other = tmp_path / "other"
    write_course(other, {"course.toml": MANIFEST.replace('id = "tea"', 'id = "coffee"')})
    (tmp_path / "tea").rename(tmp_path / ".tea")
    out = StringIO()
    call_command("sync_content", stdout=out)
    assert "all courses: 0 added, 0 changed, 1 retired (tea)" in out.getvalue()
    assert Course.objects.get(slug="tea").retired_at is not None
    assert Course.objects.get(slug="coffee").statements.count() == 3


def test_no_course_at_all_is_refused(sync: Sync, tmp_path: Path, settings: Settings) -> None:
    sync()
    settings.CONTENT_DIR = tmp_path / "nowhere"
    with pytest.raises(CommandError, match="No course in"):
        call_command("sync_content")
    assert Course.objects.get().retired_at is None


def test_one_language_lends_its_words_to_the_other(sync: Sync) -> None:
    korean: dict[str, str | None] = {name: None for name in FILES if ".en." in name}
    korean["course.toml"] = MANIFEST.replace('id = "tea"', 'id = "tea"\nlanguages = ["ko"]', 1)
    sync(korean)
    assert Course.objects.get().title == {"ko": "차", "en": "차"}
    assert Statement.objects.get(slug="leaves-dark").words["en"] == "찻잎은 어두운 곳에 둡니다."
    assert set(LessonText.objects.values_list("language", flat=True)) == {"ko"}


class Cups:
    """An activity that counts lessons as cups, and may break one."""

    name = "cups"

    def __init__(self, problems: bool = False, breaks: bool = False) -> None:
        self.problems, self.breaks = problems, breaks

    def check(self, course: Any) -> list[Any]:
        return [activities.Problem("cups.yaml", 3, "A cup is broken.")] if self.problems else []

    def sync(self, row: Course, course: Any) -> list[SyncReport]:
        if self.breaks:
            raise RuntimeError
        return [SyncReport("cups", added=[lesson.slug for lesson in row.lessons.all()])]


def test_activities_sync_in_the_same_transaction(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "_registered", {"cups": Cups(breaks=True)})
    with pytest.raises(RuntimeError):
        sync()
    assert not Course.objects.exists()
    monkeypatch.setattr(activities, "_registered", {"cups": Cups()})
    assert "tea cups: 2 added (water, leaves), 0 changed, 0 retired" in sync()


def test_a_problem_of_an_activity_stops_everything(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "_registered", {"cups": Cups(problems=True)})
    with pytest.raises(CommandError, match="1 error"):
        sync()
    assert not Course.objects.exists()


def test_it_can_be_silent(sync: Sync) -> None:
    assert sync(verbosity=0) == ""
