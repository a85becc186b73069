"""Search: Korean of one syllable up, NFC or NFD, Latin prefixes; the hit is marked."""

import unicodedata

import pytest
from django.test import Client

from learning import search
from learning.catalogue.grams import grams
from learning.models import Course, SearchEntry


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
