"""Taking a design away: as CloudFormation while no must fails, and as a drawing."""

import json
import re
import uuid
from xml.etree import ElementTree

import pytest
from django.test import Client

from builder.models import Draft, Scenario, Submission
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, PAGE, START, posted

SVG = "{http://www.w3.org/2000/svg}"


def drafted(client: Client, design: object) -> Client:
    client.post(f"{PAGE}check/", posted(design))
    return client


def handed_in(client: Client, design: object) -> str:
    return client.post(f"{PAGE}submit/", posted(design))["Location"]


def test_it_works(course: Course, as_alice: Client) -> None:
    answer = drafted(as_alice, BEST).get(f"{PAGE}template.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="company-page.template.json"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    template = json.loads(answer.content)
    kinds = {one["Type"] for one in template["Resources"].values()}
    assert {"AWS::ECS::Service", "AWS::ElasticLoadBalancingV2::LoadBalancer"} <= kinds


@pytest.mark.parametrize(("language", "words"), [("ko", "회사"), ("en", "Company page")])
def test_its_words_are_the_readers(course: Course, as_alice: Client, language: str, words: str) -> None:
    drafted(as_alice, BEST)
    template = json.loads(as_alice.get(f"/{language}/builder/company-page/template.json").content)
    assert words in template["Description"]


def test_a_failed_must_stands_in_the_way_and_is_named(course: Course, as_alice: Client) -> None:
    answer = drafted(as_alice, CLASSIC).get(f"{PAGE}template.json")
    assert answer.status_code == 409
    assert "Content-Disposition" not in answer
    assert "Classic Load Balancer" in answer.content.decode()
    assert f'href="{PAGE}"' in answer.content.decode()


def test_it_does_not_tell_findings_to_who_designs_unaided(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}mode/", {"mode": "unaided"})
    answer = drafted(as_alice, CLASSIC).get(f"{PAGE}template.json")
    assert answer.status_code == 409
    assert "Classic Load Balancer" not in answer.content.decode()


def test_without_a_draft_it_is_the_start(course: Course, client: Client) -> None:
    assert client.get(f"{PAGE}template.json").status_code == 409
    assert not Learner.objects.exists()


def test_a_recommendation_does_not_stand_in_the_way(course: Course, as_alice: Client) -> None:
    design = posted(BEST) | {"services.0.load_balancer": "nlb"}
    as_alice.post(f"{PAGE}check/", design)
    assert as_alice.get(f"{PAGE}template.json").status_code == 200


def test_it_hides_other_peoples_drafts(course: Course, as_alice: Client, as_bob: Client) -> None:
    drafted(as_alice, BEST)
    answer = as_bob.get(f"{PAGE}template.json")
    assert answer.status_code == 409
    assert "no-store" in as_alice.get(f"{PAGE}template.json")["Cache-Control"]


def test_a_submission_can_be_taken_away_by_whoever_has_its_link(
    course: Course, as_alice: Client, client: Client
) -> None:
    address = handed_in(as_alice, BEST)
    drafted(as_alice, CLASSIC)
    assert client.get(f"{address}template.json").status_code == 200
    assert f'href="{address}template.json"' in client.get(address).content.decode()


def test_a_submission_stays_what_it_was(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice, BEST)
    before = as_alice.get(f"{address}template.json").content
    Scenario.objects.update(content_hash="new", retired_at="2026-11-22T00:00:00Z")
    assert as_alice.get(f"{address}template.json").content == before


def test_a_submission_with_a_failed_must_has_none(course: Course, as_alice: Client) -> None:
    answer = as_alice.get(f"{handed_in(as_alice, CLASSIC)}template.json")
    assert answer.status_code == 409
    assert "Classic Load Balancer" in answer.content.decode()


@pytest.mark.parametrize("name", ["template.json", "drawing.svg"])
def test_what_is_not_there_is_not_found(course: Course, client: Client, name: str) -> None:
    assert client.get(f"/ko/builder/no-such/{name}").status_code == 404
    assert client.get(f"/ko/builder/submissions/{uuid.uuid4()}/{name}").status_code == 404
    assert client.post(f"{PAGE}{name}").status_code == 405


def test_the_drawing_is_a_file_of_its_own(course: Course, as_alice: Client) -> None:
    answer = as_alice.get(f"{handed_in(as_alice, BEST)}drawing.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer["Content-Disposition"] == 'attachment; filename="company-page.svg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 - our own file
    assert tree.tag == f"{SVG}svg"
    assert {one.tag for one in tree.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "style", "title", "desc", "g", "rect", "text", "circle", "path")
    }
    text = answer.content.decode()
    assert "ALB" in text
    assert not re.search(r"var\(|light-dark|color-mix|href=|<script|url\(", text)


def test_the_drawing_of_a_report_keeps_its_marks(course: Course, as_alice: Client) -> None:
    wrong = as_alice.get(f"{handed_in(as_alice, CLASSIC)}drawing.svg").content.decode()
    right = as_alice.get(f"{handed_in(as_alice, BEST)}drawing.svg").content.decode()
    assert 'class="dm must"' in wrong
    assert 'class="dm' not in right


def test_a_draft_can_be_drawn_whatever_fails_and_tells_nothing(course: Course, as_alice: Client) -> None:
    answer = drafted(as_alice, CLASSIC).get(f"{PAGE}drawing.svg")
    assert answer.status_code == 200
    assert 'class="dm' not in answer.content.decode()


def test_taking_away_changes_nothing(course: Course, as_alice: Client) -> None:
    drafted(as_alice, BEST)
    before = list(Draft.objects.values())
    as_alice.get(f"{PAGE}template.json")
    as_alice.get(f"{PAGE}drawing.svg")
    assert list(Draft.objects.values()) == before
    assert not Submission.objects.exists()


def test_a_template_fills_an_empty_design_again(course: Course, as_alice: Client, as_bob: Client) -> None:
    template = drafted(as_alice, BEST).get(f"{PAGE}template.json").content.decode()
    drafted(as_bob, START)
    as_bob.post(f"{PAGE}import/", {"template": template})
    mine, other = (one.design for one in Draft.objects.order_by("learner__user__username"))
    assert mine == other
