"""Bringing questions and quizzes in line with the files of a course. Time is a parameter; knows no requests.

A question whose words changed gets a new revision; one that went is retired. Nothing is deleted.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from learning.activities import SyncReport
from learning.models import Course, Topic
from quizzes.marking import bank
from quizzes.marking.files import Files
from quizzes.marking.item import cites
from quizzes.marking.mark import public_view
from quizzes.marking.pairs import Entry, Pair
from quizzes.marking.quizfile import QuizSource
from quizzes.marking.rendering import public_json, reasons
from quizzes.models import Erratum, Question, QuestionRevision, Quiz


@transaction.atomic
def sync_files(*, course: Course, files: Files, now: datetime) -> list[SyncReport]:
    """Make rows of what `files` hold; return what was added, changed and retired, by kind."""
    return [
        _sync_questions(course, files.usable(), now),
        _sync_quizzes(course, files.quizzes, now),
    ]


def _sync_questions(course: Course, pairs: Mapping[str, Pair], now: datetime) -> SyncReport:
    """Bring the questions in line; those of a topic the course does not have are left out."""
    topics = {topic.slug: topic for topic in course.topics.filter(retired_at=None)}
    pairs = {slug: found for slug, found in pairs.items() if _first(found).topic in topics}
    known = {question.slug: question for question in course.questions.select_related("current")}
    added: list[str] = []
    changed: list[str] = []
    for position, (slug, found) in enumerate(pairs.items(), start=1):
        question = known.get(slug) or Question(course=course, slug=slug)
        before = (question.topic_id, question.retired_at, question.current_id)
        moved = _place(question, position, _first(found), topics)
        if question.pk is None:
            question.save()
        question.current = _revision(question, found, now)
        if before != (question.topic_id, None, question.current_id):
            (changed if slug in known else added).append(slug)
            moved = True
        if moved:
            question.save()
    return SyncReport("questions", added, changed, _retire(known, pairs, now))


def _place(question: Question, position: int, entry: Entry, topics: Mapping[str, Topic]) -> bool:
    """Put the question where its file has it; return whether it stood elsewhere."""
    values = {"position": position, "case": entry.case_id, "pilot": bool(entry.item.settings.pilot)}
    moved = any(getattr(question, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(question, name, value)
    question.retired_at, question.topic = None, topics[entry.topic]
    return moved


def _first(found: Pair) -> Entry:
    return next(iter(found.values()))


def _revision(question: Question, found: Pair, now: datetime) -> QuestionRevision:
    """Return the revision that says what the files say: the current one, one from before, or a new one."""
    source = {lang: bank.write(entry.alone()) for lang, entry in sorted(found.items())}
    digest = hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()
    if question.current and question.current.content_hash == digest:
        return question.current
    earlier = question.revisions.filter(content_hash=digest).first()
    if earlier:
        return earlier
    number = question.revisions.count() + 1
    revision = QuestionRevision.objects.create(
        question=question, number=number, content_hash=digest, created_at=now, **_content(found, source)
    )
    if number > 1:
        _note_erratum(revision, found, now)
    return revision


def _note_erratum(revision: QuestionRevision, found: Pair, now: datetime) -> None:
    """Keep that `revision` puts right what its predecessors had wrong, unless an earlier one did so already."""
    said = {lang: entry.item.settings.erratum for lang, entry in found.items()}
    day, words = _first(found).item.settings.erratum, {lang: one.said for lang, one in said.items() if one}
    known = Erratum.objects.filter(revision__question=revision.question_id)
    if day and not any((one.day, one.words) == (day.day, words) for one in known):
        Erratum.objects.create(revision=revision, day=day.day, words=words, created_at=now)


def _content(found: Pair, source: Mapping[str, str]) -> dict[str, object]:
    entry = _first(found)
    item, beyond = entry.item, entry.item.settings.beyond
    return {
        "kind": item.body.kind,
        "difficulty": entry.bank.difficulty_of(item),
        "public": {lang: public_json(public_view(e.item, e.case), lang) for lang, e in found.items()},
        "secret": {
            "source": source,
            "key": item.key(),
            "proves": item.proves(),
            "cites": [step.cites for step in item.told()],
            "explain_cites": cites(item.explain),
            "scenario": item.settings.scenario or "",
            "beyond": {"url": beyond.url, "checked": beyond.checked} if beyond else None,
            "reasons": {lang: reasons(e.item, lang) for lang, e in found.items()},
        },
    }


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
    gone = [row for slug, row in known.items() if slug not in kept and row.retired_at is None]
    for row in gone:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
    return [row.slug for row in gone]
