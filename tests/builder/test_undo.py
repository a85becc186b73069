"""Undoing a change and making it again."""

import re

import pytest
from django.test import Client

from builder.engine.design import to_dict
from builder.models import Draft
from builder.services.drafts import MOST_HISTORY
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, START, posted

UNDO, REDO = f"{PAGE}undo/", f"{PAGE}redo/"


def build(client: Client, *designs: object) -> None:
    for design in designs:
        client.post(f"{PAGE}check/", posted(design))


def now() -> object:
    return Draft.objects.get().design


def test_it_works(course: Course, client: Client) -> None:
    build(client, CLASSIC, BEST)
    client.post(UNDO)
    assert now() == to_dict(CLASSIC)
    client.post(REDO)
    assert now() == to_dict(BEST)


def test_one_can_go_back_to_the_start_and_all_the_way_forth(course: Course, client: Client) -> None:
    build(client, CLASSIC, BEST)
    for _ in range(3):
        client.post(UNDO)
    assert now() == to_dict(START)
    for _ in range(3):
        client.post(REDO)
    assert now() == to_dict(BEST)
    assert Draft.objects.get().history == [to_dict(START), to_dict(CLASSIC)]


def test_a_change_after_undoing_drops_what_was_undone(course: Course, client: Client) -> None:
    build(client, CLASSIC)
    client.post(UNDO)
    build(client, BEST)
    client.post(REDO)
    assert now() == to_dict(BEST)
    assert Draft.objects.get().future == []


def test_the_live_region_says_what_changed_back(course: Course, client: Client) -> None:
    build(client, CLASSIC, BEST)
    page = client.post(UNDO, headers=HTMX).content.decode()
    assert page.strip().startswith('<section id="workbench"')
    assert "59점 (이전 100점). 지적 사항 1개 남음. 로드 밸런서: CLB." in page


def test_back_at_the_start_it_is_as_at_first(course: Course, client: Client) -> None:
    build(client, CLASSIC)
    client.post(UNDO)
    assert "아직 고른 것이 없어요" in client.get(PAGE).content.decode()


def test_without_javascript_it_comes_back_to_the_page(course: Course, client: Client) -> None:
    build(client, CLASSIC)
    assert client.post(UNDO)["Location"] == f"{PAGE}#workbench"


def test_buttons_say_when_there_is_nothing_to_do(course: Course, client: Client) -> None:
    disabled = re.compile(r'id="(undo|redo)"[^>]*aria-disabled')
    assert disabled.findall(client.get(PAGE).content.decode()) == ["undo", "redo"]
    build(client, CLASSIC)
    assert disabled.findall(client.get(PAGE).content.decode()) == ["redo"]
    client.post(UNDO)
    assert disabled.findall(client.get(PAGE).content.decode()) == ["undo"]


@pytest.mark.parametrize("address", [UNDO, REDO])
def test_with_nothing_to_do_it_says_so_and_makes_no_learner(course: Course, client: Client, address: str) -> None:
    assert "없어요" in client.post(address, headers=HTMX).content.decode()
    assert not Learner.objects.exists()


def test_it_leaves_other_peoples_drafts_alone(course: Course, as_alice: Client, as_bob: Client) -> None:
    build(as_alice, CLASSIC)
    as_bob.post(UNDO)
    assert now() == to_dict(CLASSIC)


def test_the_history_is_bounded(course: Course, client: Client) -> None:
    build(client, *[CLASSIC, BEST] * (MOST_HISTORY // 2 + 2))
    assert len(Draft.objects.get().history) == MOST_HISTORY
    client.post(UNDO)
    client.post(REDO)
    assert len(Draft.objects.get().history) == MOST_HISTORY


@pytest.mark.parametrize("address", [UNDO, REDO])
def test_it_needs_the_token(course: Course, address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
