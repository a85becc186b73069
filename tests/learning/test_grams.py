"""Words as search stores them and as it asks for them."""

import unicodedata

import pytest

from learning.catalogue.grams import grams, terms


def found(query: str, text: str) -> bool:
    """Tell whether every phrase asked for stands in the stored tokens, its last token as a prefix."""
    return all(f" {term}" in f" {grams(text)}" for term in terms(query))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("데이터 EFS", "데이 이터 터 efs"),
        ("키", "키"),
        ("Fargate는", "fargate 는"),
        ("", ""),
        ("!? …", ""),
        ("snake_case 80", "snake_case 80"),
    ],
)
def test_it_cuts_korean_into_pairs_and_keeps_words(text: str, expected: str) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    "query",
    ["데이터", "터", "데", "웨어하우스", "어하우", "보안", "ware", "WAREHOUSE", "접근 제어", "데이터 접근", "키"],
)
def test_what_is_asked_for_is_found_wherever_it_stands(query: str) -> None:
    text = "데이터웨어하우스(Data Warehouse)의 보안과 접근 제어, 그리고 키"
    assert found(query, text)
    assert found(unicodedata.normalize("NFD", query), text)
    assert found(query, unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("query", ["터웨이", "안보", "house", "제접"])
def test_what_does_not_stand_there_is_not_found(query: str) -> None:
    assert not found(query, "데이터웨어하우스(Data Warehouse)의 보안과 접근 제어")
