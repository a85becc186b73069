"""The list of scenarios: what each is about, and how far one is oneself."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.models import Scenario
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, PAGE, posted

LIST = "/ko/builder/"


def test_it_works(course: Course, client: Client) -> None:
    page = client.get(LIST).content.decode()
    assert "회사 소개 페이지" in page
    assert "서버 관리 없음" in page
    assert "시작 유형" in page
    assert PAGE in page


def test_it_speaks_english(course: Course, client: Client) -> None:
    page = client.get("/en/builder/").content.decode()
    assert "Company page" in page
    assert "No servers to look after" in page


def test_scenarios_stand_in_the_order_to_do_them(course: Course, client: Client) -> None:
    page = client.get(LIST).content.decode()
    slugs = re.findall(r'href="/ko/builder/([a-z][\w-]+)/"', page)
    assert slugs[:5] == ["company-page", "nightly-batch", "host-agent", "either-is-fine", "photo-upload-api"]
    assert slugs[-2:] == ["game-platform", "whole-company"]
    assert len(slugs) == 17


def test_it_shows_the_best_score_and_the_tries(course: Course, as_alice: Client) -> None:
    for design in (CLASSIC, BEST):
        as_alice.post(f"{PAGE}submit/", posted(design))
    page = as_alice.get(LIST).content.decode()
    assert "최고 100점" in page
    assert "2번 제출" in page


def test_it_shows_nothing_of_others(course: Course, as_alice: Client, as_bob: Client) -> None:
    as_alice.post(f"{PAGE}submit/", posted(BEST))
    as_alice.post(f"{PAGE}check/", posted(BEST))
    page = as_bob.get(LIST).content.decode()
    assert "최고" not in page
    assert "저장된 설계" not in page


def test_it_leaves_out_what_is_retired(course: Course, client: Client) -> None:
    Scenario.objects.filter(slug="company-page").update(retired_at="2026-11-22T00:00:00Z")
    assert PAGE not in client.get(LIST).content.decode()


def test_it_stands_when_a_file_has_gone_since_the_sync(course: Course, client: Client) -> None:
    Scenario.objects.create(
        course=course, slug="gone", level=1, title={"ko": "없는 과제", "en": "Gone"}, content_hash="0"
    )
    page = client.get(LIST)
    assert page.status_code == 200
    assert "없는 과제" not in page.content.decode()


def test_it_is_honest_when_there_is_nothing(db: None, client: Client) -> None:
    assert "아직 설계할 과제가 없어요" in client.get(LIST).content.decode()


def test_it_asks_little_of_the_database(
    course: Course, alice: Learner, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.get(LIST)
    with django_assert_max_num_queries(5):
        as_alice.get(LIST)


def test_it_takes_no_post(course: Course, client: Client) -> None:
    assert client.post(LIST).status_code == 405
