"""What becomes of questions written on the site: retired, shared, moved, copied, restored, thrown away.

One transaction each; each that others may ask about later writes the trail. Time is a parameter; knows no requests.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from learning.models import Course, Topic
from quizzes.marking.editing import Writing, pair_of, parted, unnamed
from quizzes.marking.item import cites
from quizzes.models import Origin, Question, QuestionRevision
from quizzes.services.audit import record
from quizzes.services.authoring import (
    Saved,
    StaleDraftError,
    clean_tags,
    create_question,
    describe_row,
    draft_of,
    locked,
    save_draft,
    subject_of,
    written,
)
from quizzes.services.revising import Ground, ground_of, revise, searchable


@transaction.atomic
def retire(*, question: Question, actor: User, now: datetime) -> None:
    """Take the question out of use: no new attempt asks it; those that did keep it."""
    question = locked(question)
    if question.retired_at is None:
        question.retired_at = now
        question.save(update_fields=["retired_at"])
        record(actor=actor, action="retire", subject=subject_of(question), now=now)


@transaction.atomic
def bring_back(*, question: Question, actor: User, now: datetime) -> None:
    """Put a retired question back into use."""
    question = locked(question)
    if question.retired_at is not None:
        question.retired_at = None
        question.save(update_fields=["retired_at"])
        record(actor=actor, action="bring-back", subject=subject_of(question), now=now)


@transaction.atomic
def share(*, question: Question, shared: bool, actor: User, now: datetime) -> None:
    """Let the other instructors see and change the question, or no longer."""
    question = locked(question)
    if question.shared != shared:
        question.shared = shared
        question.save(update_fields=["shared"])
        record(actor=actor, action="share" if shared else "unshare", subject=subject_of(question), now=now)


@transaction.atomic
def tag(*, question: Question, tags: Sequence[str]) -> None:
    """Give the question these tags in place of those it had."""
    question = locked(question)
    question.tags = clean_tags(tags)
    question.save(update_fields=["tags"])


@transaction.atomic
def move(*, question: Question, topic: Topic, actor: User, now: datetime) -> None:
    """Move the question to another topic of its course: its draft, and what is published as a new revision."""
    question = locked(question)
    draft, ground = draft_of(question), ground_of(question.course)
    if draft:
        draft.topic, draft.version, draft.updated_at = topic.slug, draft.version + 1, now
        draft.save()
    if question.current and question.topic_id != topic.pk:
        question.current = revise(question, pair_of(question.current.secret["source"], topic=topic.slug), now, actor)
        detail = {"revision": question.current.number, "topic": topic.slug}
        record(actor=actor, action="publish", subject=subject_of(question), now=now, detail=detail)
    question.topic = topic
    describe_row(question, written(question).writing, ground)


@transaction.atomic
def copy_question(*, question: Question, owner: User, now: datetime) -> Question:
    """Return a copy that is `owner`'s own, under a new id, as a draft."""
    writing = written(question).writing
    texts = {lang: unnamed(text) for lang, text in writing.said.items()}
    return create_question(
        course=question.course, owner=owner, writing=replace(writing, texts=texts), now=now, tags=question.tags
    )


@transaction.atomic
def restore(*, question: Question, revision: QuestionRevision, actor: User, now: datetime, over: bool = False) -> Saved:
    """Make a revision the draft. Raises StaleDraftError when there is a draft, unless `over` says to replace it."""
    question = locked(question)
    if draft_of(question) and not over:
        raise StaleDraftError(question)
    writing = parted(revision.secret["source"])
    return save_draft(question=question, writing=writing, base=0, actor=actor, now=now, over=True)


@transaction.atomic
def discard_draft(*, question: Question, actor: User, now: datetime) -> None:
    """Throw away what is not published; a question that never was published goes with it."""
    question = locked(question)
    draft = draft_of(question)
    record(actor=actor, action="delete", subject=subject_of(question), now=now, detail={"draft": True})
    if question.current is None:
        question.delete()
    elif draft:
        draft.delete()
        describe_row(question, written(question).writing, ground_of(question.course))


def give_way(question: Question, now: datetime) -> None:
    """Leave the id of `question` to a file: what its owner was writing goes on under a new id."""
    draft = draft_of(question)
    if draft and question.owner:
        writing = Writing({lang: unnamed(text) for lang, text in draft.texts.items()}, draft.topic, draft.difficulty)
        create_question(course=question.course, owner=question.owner, writing=writing, now=now, tags=question.tags)
        draft.delete()


def review_written(course: Course, ground: Ground) -> None:
    """Look again at what was written on the site, after statements or topics of `course` have changed.

    Only at questions about which that may say something new: those with errors, those that name a scenario, and those
    that cite what is not there.
    """
    known = {searchable(slug) for slug in ground.statements}
    rows = course.questions.filter(origin=Origin.SITE).values_list("pk", "words", "errors", "topic__slug")
    asked = [
        pk
        for pk, words, errors, topic in rows
        if errors or topic not in ground.topics or "scenario::" in words or set(cites(words)) - known
    ]
    written_here = Question.objects.filter(pk__in=asked).select_related("course", "topic", "current", "draft")
    for question in written_here:
        describe_row(question, written(question).writing, ground)
