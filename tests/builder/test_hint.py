"""Asking for hints: the smallest first, each counted; and for what would be right instead."""

import pytest
from django.test import Client
from django.utils import translation

from builder.engine.design import Cluster, Design, Service
from builder.models import Draft, Scenario, Submission
from builder.services import explained, shelf_of
from builder.views.telling import _wishes, explained_words
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, posted

HINT = f"{PAGE}hint/"
TWICE_WRONG = Design(Cluster("none", "agent"), CLASSIC.services)


@pytest.fixture
def unaided(course: Course, client: Client) -> Client:
    client.post(f"{PAGE}mode/", {"mode": "unaided"})
    return client


def ask(client: Client, design: Design = CLASSIC, what: str = "next") -> str:
    return client.post(HINT, posted(design) | {"hint": what}, headers=HTMX).content.decode()


def count() -> int:
    return len(Draft.objects.get().hints)


def test_it_works(unaided: Client) -> None:
    family, control, patch = ask(unaided), ask(unaided), ask(unaided)
    assert "3강" in family
    assert "여기서 정해요" not in family
    assert "여기서 정해요" in control
    assert 'href="#field-services-0-load-balancer"' in control
    assert "CLB → ALB" not in control
    assert "로드 밸런서: CLB → ALB" in patch
    assert count() == 3


def test_when_all_is_told_of_one_finding_the_next_is_told(unaided: Client) -> None:
    for _ in range(4):
        page = ask(unaided, TWICE_WRONG)
    assert page.count('class="ic w"') == 2
    for _ in range(5):
        ask(unaided, TWICE_WRONG)
    assert count() == 6


def test_what_is_mended_is_no_longer_hinted_at_but_counted(unaided: Client) -> None:
    ask(unaided)
    page = unaided.post(f"{PAGE}check/", posted(BEST), headers=HTMX).content.decode()
    assert 'class="ic w"' not in page
    assert "힌트 1번" in page


def test_that_nothing_is_wrong_is_a_hint_too(unaided: Client) -> None:
    assert "고칠 것이 없어요" in ask(unaided, BEST)
    assert count() == 1


def test_without_javascript_hints_stand_on_the_page(unaided: Client) -> None:
    answer = unaided.post(HINT, posted(CLASSIC) | {"hint": "next"})
    assert answer["Location"] == f"{PAGE}#workbench"
    assert "3강" in unaided.get(PAGE).content.decode()


def test_the_report_says_how_many_were_used(unaided: Client) -> None:
    ask(unaided)
    ask(unaided)
    report = unaided.get(unaided.post(f"{PAGE}submit/", posted(BEST))["Location"]).content.decode()
    assert Submission.objects.get().hints == 2
    assert "힌트 2번" in report


def test_letting_the_site_mend_counts_as_well(course: Course, client: Client) -> None:
    client.post(f"{PAGE}fix/", posted(CLASSIC) | {"fix": "clb-does-not-fit-fargate:0"})
    assert count() == 1


def test_in_guided_mode_findings_are_told_anyway(course: Course, client: Client) -> None:
    ask(client)
    assert count() == 0


def test_the_nearest_right_design_is_told_on_request(course: Course, client: Client) -> None:
    assert "로드 밸런서: CLB → ALB" in ask(client, CLASSIC, "nearest")
    assert count() == 1
    page = client.post(f"{PAGE}check/", posted(TWICE_WRONG), headers=HTMX).content.decode()
    assert "CLB → ALB" not in page  # it was told of that design alone


def test_when_it_would_be_right_is_told_on_request(course: Course, client: Client) -> None:
    network = Design(services=(Service(size="set", load_balancer="nlb", listener="tcp"),))
    assert "TCP로 접속한다면 이 설계가 맞아요" in ask(client, network, "when-right")
    assert count() == 1


def test_with_several_services_changes_and_wishes_name_theirs(course: Course) -> None:
    shelf = shelf_of(Scenario.objects.get(slug="mixed-fleet"))
    with translation.override("en"):
        for design, _score in shelf.task.wrong:
            told = explained_words(explained(design, shelf), ["Web", "Worker"])
            assert told.nearest
            services = [line for line in told.nearest if "instance" not in line.lower()]
            assert all(line.startswith(("Web · ", "Worker · ")) for line in services)
            assert told.wish


def test_every_wish_that_the_shipped_designs_have_can_be_said(course: Course) -> None:
    for scenario in Scenario.objects.live():
        shelf = shelf_of(scenario)
        for design in (shelf.task.start, *(one for one, _score in shelf.task.wrong), *shelf.task.best):
            told = explained_words(explained(design, shelf), ["x"] * len(shelf.task.services))
            assert bool(told.wish) == bool(told.nearest)
    assert len(set(_wishes().values())) == len(_wishes())


@pytest.mark.parametrize("what", ["", "everything", "nearest ", "\0"])
def test_what_is_no_hint_tells_and_counts_nothing(unaided: Client, what: str) -> None:
    ask(unaided, what=what)
    assert count() == 0


def test_nonsense_is_refused(course: Course, client: Client) -> None:
    assert client.post(HINT, {"hint": "next"}).status_code == 422
    assert not Learner.objects.exists()


def test_it_is_not_told_to_others(course: Course, as_alice: Client, as_bob: Client) -> None:
    ask(as_alice, CLASSIC, "nearest")
    as_bob.post(f"{PAGE}check/", posted(CLASSIC))
    assert "CLB → ALB" not in as_bob.get(PAGE).content.decode()


def test_it_needs_the_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(HINT, posted(BEST)).status_code == 403
