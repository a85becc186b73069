"""What the builder tells the ground floor: problems of its files, its rows, offers and progress."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.activities import activity
from builder.models import Draft, Scenario, Submission
from builder.services import save_draft
from learning.catalogue.load import load_course
from learning.catalogue.schema import CourseSource
from learning.models import Course, Learner, Lesson
from tests.builder.people import BEST, CLASSIC, PAGE, posted

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def source(tmp_path: Path) -> CourseSource:
    """The shipped course in a folder that may be spoilt."""
    folder = tmp_path / "ecs"
    shutil.copytree(settings.CONTENT_DIR / "ecs", folder)
    found, _problems = load_course(folder)
    assert found is not None
    return found


def edit(source: CourseSource, name: str, old: str, new: str) -> None:
    path = source.folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def said(source: CourseSource) -> list[str]:
    return [str(problem) for problem in activity.check(source)]


def test_the_shipped_files_are_without_problems(source: CourseSource) -> None:
    assert said(source) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("rules.yaml", "severity: must", "severity: dire", "severity"),
        ("rules.yaml", "statement: [fargate-cpu-memory]", "statement: [no-such-fact]", "no-such-fact"),
        ("scenarios/company-page.yaml", "- alb-http", "- no-such-fact", "no-such-fact"),
        ("scenarios/company-page.yaml", "load_balancer: alb", "load_balancer: nlb", "should earn 100"),
        ("scenarios/company-page.yaml", "score: 80", "score: 79", "should earn 79"),
        ("scenarios/company-page.yaml", "id: company-page", "id: other-page", "must be called other-page.yaml"),
        ("scenarios/company-page.yaml", "level: 1", "level: [", "YAML"),
    ],
)
def test_each_problem_is_told_with_its_file(source: CourseSource, name: str, old: str, new: str, words: str) -> None:
    edit(source, name, old, new)
    found = [line for line in said(source) if words in line]
    assert found
    assert str(source.folder / name) in found[0]


def test_a_start_that_is_right_already_is_a_problem(source: CourseSource) -> None:
    path = source.folder / "scenarios" / "company-page.yaml"
    best = path.read_text().partition("best:\n  - ")[2].partition("wrong:")[0]
    path.write_text(path.read_text() + "start:\n    " + best)
    assert any("start" in line for line in said(source))


def test_scenarios_without_rules_are_a_problem(source: CourseSource) -> None:
    (source.folder / "rules.yaml").unlink()
    assert len(said(source)) == 1
    assert "rules.yaml" in said(source)[0]


def test_a_course_without_a_builder_is_in_order(source: CourseSource) -> None:
    (source.folder / "rules.yaml").unlink()
    shutil.rmtree(source.folder / "scenarios")
    assert said(source) == []


def test_a_file_that_is_no_text_is_a_problem_and_no_crash(source: CourseSource) -> None:
    (source.folder / "scenarios" / "company-page.yaml").write_bytes(b"\xff\xfe\x00\xd8\xff")
    assert said(source)


def test_a_second_sync_changes_nothing(course: Course, source: CourseSource) -> None:
    (report,) = activity.sync(course, source)
    assert (report.kind, report.added, report.changed, report.retired) == ("scenarios", [], [], [])


def test_a_changed_rule_changes_every_scenario(course: Course, source: CourseSource) -> None:
    edit(source, "rules.yaml", "# ----", "# -----")
    (report,) = activity.sync(course, source)
    assert len(report.changed) == Scenario.objects.count()


def test_a_scenario_without_a_file_is_retired_and_comes_back(course: Course, source: CourseSource) -> None:
    path = source.folder / "scenarios" / "company-page.yaml"
    text = path.read_text()
    path.unlink()
    assert activity.sync(course, source)[0].retired == ["company-page"]
    path.write_text(text)
    assert activity.sync(course, source)[0].changed == ["company-page"]
    assert Scenario.objects.get(slug="company-page").retired_at is None


def test_a_lesson_offers_the_scenarios_that_teach_it(
    course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lesson = Lesson.objects.select_related("course").get(slug="load-balancers")
    (offer,) = activity.for_lesson(lesson)
    assert 0 < offer.count < Scenario.objects.count()
    with django_assert_num_queries(0):
        assert activity.for_lesson(lesson) == [offer]


def test_the_course_offers_all(course: Course) -> None:
    (offer,) = activity.for_course(course)
    assert offer.count == Scenario.objects.count()
    assert str(offer.count) in offer.label


def test_progress_counts_scenarios_solved_once(course: Course, as_alice: Client, alice: Learner) -> None:
    for design in (CLASSIC, BEST, BEST):
        as_alice.post(f"{PAGE}submit/", posted(design))
    (line,) = activity.progress(alice, course)
    assert (line.done, line.of) == (1, Scenario.objects.count())


def test_nothing_stands_inside_a_lesson(course: Course) -> None:
    lesson = Lesson.objects.get(slug="efs")
    assert activity.in_lesson(None, lesson, ["x"]) == {}  # type: ignore[arg-type]  # the request is not looked at


def test_adopting_moves_everything_and_doubles_nothing(course: Course, alice: Learner, client: Client) -> None:
    client.post(f"{PAGE}submit/", posted(CLASSIC))
    guest = Learner.objects.get(user=None)
    activity.adopt(guest, alice)
    assert Submission.objects.get().learner == alice
    assert Draft.objects.get().learner == alice


@pytest.mark.parametrize(("guests_day", "kept"), [(1, BEST), (23, CLASSIC)])
def test_of_two_drafts_the_later_one_stays(course: Course, alice: Learner, guests_day: int, kept: object) -> None:
    scenario = Scenario.objects.get(slug="company-page")
    guest = Learner.objects.create()
    save_draft(learner=alice, scenario=scenario, design=BEST, now=NOW)
    save_draft(learner=guest, scenario=scenario, design=CLASSIC, now=NOW.replace(day=guests_day))
    activity.adopt(guest, alice)
    guest.delete()
    assert Draft.objects.get().learner == alice
    assert (Draft.objects.get().design["services"][0]["load_balancer"] == "alb") == (kept is BEST)
