"""Every page of an exam, looked at with axe in both schemes; the kinds of questions by keyboard; practice offline."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from learning.models import Learner
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import start_attempt
from tests.browser.conftest import sign_in
from tests.browser.test_axe_pages import findings

SAVED = re.compile(r"저장됨 \d\d:\d\d:\d\d")


def begun(learner: Learner, quiz: str, kind: str = "") -> Attempt:
    """Return an attempt begun now, of questions of one kind only if `kind` says so."""
    if kind:
        Question.objects.exclude(current__kind=kind).update(retired_at=timezone.now())
    return start_attempt(learner=learner, quiz=Quiz.objects.get(slug=quiz), now=timezone.now(), seed="alice")


def barriers(page: Page) -> str:
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{page.url} {scheme}: {line}" for line in findings(page)]
    return "\n".join(found)


@pytest.mark.parametrize("width", [390, 1360])
def test_no_page_of_an_exam_has_a_barrier(page: Page, site: str, alice: Learner, width: int) -> None:
    sign_in(page.context, site, alice)
    attempt = begun(alice, "exam")
    page.set_viewport_size({"width": width, "height": 900})
    base = f"{site}/ko/attempts/{attempt.pk}/"
    page.goto(f"{base}1/")
    page.locator(".strike").nth(1).click()
    page.locator(".flag").click()
    page.locator("#answer input[name=option]").first.check(force=True)
    page.locator("input[name=confidence]").nth(2).check(force=True)
    expect(page.locator("#saved")).to_have_text(SAVED)
    found = [barriers(page)]
    page.goto(f"{base}check/")
    found.append(barriers(page))
    page.locator("form[action$='/finish/'] button").click()
    page.wait_for_url("**/result/")
    found.append(barriers(page))
    for what in ("review/", "notes/"):
        page.goto(base + what)
        found.append(barriers(page))
    assert "".join(found) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_steps_are_ordered_with_the_arrows(page: Page, site: str, alice: Learner) -> None:
    sign_in(page.context, site, alice)
    attempt = begun(alice, "practice", "ordering")
    page.goto(f"{site}/ko/attempts/{attempt.pk}/1/")
    assert barriers(page) == ""
    second = page.locator(".step").nth(1)
    token = second.get_attribute("data-token") or ""
    second.locator("[data-move='-1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("[data-order-said]")).to_contain_text("1번째")
    row = attempt.items.with_answers()[0]
    assert row.response
    assert (row.tokens[row.response[0]], len(row.response)) == (token, len(row.tokens))
    page.locator(".step select").first.select_option("3")
    expect(page.locator(f".step[data-token='{token}'] select")).to_have_value("3")


def test_rows_are_matched_with_selects(page: Page, site: str, alice: Learner) -> None:
    sign_in(page.context, site, alice)
    attempt = begun(alice, "practice", "matching")
    page.goto(f"{site}/ko/attempts/{attempt.pk}/1/")
    assert barriers(page) == ""
    for select in page.locator(".match-row select").all():
        with page.expect_response(lambda reply: reply.url.endswith("/answer/")):
            select.select_option(index=1)
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.locator("[data-mark]").click()
    expect(page.locator(".matched")).to_be_visible()
    assert barriers(page) == ""


def test_practice_marks_upon_what_was_saved(page: Page, site: str, alice: Learner) -> None:
    sign_in(page.context, site, alice)
    attempt = begun(alice, "practice", "choice")
    asked = attempt.items.select_related("revision")[0].revision.public["ko"]["body"]["choose"]
    page.goto(f"{site}/ko/attempts/{attempt.pk}/1/")
    for index in range(asked):
        page.locator("#answer input[name=option]").nth(index).check(force=True)
    page.locator("[data-mark]").click()  # the saving may still be under way
    expect(page.locator(".verdict")).to_be_visible()
    assert attempt.items.get(number=1).checked_at


def test_choosing_what_to_practise_says_what_comes(page: Page, site: str) -> None:
    page.goto(f"{site}/en/quizzes/practice/")
    page.get_by_label("EFS").check(force=True)
    expect(page.locator(".draw-lines li")).to_have_count(1)
    page.get_by_label("How many").fill("2")
    page.get_by_label("How many").press("Tab")
    expect(page.locator("#quiz-draw")).to_contain_text("2 questions will be drawn")
    assert barriers(page) == ""
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".stops li")).to_have_count(2)
