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
from quizzes.marking.blueprint import Unit, allows, units
from quizzes.marking.derived import Derive, underived
from quizzes.marking.item import Bank
from quizzes.marking.lint import lint
from quizzes.marking.pairs import Pair, pair
from quizzes.marking.quizfile import QuizSource


@dataclass(frozen=True, slots=True)
class Files:
    """The questions and quizzes of a course as read, and what was wrong with their form."""

    banks: tuple[Bank, ...]
    quizzes: tuple[QuizSource, ...]
    problems: tuple[Problem, ...]

    def usable(self) -> dict[str, Pair]:
        """Return the questions that exist in every language, by id, in the order of the files."""
        return {slug: found for slug, found in pair(self.banks).items() if set(LANGUAGES) <= set(found)}


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


def check_files(course: CourseSource, derive: Derive) -> list[Problem]:
    """Return every problem of the questions and quizzes of `course`, and of the quick checks its lessons ask for.

    `derive` tells which designs are right for a scenario.
    """
    files = read_files(course.folder)
    topics = [topic.id for topic in course.topics]
    problems = list(files.problems)
    problems += lint(files.banks, statements=course.statement_ids(), topics=topics, languages=LANGUAGES)
    problems += underived(files.banks, derive)
    problems += _quizzes(files, course)
    problems += _quick_checks(files, course)
    return problems


def _quizzes(files: Files, course: CourseSource) -> Iterator[Problem]:
    topics = [topic.id for topic in course.topics]
    seen: dict[str, str] = {}
    for quiz in files.quizzes:
        for topic in quiz.topics:
            if topic not in topics:
                yield Problem(quiz.path, 0, N_("The course has no topic %(topic)s."), {"topic": topic})
        if quiz.mode == "practice":
            yield from _held(files, quiz)
        if seen.setdefault(quiz.id, quiz.path) != quiz.path:
            params = {"id": quiz.id, "file": seen[quiz.id]}
            yield Problem(quiz.path, 0, N_("The id %(id)s belongs to %(file)s."), params)
    yield from _exam(files, course)


def _held(files: Files, quiz: QuizSource) -> Iterator[Problem]:
    held = sum(next(iter(found.values())).topic in quiz.topics for found in files.usable().values())
    if held < quiz.count:
        message = N_("The quiz asks for %(count)s questions; its topics hold %(held)s.")
        yield Problem(quiz.path, 0, message, {"count": quiz.count, "held": held})


def _exam(files: Files, course: CourseSource) -> Iterator[Problem]:
    """The exam of course.toml can be taken: a quiz says the same, and the questions suffice. Longer forms may wait."""
    exams = [quiz for quiz in files.quizzes if quiz.mode == "exam"]
    wanted = {"items": course.exam["items"], "minutes": course.exam["minutes"]}
    main = next((quiz for quiz in exams if (quiz.count, quiz.minutes) == tuple(wanted.values())), None)
    if exams and main is None:
        message = N_("course.toml promises an exam of %(items)s questions in %(minutes)s minutes; no exam is that.")
        yield Problem(exams[0].path, 0, message, wanted)
    weights = {topic.id: topic.weight for topic in course.topics if main and topic.id in main.topics}
    if main and not allows(_pools(files), weights, main.count):
        message = N_("There are too few questions for the exam's %(items)s by the weights of the topics.")
        yield Problem(main.path, 0, message, wanted)


def _pools(files: Files) -> dict[str, list[Unit[str]]]:
    """Return the questions that exams may ask, by topic."""
    held: dict[str, list[tuple[str, str]]] = {}
    for slug, found in files.usable().items():
        entry = next(iter(found.values()))
        if not entry.item.settings.pilot:
            held.setdefault(entry.topic, []).append((entry.case_id, slug))
    return {topic: units(things) for topic, things in held.items()}


def _quick_checks(files: Files, course: CourseSource) -> Iterator[Problem]:
    usable = files.usable()
    for lesson in course.lessons:
        for text in lesson.texts.values():
            for slug in text.checks:
                if slug not in usable:
                    message = N_("The quick check ^%(id)s is no question of the course.")
                    yield Problem(text.path, 0, message, {"id": slug})
