"""Course files into rows: renders each text once, when it or what it depends on changed. Must not know upper apps."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.db import transaction

from learning import catalogue
from learning.catalogue.grams import grams
from learning.catalogue.load import shelves
from learning.catalogue.markdown import Rendered
from learning.catalogue.schema import LANGUAGES, CourseSource, LessonTextSource, Words
from learning.catalogue.sections import Section, minutes, sections
from learning.catalogue.shelf import Shelf, render_page
from learning.models import Course, Lesson, LessonText, SearchEntry, Statement, Topic
from learning.services.rows import Changes, bring_in_line, write


@dataclass(frozen=True, slots=True)
class CatalogueSync:
    """The row of a synced course, and what was done."""

    row: Course
    changes: tuple[Changes, ...]


@transaction.atomic
def sync_catalogue(*, course: CourseSource, now: datetime, position: int = 0) -> CatalogueSync:
    """Bring the rows of `course` in line with its files: idempotent, retiring what is gone, deleting nothing."""
    row, course_changes = _sync_course(course, position)
    topics, topic_changes = bring_in_line("topics", Topic.objects.all(), _topics(course), {"course": row}, now)
    lessons, lesson_changes = bring_in_line(
        "lessons", Lesson.objects.all(), _lessons(course, topics), {"course": row}, now
    )
    _, statement_changes = bring_in_line(
        "statements", Statement.objects.all(), _statements(course, lessons), {"course": row}, now
    )
    text_changes = _sync_texts(course, row, lessons)
    _forget_retired(row)
    return CatalogueSync(row, (course_changes, topic_changes, lesson_changes, text_changes, statement_changes))


def _full(words: Words) -> dict[str, str]:
    """Return `words` in every language of the site; a language the course does not speak borrows another's words."""
    known = {language: text for language, text in words.items() if text}
    return {language: known.get(language) or next(iter(known.values()), "") for language in LANGUAGES}


def _sync_course(course: CourseSource, position: int) -> tuple[Course, Changes]:
    values = {
        "position": position,
        "title": _full(course.title),
        "summary": _full(course.summary),
        "pass_mark": course.pass_mark,
        "exam": dict(course.exam),
        "content_hash": course.content_hash,
        "retired_at": None,
    }
    row = Course.objects.select_for_update().filter(slug=course.id).first()
    if row is None:
        return Course.objects.create(slug=course.id, **values), Changes("courses", added=(course.id,))
    return row, Changes("courses", changed=(course.id,) if write(values, row) else ())


def _topics(course: CourseSource) -> dict[str, dict[str, object]]:
    return {
        topic.id: {"position": position, "title": _full(topic.title), "weight": topic.weight}
        for position, topic in enumerate(course.topics, start=1)
    }


def _lessons(course: CourseSource, topics: Mapping[str, Topic]) -> dict[str, dict[str, object]]:
    return {lesson.id: {"position": lesson.position, "topic_id": topics[lesson.topic].pk} for lesson in course.lessons}


def _statements(course: CourseSource, lessons: Mapping[str, Lesson]) -> dict[str, dict[str, object]]:
    wanted: dict[str, dict[str, object]] = {}
    for lesson in course.lessons:
        words: dict[str, dict[str, str]] = {}
        for language, text in lesson.texts.items():
            for statement in text.statements:
                words.setdefault(statement.id, {})[language] = statement.text
        for position, (slug, said) in enumerate(words.items(), start=1):
            wanted[slug] = {"lesson_id": lessons[lesson.id].pk, "position": position, "words": _full(said)}
    return wanted


def _sync_texts(course: CourseSource, row: Course, lessons: Mapping[str, Lesson]) -> Changes:
    """Render the texts that are not as they were, and drop those of languages the course no longer speaks."""
    old = {(text.lesson_id, text.language): text for text in LessonText.objects.filter(lesson__course=row)}
    done: dict[str, list[str]] = {"added": [], "changed": [], "same": []}
    kept = set()
    shelf_of = shelves(course)
    for lesson in course.lessons:
        for language, text in lesson.texts.items():
            kept.add((lessons[lesson.id].pk, language))
            how = _sync_text(text, lessons[lesson.id], shelf_of[language], old.get((lessons[lesson.id].pk, language)))
            done[how].append(f"{lesson.id}.{language}")
    current = {lesson.pk for lesson in lessons.values()}
    silent = [text.pk for place, text in old.items() if place not in kept and text.lesson_id in current]
    LessonText.objects.filter(pk__in=silent).delete()
    return Changes("texts", tuple(done["added"]), tuple(done["changed"]))


def _sync_text(text: LessonTextSource, lesson: Lesson, shelf: Shelf, old: LessonText | None) -> str:
    """Render one text unless nothing it depends on changed; say "added", "changed" or "same" of what readers see."""
    content_hash = _hash(text, shelf)
    if old and old.content_hash == content_hash:
        return "same"
    rendered = render_page(shelf, shelf.by_id[lesson.slug], path=text.path, first_line=text.body_line)
    found = sections(rendered, text.title)
    values = _values(text, rendered, minutes(found, text.language))
    _index(text, lesson, found)
    if old is None:
        LessonText.objects.create(lesson=lesson, language=text.language, content_hash=content_hash, **values)
        return "added"
    changed = write(values, old)
    write({"content_hash": content_hash}, old)
    return "changed" if changed else "same"


def _values(text: LessonTextSource, rendered: Rendered, reading: int) -> dict[str, object]:
    return {
        "title": text.title,
        "summary": text.summary,
        "parts": [{"check": part.check} if part.check else {"html": part.html} for part in rendered.parts],
        "headings": [{"id": h.id, "text": h.text, "level": h.level} for h in rendered.headings],
        "minutes": reading,
    }


def _index(text: LessonTextSource, lesson: Lesson, found: tuple[Section, ...]) -> None:
    """Make the search entries of one text anew."""
    SearchEntry.objects.filter(lesson=lesson, language=text.language).delete()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            course_id=lesson.course_id,
            lesson=lesson,
            language=text.language,
            kind=kind,
            anchor=anchor,
            title=title,
            body=body,
            grams=grams(f"{title} {body}"),
        )
        for kind, anchor, title, body in _entries(text, found)
    )


def _entries(text: LessonTextSource, found: tuple[Section, ...]) -> Iterator[tuple[str, str, str, str]]:
    for section in found:
        yield "section", section.anchor[:200], section.title, section.text
    for statement in text.statements:
        yield "statement", statement.id, text.title, statement.text


def _forget_retired(course: Course) -> None:
    """Take what is retired out of the search, and render it anew should it return."""
    gone = Lesson.objects.filter(course=course).exclude(retired_at=None)
    SearchEntry.objects.filter(lesson__in=gone).delete()
    LessonText.objects.filter(lesson__in=gone).update(content_hash="")


def retire_courses(*, keep: set[str], now: datetime) -> Changes:
    """Retire the courses whose folder is gone; `keep` are the slugs of those that are there."""
    gone = Course.objects.filter(retired_at=None).exclude(slug__in=keep)
    slugs = tuple(gone.values_list("slug", flat=True))
    gone.update(retired_at=now)
    return Changes("courses", retired=slugs)


def _hash(text: LessonTextSource, shelf: Shelf) -> str:
    """Return the hash of all that the rendered text depends on: its file, what it may link to, and the renderer."""
    return hashlib.sha256(f"{text.content_hash} {shelf.fingerprint} {renderer()}".encode()).hexdigest()


@cache
def renderer() -> str:
    """Return what changes whenever the renderer does: its own source and the versions of what it stands on."""
    folder = Path(catalogue.__file__).parent
    sources = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
    return " ".join((sources, *(version(name) for name in ("markdown", "nh3", "pygments"))))
