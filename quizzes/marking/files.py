"""Where a course keeps its questions and quizzes: reads `questions/*.quiz.md` and `quizzes/*.yaml` of a course folder.

Pure: it reads the folder it is given and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import read_text, shown
from learning.catalogue.schema import LANGUAGES, CourseSource
from quizzes.marking import bank, quizfile
from quizzes.marking.item import Bank
from quizzes.marking.lint import lint
from quizzes.marking.pairs import Pair, pair
from quizzes.marking.quizfile import QuizSource

SHOWN_KINDS = ("choice",)  # the kinds that pages can show; others wait in the files


@dataclass(frozen=True, slots=True)
class Files:
    """The questions and quizzes of a course as read, and what was wrong with their form."""

    banks: tuple[Bank, ...]
    quizzes: tuple[QuizSource, ...]
    problems: tuple[Problem, ...]

    def usable(self) -> dict[str, Pair]:
        """Return the questions that exist in every language and can be shown, by id, in the order of the files."""
        return {
            slug: found
            for slug, found in pair(self.banks).items()
            if set(LANGUAGES) <= set(found) and all(e.item.body.kind in SHOWN_KINDS for e in found.values())
        }


def read_files(folder: Path) -> Files:
    """Read the questions and quizzes in the course folder `folder`."""
    readings = [bank.read_file(path) for path in sorted(folder.glob("questions/*.quiz.md"))]
    problems = [problem for reading in readings for problem in reading.problems]
    quizzes: list[QuizSource] = []
    for path in sorted(folder.glob("quizzes/*.yaml")):
        text, found = read_text(path)
        problems += found
        if text is not None:
            quiz, found = quizfile.read(text, shown(path))
            problems += found
            quizzes += [quiz] if quiz else []
    return Files(tuple(reading.bank for reading in readings), tuple(quizzes), tuple(problems))


def check_files(course: CourseSource) -> list[Problem]:
    """Return every problem of the questions and quizzes of `course`, and of the quick checks its lessons ask for."""
    files = read_files(course.folder)
    topics = [topic.id for topic in course.topics]
    problems = list(files.problems)
    problems += lint(files.banks, statements=course.statement_ids(), topics=topics, languages=LANGUAGES)
    problems += _unshown(files)
    problems += _quizzes(files, topics)
    problems += _quick_checks(files, course)
    return problems


def _unshown(files: Files) -> Iterator[Problem]:
    for one in files.banks:
        for item in one.items():
            if item.body.kind not in SHOWN_KINDS:
                message = N_("Pages cannot show the kind %(kind)s yet; ^%(id)s waits in its file.")
                yield Problem(one.path, item.line, message, {"kind": item.body.kind, "id": item.id}, "warning")


def _quizzes(files: Files, topics: list[str]) -> Iterator[Problem]:
    stock = [next(iter(found.values())).topic for found in files.usable().values()]
    seen: dict[str, str] = {}
    for quiz in files.quizzes:
        for topic in quiz.topics:
            if topic not in topics:
                yield Problem(quiz.path, 0, N_("The course has no topic %(topic)s."), {"topic": topic})
        held = sum(topic in quiz.topics for topic in stock)
        if held < quiz.count:
            message = N_("The quiz asks for %(count)s questions; its topics hold %(held)s.")
            yield Problem(quiz.path, 0, message, {"count": quiz.count, "held": held})
        if seen.setdefault(quiz.id, quiz.path) != quiz.path:
            params = {"id": quiz.id, "file": seen[quiz.id]}
            yield Problem(quiz.path, 0, N_("The id %(id)s belongs to %(file)s."), params)


def _quick_checks(files: Files, course: CourseSource) -> Iterator[Problem]:
    usable = files.usable()
    for lesson in course.lessons:
        for text in lesson.texts.values():
            for slug in text.checks:
                if slug not in usable:
                    message = N_("The quick check ^%(id)s is no question of the course.")
                    yield Problem(text.path, 0, message, {"id": slug})
