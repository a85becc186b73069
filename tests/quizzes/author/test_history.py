"""What a question said before, and going back to it."""

import pytest
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Question
from quizzes.services.authoring import publish, save_draft, written
from quizzes.views.author.differences import changes
from tests.quizzes.author.make import BOTH, ENGLISH, NOW, make_published, writing


def url(question: Question, more: str = "") -> str:
    return f"/en/author/questions/{question.pk}/history/{more}"


@pytest.fixture
def question(course: Course, ines: Learner) -> Question:
    """A question published twice."""
    made = make_published(course, ines)
    assert ines.user
    newer = {lang: text.replace("Fargate\n", "AWS Fargate\n") for lang, text in BOTH.items()}
    save_draft(question=made, writing=writing(newer), base=written(made).base, actor=ines.user, now=NOW)
    publish(question=made, actor=ines.user, now=NOW)
    return Question.objects.get(pk=made.pk)


def test_it_works(as_ines: Client, question: Question) -> None:
    page = as_ines.get(url(question)).content.decode()
    assert page.count(">ines<") >= 2
    assert "- [x] AWS Fargate</ins>" in page
    assert "- [x] Fargate</del>" in page


def test_any_two_can_be_compared(as_ines: Client, question: Question) -> None:
    assert b"<del>" not in as_ines.get(url(question, "?to=1")).content
    back = as_ines.get(url(question, "?from=2&to=1")).content.decode()
    assert "- [x] AWS Fargate</del>" in back


@pytest.mark.parametrize("query", ["?to=9", "?to=x&from=y", "?from=" + "9" * 5000, "?to=%00"])
def test_a_revision_there_is_not_shows_the_last(as_ines: Client, question: Question, query: str) -> None:
    assert b"AWS Fargate</ins>" in as_ines.get(url(question, query)).content


def test_a_revision_becomes_the_draft(as_ines: Client, question: Question) -> None:
    as_ines.post(url(question, "1/"))
    question = Question.objects.get(pk=question.pk)
    assert "- [x] Fargate" in written(question).writing.texts["en"]
    assert written(question).version == 1


def test_a_draft_is_not_lost_to_it(as_ines: Client, ines: Learner, question: Question) -> None:
    assert ines.user
    save_draft(
        question=question,
        writing=writing({"en": ENGLISH + "\n"}),
        base=written(question).base,
        actor=ines.user,
        now=NOW,
    )
    page = as_ines.post(url(question, "1/"), follow=True).content.decode()
    assert "There is a draft with changes" in page
    assert written(Question.objects.get(pk=question.pk)).writing.said == {"en": ENGLISH}
    as_ines.post(url(question, "1/"), {"over": "on"})
    assert set(written(Question.objects.get(pk=question.pk)).writing.said) == {"en", "ko"}


def test_a_file_has_its_history_too(as_ines: Client, course: Course) -> None:
    filed = Question.objects.get(slug="lt-001")
    page = as_ines.get(url(filed)).content.decode()
    assert "a file of the course" in page
    assert "Restore" not in page
    assert as_ines.post(url(filed, "1/")).status_code == 404


def test_there_is_no_such_revision(as_ines: Client, question: Question) -> None:
    assert as_ines.post(url(question, "7/")).status_code == 404


def test_differences_show_what_is_around() -> None:
    before = "\n".join("abcdefghij")
    signs = "".join(one.sign for one in changes(before, before.replace("e", "E")))
    assert signs == "@   -+   @"
    assert changes(before, before) == []


def test_what_is_all_there_hides_no_lines() -> None:
    assert [one.sign for one in changes("", "a\nb")] == ["+", "+"]
    assert [one.sign for one in changes("a\nb", "a\nc")] == [" ", "-", "+"]
