"""Letting the site put one finding right."""

import pytest
from django.test import Client

from builder.engine.design import Cluster, Design, Service, to_dict
from builder.models import Draft
from learning.models import Course
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, posted

FIX = f"{PAGE}fix/"


def test_it_works(course: Course, client: Client) -> None:
    answer = client.post(FIX, posted(CLASSIC) | {"fix": "clb-does-not-fit-fargate:0"}, headers=HTMX)
    assert "의뢰에 꼭 맞는 설계예요" in answer.content.decode()
    assert Draft.objects.get().design == to_dict(BEST)


def test_it_works_without_javascript(course: Course, client: Client) -> None:
    answer = client.post(FIX, posted(CLASSIC) | {"fix": "clb-does-not-fit-fargate:0"})
    assert answer["Location"] == f"{PAGE}#workbench"
    assert Draft.objects.get().design == to_dict(BEST)


def test_a_finding_of_the_cluster_is_put_right_too(course: Course, client: Client) -> None:
    with_profile = Design(Cluster("none", "agent"), BEST.services)
    client.post(FIX, posted(with_profile) | {"fix": "instance-profile-ec2-only:cluster"})
    assert Draft.objects.get().design == to_dict(BEST)


def test_unsaved_choices_of_the_form_are_kept(course: Course, client: Client) -> None:
    two_zones = Design(services=(Service(size="set", load_balancer="clb", listener="http", azs=2),))
    client.post(FIX, posted(two_zones) | {"fix": "clb-does-not-fit-fargate:0"})
    assert Draft.objects.get().design["services"][0]["azs"] == 2


@pytest.mark.parametrize("fix", ["", "no-such-rule:0", "clb-does-not-fit-fargate:9", "clb-does-not-fit-fargate", ":::"])
def test_what_is_no_finding_changes_nothing(course: Course, client: Client, fix: str) -> None:
    assert client.post(FIX, posted(CLASSIC) | {"fix": fix}).status_code == 302
    assert Draft.objects.get().design == to_dict(CLASSIC)


def test_nonsense_is_refused(course: Course, client: Client) -> None:
    assert client.post(FIX, {"fix": "clb-does-not-fit-fargate:0"}).status_code == 422


def test_the_focus_goes_to_the_new_verdict(course: Course, client: Client) -> None:
    fixed = client.post(FIX, posted(CLASSIC) | {"fix": "clb-does-not-fit-fargate:0"}, headers=HTMX).content.decode()
    checked = client.post(f"{PAGE}check/", posted(CLASSIC), headers=HTMX).content.decode()
    assert 'tabindex="-1" autofocus>의뢰에 꼭 맞는' in fixed
    assert "autofocus" not in checked


def test_each_finding_offers_it(course: Course, client: Client) -> None:
    page = client.post(f"{PAGE}check/", posted(CLASSIC), headers=HTMX).content.decode()
    assert f'value="clb-does-not-fit-fargate:0" formaction="{FIX}"' in page
