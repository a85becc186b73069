"""Comparing one's design of now with one handed in earlier."""

import uuid

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.models import Submission
from learning.models import Course
from tests.builder.people import BEST, CLASSIC, PAGE, posted


def since(client: Client) -> str:
    client.post(f"{PAGE}submit/", posted(CLASSIC))
    return f"{PAGE}since/{Submission.objects.first().pk}/"


def test_it_works(course: Course, as_alice: Client) -> None:
    address = since(as_alice)
    as_alice.post(f"{PAGE}check/", posted(BEST))
    page = as_alice.get(address).content.decode()
    assert "로드 밸런서: CLB → ALB" in page
    assert "<b>59" in page
    assert "<b>100" in page


def test_the_scenario_lists_what_was_handed_in(course: Course, as_alice: Client) -> None:
    assert since(as_alice) in as_alice.get(PAGE).content.decode()


def test_nothing_changed_is_said(course: Course, as_alice: Client) -> None:
    assert "그때와 같아요" in as_alice.get(since(as_alice)).content.decode()


def test_unaided_keeps_the_score_of_now_to_itself(course: Course, as_alice: Client) -> None:
    address = since(as_alice)
    as_alice.post(f"{PAGE}mode/", {"mode": "unaided"})
    as_alice.post(f"{PAGE}check/", posted(BEST))
    page = as_alice.get(address).content.decode()
    assert "제출하면 채점해요" in page
    assert "<b>100" not in page


def test_others_cannot_compare_with_it(course: Course, as_alice: Client, as_bob: Client, client: Client) -> None:
    address = since(as_alice)
    for reader in (as_bob, client):
        assert reader.get(address).status_code == 404
        assert "/since/" not in reader.get(PAGE).content.decode()


def test_what_is_not_there_is_not_found(course: Course, as_alice: Client) -> None:
    address = since(as_alice)
    assert as_alice.get(address.replace("company-page", "nightly-batch")).status_code == 404
    assert as_alice.get(f"{PAGE}since/{uuid.uuid4()}/").status_code == 404


def test_a_stored_design_that_no_longer_fits_is_no_crash(course: Course, as_alice: Client) -> None:
    address = since(as_alice)
    Submission.objects.update(design={"cluster": 1})
    assert as_alice.get(address).status_code == 200


def test_it_asks_little_of_the_database(
    course: Course, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = since(as_alice)
    with django_assert_max_num_queries(5):
        as_alice.get(address)
