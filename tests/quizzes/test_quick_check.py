"""A quick check of a lesson: in its place, and on a page of its own."""

import re
import uuid

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Evidence, Learner, Lesson
from quizzes.activities import activity
from quizzes.models import Answer, Attempt, Question, QuestionRevision
from quizzes.services import quick_order
from tests.quizzes.make import Form, form

ADDRESS = "/ko/quizzes/check/ecs/lt-001/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def revision(course: Course) -> QuestionRevision:
    """The current revision of a question."""
    return QuestionRevision.objects.get(question__slug="lt-001", question__course=course)


def tokens(revision: QuestionRevision, *, right: bool) -> list[str]:
    _, found = quick_order(revision.public["ko"])
    key = revision.secret["key"]
    return [token for position, token in enumerate(found) if (position in key) == right][: len(key)]


def sent(revision: QuestionRevision, *, right: bool = True) -> Form:
    return form(tokens(revision, right=right))


def test_it_works_without_javascript(client: Client, revision: QuestionRevision) -> None:
    response = client.post(ADDRESS, sent(revision), follow=True)
    said = response.content.decode()
    assert response.redirect_chain[0][0] == f"/ko/attempts/{Attempt.objects.get().pk}/1/"
    assert "맞았어요" in said
    assert revision.secret["reasons"]["ko"]["pieces"][0] in said
    assert "/ko/courses/ecs/lessons/launch-types/" in said


def test_htmx_gets_the_card_with_its_reasons(client: Client, revision: QuestionRevision) -> None:
    response = client.post(ADDRESS, sent(revision, right=False), headers=HTMX)
    said = response.content.decode()
    assert said.startswith('<section class="card check" id="check-lt-001"')
    assert "틀렸어요" in said
    assert "<html" not in said
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("right", [True, False])
def test_it_is_kept_as_an_attempt_of_its_own(client: Client, revision: QuestionRevision, right: bool) -> None:
    client.post(ADDRESS, sent(revision, right=right))
    attempt = Attempt.objects.get()
    assert (attempt.mode, attempt.quiz, attempt.is_open) == ("check", None, False)
    assert attempt.items.get().right is right
    assert set(Evidence.objects.values_list("correct", "subject")) == {(right, "item:lt-001")}


def test_the_same_act_twice_is_kept_once(client: Client, revision: QuestionRevision) -> None:
    twice = sent(revision)
    assert client.post(ADDRESS, twice)["Location"] == client.post(ADDRESS, twice)["Location"]
    assert Attempt.objects.count() == Answer.objects.count() == 1


def test_somebody_elses_act_is_refused(client: Client, as_bob: Client, revision: QuestionRevision) -> None:
    twice = sent(revision)
    client.post(ADDRESS, twice)
    assert as_bob.post(ADDRESS, twice).status_code == 422
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"option": []}, {"option": ["nonsense"]}, {"operation": "x"}, {"operation": ""}, {"option": ["\x00", "1"]}],
)
def test_wrong_input_is_refused(client: Client, revision: QuestionRevision, change: Form) -> None:
    response = client.post(ADDRESS, {**sent(revision), **change})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert Attempt.objects.count() == 0


def test_what_was_chosen_is_kept(client: Client, revision: QuestionRevision) -> None:
    said = client.post(ADDRESS, {**sent(revision), "operation": ""}).content.decode()
    assert f'value="{tokens(revision, right=True)[0]}" checked' in said


def test_it_needs_a_csrf_token(revision: QuestionRevision) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, sent(revision)).status_code == 403


def test_other_methods_are_refused(client: Client, course: Course) -> None:
    assert client.put(ADDRESS).status_code == 405


@pytest.mark.parametrize("address", ["ecs/nothing", "nothing/lt-001"])
def test_a_missing_question_is_missing(client: Client, course: Course, address: str) -> None:
    assert client.get(f"/ko/quizzes/check/{address}/").status_code == 404


def test_the_page_alone_asks_it(client: Client, revision: QuestionRevision) -> None:
    said = client.get(ADDRESS).content.decode()
    assert revision.public["ko"]["stem"] in said
    assert "강의로 돌아가기" in said
    again = client.get(ADDRESS, headers=HTMX).content.decode()
    assert again.startswith("<section")


def test_the_lesson_holds_its_checks(client: Client, course: Course) -> None:
    for lesson in Lesson.objects.all():
        said = client.get(f"/ko/courses/ecs/lessons/{lesson.slug}/").content.decode()
        assert len(re.findall(r'<section class="card check"', said)) >= 2
        operations = re.findall(r'name="operation" value="([^"]+)"', said)
        assert len({uuid.UUID(operation) for operation in operations}) == len(operations)
        assert "%csrf%" not in said
        assert "%operation%" not in said


def test_a_check_in_a_lesson_can_be_answered(revision: QuestionRevision) -> None:
    strict = Client(enforce_csrf_checks=True)
    said = strict.get("/ko/courses/ecs/lessons/launch-types/").content.decode()
    card = re.search(r'<form method="post" action="([^"]+lt-[^"]+)".*?</form>', said, re.DOTALL)
    assert card
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|operation|option)" value="([^"]+)"', card[0]))
    assert strict.post(card[1], fields).status_code in (302, 422)
    assert Learner.objects.count() == 1


def test_cards_in_a_lesson_cost_no_query(course: Course, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lesson = Lesson.objects.select_related("course", "topic").get(slug="launch-types")
    request = RequestFactory().get("/ko/")
    activity.in_lesson(request, lesson, ["lt-001", "lt-002"])
    with django_assert_num_queries(0):
        cards = activity.in_lesson(request, lesson, ["lt-001", "lt-002", "unknown"])
        offers = activity.for_lesson(lesson)
        assert activity.for_course(lesson.course)
    assert list(cards) == ["lt-001", "lt-002"]
    assert [offer.count for offer in offers] == [10]


def test_tokens_of_a_changed_option_are_refused(client: Client, revision: QuestionRevision) -> None:
    old = sent(revision)
    words = revision.public
    for language in words:
        words[language]["body"]["pieces"] = [f"{piece}!" for piece in words[language]["body"]["pieces"]]
    QuestionRevision.objects.filter(pk=revision.pk).update(public=words)
    assert client.post(ADDRESS, old).status_code == 422
    assert Question.objects.get(slug="lt-001").current_id == revision.pk
