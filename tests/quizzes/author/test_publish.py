"""Publishing, with what changes shown first; sharing, retiring, copying, throwing away."""

import pytest
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import AuditEntry, Erratum, Question, QuestionDraft
from quizzes.services.authoring import save_draft, written
from tests.quizzes.author.make import BOTH, ENGLISH, NOW, make_published, make_question, writing


def url(question: Question, name: str = "publish/") -> str:
    return f"/en/author/questions/{question.pk}/{name}"


def changed(question: Question, by: Learner) -> Question:
    assert by.user
    newer = {lang: text.replace("EC2", "EC2 only") for lang, text in BOTH.items()}
    save_draft(question=question, writing=writing(newer), base=written(question).base, actor=by.user, now=NOW)
    return Question.objects.get(pk=question.pk)


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    page = as_ines.get(url(question))
    assert "### Which launch type" in page.content.decode()
    done = as_ines.post(url(question), {"base": 1}, follow=True)
    assert "Published:" in done.content.decode()
    question = Question.objects.get(pk=question.pk)
    assert question.current
    assert question.current.made_by == ines.user


def test_the_difference_to_what_is_published_is_shown(as_ines: Client, ines: Learner, course: Course) -> None:
    question = changed(make_published(course, ines), ines)
    page = as_ines.get(url(question)).content.decode()
    assert page.count("<ins>") == page.count("<del>") == 2
    assert "- [ ] EC2 only</ins>" in page


def test_errors_stop_it(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines, {"en": ENGLISH.replace("[x]", "[ ]")})
    assert b"Mend the errors first" in as_ines.get(url(question)).content
    response = as_ines.post(url(question), {"base": 1})
    assert response.status_code == 422
    assert Question.objects.get(pk=question.pk).current is None


def test_a_missing_reason_is_a_warning(as_ines: Client, ines: Learner, course: Course) -> None:
    bare = "\n".join(line for line in ENGLISH.splitlines() if not line.strip().startswith(">"))
    question = make_question(course, ines, {"en": bare})
    assert b"has no rationale" in as_ines.get(url(question)).content
    assert as_ines.post(url(question), {"base": 1}).status_code == 302
    assert Question.objects.get(pk=question.pk).current


def test_what_was_not_shown_is_not_published(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    assert ines.user
    save_draft(question=question, writing=writing({"en": ENGLISH}), base=1, actor=ines.user, now=NOW)
    response = as_ines.post(url(question), {"base": 1})
    assert response.status_code == 409
    assert b"nothing was published" in response.content
    assert Question.objects.get(pk=question.pk).current is None


def test_publishing_twice_publishes_once(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.post(url(question), {"base": 1})
    again = as_ines.post(url(question), {"base": 1}, follow=True)
    assert "stands as it is published" in again.content.decode()
    assert "nothing was published" not in again.content.decode()
    published = written(Question.objects.get(pk=question.pk)).base
    assert as_ines.post(url(question), {"base": published}).status_code == 422
    assert question.revisions.count() == 1


def test_a_correction_reaches_the_file_format(as_ines: Client, ines: Learner, course: Course) -> None:
    question = changed(make_published(course, ines), ines)
    said = {"wrong_en": "EC2 <b>was</b> meant.", "wrong_ko": "EC2였어요."}
    as_ines.post(url(question), {"base": written(question).base, **said})
    erratum = Erratum.objects.get(revision__question=question)
    assert erratum.words == {"en": "EC2 <b>was</b> meant.", "ko": "EC2였어요."}
    question = Question.objects.get(pk=question.pk)
    assert question.current
    assert "\nerratum:: " in question.current.secret["source"]["ko"]
    assert AuditEntry.objects.filter(action="publish").latest("pk").detail["corrects"] is True


@pytest.mark.parametrize("body", [{}, {"base": "x"}, {"base": "9" * 4000}, {"base": 1, "wrong_en": "a" * 301}])
def test_bad_forms_publish_nothing(as_ines: Client, ines: Learner, course: Course, body: dict[str, object]) -> None:
    question = changed(make_published(course, ines), ines)
    assert as_ines.post(url(question), body).status_code == 422
    assert question.revisions.count() == 1


def test_acts(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_published(course, ines)
    for act in ("share", "retire", "unshare", "bring-back"):
        assert as_ines.post(url(question, "act/"), {"act": act}).status_code == 302
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"share", "unshare", "retire", "bring-back"}
    assert as_ines.post(url(question, "act/"), {"act": "fly"}).status_code == 404
    assert as_ines.get(url(question, "act/")).status_code == 405


def test_throwing_away_asks_first(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.post(url(question, "act/"), {"act": "discard"})
    assert QuestionDraft.objects.exists()
    gone = as_ines.post(url(question, "act/"), {"act": "discard", "sure": "on"})
    assert gone["Location"] == "/en/author/"
    assert not Question.objects.filter(pk=question.pk).exists()
    assert AuditEntry.objects.get().action == "delete"


def test_a_published_question_is_never_deleted(as_ines: Client, ines: Learner, course: Course) -> None:
    question = changed(make_published(course, ines), ines)
    as_ines.post(url(question, "act/"), {"act": "discard", "sure": "on"})
    question = Question.objects.get(pk=question.pk)
    assert question.current
    assert not QuestionDraft.objects.exists()
    assert as_ines.post(url(question, "act/"), {"act": "discard", "sure": "on"}).status_code == 302
    assert Question.objects.filter(pk=question.pk).exists()
