"""Taking one's own question as a learner: marked for real, nothing left behind."""

import pytest
from django.apps import apps
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Question
from quizzes.services import quick_order
from quizzes.services.authoring import save_draft, written
from quizzes.views.author.skeletons import SKELETONS
from tests.quizzes.author.make import ENGLISH, NOW, make_published, make_question, writing

OPERATION = "00000000-0000-4000-8000-000000000000"


def url(question: Question, query: str = "") -> str:
    return f"/en/author/questions/{question.pk}/try/{query}"


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def answer(client: Client, question: Question, position: int, query: str = "") -> str:
    page = client.get(url(question, query))
    tokens = [option.token for option in sorted(page.context["card"].options, key=lambda one: one.text)]
    body = {"option": tokens[position], "operation": OPERATION}
    return client.post(url(question, query), body).content.decode()


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.get(url(question))
    before = counts()
    wrong, right = answer(as_ines, question, 0), answer(as_ines, question, 1)
    assert "Not right. Here is why." in wrong
    assert "Right!" in right
    assert "AWS manages the compute." in right
    assert "?s=fargate-no-servers" in right
    assert counts() == before


def test_draft_and_published_are_told_apart(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_published(course, ines)
    assert ines.user
    newer = {"en": ENGLISH.replace("Which launch type", "What")}
    save_draft(question=question, writing=writing(newer), base=written(question).base, actor=ines.user, now=NOW)
    assert b"What lets the team" in as_ines.get(url(question)).content
    assert b"Which launch type lets" in as_ines.get(url(question, "?of=published")).content
    assert "Right!" in answer(as_ines, question, 1, "?of=published")


def test_an_unfinished_text_says_what_is_missing(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines, {"en": "### What?"})
    page = as_ines.get(url(question)).content.decode()
    assert "stops publishing" in page
    assert "Expected options" in page
    assert as_ines.post(url(question), {"option": "x", "operation": OPERATION}).status_code == 200


@pytest.mark.parametrize("kind", ["ordering", "matching", "multiple", "case"])
def test_every_kind_can_be_taken(as_ines: Client, ines: Learner, course: Course, kind: str) -> None:
    question = make_question(course, ines, SKELETONS[kind])
    page = as_ines.get(url(question))
    assert page.status_code == 200
    too_little = as_ines.post(url(question), {"operation": OPERATION})
    assert too_little.status_code == 422
    assert b"Answer as much as the question asks for" in too_little.content


@pytest.mark.parametrize("body", [{}, {"option": "x"}, {"option": ["a"] * 60}, {"place-x": "1e9"}, {"option": "\x00"}])
def test_bad_answers_are_refused(as_ines: Client, ines: Learner, course: Course, body: dict[str, object]) -> None:
    question = make_question(course, ines)
    assert as_ines.post(url(question), {"operation": OPERATION, **body}).status_code == 422


def test_a_question_of_a_file_can_be_taken(as_ines: Client, course: Course) -> None:
    question = Question.objects.get(slug="lt-001")
    assert question.current
    _order, tokens = quick_order(question.current.public["en"])
    right = [tokens[position] for position in question.current.secret["key"]]
    page = as_ines.post(url(question), {"option": right, "operation": OPERATION}).content.decode()
    assert "Right!" in page


def test_a_question_that_is_published_in_nothing_is_not_there(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    assert as_ines.get(url(question, "?of=published")).status_code == 404
