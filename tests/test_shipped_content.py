"""The course that is shipped: nothing wrong in it, all 35 statements, both languages alike, at a textbook's depth."""

import re
from pathlib import Path

import pytest

from learning.activities import activities
from learning.catalogue.blocks import blocks
from learning.catalogue.load import load_course, shelves
from learning.catalogue.markdown import render
from learning.catalogue.schema import CourseSource
from learning.catalogue.sections import sections
from learning.catalogue.shelf import CourseContext, render_page

FOLDER = Path(__file__).resolve().parent.parent / "content" / "ecs"

STATEMENTS = {
    "launch-types": """
        ecs-managed-orchestrator two-launch-types ec2-your-servers ec2-provision-instances ec2-agent-registers
        ec2-tasks-placed ec2-freedom-to-customise ec2-patching-scaling-yours fargate-no-servers fargate-cpu-memory
        fargate-aws-provisions fargate-focus-on-development fargate-pay-as-you-go fargate-often-examined""",
    "iam-roles": """
        two-iam-roles instance-profile-ec2-only instance-profile-for-agent instance-profile-pulls-images
        instance-profile-sends-logs task-role-both-launch-types task-role-for-containers
        task-role-per-task-definition task-roles-separate-permissions""",
    "load-balancers": """
        load-balancer-exposes alb-http alb-most-web-apps alb-fits-fargate nlb-tcp-udp clb-previous-generation
        clb-not-with-fargate clb-not-recommended""",
    "efs": "containers-ephemeral efs-shared-file-system efs-fargate-serverless efs-multi-az",
}
LESSONS = tuple(STATEMENTS)
BEYOND = re.compile(r"https://(docs\.aws|aws)\.amazon\.com/\S+.*\b20\d\d-\d\d-\d\d\b", re.DOTALL)


@pytest.fixture(scope="module")
def course() -> CourseSource:
    """The shipped course, read."""
    found, problems = load_course(FOLDER)
    assert found is not None, problems
    return found


def test_nothing_is_wrong_with_it() -> None:
    _, problems = load_course(FOLDER)
    assert [str(problem) for problem in problems] == []


def test_questions_rules_and_scenarios_have_no_error(course: CourseSource) -> None:
    problems = [problem for activity in activities() for problem in activity.check(course)]
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_there_are_four_lessons(course: CourseSource) -> None:
    assert tuple(lesson.id for lesson in course.lessons) == LESSONS
    assert tuple(topic.id for topic in course.topics) == LESSONS


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_statement_stands_in_its_lesson_once_and_in_order(course: CourseSource, language: str) -> None:
    for lesson in course.lessons:
        ids = [statement.id for statement in lesson.texts[language].statements]
        assert sorted(ids) == sorted(STATEMENTS[lesson.id].split())
        assert ids == [statement.id for statement in lesson.texts["ko"].statements]


def test_there_are_thirty_five(course: CourseSource) -> None:
    assert len(course.statement_ids()) == 35


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_link_resolves(course: CourseSource, language: str) -> None:
    shelf = shelves(course)[language]
    followed = []
    for page in shelf.pages:
        context = CourseContext(shelf, page)
        render(page.body, context)
        followed += [(page.id, *link) for link in context.links]
    assert [link for link in followed if not link[2]] == []
    assert len(followed) >= 4


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_lies_beyond_the_notes_is_sourced_and_dated(course: CourseSource, language: str) -> None:
    found = 0
    for lesson in course.lessons:
        text = lesson.texts[language]
        callouts: dict[int, str] = {}
        for block in blocks(text.body, text.body_line):
            if block.callout == "beyond":
                callouts[block.callout_line] = f"{callouts.get(block.callout_line, '')} {block.text}"
                assert not block.id
        assert callouts
        assert all(BEYOND.search(words) for words in callouts.values()), (lesson.id, callouts)
        found += len(callouts)
    assert found >= 7


def test_a_lesson_has_the_depth_of_a_textbook_page(course: CourseSource) -> None:
    shelf = shelves(course)["en"]
    for page in shelf.pages:
        words = sum(len(section.text.split()) for section in sections(render_page(shelf, page), page.title))
        assert 600 <= words <= 1_200, (page.id, words)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_lesson_has_goals_tips_an_example_checks_and_a_drawing(course: CourseSource, language: str) -> None:
    shelf = shelves(course)[language]
    for lesson in course.lessons:
        kinds = [block.callout for block in blocks(lesson.texts[language].body) if block.kind == "title"]
        assert kinds.count("goals") == 1
        assert kinds.count("exam") >= 2
        assert kinds.count("example") >= 1
        assert len(lesson.texts[language].checks) == 2
        html = "".join(part.html for part in render_page(shelf, shelf.by_id[lesson.id]).parts)
        assert html.count("<svg") >= 2  # wide and narrow
        assert "<table" in html
