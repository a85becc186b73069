"""What a question says, made into rows: one way for files and for what is written on the site.

So a published row, exported as a file and read back, is the revision it was. Time is a parameter.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from learning.activities import derive
from learning.catalogue.errors import Problem
from learning.models import Course, Statement, Topic
from quizzes.marking import bank
from quizzes.marking.derived import Derive
from quizzes.marking.item import cites
from quizzes.marking.mark import public_view
from quizzes.marking.pairs import Entry, Pair
from quizzes.marking.rendering import public_json, reasons
from quizzes.models import Erratum, Question, QuestionRevision

MOST_WORDS = 100_000  # characters a question is found by


@dataclass(frozen=True, slots=True)
class Ground:
    """What questions of a course may rest on: the ids of its statements, and its topics by id, in their order.

    `derive` tells which designs are right for its scenarios.
    """

    statements: frozenset[str]
    topics: Mapping[str, Topic]
    derive: Derive


def ground_of(course: Course) -> Ground:
    """Return the ground of `course`. Two queries."""
    slugs = Statement.objects.filter(course=course, retired_at=None).values_list("slug", flat=True)
    topics = {topic.slug: topic for topic in course.topics.filter(retired_at=None)}
    return Ground(frozenset(slugs), topics, partial(derive, Path(settings.CONTENT_DIR) / course.slug))


def first_of(found: Pair) -> Entry:
    """Return a question in any one of its languages."""
    return next(iter(found.values()))


def revise(question: Question, found: Pair, now: datetime, by: User | None = None) -> QuestionRevision:
    """Return the revision that says what `found` says: the current one, one from before, or a new one made by `by`."""
    digest = _digest(_source(found))
    if question.current and question.current.content_hash == digest:
        return question.current
    earlier = question.revisions.filter(content_hash=digest).first()
    if earlier:
        return earlier
    revision = new_revision(question, found, now, by, number=question.revisions.count() + 1)
    revision.save(force_insert=True)
    if revision.number > 1:
        _note_erratum(revision, found, now)
    return revision


def new_revision(
    question: Question, found: Pair, now: datetime, by: User | None = None, *, number: int = 1
) -> QuestionRevision:
    """Return what `found` says as a revision of `question`, made by `by` and not stored yet."""
    source = _source(found)
    return QuestionRevision(
        question=question,
        number=number,
        content_hash=_digest(source),
        created_at=now,
        made_by=by,
        made_by_name=by.get_username() if by else "",
        **_content(found, source),
    )


def _source(found: Pair) -> dict[str, str]:
    return {lang: bank.write(entry.alone()) for lang, entry in sorted(found.items())}


def _digest(source: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()


def describe(question: Question, texts: Mapping[str, str], titles: Mapping[str, str], found: Sequence[Problem]) -> bool:
    """Put into the row what the bank lists it by; return whether anything there is new. The caller saves it.

    `texts` are its words by language, `found` what is wrong with it.
    """
    wrong = sum(problem.severity == "error" for problem in found)
    values = {
        "titles": dict(titles),
        "words": searchable(" ".join([question.slug, *texts.values()]))[:MOST_WORDS],
        "errors": wrong,
        "warnings": len(found) - wrong,
    }
    new = any(getattr(question, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(question, name, value)
    return new


def searchable(text: str) -> str:
    """Return `text` as the bank is searched: composed Hangul, no difference between capitals and small letters."""
    return unicodedata.normalize("NFC", text).casefold()


def place(question: Question, entry: Entry, topics: Mapping[str, Topic], **more: object) -> bool:
    """Put the question where what is written has it: topic, case, pilot; return whether it stood elsewhere."""
    values = {
        "case": entry.case_id,
        "pilot": bool(entry.item.settings.pilot),
        "topic": topics[entry.topic],
        "retired_at": None,
        **more,
    }
    known = question.pk is not None
    moved = not known or any(getattr(question, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(question, name, value)
    return moved


def _note_erratum(revision: QuestionRevision, found: Pair, now: datetime) -> None:
    """Keep that `revision` puts right what its predecessors had wrong, unless an earlier one did so already."""
    said = {lang: entry.item.settings.erratum for lang, entry in found.items()}
    day = first_of(found).item.settings.erratum
    words = {lang: one.said for lang, one in said.items() if one}
    known = Erratum.objects.filter(revision__question=revision.question_id)
    if day and not any((one.day, one.words) == (day.day, words) for one in known):
        Erratum.objects.create(revision=revision, day=day.day, words=words, created_at=now)


def _content(found: Pair, source: Mapping[str, str]) -> dict[str, object]:
    entry = first_of(found)
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


def content_of(found: Pair) -> dict[str, object]:
    """Return what a revision that says `found` would hold, as fields of one; stores nothing."""
    return _content(found, _source(found))
