"""Reading a report by its link: as it was given, for anyone, without a name."""

import re
import uuid

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.models import Scenario, Submission
from learning.models import Course, Statement
from tests.builder.people import CLASSIC, PAGE, posted


def handed_in(client: Client) -> str:
    return client.post(f"{PAGE}submit/", posted(CLASSIC))["Location"]


def test_it_works(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "59" in page
    assert "Classic Load Balancer" in page
    assert "글로 보는 설계" in page
    assert 'stroke-dasharray="130 220"' in page


def test_anyone_with_the_link_may_read_it(course: Course, as_alice: Client, as_bob: Client, client: Client) -> None:
    address = handed_in(as_alice)
    for reader in (as_bob, client):
        assert reader.get(address).status_code == 200


def test_it_does_not_show_the_name(course: Course, as_alice: Client, client: Client) -> None:
    assert "alice" not in client.get(handed_in(as_alice)).content.decode()


def test_its_link_can_be_copied(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    assert f'value="http://testserver{address}"' in as_alice.get(address).content.decode()


def test_it_stays_as_given_when_the_course_changes(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    before = as_alice.get(address).content.decode()
    Scenario.objects.filter(slug="company-page").update(title={"ko": "다른 과제", "en": "Other"}, content_hash="new")
    Statement.objects.update(words={"ko": "다른 말", "en": "Other words"})
    token = r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"'
    assert re.sub(token, "", as_alice.get(address).content.decode()) == re.sub(token, "", before)


def test_a_retired_scenario_keeps_its_reports_but_is_no_longer_offered(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    Scenario.objects.update(retired_at="2026-11-22T00:00:00Z")
    page = as_alice.get(address)
    assert page.status_code == 200
    assert f'href="{PAGE}"' not in page.content.decode()


def test_it_offers_nothing_to_change(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "/fix/" not in page
    assert 'href="#field-' not in page
    assert page.count('role="img"') == 2


def test_it_speaks_the_readers_language(course: Course, as_alice: Client, client: Client) -> None:
    address = handed_in(as_alice).replace("/ko/", "/en/")
    assert "A Classic Load Balancer stands in front of a Fargate service." in client.get(address).content.decode()


def test_an_unknown_report_is_not_found(course: Course, client: Client) -> None:
    assert client.get(f"/ko/builder/submissions/{uuid.uuid4()}/").status_code == 404
    assert client.get("/ko/builder/submissions/1/").status_code == 404


def test_a_report_is_never_written_again(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    before = Submission.objects.values().get()
    as_alice.get(address)
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    assert Submission.objects.values().get() == before


def test_it_asks_little_of_the_database(
    course: Course, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = handed_in(as_alice)
    with django_assert_max_num_queries(3):
        as_alice.get(address)
