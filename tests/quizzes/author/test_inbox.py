"""What learners report lands where it can be answered; the answer stands where they reported; names stay in classes."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.models import AuditEntry, ProblemReport, Question, Quiz
from quizzes.services.authoring import save_draft, written
from tests.quizzes.author.crowd import a_class, given, mend, own, reported, sit, six
from tests.quizzes.author.make import make_published
from tests.quizzes.conftest import NOW


@pytest.fixture
def folder(course: Course, tmp_path: Path) -> Path:
    return six(course, tmp_path)


@pytest.fixture
def report(folder: Path, alice: Learner) -> ProblemReport:
    """What alice says of the first question, which she answered rightly in an exam."""
    return reported(sit(alice, right=6))


def inbox(client: Client) -> str:
    response = client.get("/en/author/reports/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(as_ines: Client, as_alice: Client, report: ProblemReport) -> None:
    assert "The key is wrong." in inbox(as_ines)
    assert "1 report waits for an answer" in as_ines.get("/en/author/results/").content.decode()
    address = f"/en/author/reports/{report.pk}/"
    response = as_ines.post(address, {"text": " You are right. <b>Thank you!</b> "}, follow=True)
    assert "Answered. The learner reads it beside the question." in response.content.decode()
    report.refresh_from_db()
    assert (report.reply, report.replied_by_name) == ("You are right. <b>Thank you!</b>", "ines")
    seen = as_alice.get(f"/en/attempts/{report.item.attempt_id}/review/").content.decode()
    assert "The key is wrong." in seen
    assert "You are right. &lt;b&gt;Thank you!&lt;/b&gt;" in seen
    assert "ines" in seen
    assert "waits for an answer" not in as_ines.get("/en/author/results/").content.decode()


def test_learners_and_visitors_have_no_inbox(
    client: Client, as_bob: Client, as_alice: Client, report: ProblemReport
) -> None:
    for address in ("/en/author/reports/", f"/en/author/reports/{report.pk}/"):
        assert client.get(address).status_code == 302
        assert as_alice.get(address).status_code == 404
        assert as_bob.post(address, {"text": "Hi"}).status_code in (404, 405)
    assert not ProblemReport.objects.exclude(reply="").exists()


def test_another_learner_reads_neither_report_nor_answer(
    as_ines: Client, as_bob: Client, bob: Learner, report: ProblemReport
) -> None:
    as_ines.post(f"/en/author/reports/{report.pk}/", {"text": "Thank you."})
    own_attempt = sit(bob, right=6)
    seen = as_bob.get(f"/en/attempts/{own_attempt.pk}/review/").content.decode()
    assert "The key is wrong." not in seen
    assert "Thank you." not in seen


def test_on_another_instructors_own_question_there_is_nothing(
    as_ivan: Client, ines: Learner, report: ProblemReport
) -> None:
    assert "The key is wrong." in inbox(as_ivan)
    Question.objects.filter(pk=own().pk).update(origin="site", owner=ines.user)
    assert "The key is wrong." not in inbox(as_ivan)
    assert as_ivan.get(f"/en/author/reports/{report.pk}/").status_code == 404
    assert as_ivan.post(f"/en/author/reports/{report.pk}/", {"text": "Hi"}).status_code == 404


def test_the_name_is_told_in_ones_own_class_only(
    as_ines: Client, as_ivan: Client, ines: Learner, alice: Learner, course: Course, folder: Path
) -> None:
    classroom = a_class(ines, course, alice)
    reported(sit(alice, right=6, given=given(classroom)))
    assert "ALICE" in inbox(as_ines)
    assert "ALICE" not in inbox(as_ivan)
    classroom.memberships.update(left_at=classroom.created_at)
    assert "ALICE" not in inbox(as_ines)


def test_outside_of_a_class_nobody_is_named(
    as_ines: Client, ines: Learner, alice: Learner, course: Course, report: ProblemReport
) -> None:
    a_class(ines, course, alice)
    assert "alice" not in inbox(as_ines).lower()


def test_open_ones_come_first(as_ines: Client, alice: Learner, folder: Path) -> None:
    attempt = sit(alice, right=6)
    first, second = reported(attempt, "The first."), reported(attempt, "The second.")
    assert inbox(as_ines).index("The first.") < inbox(as_ines).index("The second.")
    as_ines.post(f"/en/author/reports/{first.pk}/", {"text": "Yes."})
    assert inbox(as_ines).index("The second.") < inbox(as_ines).index("The first.")
    assert second.pk


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\0b"])
def test_an_answer_needs_words(as_ines: Client, report: ProblemReport, text: str) -> None:
    response = as_ines.post(f"/en/author/reports/{report.pk}/", {"text": text})
    assert response.status_code == 422
    assert b"errorlist" in response.content
    assert text.replace("\0", "").strip().encode() in response.content  # what was typed is kept
    report.refresh_from_db()
    assert (report.reply, report.replied_at) == ("", None)


def test_an_answer_can_be_mended_and_is_in_the_trail(as_ines: Client, report: ProblemReport) -> None:
    for text in ("First.", "Second."):
        as_ines.post(f"/en/author/reports/{report.pk}/", {"text": text})
    report.refresh_from_db()
    assert report.reply == "Second."
    entries = AuditEntry.objects.filter(action="answer-report")
    assert [(one.subject, one.learner_id) for one in entries] == [("question:own-001", report.learner_id)] * 2


def test_a_file_is_mended_in_the_file(as_ines: Client, report: ProblemReport) -> None:
    text = as_ines.get(f"/en/author/reports/{report.pk}/").content.decode()
    assert "^own-001" in text
    assert "erratum:: 20" in text
    assert "?erratum=" not in text


def test_what_is_written_here_is_mended_in_the_editor(as_ines: Client, ines: Learner, report: ProblemReport) -> None:
    Question.objects.filter(pk=own().pk).update(origin="site", owner=ines.user)
    text = as_ines.get(f"/en/author/reports/{report.pk}/").content.decode()
    address = f"/en/author/questions/{own().pk}/?erratum={report.pk}"
    assert address in text
    assert as_ines.get(address).status_code == 200


def test_after_the_correction_it_leads_to_the_regrade(
    as_ines: Client, course: Course, folder: Path, report: ProblemReport
) -> None:
    mend(course, folder)
    text = as_ines.get(f"/en/author/reports/{report.pk}/").content.decode()
    assert f"/en/author/questions/{own().pk}/regrade/" in text
    assert "1 exam saw it when it was wrong" in text


def test_an_empty_inbox_says_what_would_be_here(as_ines: Client, course: Course) -> None:
    assert "No problem reported." in inbox(as_ines)
    assert as_ines.get("/en/author/reports/?page=" + "9" * 5000).status_code == 200
    assert as_ines.get("/en/author/reports/99999999999999999999/").status_code == 404


def test_queries_do_not_grow(
    as_ines: Client, alice: Learner, folder: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = sit(alice, right=6)
    inbox(as_ines)
    for number in range(3):
        reported(attempt, f"Number {number}")
        with django_assert_num_queries(7):
            inbox(as_ines)


def test_from_the_report_to_the_correction_to_the_regrade(
    as_ines: Client, ines: Learner, alice: Learner, course: Course
) -> None:
    question = make_published(course, ines)
    its = {"origin": "site", "owner": ines.user, "topics": [question.topic.slug], "items": [question.slug], "count": 1}
    Quiz.objects.filter(slug="exam").update(**its)
    attempt = sit(alice, right=1)
    found = reported(attempt, "EC2 is right as well.", question.slug)
    base = f"/en/author/questions/{question.pk}/"
    assert "EC2 is right as well." in as_ines.get(f"{base}?erratum={found.pk}").content.decode()
    flip(question, ines)
    text = as_ines.get(f"{base}publish/").content.decode()
    assert 'value="EC2 is right as well."' in text  # to begin with; the instructor says it in their own words
    form = {
        "base": written(Question.objects.get(pk=question.pk)).base,
        "wrong_en": "The key was the other one.",
        "wrong_ko": "정답이 달랐어요.",
    }
    response = as_ines.post(f"{base}publish/", form, follow=True)
    assert response.redirect_chain[-1][0] == f"{base}regrade/"
    text = response.content.decode()
    assert "The key was the other one." in text
    assert ">1000<" in text
    assert ">100<" in text
    assert "no longer passes" in text
    as_ines.post(f"{base}regrade/", {"all": "1", "reason": "The key was the other one."})
    assert list(attempt.grades.order_by("number").values_list("scaled", flat=True)) == [1000, 100]
    assert "EC2 is right as well." not in as_ines.get(base).content.decode()  # no longer in hand


@pytest.mark.parametrize("value", ["0", "x", "-1", "9" * 30, "٣", "", "1%00"])
def test_a_report_that_is_none_changes_nothing_in_the_editor(
    as_ines: Client, ines: Learner, course: Course, value: str
) -> None:
    question = make_published(course, ines)
    response = as_ines.get(f"/en/author/questions/{question.pk}/?erratum={value}")
    assert response.status_code == 200
    assert b"You are correcting" not in response.content


def test_another_questions_report_is_not_taken_along(
    as_ines: Client, ines: Learner, course: Course, report: ProblemReport
) -> None:
    question = make_published(course, ines)
    response = as_ines.get(f"/en/author/questions/{question.pk}/?erratum={report.pk}")
    assert b"The key is wrong." not in response.content


def flip(question: Question, owner: Learner) -> None:
    """Save a draft in which the other option is the key."""
    assert owner.user
    saved = written(question)
    texts = {
        lang: text.replace("[x]", "[_]").replace("[ ]", "[x]").replace("[_]", "[ ]")
        for lang, text in saved.writing.texts.items()
    }
    writing = replace(saved.writing, texts=texts)
    save_draft(question=question, writing=writing, base=saved.base, actor=owner.user, now=NOW)
