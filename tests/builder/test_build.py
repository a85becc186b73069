"""The page of a scenario: brief, drawing, choices, findings, the design in words."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.models import Draft, Scenario
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, posted


def test_it_works(course: Course, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "서버는 잘 모르고" in page
    assert 'class="drawing wide"' in page
    assert 'class="drawing narrow"' in page
    assert "글로 보는 설계" in page
    assert 'name="services.0.launch"' in page


def test_a_scenario_begins_without_findings(course: Course, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "아직 고른 것이 없어요" in page
    assert 'class="dm' not in page


def test_looking_makes_no_learner(course: Course, client: Client) -> None:
    client.get(PAGE)
    assert not Learner.objects.exists()


def test_it_shows_the_draft_as_it_was_left(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    page = as_alice.get(PAGE).content.decode()
    assert re.search(r'value="clb" checked', page)
    assert "Fargate와 통합되지 않" in page


def test_every_part_leads_to_a_control_that_is_there(course: Course, client: Client) -> None:
    client.post(f"{PAGE}check/", posted(CLASSIC))
    page = client.get(PAGE).content.decode()
    anchors = set(re.findall(r'href="#(field-[\w-]+)"', page))
    assert len(anchors) >= 9
    assert anchors <= set(re.findall(r'id="([\w-]+)"', page))


def test_ids_are_unique(course: Course, client: Client) -> None:
    client.post(f"{PAGE}check/", posted(CLASSIC))
    ids = re.findall(r' id="([^"]+)"', client.get(PAGE).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_a_drawing_that_leads_somewhere_is_no_image(course: Course, client: Client) -> None:
    """An image would hide its links from assistive technology."""
    svg = re.findall(r'<svg class="drawing.*?</svg>', client.get(PAGE).content.decode(), re.DOTALL)
    assert len(svg) == 2
    assert all('role="group"' in one and "<title" in one and "<desc" in one for one in svg)


def test_a_choice_for_several_services_is_offered_only_where_there_are_several(course: Course, client: Client) -> None:
    assert 'value="shared"' not in client.get(PAGE).content.decode()
    assert 'value="shared"' in client.get("/ko/builder/mixed-fleet/").content.decode()


def test_htmx_gets_the_region_alone(course: Course, client: Client) -> None:
    answer = client.get(PAGE, headers=HTMX)
    assert answer.content.decode().strip().startswith('<section id="workbench"')
    assert "HX-Request" in answer["Vary"]


def test_it_hides_other_peoples_drafts(course: Course, as_alice: Client, as_bob: Client) -> None:
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    assert "아직 고른 것이 없어요" in as_bob.get(PAGE).content.decode()


@pytest.mark.parametrize("slug", ["no-such-scenario", "gone"])
def test_what_is_not_there_is_not_found(course: Course, client: Client, slug: str) -> None:
    Scenario.objects.create(course=course, slug="gone", level=1, title={"ko": "", "en": ""}, content_hash="0")
    assert client.get(f"/ko/builder/{slug}/").status_code == 404


@pytest.mark.parametrize("stored", [{}, [], {"cluster": {}, "services": []}, "x"])
def test_a_draft_that_no_longer_fits_gives_way_to_the_start(course: Course, as_alice: Client, stored: object) -> None:
    as_alice.post(f"{PAGE}check/", posted(BEST))
    Draft.objects.update(design=stored, history=[stored])
    assert as_alice.get(PAGE).status_code == 200


def test_it_asks_little_of_the_database(
    course: Course, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_alice.post(f"{PAGE}check/", posted(BEST))
    with django_assert_max_num_queries(5):
        as_alice.get(PAGE)
