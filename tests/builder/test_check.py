"""Changing a design: it is kept, drawn and scored; nonsense is refused by field."""

import re

import pytest
from django.test import Client

from builder.engine.design import Design, Service, to_dict
from builder.models import Draft, Submission
from learning.models import Course, Evidence, Learner
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, START, WITH_EC2, posted

CHECK = f"{PAGE}check/"


def region(client: Client, design: Design) -> str:
    return client.post(CHECK, posted(design), headers=HTMX).content.decode()


def test_it_works(course: Course, as_alice: Client, alice: Learner) -> None:
    answer = as_alice.post(CHECK, posted(CLASSIC), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.strip().startswith('<section id="workbench"')
    assert 'stroke-dasharray="130 220"' in page
    assert Draft.objects.get(learner=alice).design == to_dict(CLASSIC)


def test_without_javascript_it_comes_back_to_the_page(course: Course, client: Client) -> None:
    answer = client.post(CHECK, posted(CLASSIC))
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#workbench"
    assert "59점" in client.get(PAGE).content.decode()


def test_a_guest_becomes_a_learner_by_the_first_change(course: Course, client: Client) -> None:
    client.post(CHECK, posted(CLASSIC))
    client.post(CHECK, posted(BEST))
    assert Learner.objects.count() == 1
    assert Draft.objects.get().design == to_dict(BEST)


def test_it_hands_nothing_in(course: Course, client: Client) -> None:
    client.post(CHECK, posted(BEST))
    assert not Submission.objects.exists()
    assert not Evidence.objects.exists()


def test_the_live_region_says_the_score_and_what_it_was(course: Course, client: Client) -> None:
    region(client, CLASSIC)
    page = region(client, BEST)
    said = re.search(r'<p data-hx-swap-oob="innerHTML:#said">(.*?)</p>', page)
    assert said
    assert said[1] == "100점 (이전 59점). 남은 지적 사항이 없어요. 로드 밸런서: ALB."


def test_a_finding_quotes_its_statement_and_leads_to_it(course: Course, client: Client) -> None:
    page = region(client, CLASSIC)
    assert "/lessons/load-balancers/?s=clb-not-with-fargate#clb-not-with-fargate" in page
    assert 'href="#field-services-0-load-balancer"' in page


def test_what_failed_is_marked_in_drawing_and_words(course: Course, client: Client) -> None:
    page = region(client, CLASSIC)
    assert 'class="dm must"' in page
    assert 'class="gravity must"' in page


def test_to_ec2_brings_instances_and_profile_along_and_says_so(course: Course, client: Client) -> None:
    region(client, BEST)
    page = region(client, Design(services=(Service(launch="ec2", size="set", load_balancer="alb", listener="http"),)))
    assert Draft.objects.get().design["cluster"] == {"instances": "registered", "profile": "agent"}
    assert "클러스터에 인스턴스를 등록했어요" in page
    assert "에이전트용 인스턴스 프로파일을 붙였어요" in page


def test_to_fargate_states_the_size_and_drops_what_only_ec2_needs(course: Course, client: Client) -> None:
    region(client, WITH_EC2)
    page = region(client, Design(WITH_EC2.cluster, (Service(launch="fargate", load_balancer="alb", listener="http"),)))
    design = Draft.objects.get().design
    assert design["cluster"] == {"instances": "none", "profile": "none"}
    assert design["services"][0]["size"] == "set"
    assert "CPU와 메모리를 지정했어요" in page
    assert "인스턴스 프로파일도 뺐어요" in page


def test_without_javascript_what_came_along_is_said_too(course: Course, client: Client) -> None:
    client.post(CHECK, posted(START))
    client.post(CHECK, posted(Design(services=(Service(launch="fargate"),))))
    assert "CPU와 메모리를 지정했어요" in client.get(PAGE).content.decode()


def test_a_listener_without_a_balancer_is_dropped_and_that_is_said(course: Course, client: Client) -> None:
    page = region(client, Design(services=(Service(launch="ec2", listener="https"),)))
    assert Draft.objects.get().design["services"][0]["listener"] == "none"
    assert "리스너는 뺐어요" in page


def test_permissions_without_a_role_are_dropped_and_that_is_said(course: Course, client: Client) -> None:
    page = region(client, Design(services=(Service(launch="ec2", grants=frozenset({"s3"})),)))
    assert Draft.objects.get().design["services"][0]["grants"] == []
    assert "권한은 뺐어요" in page


def test_what_was_before_is_kept_once_a_change(course: Course, client: Client) -> None:
    for design in (CLASSIC, CLASSIC, BEST):
        client.post(CHECK, posted(design))
    assert Draft.objects.get().history == [to_dict(START), to_dict(CLASSIC)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("services.0.launch", "lambda", "‘lambda’은(는) 여기에서 고를 수 없어요"),
        ("services.0.launch", "", "여기에서 고를 수 없어요"),
        ("services.0.launch", ["ec2", "fargate"], "하나를 골라 주세요"),
        ("services.0.azs", "3", "여기에서 고를 수 없어요"),
        ("services.0.azs", "٢", "여기에서 고를 수 없어요"),
        ("services.0.grants", ["s3", "sqs"], "‘sqs’은(는) 여기에서 고를 수 없어요"),
        ("services.1.launch", "ec2", "이 설계에는 없는 항목이에요"),
        ("cluster.name", "x" * 5000, "이 설계에는 없는 항목이에요"),
        ("services.0.size", "<script>\0", "여기에서 고를 수 없어요"),
    ],
)
def test_nonsense_is_refused_and_named(course: Course, client: Client, field: str, value: object, said: str) -> None:
    answer = client.post(CHECK, posted(CLASSIC) | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert field in page
    assert "<script>\0" not in page
    assert not Draft.objects.exists()


def test_what_was_right_beside_nonsense_stays_chosen(course: Course, client: Client) -> None:
    page = client.post(CHECK, posted(CLASSIC) | {"services.0.azs": "9"}, headers=HTMX).content.decode()
    assert re.search(r'value="clb" checked', page)


def test_a_field_that_is_left_out_is_asked_for(course: Course, client: Client) -> None:
    fields = posted(BEST)
    del fields["services.0.storage"]
    answer = client.post(CHECK, fields)
    assert answer.status_code == 422
    assert "하나를 골라 주세요" in answer.content.decode()


def test_too_many_fields_are_a_bad_request(course: Course, client: Client) -> None:
    assert client.post(CHECK, {f"services.{i}.launch": "ec2" for i in range(2000)}).status_code == 400


def test_it_needs_the_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(CHECK, posted(BEST)).status_code == 403


@pytest.mark.parametrize("act", ["check", "fix", "submit", "restart", "undo", "redo", "mode", "hint"])
def test_it_takes_only_post(course: Course, client: Client, act: str) -> None:
    assert client.get(f"{PAGE}{act}/").status_code == 405


@pytest.mark.parametrize("act", ["check", "fix", "submit", "restart", "undo", "redo", "mode", "hint"])
def test_an_unknown_scenario_is_not_found(course: Course, client: Client, act: str) -> None:
    assert client.post(f"/ko/builder/no-such/{act}/", posted(BEST)).status_code == 404
