"""What the content commands share: reading every course with its activities' checks, and printing problems."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper

from learning.activities import activities
from learning.catalogue.errors import Problem
from learning.catalogue.load import find_courses, load_course
from learning.catalogue.schema import CourseSource


@dataclass(frozen=True, slots=True)
class Content:
    """All courses of the content folder that can be read, and all problems found in any."""

    courses: tuple[CourseSource, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems forbid using the content."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are shown to readers as what they are."""
        return len(self.problems) - self.errors


def read_content() -> Content:
    """Read every course of `CONTENT_DIR` without a database; no course at all is a CommandError."""
    folders = find_courses(settings.CONTENT_DIR)
    if not folders:
        raise CommandError(
            f"No course in {shorten(str(settings.CONTENT_DIR))}: a course is a folder with a course.toml."
        )
    courses: dict[str, CourseSource] = {}
    problems: list[Problem] = []
    for folder in folders:
        course, wrong = load_course(folder)
        problems += wrong
        if course and courses.setdefault(course.id, course) is not course:
            where = {"id": course.id, "folder": courses[course.id].folder.name}
            problems.append(Problem(f"{folder}/course.toml", 0, "The course `%(id)s` stands in %(folder)s too.", where))
        if course:
            problems += [problem for activity in activities() for problem in activity.check(course)]
    return Content(tuple(courses.values()), tuple(problems))


def print_problems(problems: tuple[Problem, ...], out: OutputWrapper) -> None:
    """Print one line a problem, `file:line: severity: what`, files as seen from here."""
    for problem in problems:
        out.write(f"{shorten(problem.path)}:{problem.line}: {problem.severity}: {problem.text()}")


def shorten(path: str) -> str:
    """Return `path` as seen from the current folder when it lies in it."""
    here = Path.cwd().as_posix() + "/"
    return path.removeprefix(here)


def plural(count: int, noun: str) -> str:
    """Return "1 lesson", "2 lessons"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
