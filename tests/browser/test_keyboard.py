"""Without a mouse: signing up, the level check, a lesson's quick check. The focus stands where one goes on."""

from playwright.sync_api import Page, expect

LESSON = "/ko/courses/ecs/lessons/launch-types/"


def test_it_works(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#main a").first).to_be_focused()


def test_what_was_wrong_has_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/accounts/signup/")
    page.locator("#id_username").focus()
    for typed in ("nari", "a-quiet-harbour", "another-harbour"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on the button
    expect(page.locator(".errorlist")).to_be_visible()
    expect(page.locator("#id_password2")).to_be_focused()


def test_the_next_question_of_the_level_check_has_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/level/")
    with page.expect_navigation():  # until its scripts run: before, a button leads to a page and not to a region
        page.get_by_role("button", name="시작하기").press("Enter")
    for number in (1, 2, 3):
        expect(page.locator("[data-number]")).to_have_attribute("data-number", str(number))
        if number > 1:
            expect(page.locator("#stem")).to_be_focused()
        page.locator("button[name=unknown]").press("Enter")


def test_the_verdict_of_a_quick_check_has_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}{LESSON}")
    check = page.locator(".check").first
    check.locator("input[type=radio]").first.press("Space")
    check.get_by_role("button").press("Enter")
    expect(page.locator(".check .verdict")).to_be_focused()
