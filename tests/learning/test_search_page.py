"""Search: Korean of one syllable up, NFC or NFD, Latin prefixes; the hit is marked."""

import re
import unicodedata

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning import search
from learning.catalogue.grams import grams, holds
from learning.models import Course, Learner, SearchEntry
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import quick_order, start_attempt, stock_of
from quizzes.services.met import met_items
from quizzes.services.own import plain
from tests.learning.test_own_data import practised
from tests.quizzes.make import form


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("역", "ko"),
        ("역할", "ko"),
        ("밸런서", "ko"),
        ("가용 영역", "ko"),
        ("farg", "en"),
        ("EFS", "ko"),
        ("Fargate cpu", "en"),
    ],
)
def test_it_finds(client: Client, course: Course, query: str, language: str) -> None:
    page = client.get(f"/{language}/search/", {"q": query}).content.decode()
    assert "<mark>" in page
    assert "/courses/ecs/lessons/" in page


def test_it_finds_inside_a_word(client: Client, course: Course) -> None:
    assert search.find("스턴", "ko")  # in 인스턴스


def test_decomposed_hangul_finds_the_same(client: Client, course: Course) -> None:
    composed = [e.pk for e in search.find("태스크 역할", "ko")]
    assert composed
    assert [e.pk for e in search.find(unicodedata.normalize("NFD", "태스크 역할"), "ko")] == composed


def test_a_statement_opens_marked(client: Client, course: Course) -> None:
    page = client.get("/en/search/", {"q": "ephemeral"}).content.decode()
    assert "?s=containers-ephemeral#containers-ephemeral" in page


def test_htmx_gets_only_the_list(client: Client, course: Course) -> None:
    whole = client.get("/en/search/", {"q": "efs"})
    region = client.get("/en/search/", {"q": "efs"}, headers={"HX-Request": "true"})
    assert 'id="search-results"' in whole.content.decode()
    assert region.content.decode().lstrip().startswith('<section id="search-results"')
    assert "HX-Request" in region["Vary"]
    assert "HX-Request" in whole["Vary"]


def test_an_excerpt_begins_and_ends_with_a_whole_word(course: Course) -> None:
    entry = SearchEntry.objects.filter(language="en").first()
    assert entry
    words = [f"w{number:03}" for number in range(200)]
    entry.body = " ".join(words)
    excerpt = search.hit(entry, "w100").excerpt
    assert "<mark>w100</mark>" in excerpt
    inside = excerpt.removeprefix("… ").removesuffix(" …").replace("<mark>", "").replace("</mark>", "").split()
    assert len(inside) > 20
    assert set(inside) <= set(words)


def test_a_hit_does_not_say_its_lesson_twice(client: Client, course: Course) -> None:
    entry = SearchEntry.objects.filter(language="ko", kind="statement").select_related("lesson").first()
    assert entry
    page = client.get("/ko/search/", {"q": entry.title}).content.decode()
    assert "<h2><a" in page
    assert f'<small>{entry.title}</small><h2><a href="{entry.lesson.get_absolute_url()}?s=' not in page


def test_nothing_found_says_what_to_do(client: Client, course: Course) -> None:
    assert "Nothing found" in client.get("/en/search/", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "'",
        "*",
        "a OR b",
        "NEAR(a b)",
        "(",
        "\\",
        "%",
        "\x00",
        "a" * 100_000,
        "<script>",
        "역:*&|!",
        "-efs",
    ],
)
def test_any_query_answers(client: Client, course: Course, query: str) -> None:
    response = client.get("/ko/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_index_and_the_query_are_cut_alike(course: Course) -> None:
    entry = SearchEntry.objects.filter(language="en").first()
    assert entry
    entry.grams = grams("Café こんにちは")
    entry.save()
    assert [found.pk for found in search.find("café", "en")] == [entry.pk]
    assert [found.pk for found in search.find("こん", "en")] == [entry.pk]


def test_found_text_is_escaped() -> None:
    assert search.highlighted("<b>efs</b>", ["efs"]) == "&lt;b&gt;<mark>efs</mark>&lt;/b&gt;"


# --- questions met before


def links(client: Client, query: str, language: str = "en") -> list[str]:
    """Return where the questions lead that are found for `query`."""
    page = client.get(f"/{language}/search/", {"q": query}).content.decode()
    return re.findall(r'<h3><a href="([^"]+)"', page)


@pytest.fixture
def met(alice: Learner, course: Course) -> Attempt:
    """A practice that alice has ended, most of its questions answered."""
    return practised(alice, right=8, wrong=8)


def first(attempt: Attempt) -> AttemptItem:
    """Return the first question of `attempt`."""
    return attempt.items.select_related("revision").get(number=1)


def test_a_question_met_before_is_found_where_it_was(as_alice: Client, met: Attempt) -> None:
    found = links(as_alice, first(met).revision.public_in("en")["title"][:60])
    assert found[0] == f"/en/attempts/{met.pk}/review/#q-1"
    assert 'id="q-1"' in as_alice.get(found[0]).content.decode()
    assert links(as_alice, unicodedata.normalize("NFD", first(met).revision.public_in("ko")["title"][:40]), "ko")


def test_nobody_finds_what_they_have_not_met(as_alice: Client, as_bob: Client, client: Client, met: Attempt) -> None:
    title = first(met).revision.public_in("en")["title"][:60]
    assert links(as_alice, title)
    for one in (as_bob, client):
        assert links(one, title) == []


def test_a_search_never_says_what_is_right(as_alice: Client, met: Attempt) -> None:
    for reason in first(met).revision.secret["reasons"]["en"]["pieces"]:
        assert links(as_alice, plain(reason)[:80]) == []


def test_questions_of_an_open_exam_are_not_found(alice: Learner, met: Attempt) -> None:
    exam = start_attempt(learner=alice, quiz=Quiz.objects.get(slug="exam"), now=timezone.now(), seed="open")
    asked = set(exam.items.values_list("revision__question", flat=True))
    answered = set(met.items.exclude(checked_at=None).values_list("revision__question", flat=True))
    told = {one.revision.question_id for one in met_items(learner=alice, now=timezone.now())}
    assert answered & asked
    assert told == answered - asked


def test_a_quick_check_is_found_as_it_was_answered(as_alice: Client, course: Course) -> None:
    public = stock_of(course).words("lt-001", "en")
    as_alice.post("/en/quizzes/check/ecs/lt-001/", form(quick_order(public)[1][:1]))
    (found,) = links(as_alice, plain(public["title"])[:80])
    assert found == f"/en/attempts/{Attempt.objects.get().pk}/1/"
    assert as_alice.get(found).status_code == 200


def test_it_asks_no_more_the_more_was_met(
    as_alice: Client, met: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get("/en/search/", {"q": "ECS"})
    with django_assert_max_num_queries(8):
        assert len(links(as_alice, "ECS")) > 1


QUERIES = ["역", "역할", "스턴", "가용 영역", "farg", "EFS", "Fargate cpu", "task ro", "데이터를"]


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_met_is_searched_as_the_index_is(course: Course, query: str) -> None:
    entries = SearchEntry.objects.filter(language="ko", lesson__retired_at=None)
    wanted = {one.pk for one in entries if holds(f"{one.title} {one.body}", query)}
    assert {one.pk for one in search.find(query, "ko", limit=1000)} == wanted
