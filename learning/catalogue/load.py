"""Reads a course folder, strictly, and collects every problem with its file and line.

Pure: it reads the folder it is given and nothing else. A course comes out whenever `course.toml` can be read, so that
others can check their own files against it; whether it may be used is said by the problems.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from learning.catalogue.errors import Problem
from learning.catalogue.judge import judge_course, judge_pairs, judge_text
from learning.catalogue.lessons import LessonPair, read_lessons
from learning.catalogue.links import Page, Shelf, lesson_url, names_of, render_page, shelve
from learning.catalogue.manifest import MAX_BYTES, Manifest, read_manifest
from learning.catalogue.reading import read_text, shown
from learning.catalogue.schema import CourseSource, LessonSource

MANIFEST = "course.toml"


def find_courses(content_dir: Path) -> list[Path]:
    """Return the course folders of `content_dir`, in the order of their names."""
    return sorted(path.parent for path in content_dir.glob(f"*/{MANIFEST}"))


def load_course(folder: Path) -> tuple[CourseSource | None, list[Problem]]:
    """Return the course in `folder` and every problem of its manifest and lessons, those of rendering included."""
    path = folder / MANIFEST
    text, problems = read_text(path, limit=MAX_BYTES)
    manifest, wrong = read_manifest(text, shown(path)) if text is not None else (None, [])
    problems += wrong
    pairs, wrong = read_lessons(folder)
    problems += wrong
    if manifest is None or text is None:
        return None, problems
    problems += judge_pairs(pairs, manifest)
    problems += judge_course(pairs, manifest, shown(path))
    course = _course(folder, text, manifest, pairs)
    problems += _judge_texts(course)
    return course, sorted(_once(problems), key=lambda problem: (problem.path, problem.line))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Return `problems` without repetitions."""
    return list({(p.path, p.line, p.text()): p for p in problems}.values())


def _course(folder: Path, text: str, manifest: Manifest, pairs: Sequence[LessonPair]) -> CourseSource:
    digest = hashlib.sha256(text.encode())
    lessons: dict[str, LessonSource] = {}
    for position, pair in enumerate(pairs, start=1):
        first = next(iter(pair.files.values()))
        texts = {language: file.text for language, file in pair.files.items()}
        lessons.setdefault(first.id, LessonSource(first.id, first.topic, position, texts))
        for one in texts.values():
            digest.update(one.content_hash.encode())
    return CourseSource(
        id=manifest.id,
        folder=folder,
        title=manifest.title,
        summary=manifest.summary,
        pass_mark=manifest.pass_mark,
        topics=manifest.topics,
        lessons=tuple(lessons.values()),
        exam=manifest.exam,
        content_hash=digest.hexdigest(),
    )


def shelves(course: CourseSource) -> dict[str, Shelf]:
    """Return the lessons of `course` by language, as links see them."""
    return {
        language: shelve(language, _pages(course, language), course.folder / "diagrams") for language in course.title
    }


def _pages(course: CourseSource, language: str) -> Iterator[Page]:
    for lesson in course.lessons:
        if text := lesson.texts.get(language):
            url = lesson_url(course.id, language, lesson.id)
            yield Page(lesson.id, text.title, url, text.body, names_of(text.path.rsplit("/", 1)[-1]))


def _judge_texts(course: CourseSource) -> Iterator[Problem]:
    shelf_of = shelves(course)
    for lesson in course.lessons:
        for language, text in lesson.texts.items():
            yield from judge_text(text)
            shelf = shelf_of.get(language)
            page = shelf.find(lesson.id) if shelf else None
            if shelf and page:
                yield from render_page(shelf, page, path=text.path, first_line=text.body_line).problems
