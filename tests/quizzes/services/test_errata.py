"""A question turns out wrong: those who saw it are told, the past stays, a regrade is somebody's recorded act."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Erratum, Grade, Question, QuestionRevision, Quiz
from quizzes.services import (
    ClosedError,
    Note,
    UnfitError,
    Wish,
    check_item,
    errata_for,
    finish_attempt,
    grade_of,
    note_item,
    record_answer,
    regrade,
    start_attempt,
)
from tests.quizzes import course as files
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, answer_all, place, right_tokens

LATER = NOW + timedelta(days=1)
ERRATUM = "\nerratum:: 2026-11-22 The key named the wrong option.\n"
FLIPPED = files.OWN.replace("- [x] Right", "- [ ] Right").replace("- [ ] Wrong", "- [x] Wrong")
MENDED = FLIPPED.replace("\n### In which order?", f"{ERRATUM}\n### In which order?")


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    """The course's files with questions of their own, synced."""
    folder = files.copy(tmp_path)
    files.sync(course, folder)
    return folder


@pytest.fixture
def done(alice: Learner, course: Course, folder: Path) -> Attempt:
    """An exam of EFS alone that alice has finished, all of it rightly answered."""
    exam = Quiz.objects.get(slug="exam")
    exam.topics, exam.count = ["efs"], 5
    exam.save()
    attempt = start_attempt(learner=alice, quiz=exam, now=NOW, seed="e")
    answer_all(attempt, NOW, right=5)
    finish_attempt(attempt=attempt, now=NOW)
    return attempt


def mend(course: Course, folder: Path, text: str = MENDED) -> None:
    files.write(folder, text)
    files.sync(course, folder)


def own(attempt: Attempt, slug: str = "own-001") -> AttemptItem:
    return next(item for item in items_of(attempt) if item.revision.question.slug == slug)


def test_both_marks_are_told(course: Course, folder: Path, done: Attempt) -> None:
    assert errata_for(done) == []
    mend(course, folder)
    (one,) = errata_for(done)
    assert (one.number, one.day, one.words["en"]) == (own(done).number, "2026-11-22", "The key named the wrong option.")
    assert one.after
    assert (one.before.points, one.after.points) == (Decimal(1), Decimal(0))


def test_the_past_stays_byte_for_byte(course: Course, folder: Path, done: Attempt) -> None:
    def past() -> list[object]:
        revisions = QuestionRevision.objects.filter(pk__in=done.items.values("revision")).order_by("pk")
        return [*revisions.values(), *done.items.values(), *Grade.objects.values()]

    before = past()
    mend(course, folder)
    mend(course, folder, "### Quite another? ^own-009\n- [x] A\n- [ ] B\n")
    assert past() == before


def test_an_open_attempt_is_marked_by_what_it_shows(alice: Learner, course: Course, folder: Path) -> None:
    practice = Quiz.objects.get(slug="practice")
    attempt = start_attempt(learner=alice, quiz=practice, now=NOW, seed="p", wish=Wish(("efs",), count=5))
    mend(course, folder)
    item = own(attempt)
    marked = check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    assert marked.right
    assert errata_for(attempt) == []  # it is not over


def test_another_wording_alone_is_no_erratum(course: Course, folder: Path, done: Attempt) -> None:
    mend(course, folder, FLIPPED)
    assert (errata_for(done), Erratum.objects.count()) == ([], 0)


def test_whoever_saw_the_mended_one_is_told_nothing(
    alice: Learner, course: Course, folder: Path, done: Attempt
) -> None:
    mend(course, folder)
    exam = Quiz.objects.get(slug="exam")
    again = start_attempt(learner=alice, quiz=exam, now=LATER, seed="again")
    finish_attempt(attempt=again, now=LATER)
    mend(course, folder, MENDED.replace("Which one?", "Which one, then?"))
    assert errata_for(again) == []
    assert len(errata_for(done)) == Erratum.objects.count() == 1


def test_pieces_in_another_order_still_correspond(course: Course, folder: Path, done: Attempt) -> None:
    piece = "- [ ] Neither\n  > No. [[efs#^containers-ephemeral]]\n"
    mend(course, folder, MENDED.replace(piece, "").replace("- [ ] Right", f"{piece}- [ ] Right"))
    (one,) = errata_for(done)
    assert one.after
    assert (one.revision.public["en"]["body"]["pieces"][0], one.after.points) == ("Neither", Decimal(0))


def test_other_pieces_cannot_be_compared(ines: Learner, course: Course, folder: Path, done: Attempt) -> None:
    mend(course, folder, MENDED.replace("Neither", "None"))
    (one,) = errata_for(done)
    assert one.after is None
    assert regrade(attempt=done, actor=ines.user, reason="Seen", now=LATER).scaled == 1000


def test_a_regrade_is_explicit_and_names_who_and_why(
    ines: Learner, course: Course, folder: Path, done: Attempt
) -> None:
    mend(course, folder)
    first = Grade.objects.values().get()
    for number in range(2, 22):
        grade = regrade(attempt=done, actor=ines.user, reason=" The key was wrong. ", now=LATER)
        assert (grade.number, grade.scaled, grade.actor_name) == (number, 820, "ines")
        assert (grade.reason, grade.made_at) == ("The key was wrong.", LATER)
    assert Grade.objects.filter(number=1).values().get() == first
    assert grade_of(done) == grade
    mended = Question.objects.get(slug="own-001").current_id
    assert [one["revision"] for one in grade.marks if one["points"] == "0.00"] == [mended]
    assert list(Grade.objects.of(done.learner)) == [grade]


def test_a_regrade_leaves_the_items_as_they_were(ines: Learner, course: Course, folder: Path, done: Attempt) -> None:
    mend(course, folder)
    before = list(done.items.values())
    regrade(attempt=done, actor=ines.user, reason="Wrong key", now=LATER)
    assert list(done.items.values()) == before


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_regrade_needs_a_reason(ines: Learner, done: Attempt, reason: str) -> None:
    with pytest.raises(UnfitError):
        regrade(attempt=done, actor=ines.user, reason=reason, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.create(
            attempt=done, number=2, scaled=100, low=100, high=100, pass_mark=720, marks=[], detail={}, made_at=NOW
        )


def test_what_is_open_or_no_exam_is_not_regraded(ines: Learner, sitting: Attempt, attempt: Attempt) -> None:
    with pytest.raises(ClosedError):
        regrade(attempt=sitting, actor=ines.user, reason="Why", now=LATER)
    with pytest.raises(UnfitError):
        regrade(attempt=attempt, actor=ines.user, reason="Why", now=LATER)


def test_a_grade_outlives_the_account_that_made_it(ines: Learner, course: Course, done: Attempt) -> None:
    regrade(attempt=done, actor=ines.user, reason="Why", now=LATER)
    User.objects.get(username="ines").delete()
    assert Grade.objects.filter(number=2).values_list("actor", "actor_name").get() == (None, "ines")


# --- the kinds


@pytest.mark.parametrize(
    ("slug", "texts", "points"),
    [
        ("own-002", ["First", "Second", "Third"], "1.00"),
        ("own-002", ["Second", "First", "Third"], "0.33"),
        ("own-002", ["First"], "0.33"),
        ("own-003", ["mat", "log"], "1.00"),
        ("own-003", ["sea", "log"], "0.00"),
        ("own-003", ["", "log"], "0.00"),
        ("own-003", ["mat", "mat"], "0.00"),
    ],
)
def test_every_kind_is_answered_by_its_pieces(
    alice: Learner, course: Course, folder: Path, slug: str, texts: list[str], points: str
) -> None:
    exam = Quiz.objects.get(slug="exam")
    exam.topics, exam.count = ["efs"], 5
    exam.save()
    attempt = start_attempt(learner=alice, quiz=exam, now=NOW, seed="e")
    item = own(attempt, slug)
    pieces = item.revision.public["en"]["body"]["pieces"]
    tokens = [item.tokens[pieces.index(text)] if text else "" for text in texts]
    record_answer(learner=alice, place=place(item), tokens=tokens, act=act(NOW))
    note_item(learner=alice, place=place(item), note=Note(struck=[item.tokens[0]]), now=NOW)
    finish_attempt(attempt=attempt, now=NOW)
    item.refresh_from_db()
    assert item.points == Decimal(points)


@pytest.mark.parametrize("slug", ["own-002", "own-003"])
def test_practice_marks_what_is_complete(alice: Learner, course: Course, folder: Path, slug: str) -> None:
    practice = Quiz.objects.get(slug="practice")
    attempt = start_attempt(learner=alice, quiz=practice, now=NOW, seed="p", wish=Wish(("efs",), count=5))
    item = own(attempt, slug)
    part = [right_tokens(item)[0], *([""] if slug == "own-003" else [])]
    with pytest.raises(UnfitError):
        check_item(learner=alice, place=place(item), tokens=part, act=act(NOW))
    assert check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW)).right


def test_an_ordering_stands_where_the_pieces_moved_to(course: Course, folder: Path, done: Attempt) -> None:
    text = files.OWN.replace("partial:: yes\n", "partial:: yes\nerratum:: 2026-11-22 The order was wrong.\n")
    mend(course, folder, text.replace("1. First", "1. Tmp").replace("2. Second", "2. First").replace("Tmp", "Second"))
    (one,) = errata_for(done)
    assert one.after
    assert (one.before.points, one.after.points) == (Decimal(1), Decimal("0.33"))
