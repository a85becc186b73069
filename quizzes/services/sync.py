"""Bringing questions and quizzes in line with the files of a course. Time is a parameter; knows no requests.

A question whose words changed gets a new revision; one that went is retired. Nothing is deleted. What instructors wrote
on the site stays as it is, except where a file has its id: files win their own ids.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from learning.activities import SyncReport
from learning.catalogue.schema import LANGUAGES
from learning.models import Course
from quizzes.marking import bank
from quizzes.marking.editing import block
from quizzes.marking.files import Files
from quizzes.marking.lint import lint_question
from quizzes.marking.pairs import Pair
from quizzes.marking.quizfile import QuizSource
from quizzes.models import Origin, Question, Quiz
from quizzes.services.curating import give_way, review_written
from quizzes.services.revising import Ground, describe, first_of, ground_of, place, revise

# What the rows of files have in common, also where one takes over what was written on the site under its id.
THE_FILE: dict[str, object] = {"origin": Origin.FILE, "owner_id": None, "shared": False}
THE_QUIZ: dict[str, object] = {**THE_FILE, "items": [], "blueprint": [], "pilots": 0, "draft": False, "listed": True}


@transaction.atomic
def sync_files(*, course: Course, files: Files, now: datetime) -> list[SyncReport]:
    """Make rows of what `files` hold; return what was added, changed and retired, by kind."""
    return [
        _sync_questions(course, files.usable(), now),
        _sync_quizzes(course, files.quizzes, now),
    ]


def _sync_questions(course: Course, pairs: Mapping[str, Pair], now: datetime) -> SyncReport:
    """Bring the questions in line; those of a topic the course does not have are left out."""
    ground = ground_of(course)
    pairs = {slug: found for slug, found in pairs.items() if first_of(found).topic in ground.topics}
    known = {question.slug: question for question in course.questions.select_related("current", "topic")}
    added: list[str] = []
    changed: list[str] = []
    for position, (slug, found) in enumerate(pairs.items(), start=1):
        question = known.get(slug) or Question(course=course, slug=slug)
        before = (question.topic_id, question.retired_at, question.current_id)
        if question.origin == Origin.SITE:
            give_way(question, now)
        moved = place(question, first_of(found), ground.topics, position=position, **THE_FILE)
        if question.pk is None:
            question.save()
        question.current = revise(question, found, now)
        moved |= _described(question, found, ground)
        if before != (question.topic_id, None, question.current_id):
            (changed if slug in known else added).append(slug)
            moved = True
        if moved:
            question.save()
    review_written(course, ground)
    return SyncReport("questions", added, changed, _retire(known, pairs, now))


def _described(question: Question, found: Pair, ground: Ground) -> bool:
    """Bring in line what the bank lists the question by; return whether that was needed."""
    texts = {lang: block(bank.write(entry.alone())) for lang, entry in found.items()}
    titles = {lang: words["title"] for lang, words in question.current.public.items()} if question.current else {}
    return describe(question, texts, titles, lint_question(found, ground.statements, list(ground.topics), LANGUAGES))


def _sync_quizzes(course: Course, sources: Sequence[QuizSource], now: datetime) -> SyncReport:
    known = {quiz.slug: quiz for quiz in course.quizzes.all()}
    added: list[str] = []
    changed: list[str] = []
    for position, source in enumerate(sources, start=1):
        quiz = known.get(source.id) or Quiz(course=course, slug=source.id)
        values = {
            "position": position,
            "mode": source.mode,
            "title": dict(source.title),
            "summary": dict(source.summary),
            "topics": list(source.topics),
            "count": source.count,
            "minutes": source.minutes,
            "retired_at": None,
            **THE_QUIZ,
        }
        if quiz.pk is None:
            added.append(source.id)
        elif any(getattr(quiz, name) != value for name, value in values.items()):
            changed.append(source.id)
        else:
            continue
        for name, value in values.items():
            setattr(quiz, name, value)
        quiz.save()
    return SyncReport("quizzes", added, changed, _retire(known, [source.id for source in sources], now))


def _retire(known: Mapping[str, Question] | Mapping[str, Quiz], kept: Collection[str], now: datetime) -> list[str]:
    """Retire what the files no longer hold; what was written on the site stays."""
    files = [row for row in known.values() if row.origin == Origin.FILE]
    gone = [row for row in files if row.slug not in kept and row.retired_at is None]
    for row in gone:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
    return [row.slug for row in gone]
