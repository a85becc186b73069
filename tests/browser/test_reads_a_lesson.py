"""A reader's journey: from the front door through a lesson, by its contents and a statement's link, to the next."""

import re

from playwright.sync_api import Page, expect

from learning.models import Learner, Reading
from tests.browser.conftest import sign_in


def test_it_works(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    expect(page).to_have_url(f"{site}/ko/")
    page.locator("a.btn.big").first.click()
    expect(page).to_have_url(f"{site}/ko/courses/ecs/lessons/launch-types/")
    heading = page.locator(".toc a[href^='#']").nth(1)
    heading.click()
    expect(page.locator(f"[id='{(heading.get_attribute('href') or '#')[1:]}']")).to_be_in_viewport()
    page.locator("button[name=go]").click()
    expect(page).to_have_url(f"{site}/ko/courses/ecs/lessons/iam-roles/")
    page.goto(f"{site}/ko/progress/")
    expect(page.locator("tbody tr").first).to_contain_text("✓")


def test_a_statement_link_shows_the_sentence_marked(page: Page, site: str) -> None:
    page.goto(f"{site}/en/courses/ecs/lessons/efs/?s=efs-multi-az#efs-multi-az")
    statement = page.locator("#efs-multi-az")
    expect(statement).to_have_class(re.compile(r"\bmarked\b"))
    expect(statement).to_be_in_viewport()


def test_a_link_between_lessons_leads_to_the_statement(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/courses/ecs/lessons/load-balancers/")
    link = page.locator(".prose a[href*='?s=']").first
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(page.locator(f"[id='{target}']")).to_have_class(re.compile(r"\bmarked\b"))


def test_scrolling_to_the_end_counts_as_read(page: Page, site: str, alice: Learner) -> None:
    sign_in(page.context, site, alice)
    page.goto(f"{site}/ko/courses/ecs/lessons/efs/")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.locator(".lesson-end").scroll_into_view_if_needed()
    reading = Reading.objects.get(learner=alice, lesson__slug="efs")
    assert reading.finished_at


def test_a_heading_gives_its_link(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/courses/ecs/lessons/efs/")
    button = page.locator(".prose h2 button").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/lessons/efs/#."))


def test_a_slash_leads_to_search_that_finds_as_one_types(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/")
    with page.expect_navigation():
        page.keyboard.press("/")
    page.keyboard.press("/")
    page.keyboard.type("가용")
    expect(page.locator("#search-results mark").first).to_have_text("가용")


def test_a_page_works_without_javascript(page: Page, site: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False, locale="en-US")
    bare = context.new_page()
    bare.goto(f"{site}/")
    expect(bare).to_have_url(f"{site}/en/")
    bare.locator("a.btn.big").first.click()
    bare.locator("button[name=go]").click()
    expect(bare).to_have_url(f"{site}/en/courses/ecs/lessons/iam-roles/")
    context.close()
