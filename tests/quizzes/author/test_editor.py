"""Writing a question in the editor: drafts, preview, lint, two windows, a session that ended."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from learning.models import Course, Learner
from quizzes.models import Question, QuestionDraft
from quizzes.services.authoring import written
from tests.conftest import signed_in
from tests.quizzes.author.make import BOTH, ENGLISH, KOREAN, make_published, make_question

type Sent = dict[str, object]
HTMX = {"HX-Request": "true", "HX-Target": "side"}


def typed(texts: dict[str, str] | None = None, base: int = 1, **more: object) -> Sent:
    return {"topic": "launch-types", "difficulty": 2, "tags": "", "base": base, **(texts or BOTH), **more}


def url(question: Question, name: str = "question") -> str:
    with override("en"):
        return reverse(f"author:{name}", args=[question.pk])


def again(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def test_it_works(as_ines: Client, course: Course) -> None:
    topic = course.topics.get(slug="launch-types")
    made = as_ines.post("/en/author/questions/new/", {"kind": "multiple", "topic": topic.pk})
    question = Question.objects.get(origin="site")
    assert made["Location"] == url(question) + "#text-en"  # where one writes
    page = as_ines.get(url(question)).content.decode()
    assert "choose:: 2" in page
    saved = as_ines.post(url(question), typed(tags="fargate, exam"), headers=HTMX)
    assert saved.status_code == 200
    question = again(question)
    assert question.draft.texts["en"] == ENGLISH
    assert (question.tags, question.errors) == (["fargate", "exam"], 0)
    assert "patch no server" in saved.content.decode()
    assert 'data-hx-swap-oob="true"' in saved.content.decode()


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching", "case"])
def test_the_shape_of_every_kind_can_be_read(as_ines: Client, course: Course, kind: str) -> None:
    topic = course.topics.get(slug="launch-types")
    page = as_ines.post("/en/author/questions/new/", {"kind": kind, "topic": topic.pk}, follow=True)
    assert page.context["card"] is not None
    assert {one.words for one in page.context["errors"] if "which no lesson states" not in one.words} == set()


def test_without_javascript_saving_comes_back(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    response = as_ines.post(url(question), typed({"en": ENGLISH}, view="marked", **{"in": "en"}), follow=True)
    assert response.redirect_chain == [(f"{url(question)}?view=marked&in=en", 302)]
    assert b"AWS manages the compute." in response.content
    assert b"/lessons/" in response.content or b"fargate-no-servers" in response.content


def test_the_button_leads_to_publishing_what_was_typed(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    response = as_ines.post(url(question), typed({"en": ENGLISH}, go="publish"))
    assert response["Location"] == url(question, "publish")
    assert written(again(question)).writing.said == {"en": ENGLISH}


def test_a_second_window_is_told_and_both_texts_are_there(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.post(url(question), typed({"en": ENGLISH, "ko": "### 먼저?"}), headers=HTMX)
    response = as_ines.post(url(question), typed({"en": "### Second, mine?"}))
    page = response.content.decode()
    assert response.status_code == 409
    assert "### 먼저?" in page
    assert "### Second, mine?" in page
    assert again(question).draft.texts["ko"] == "### 먼저?"
    again_refused = as_ines.post(url(question), typed({"en": "### Second, mine!"}), headers=HTMX)
    assert again_refused.status_code == 409


def test_the_second_window_can_keep_both_or_replace(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.post(url(question), typed({"ko": "### 먼저?"}), headers=HTMX)
    as_ines.post(url(question), typed({"en": "### Mine?"}, go="copy"))
    texts = [draft.texts for draft in QuestionDraft.objects.order_by("pk")]
    assert texts == [{"ko": "### 먼저?"}, {"en": "### Mine?"}]
    as_ines.post(url(question), typed({"en": "### Mine?"}, over="1"))
    assert again(question).draft.texts == {"en": "### Mine?"}


def test_what_is_sent_signed_out_is_there_after_signing_in(client: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    response = client.post(url(question), typed({"en": "### Typed too late?"}))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    client.post("/en/accounts/login/", {"login": "ines", "password": "ines-studies-here"})
    page = client.get(url(question)).content.decode()
    assert "### Typed too late?" in page
    assert "not saved yet" in page
    client.post(url(question), typed({"en": "### Typed too late?"}))
    assert again(question).draft.texts == {"en": "### Typed too late?"}
    assert "not saved yet" not in client.get(url(question)).content.decode()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"en": "### \x00?"}, "Null characters are not allowed"),
        ({"en": "x" * 20_001}, "at most 20000"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_page(
    as_ines: Client, ines: Learner, course: Course, texts: dict[str, str], said: str
) -> None:
    question = make_question(course, ines)
    response = as_ines.post(url(question), typed(texts))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert texts["en"] in response.content.decode()
    assert again(question).draft.texts == BOTH


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"base": "x"},
        {"base": "9" * 5000},
        {"topic": "no-such-topic"},
        {"difficulty": "9"},
        {"difficulty": "１"},
        {"tags": "a" * 501},
    ],
)
def test_bad_fields_are_refused_without_a_crash(as_ines: Client, ines: Learner, course: Course, sent: Sent) -> None:
    question = make_question(course, ines)
    body = {**typed({"en": "### Mine?"}), **sent} if sent else {}
    assert as_ines.post(url(question), body).status_code == 422
    assert again(question).draft.texts == BOTH


ODD = (
    "",
    "###",
    "### ^",
    "### a ^x\n### b ^y",
    "---\ntype: quiz\n---\n### q?",
    "- [x] a",
    "### q?\n" + "- [x] a\n" * 500,
    "```\n### q?",
    "### q? ^lt-001\n- [x] a",
    "| a |",
    "#### q",
    "### \ud7ff\n1. a",
    "### q?\nchoose:: 99\n- [x] a",
)


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_saved_and_shown(as_ines: Client, ines: Learner, course: Course, text: str) -> None:
    question = make_question(course, ines)
    response = as_ines.post(url(question), typed({"en": text, "ko": ""}), headers=HTMX)
    assert response.status_code == 200
    assert again(question).draft.texts.get("en", "") == text.rstrip("\n")


def test_a_problem_points_at_its_line(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    wrong = KOREAN.replace(" [[launch-types#^ec2-your-servers]]", "") + "\n- 이건 뭐죠"
    page = as_ines.post(url(question), typed({"ko": wrong}), headers=HTMX).content.decode()
    assert 'href="#text-ko" data-line="6" data-lang="ko"' in page


def test_others_do_not_find_it(as_alice: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    for name in ("question", "publish", "history", "try", "act"):
        assert as_alice.get(url(question, name)).status_code in (404, 405)
        assert as_alice.post(url(question, name)).status_code in (404, 405)


def test_another_instructors_draft_is_theirs_unless_shared(
    client: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    question = make_question(course, ines)
    assert alice.user
    assert ines.user
    alice.user.groups.set(ines.user.groups.all())
    as_alice = signed_in(alice)
    for name in ("question", "publish", "history", "try"):
        assert as_alice.get(url(question, name)).status_code == 404
    for name in ("question", "publish", "act", "try"):
        assert as_alice.post(url(question, name), typed(act="share")).status_code == 404
    Question.objects.update(shared=True)
    assert as_alice.get(url(question)).status_code == 200
    assert as_alice.post(url(question), typed({"en": "### Shared?"})).status_code == 302


def test_a_question_of_a_file_is_read_only(as_ines: Client, course: Course) -> None:
    question = Question.objects.get(slug="lt-001")
    page = as_ines.get(url(question))
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert as_ines.post(url(question), typed()).status_code == 404
    copied = as_ines.post(url(question, "act"), {"act": "copy"}, follow=True)
    assert copied.context["question"].owner.username == "ines"


def test_statements_are_found_by_their_words(as_ines: Client, course: Course) -> None:
    found = as_ines.get("/en/author/statements/ecs/?q=서버")
    assert found.status_code == 200
    assert b"[[launch-types#^" in found.content
    assert b"No statement" in as_ines.get("/en/author/statements/ecs/?q=%00zzz%25").content
    part = as_ines.get("/en/author/statements/ecs/?q=Fargate", headers=HTMX).content
    assert part.strip().startswith(b"<section")


def test_published_text_opens_as_published(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_published(course, ines)
    page = as_ines.get(url(question))
    assert page.context["saved"].version == 0
    as_ines.post(url(question), typed(dict(page.context["texts"]), base=0))
    assert not QuestionDraft.objects.exists()


def test_queries(as_ines: Client, ines: Learner, course: Course, django_assert_max_num_queries: object) -> None:
    question = make_question(course, ines)
    as_ines.get(url(question))
    with django_assert_max_num_queries(9):  # type: ignore[operator]  # the fixture has no type
        as_ines.get(url(question))


def test_a_save_by_itself_does_only_that(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines)
    as_ines.post(url(question), typed({"ko": "### 먼저?"}), headers=HTMX)
    refused = as_ines.post(url(question), typed({"en": "### Mine?"}, go="copy", over="1"), headers=HTMX)
    assert refused.status_code == 409
    assert [draft.texts for draft in QuestionDraft.objects.all()] == [{"ko": "### 먼저?"}]
