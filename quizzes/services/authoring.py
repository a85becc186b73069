"""Writing questions on the site: drafts and publishing. One transaction each; time is a parameter.

A question of a file is changed in its file only: every function here wants one written on the site. Knows no requests.
"""

import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from learning.models import Course
from quizzes.marking.editing import (
    Draft,
    Writing,
    compose,
    heading_of,
    parted,
    typed_id,
    with_line,
)
from quizzes.marking.reader import BLOCK_ID
from quizzes.marking.rendering import html, plain
from quizzes.models import Origin, Question, QuestionDraft, QuestionRevision
from quizzes.services.audit import record
from quizzes.services.revising import Ground, describe, first_of, ground_of, place, revise

FIRST_POSITION = 100_000  # questions of the site stand after those of the files
MOST_TAGS = 20
LONGEST_TAG = 40
A_REVISION = 100_000  # saves: none has as many


class RefusedDraftError(Exception):
    """What was asked of a question cannot be done. Nothing has been stored."""


class StaleDraftError(RefusedDraftError):
    """Another window saved the draft since this one read it. `question` tells what stands now."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question


class UnfitDraftError(RefusedDraftError):
    """The draft has errors, or there is nothing to publish. `draft` tells which."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Saved:
    """What is written now, and the number of its last save: 0 while nothing differs from what is published.

    `base` says upon what one writes: no number comes again when a draft was published and another one begun.
    """

    writing: Writing
    version: int
    saved_at: datetime | None
    base: int


def written(question: Question) -> Saved:
    """Return what an editor shows of `question`: its draft, or what is published."""
    draft, base = draft_of(question), A_REVISION * (question.current.number if question.current else 0)
    if draft:
        typed = Writing(draft.texts, draft.topic, draft.difficulty)
        return Saved(typed, draft.version, draft.updated_at, base + draft.version)
    return Saved(published(question) or Writing({}, question.topic.slug), 0, None, base)


def published(question: Question) -> Writing | None:
    """Return what is published of `question`, as an editor shows it; None while nothing is."""
    return replace(parted(question.current.secret["source"]), topic=question.topic.slug) if question.current else None


def draft_of(question: Question) -> QuestionDraft | None:
    """Return the draft of `question`, or None."""
    found: QuestionDraft | None = getattr(question, "draft", None)
    return found if found and found.pk else None


def read_draft(question: Question, writing: Writing, ground: Ground | None = None) -> Draft:
    """Return what `writing` comes to as `question`, with everything that is wrong with it."""
    return read_writing(question.slug, writing, ground or ground_of(question.course))


def read_writing(slug: str, writing: Writing, ground: Ground) -> Draft:
    """Return what `writing` comes to as the question `slug`, with everything that is wrong with it."""
    topics = list(ground.topics)
    return compose(slug, writing, statements=ground.statements, topics=topics, derive=ground.derive)


@transaction.atomic
def create_question(
    *, course: Course, owner: User, writing: Writing, now: datetime, tags: Sequence[str] = (), slug: str = ""
) -> Question:
    """Return a new question with `writing` as its draft. Its id: `slug`, or the one typed, if free; else a new one."""
    ground = ground_of(course)
    wanted = slug or typed_id(writing.texts)
    question = Question.objects.create(
        course=course,
        topic=ground.topics.get(writing.topic) or next(iter(ground.topics.values())),
        owner=owner,
        origin=Origin.SITE,
        slug=wanted if is_free(course, wanted) else new_slug(course),
        position=_next_position(course),
        tags=clean_tags(tags),
    )
    QuestionDraft.objects.create(question=question, updated_by=owner, updated_at=now, **_fields(writing))
    describe_row(question, writing, ground)
    return question


@transaction.atomic
def save_draft(
    *, question: Question, writing: Writing, base: int, actor: User, now: datetime, over: bool = False
) -> Saved:
    """Save what was typed upon `base`, as `written` told it; while nobody has seen it, the id typed may be taken.

    Raises StaleDraftError when another window saved something else since; `over` says to replace that on purpose.
    """
    question = locked(question)
    before = written(question)
    if _fields(before.writing) == _fields(writing):
        return before
    if before.base != base and not over:
        raise StaleDraftError(question)
    draft = draft_of(question) or QuestionDraft(question=question, version=0)
    for name, value in _fields(writing).items():
        setattr(draft, name, value)
    draft.version, draft.updated_by, draft.updated_at = draft.version + 1, actor, now
    draft.save()
    ground = ground_of(question.course)
    if question.current is None:
        _name(question, typed_id(writing.texts))
        question.topic = ground.topics.get(writing.topic, question.topic)
    describe_row(question, writing, ground)
    return written(question)


@transaction.atomic
def publish(
    *, question: Question, actor: User, now: datetime, base: int | None = None, wrong: Mapping[str, str] | None = None
) -> QuestionRevision:
    """Publish the draft as it stands: a new revision, and the draft is gone.

    `wrong` says by language what was wrong before, when this corrects a mistake: learners who saw it are told. Raises
    StaleDraftError when what is written is not upon `base` any more, UnfitDraftError for errors or without a draft.
    """
    question = locked(question)
    saved, draft = written(question), draft_of(question)
    if base is not None and saved.base != base:
        raise StaleDraftError(question)
    ground = ground_of(question.course)
    writing = corrected(saved.writing, wrong or {}, now)
    found = read_draft(question, writing, ground)
    if draft is None or found.errors or not found.pair:
        raise UnfitDraftError(found)
    place(question, first_of(found.pair), ground.topics)
    question.current = revision = revise(question, found.pair, now, actor)
    draft.delete()
    describe_row(question, writing, ground)
    detail = {"revision": revision.number, "corrects": bool(wrong)}
    record(actor=actor, action="publish", subject=subject_of(question), now=now, detail=detail)
    return revision


def corrected(writing: Writing, wrong: Mapping[str, str], now: datetime) -> Writing:
    """Return `writing` with the line that says what was wrong until today, in each of its languages.

    A language in which nothing was said borrows the words of the other.
    """
    any_words = next((said for said in wrong.values() if said.strip()), "")
    if not any_words:
        return writing
    day = timezone.localdate(now).isoformat()
    texts = {
        lang: with_line(text, "erratum", f"{day} {wrong.get(lang, '').strip() or any_words}")
        for lang, text in writing.said.items()
    }
    return replace(writing, texts=texts)


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Return tags as they are kept: trimmed, each once, not too many and not too long."""
    words = dict.fromkeys(" ".join(word.split())[:LONGEST_TAG] for word in tags)
    return [word for word in words if word][:MOST_TAGS]


def subject_of(question: Question) -> str:
    """Return what the trail calls `question`."""
    return f"question:{question.slug}"


def is_free(course: Course, slug: str) -> bool:
    """Return whether `slug` is an id that no question of `course` has."""
    return bool(BLOCK_ID.fullmatch(f"^{slug}")) and not course.questions.filter(slug=slug).exists()


def new_slug(course: Course) -> str:
    """Return a new id: "q-" and eight letters and digits."""
    while True:
        slug = f"q-{b32encode(secrets.token_bytes(5)).decode().lower()}"
        if is_free(course, slug):
            return slug


def _next_position(course: Course) -> int:
    last: int = course.questions.aggregate(last=Max("position"))["last"] or 0
    return max(FIRST_POSITION, last + 1)


def _fields(writing: Writing) -> dict[str, Any]:
    return {"texts": writing.said, "topic": writing.topic, "difficulty": writing.difficulty}


def locked(question: Question) -> Question:
    """Return the question as it is, locked until the transaction ends."""
    rows = Question.objects.select_for_update(of=("self",))
    return rows.select_related("course", "topic", "current", "draft").get(pk=question.pk)


def _name(question: Question, slug: str) -> None:
    """Give a question that nobody has seen the id typed, if it is free."""
    if slug and slug != question.slug and is_free(question.course, slug):
        question.slug = slug


def describe_row(question: Question, writing: Writing, ground: Ground) -> None:
    """Bring in line what the bank lists the question by, and save it."""
    describe_draft(question, writing, ground)
    question.save()


def describe_draft(question: Question, writing: Writing, ground: Ground) -> Draft:
    """Put into `question` what the bank lists it by, and store nothing; return what `writing` comes to."""
    draft = read_draft(question, writing, ground)
    titles = {lang: plain(html(entry.item.stem, lang)) for lang, entry in draft.pair.items()}
    titles |= {lang: heading_of(text) for lang, text in writing.said.items() if lang not in titles}
    describe(question, writing.said, titles, draft.problems)
    return draft
