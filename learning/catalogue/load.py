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
from learning.catalogue.manifest import MAX_BYTES, Manifest, read_manifest
from learning.catalogue.pictures import picture_url, pictures_of
from learning.catalogue.reading import read_text, shown
from learning.catalogue.schema import CourseSource, LessonSource
from learning.catalogue.shelf import Page, Shelf, lesson_url, names_of, render_page, shelve

MANIFEST = "course.toml"


def find_courses(content_dir: Path) -> list[Path]:
    """Return the folders of `content_dir` that hold a course (or lessons, its `course.toml` missing), by name."""
    folders = {path.parent for name in (MANIFEST, "lessons") for path in content_dir.glob(f"*/{name}")}
    return sorted(folder for folder in folders if not folder.name.startswith("."))


def load_course(folder: Path) -> tuple[CourseSource | None, list[Problem]]:
    """Return the course in `folder` and every problem of its manifest and lessons, those of rendering included."""
    path = folder / MANIFEST
    text, problems = read_text(path, limit=MAX_BYTES)
    manifest, wrong = read_manifest(text, shown(path)) if text is not None else (None, [])
    problems += wrong
    pairs, wrong = read_lessons(folder)
    problems += wrong
    if manifest is None:
        return None, problems
    problems += judge_pairs(pairs, manifest)
    problems += judge_course(pairs, manifest, shown(path))
    course = _course(folder, manifest, pairs)
    problems += _judge_texts(course)
    return course, sorted(_once(problems), key=lambda problem: (problem.path, problem.line))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Return `problems` without repetitions."""
    return list({(p.path, p.line, p.text()): p for p in problems}.values())


def _hash(folder: Path) -> str:
    """Return the hash of all files of the course, also those of activities: they keep what they read by it."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            digest.update(f"{shown(inside)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _course(folder: Path, manifest: Manifest, pairs: Sequence[LessonPair]) -> CourseSource:
    lessons: dict[str, LessonSource] = {}
    for position, pair in enumerate(pairs, start=1):
        first = next(iter(pair.files.values()))
        texts = {language: file.text for language, file in pair.files.items()}
        lessons.setdefault(first.id, LessonSource(first.id, first.topic, position, texts))
    return CourseSource(
        id=manifest.id,
        folder=folder,
        title=manifest.title,
        summary=manifest.summary,
        pass_mark=manifest.pass_mark,
        topics=manifest.topics,
        lessons=tuple(lessons.values()),
        exam=manifest.exam,
        content_hash=_hash(folder),
    )


def shelves(course: CourseSource) -> dict[str, Shelf]:
    """Return the lessons of `course` by language, as links see them."""
    diagrams = course.folder / "diagrams"
    pictures = {name: picture_url(course.id, path.name) for name, path in pictures_of(course.folder).items()}
    return {language: shelve(language, _pages(course, language), diagrams, pictures) for language in course.title}


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
            if shelf := shelf_of.get(language):
                page = shelf.by_id[lesson.id]
                yield from render_page(shelf, page, path=text.path, first_line=text.body_line).problems
