"""Writing, publishing and keeping questions, and how they live together with those of files."""

import shutil
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from learning.models import Course, Learner
from quizzes.marking.editing import pair_of
from quizzes.marking.files import read_files
from quizzes.models import AuditEntry, Origin, Question, QuestionDraft, QuestionRevision, Quiz
from quizzes.services import stock_of, sync_files
from quizzes.services.authoring import (
    StaleDraftError,
    UnfitDraftError,
    create_question,
    publish,
    save_draft,
    written,
)
from quizzes.services.curating import bring_back, copy_question, discard_draft, move, restore, retire, share
from quizzes.services.draws import preview
from tests.conftest import ROOT
from tests.quizzes.author.make import BOTH, ENGLISH, KOREAN, NOW, make_published, make_question, writing


def again(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def user_of(learner: Learner) -> User:
    assert learner.user
    return learner.user


def test_it_works(course: Course, ines: Learner) -> None:
    question = make_question(course, ines)
    assert question.slug.startswith("q-")
    assert (question.errors, question.warnings, question.current) == (0, 0, None)
    revision = publish(question=question, actor=user_of(ines), now=NOW)
    question = again(question)
    assert question.current == revision
    assert (revision.number, revision.made_by_name, revision.kind, revision.difficulty) == (1, "ines", "choice", 2)
    assert not QuestionDraft.objects.exists()
    assert AuditEntry.objects.get().action == "publish"


def test_written_to_a_file_it_is_the_same_revision(course: Course, ines: Learner, tmp_path: Path) -> None:
    question = make_published(course, ines)
    assert question.current
    folder = Path(shutil.copytree(ROOT / "content" / "ecs", tmp_path / "ecs"))
    for lang, text in question.current.secret["source"].items():
        (folder / "questions" / f"written.{lang}.quiz.md").write_text(text)
    sync_files(course=course, files=read_files(folder), now=NOW)
    back = again(question)
    assert (back.origin, back.owner, back.shared) == (Origin.FILE, None, False)
    assert back.current == question.current
    assert back.revisions.count() == 1


def test_a_file_that_takes_an_id_leaves_the_draft_to_its_owner(course: Course, ines: Learner, tmp_path: Path) -> None:
    question = make_published(course, ines)
    assert question.current
    folder = Path(shutil.copytree(ROOT / "content" / "ecs", tmp_path / "ecs"))
    for lang, text in question.current.secret["source"].items():
        (folder / "questions" / f"written.{lang}.quiz.md").write_text(text)
    newer = {"en": ENGLISH.replace("no server", "nothing at all")}
    save_draft(question=question, writing=writing(newer), base=written(question).base, actor=user_of(ines), now=NOW)
    sync_files(course=course, files=read_files(folder), now=NOW)
    draft = QuestionDraft.objects.get()
    assert draft.question.owner == ines.user
    assert draft.question.slug != question.slug
    assert "nothing at all" in draft.texts["en"]


def test_a_sync_leaves_what_was_written_here(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    reports = sync_files(course=course, files=read_files(ROOT / "content" / "ecs"), now=NOW)
    assert [(list(r.added), list(r.changed), list(r.retired)) for r in reports] == [([], [], [])] * 2
    assert again(question).retired_at is None


def test_it_enters_no_quiz_of_the_course(course: Course, ines: Learner) -> None:
    quiz = Quiz.objects.get(slug="practice")
    before = preview(learner=None, quiz=quiz, now=NOW).available
    question = make_published(course, ines)
    assert preview(learner=None, quiz=quiz, now=NOW).available == before
    assert question.slug not in stock_of(course).public


def test_a_draft_with_errors_is_not_published(course: Course, ines: Learner) -> None:
    question = make_question(course, ines, {"en": ENGLISH.replace("[x]", "[ ]")})
    with pytest.raises(UnfitDraftError) as refused:
        publish(question=question, actor=user_of(ines), now=NOW)
    assert [problem.path for problem in refused.value.draft.errors] == ["en"]
    assert not QuestionRevision.objects.filter(question=question).exists()
    assert QuestionDraft.objects.filter(question=question).exists()


def test_the_line_of_a_problem_is_that_of_the_text(course: Course, ines: Learner) -> None:
    question = make_question(course, ines, {"en": ENGLISH + "\nwhat is this"})
    with pytest.raises(UnfitDraftError) as refused:
        publish(question=question, actor=user_of(ines), now=NOW)
    assert [problem.line for problem in refused.value.draft.errors] == [6]


def test_one_language_is_enough_and_said(course: Course, ines: Learner) -> None:
    question = make_question(course, ines, {"ko": KOREAN})
    assert (question.errors, question.warnings) == (0, 1)
    publish(question=question, actor=user_of(ines), now=NOW)
    current = again(question).current
    assert current
    assert list(current.public) == ["ko"]


def test_two_windows_overwrite_nothing(course: Course, ines: Learner) -> None:
    question = make_question(course, ines)
    save_draft(question=question, writing=writing({"en": "### First? "}), base=1, actor=user_of(ines), now=NOW)
    with pytest.raises(StaleDraftError):
        save_draft(question=question, writing=writing({"en": "### Second?"}), base=1, actor=user_of(ines), now=NOW)
    assert written(again(question)).writing.texts == {"en": "### First? "}


def test_what_was_published_meanwhile_is_not_overwritten(course: Course, ines: Learner) -> None:
    """Who opened it before writes upon words that are published no more, though there is no draft now as then."""
    question, user = make_published(course, ines), user_of(ines)
    opened = written(question).base
    mended, late = (
        writing({lang: text.replace("EC2", new) for lang, text in BOTH.items()}) for new in ("EC2 only", "Ec2")
    )
    save_draft(question=question, writing=mended, base=opened, actor=user, now=NOW)
    publish(question=again(question), actor=user, now=NOW)
    with pytest.raises(StaleDraftError):
        save_draft(question=again(question), writing=late, base=opened, actor=user, now=NOW)
    save_draft(question=again(question), writing=late, base=written(again(question)).base, actor=user, now=NOW)
    with pytest.raises(StaleDraftError):
        publish(question=again(question), actor=user, now=NOW, base=opened + 1)


def test_saving_the_same_again_is_no_new_version(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    saved = save_draft(
        question=question, writing=written(question).writing, base=written(question).base, actor=user_of(ines), now=NOW
    )
    assert saved.version == 0
    assert not QuestionDraft.objects.exists()


def test_the_id_typed_is_taken_when_it_is_free(course: Course, ines: Learner) -> None:
    free = make_question(course, ines, {"en": ENGLISH.replace("server?", "server? ^mine-1")})
    taken = make_question(course, ines, {"en": ENGLISH.replace("server?", "server? ^lt-001")})
    assert free.slug == "mine-1"
    assert taken.slug.startswith("q-")
    assert taken.errors == 1


def test_an_id_stays_once_it_is_published(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    renamed = writing({"en": ENGLISH.replace("server?", "server? ^other-1")})
    save_draft(question=question, writing=renamed, base=written(question).base, actor=user_of(ines), now=NOW)
    assert (again(question).slug, again(question).errors) == (question.slug, 1)


def test_a_correction_is_told_to_those_who_saw_it(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    flipped = {
        lang: text.replace("[ ]", "[-]").replace("[x]", "[ ]").replace("[-]", "[x]") for lang, text in BOTH.items()
    }
    saved = save_draft(
        question=question, writing=writing(flipped), base=written(question).base, actor=user_of(ines), now=NOW
    )
    wrong = {"en": "The key named\nFargate.", "ko": "정답이 Fargate였어요."}
    revision = publish(question=question, actor=user_of(ines), now=NOW, base=saved.base, wrong=wrong)
    assert revision.erratum.day == "2026-11-22"
    assert revision.erratum.words == {"en": "The key named Fargate.", "ko": "정답이 Fargate였어요."}


def test_moving_a_published_question_is_a_revision(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    topic = course.topics.get(slug="iam-roles")
    move(question=question, topic=topic, actor=user_of(ines), now=NOW)
    question = again(question)
    assert question.current
    assert (question.topic, question.current.number) == (topic, 2)
    assert next(iter(pair_of(question.current.secret["source"]).values())).topic == "iam-roles"


def test_retired_and_brought_back(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    retire(question=question, actor=user_of(ines), now=NOW)
    assert again(question).retired_at == NOW
    bring_back(question=question, actor=user_of(ines), now=NOW)
    assert again(question).retired_at is None
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "publish",
        "retire",
        "bring-back",
    ]


def test_sharing_is_written_down_once(course: Course, ines: Learner) -> None:
    question = make_question(course, ines)
    for _ in range(2):
        share(question=question, shared=True, actor=user_of(ines), now=NOW)
    assert AuditEntry.objects.filter(action="share", subject=f"question:{question.slug}").count() == 1


def test_a_revision_becomes_the_draft_again(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    first = question.current
    assert first
    save_draft(
        question=question, writing=writing({"en": ENGLISH}), base=written(question).base, actor=user_of(ines), now=NOW
    )
    with pytest.raises(StaleDraftError):
        restore(question=question, revision=first, actor=user_of(ines), now=NOW)
    publish(question=question, actor=user_of(ines), now=NOW)
    saved = restore(question=question, revision=first, actor=user_of(ines), now=NOW)
    assert set(saved.writing.texts) == {"en", "ko"}
    assert publish(question=question, actor=user_of(ines), now=NOW) == first


def test_a_copy_of_a_file_is_ones_own(course: Course, ines: Learner) -> None:
    source = Question.objects.get(slug="lt-001")
    copied = copy_question(question=source, owner=user_of(ines), now=NOW)
    copied = again(copied)
    assert (copied.origin, copied.owner, copied.errors) == (Origin.SITE, ines.user, 0)
    assert "lt-001" not in copied.draft.texts["ko"]
    made = publish(question=copied, actor=user_of(ines), now=NOW)
    assert source.current
    assert list(made.secret["key"]) == source.current.secret["key"]


def test_throwing_a_draft_away(course: Course, ines: Learner) -> None:
    never, once = make_question(course, ines), make_published(course, ines)
    save_draft(question=once, writing=writing({"en": ENGLISH}), base=written(once).base, actor=user_of(ines), now=NOW)
    for question in (never, once):
        discard_draft(question=question, actor=user_of(ines), now=NOW)
    assert not Question.objects.filter(pk=never.pk).exists()
    assert written(again(once)).version == 0
    assert set(again(once).titles) == {"en", "ko"}


def test_every_question_of_the_course_can_be_copied_and_published(course: Course, ines: Learner) -> None:
    for source in Question.objects.filter(origin=Origin.FILE):
        copied = copy_question(question=source, owner=user_of(ines), now=NOW)
        publish(question=copied, actor=user_of(ines), now=NOW)


@pytest.mark.parametrize("topic", ["", "no-such-topic", "a\nid: b", "주제"])
def test_an_unknown_topic_is_an_error_not_a_crash(course: Course, ines: Learner, topic: str) -> None:
    question = create_question(course=course, owner=user_of(ines), writing=writing(BOTH, topic), now=NOW)
    with pytest.raises(UnfitDraftError):
        publish(question=question, actor=user_of(ines), now=NOW)


def test_a_correction_said_in_one_language_is_told_in_both(course: Course, ines: Learner) -> None:
    question = make_published(course, ines)
    newer = {lang: text.replace("EC2", "EC2?") for lang, text in BOTH.items()}
    save_draft(question=question, writing=writing(newer), base=written(question).base, actor=user_of(ines), now=NOW)
    revision = publish(question=question, actor=user_of(ines), now=NOW, wrong={"en": "EC2 was no question."})
    assert revision.erratum.words == {"en": "EC2 was no question.", "ko": "EC2 was no question."}


def test_a_statement_that_went_is_an_error_after_the_sync(course: Course, ines: Learner) -> None:
    question, other = make_published(course, ines), make_question(course, ines, {"en": "### Not yet"})
    files = read_files(ROOT / "content" / "ecs")
    course.statements.filter(slug="ec2-your-servers").update(retired_at=NOW)
    sync_files(course=course, files=files, now=NOW)
    assert (again(question).errors, again(other).errors) == (2, 1)
    course.statements.filter(slug="ec2-your-servers").update(retired_at=None)
    sync_files(course=course, files=files, now=NOW)
    assert again(question).errors == 0
