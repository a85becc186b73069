"""Taking files in: all or nothing, or the good ones on explicit choice. One transaction; time is a parameter.

What comes in becomes drafts of whoever brings it; what can be published without an error may be, at once. Everything
that takes long is worked out before the transaction, so that nobody's answer waits for an import.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from learning.models import Course
from quizzes.marking.pairs import Pair
from quizzes.models import AuditEntry, Origin, Question, QuestionDraft, QuestionRevision, Upload
from quizzes.services.audit import entry_of, record
from quizzes.services.authoring import (
    FIRST_POSITION,
    UnfitDraftError,
    clean_tags,
    describe_draft,
    draft_of,
    publish,
    subject_of,
)
from quizzes.services.import_plan import Plan, Taking, plan_of, with_errors
from quizzes.services.revising import Ground, first_of, ground_of, new_revision, place
from quizzes.services.uploads import batch_of, topic_of

TRIES = 3  # plans made anew because somebody wrote in the meantime
BATCH = 500  # rows stored with one statement
FOUND_FROM = ("titles", "words", "errors", "warnings", "topic", "tags")
MOST_LISTED = 500  # questions that the record of an import names


class RefusedImportError(Exception):
    """Nothing was taken in, because not all of it can be."""


class GoneError(Exception):
    """The files are no longer there: taken in or thrown away already, perhaps in another window."""


class BusyError(Exception):
    """Somebody kept writing the same questions meanwhile; nothing was taken in."""


class _MovedError(Exception):
    """What was planned upon is not what stands now."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A question made ready to be stored: as a draft, or, of a new one that is published at once, as its `revision`."""

    taking: Taking
    question: Question
    draft: QuestionDraft
    pair: Pair
    publishable: bool
    revision: QuestionRevision | None = None


@dataclass(frozen=True, slots=True)
class _Planned:
    """What would be taken in, into which course, and what questions of it may rest on."""

    course: Course
    ground: Ground
    plan: Plan


def dry_run(*, owner: User, batch: uuid.UUID) -> tuple[list[Upload], Plan | None]:
    """Return the files of a batch and what taking them in would do, with what stands in the way of publishing it.

    None while no course, or none of its topics, can hold them.
    """
    uploads = batch_of(owner, batch)
    found = _planned(uploads, owner)
    return uploads, with_errors(found.plan, found.ground) if found else None


def _planned(uploads: Sequence[Upload], owner: User) -> _Planned | None:
    course = _course(uploads)
    if not uploads or course is None:
        return None
    ground = ground_of(course)
    return _Planned(course, ground, plan_of(uploads, course, owner, ground)) if ground.topics else None


def _course(uploads: Sequence[Upload]) -> Course | None:
    topic = topic_of(uploads[0]) if uploads else None
    return topic.course if topic else Course.objects.filter(retired_at=None).first()


def take_in(*, owner: User, batch: uuid.UUID, only_good: bool, at_once: bool, now: datetime) -> AuditEntry:
    """Take a batch in, and return the record of it. `at_once`: publish what has no error.

    Raises GoneError, RefusedImportError (something cannot be taken in, and `only_good` was not said) or BusyError.
    """
    for _ in range(TRIES):
        uploads = batch_of(owner, batch)
        found = _planned(uploads, owner)
        if found is None:
            raise GoneError
        plan, course = found.plan, found.course
        if not plan.takings or not (plan.whole or only_good):
            raise RefusedImportError
        ready = _made_ready(found, owner, now, at_once=at_once)
        try:
            return _store(uploads, plan, ready, course, owner, at_once=at_once, now=now)
        except _MovedError:
            continue
    raise BusyError


def taken_in(*, owner: User, batch: uuid.UUID) -> AuditEntry | None:
    """Return the record of a batch that was taken in; None for one that was not."""
    return AuditEntry.objects.filter(actor=owner, action="import", detail__batch=str(batch)).first()


def _made_ready(found: _Planned, owner: User, now: datetime, *, at_once: bool) -> list[_Ready]:
    """Return rows for what is new or changed, described and not stored. No transaction is open: this takes a while."""
    course, ground = found.course, found.ground
    last: int = course.questions.aggregate(last=Max("position"))["last"] or 0
    position = max(FIRST_POSITION, last + 1)
    ready: list[_Ready] = []
    for taking in found.plan.takings:
        if not taking.same:
            one = _one_ready(taking, course, owner, ground, position + len(ready), now)
            ready.append(_with_revision(one, ground, owner, now) if at_once else one)
    return ready


def _with_revision(one: _Ready, ground: Ground, owner: User, now: datetime) -> _Ready:
    """Return a new question with what publishing it makes; one that stands already is published where it stands."""
    if one.taking.question or not one.publishable:
        return one
    place(one.question, first_of(one.pair), ground.topics)
    return replace(one, revision=new_revision(one.question, one.pair, now, owner))


def _one_ready(taking: Taking, course: Course, owner: User, ground: Ground, position: int, now: datetime) -> _Ready:
    writing, question = taking.writing, taking.question
    if question is None:
        question = Question(course=course, owner=owner, origin=Origin.SITE, slug=taking.slug, position=position)
    if question.current_id is None:
        question.topic = ground.topics.get(writing.topic) or next(iter(ground.topics.values()))
    question.tags = clean_tags(taking.tags)
    draft = (draft_of(question) if question.pk else None) or QuestionDraft(version=0)
    draft.texts, draft.topic, draft.difficulty = writing.said, writing.topic, writing.difficulty
    draft.version, draft.updated_by, draft.updated_at = draft.version + 1, owner, now
    found = describe_draft(question, writing, ground)
    return _Ready(taking, question, draft, found.pair, bool(found.pair) and not found.errors)


@transaction.atomic
def _store(
    uploads: Sequence[Upload],
    plan: Plan,
    ready: Sequence[_Ready],
    course: Course,
    owner: User,
    *,
    at_once: bool,
    now: datetime,
) -> AuditEntry:
    """Store what was made ready, unless the ground has moved: then nothing."""
    Course.objects.select_for_update().get(pk=course.pk)  # one import after the other
    gone, _ = Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()
    if gone != len(uploads):
        raise GoneError
    _stand_still(ready, course)
    _write(ready)
    _write_revisions(ready, owner, now)
    published = [one.question.slug for one in ready if one.revision or (at_once and _published(one, owner, now))]
    detail = _detail(uploads, plan, ready, published)
    return record(actor=owner, action="import", subject=f"import:{uploads[0].name}", now=now, detail=detail)


def _stand_still(ready: Sequence[_Ready], course: Course) -> None:
    """Raise _MovedError when an id was taken, or a draft saved, since the plan was made."""
    new = [one.taking.slug for one in ready if one.taking.question is None]
    old = {one.question.pk: one.taking.version for one in ready if one.taking.question}
    for start in range(0, len(new), BATCH):
        if course.questions.filter(slug__in=new[start : start + BATCH]).exists():
            raise _MovedError
    now = dict.fromkeys(old, 0)
    keys = list(old)
    for start in range(0, len(keys), BATCH):
        list(Question.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).values_list("pk"))
        drafts = QuestionDraft.objects.filter(question__in=keys[start : start + BATCH])
        now |= dict(drafts.values_list("question", "version"))
    if now != old:
        raise _MovedError


def _write(ready: Sequence[_Ready]) -> None:
    new = [one.question for one in ready if one.taking.question is None]
    Question.objects.bulk_create(new, batch_size=BATCH)
    old = [one.question for one in ready if one.taking.question]
    Question.objects.bulk_update(old, FOUND_FROM, batch_size=BATCH)
    for one in ready:
        one.draft.question = one.question
    kept = [one.draft for one in ready if one.draft.pk]
    fields = ("texts", "topic", "difficulty", "version", "updated_by", "updated_at")
    QuestionDraft.objects.bulk_update(kept, fields, batch_size=BATCH)
    drafts = [one.draft for one in ready if not one.draft.pk and not one.revision]
    QuestionDraft.objects.bulk_create(drafts, batch_size=BATCH)


def _write_revisions(ready: Sequence[_Ready], owner: User, now: datetime) -> None:
    """Store the first revisions of new questions, and in the trail what `publish` writes there."""
    made = [(one.question, one.revision) for one in ready if one.revision]
    for question, revision in made:
        revision.question = question  # which has its key only now
    QuestionRevision.objects.bulk_create([revision for _, revision in made], batch_size=BATCH)
    for question, revision in made:
        question.current = revision
    Question.objects.bulk_update([question for question, _ in made], ["current"], batch_size=BATCH)
    said = {"revision": 1, "corrects": False}
    entries = [
        entry_of(actor=owner, action="publish", subject=subject_of(question), now=now, detail=said)
        for question, _ in made
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def _published(one: _Ready, owner: User, now: datetime) -> bool:
    if not one.publishable:
        return False
    try:
        publish(question=one.question, actor=owner, now=now)
    except UnfitDraftError:  # what is planned upon one course's ground is published upon the same
        return False
    return True


def _detail(
    uploads: Sequence[Upload], plan: Plan, ready: Sequence[_Ready], published: Sequence[str]
) -> Mapping[str, Any]:
    return {
        "batch": uploads[0].wish["batch"],
        "files": [upload.name for upload in uploads],
        "new": plan.count("new"),
        "updated": plan.count("update"),
        "same": plan.count("same"),
        "left": plan.refused,
        "published": len(published),
        "questions": [one.question.slug for one in ready][:MOST_LISTED],
    }
