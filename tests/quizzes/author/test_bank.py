"""The bank: finding questions among many, and doing one thing with several."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.models import Course, Learner, Topic
from quizzes.models import AuditEntry, Question
from quizzes.services.authoring import save_draft, written
from tests.quizzes.author.make import ENGLISH, KOREAN, NOW, make_published, make_question, writing

URL = "/en/author/"


def found(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return [row.slug for row, *_ in response.context["rows"]]


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    draft = make_question(course, ines, {"en": "### Only a beginning"})
    page = as_ines.get(f"{URL}?whose=mine").content.decode()
    assert "Only a beginning" in page
    assert draft.slug in page
    assert "1 error" in page
    assert "Draft" in page
    assert "lt-001" in found(as_ines)


def test_states_tell_themselves_apart(as_ines: Client, ines: Learner, course: Course) -> None:
    assert ines.user
    draft, live, changed, gone = (
        make_question(course, ines),
        make_published(course, ines),
        make_published(course, ines),
        make_published(course, ines),
    )
    save_draft(question=changed, writing=writing({"en": ENGLISH}), base=written(changed).base, actor=ines.user, now=NOW)
    Question.objects.filter(pk=gone.pk).update(retired_at=timezone.now())
    for state, one in (("draft", draft), ("published", live), ("changed", changed), ("retired", gone)):
        assert found(as_ines, f"whose=mine&state={state}") == [one.slug]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("패치하지", True),
        ("서버를 유형은", True),
        ("LAUNCH", True),
        ("ec2-your-servers", True),
        ("없는말", False),
        ("%", False),
    ],
)
def test_words_are_found_inside_words(
    as_ines: Client, ines: Learner, course: Course, words: str, *, there: bool
) -> None:
    question = make_question(course, ines)
    assert (question.slug in found(as_ines, f"q={quote(words)}&whose=mine")) is there


def test_filters(as_ines: Client, ines: Learner, course: Course) -> None:
    both = make_question(course, ines, tags=["fargate", "시험"])
    korean = make_question(course, ines, {"ko": KOREAN})
    english = make_question(course, ines, {"en": ENGLISH + "\nwhat?"})
    assert found(as_ines, "whose=mine&lang=both") == [both.slug]
    assert found(as_ines, "whose=mine&lang=no-en") == [korean.slug]
    assert found(as_ines, "whose=mine&lang=no-ko") == [english.slug]
    assert found(as_ines, "whose=mine&lint=errors") == [english.slug]
    assert found(as_ines, "whose=mine&lint=clean") == [both.slug]
    assert found(as_ines, f"tag={quote('시험')}") == [both.slug]
    topic = Topic.objects.get(slug="launch-types")
    assert {both.slug, "lt-001"} <= set(found(as_ines, f"topic={topic.pk}"))
    assert "iam-001" not in found(as_ines, f"topic={topic.pk}")


@pytest.mark.parametrize(
    "query",
    [
        "sort=owner__password",
        "sort=-pk;--",
        "state=x&lang=y&lint=z&whose=w&tag=v",
        "topic=abc",
        "topic=" + "9" * 5000,
        "page=0",
        "page=-1",
        "page=" + "9" * 5000,
        "q=%00",
        "q=" + "a" * 5000,
    ],
)
def test_what_is_not_understood_is_left_out(as_ines: Client, course: Course, query: str) -> None:
    assert found(as_ines, query)


@pytest.mark.parametrize("sort", ["topic", "new", "id", "difficulty", "lint"])
def test_orders(as_ines: Client, ines: Learner, course: Course, sort: str) -> None:
    wrong = make_question(course, ines, {"en": "### ?"})
    slugs = found(as_ines, f"sort={sort}")
    assert slugs
    if sort in ("new", "lint"):
        assert slugs[0] == wrong.slug


def test_as_many_queries_for_many_rows_as_for_one(as_ines: Client, ines: Learner, course: Course) -> None:
    make_question(course, ines)
    as_ines.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_ines.get(f"{URL}?whose=mine")
    for _ in range(9):
        make_question(course, ines, tags=["a", "b"])
    with CaptureQueriesContext(connection) as many:
        as_ines.get(f"{URL}?whose=mine")
    assert len(many) == len(few) <= 12


def test_others_drafts_are_not_there(as_ines: Client, alice: Learner, ines: Learner, course: Course) -> None:
    theirs = make_question(course, alice)
    assert theirs.slug not in found(as_ines, "state=draft")
    Question.objects.filter(pk=theirs.pk).update(shared=True)
    assert found(as_ines, "whose=shared") == [theirs.slug]


def bulk(client: Client, rows: list[Question], act: str, **more: object) -> str:
    body = {"question": [row.pk for row in rows], "act": act, **more}
    return client.post(f"{URL}bulk/?whose=mine", body, follow=True).content.decode()


def test_one_tag_for_several(as_ines: Client, ines: Learner, course: Course) -> None:
    rows = [make_question(course, ines), make_question(course, ines, tags=["old"])]
    assert "2 questions changed" in bulk(as_ines, rows, "tag", tag="fargate")
    assert [Question.objects.get(pk=row.pk).tags for row in rows] == [["fargate"], ["old", "fargate"]]
    bulk(as_ines, rows, "untag", tag="old")
    assert [Question.objects.get(pk=row.pk).tags for row in rows] == [["fargate"], ["fargate"]]


def test_several_move_and_retire(as_ines: Client, ines: Learner, course: Course) -> None:
    rows = [make_question(course, ines), make_published(course, ines)]
    topic = Topic.objects.get(slug="efs")
    bulk(as_ines, rows, "move", topic=topic.pk)
    bulk(as_ines, rows, "retire")
    moved = [Question.objects.get(pk=row.pk) for row in rows]
    assert [row.topic for row in moved] == [topic, topic]
    assert all(row.retired_at for row in moved)
    assert AuditEntry.objects.filter(action="retire").count() == 2
    bulk(as_ines, rows, "bring-back")
    assert not any(Question.objects.get(pk=row.pk).retired_at for row in rows)


def test_what_is_not_ones_own_stays(as_ines: Client, alice: Learner, course: Course) -> None:
    rows = [make_question(course, alice), Question.objects.get(slug="lt-001")]
    for act in ("retire", "tag", "move"):
        page = bulk(as_ines, rows, act, tag="x", topic=Topic.objects.get(slug="efs").pk)
        assert "Nothing was changed" in page
    assert not Question.objects.filter(pk__in=[row.pk for row in rows]).exclude(retired_at=None).exists()


BAD: tuple[dict[str, object], ...] = (
    {},
    {"act": "drop"},
    {"act": "tag"},
    {"act": "move"},
    {"act": "move", "topic": "0"},
    {"act": "retire", "question": ["x", "1e9", "-1", "9" * 4000]},
)


@pytest.mark.parametrize("body", BAD)
def test_bad_wishes_do_nothing(as_ines: Client, ines: Learner, course: Course, body: dict[str, object]) -> None:
    question = make_question(course, ines)
    response = as_ines.post(f"{URL}bulk/", {"question": question.pk, **body}, follow=True)
    assert response.status_code == 200
    assert Question.objects.get(pk=question.pk).retired_at is None
