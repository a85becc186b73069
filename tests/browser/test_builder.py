"""Designing in a browser: by keys alone, by touch, without JavaScript, with the mouse; and what axe says on the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.pages import drawn_anew
from tests.browser.test_axe_pages import findings

# What to choose in each scenario for full marks, as ids of controls; "0" is the first service.
COMPANY_PAGE = ("0-launch-fargate", "0-load-balancer-alb")
REALTIME_GAME = ("0-launch-fargate", "0-load-balancer-nlb", "0-listener-udp")
TWO_ROLES = (
    "0-launch-fargate",
    "0-role-own",
    "0-grants-s3",
    "0-load-balancer-alb",
    "0-listener-https",
    "1-launch-fargate",
    "1-role-own",
    "1-grants-dynamodb",
    "1-load-balancer-alb",
    "1-listener-https",
)
SCENARIOS = {"company-page": COMPANY_PAGE, "realtime-game": REALTIME_GAME, "two-services-two-roles": TWO_ROLES}
each_scenario = pytest.mark.parametrize("slug", SCENARIOS)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]  # a plain dict of its arguments
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def control(page: Page, name: str) -> str:
    return f"#field-services-{name}"


def barriers(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in findings(page)]
    page.emulate_media(color_scheme="light")
    return found


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on `selector`, or on its group of radio buttons."""
    wanted = f"""() => {{
        const one = document.querySelector('{selector}'), at = document.activeElement;
        return one === at || (one.type === "radio" && at.name === one.name);
    }}"""
    for _ in range(150):
        if page.evaluate(wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by Tab")


def choose_by_keys(page: Page, selector: str) -> None:
    """Choose a card as a keyboard user does: Tab to its group, arrows or Space within. Each step is a POST."""
    tab_to(page, selector)
    for _ in range(6):
        if page.locator(selector).is_checked():
            return
        with drawn_anew(page):
            page.keyboard.press("Space" if page.locator(selector).get_attribute("type") == "checkbox" else "ArrowDown")
    raise AssertionError(f"{selector} cannot be chosen by keys")


@each_scenario
def test_by_keys_alone(page: Page, site: str, slug: str) -> None:
    page.goto(f"{site}/en/builder/{slug}/")
    for name in SCENARIOS[slug]:
        choose_by_keys(page, control(page, name))
        page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    assert page.locator("#said").inner_text().startswith("Score 100")
    tab_to(page, 'button[formaction$="/submit/"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "100 of 100" in page.title()


@each_scenario
def test_by_touch_on_a_phone(phone: Page, site: str, slug: str) -> None:
    phone.goto(f"{site}/ko/builder/{slug}/")
    for name in SCENARIOS[slug]:
        with drawn_anew(phone):
            phone.locator(control(phone, name)).tap()
        assert phone.locator(control(phone, name)).is_checked()
    phone.wait_for_selector(".ring.right")
    tops = [
        phone.locator(one).bounding_box()["y"]  # type: ignore[index]  # each is on the page
        for one in (".canvas", ".score", ".rules", ".controls")
    ]
    assert tops == sorted(tops)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with phone.expect_navigation():
        phone.locator('button[formaction$="/submit/"]').tap()
    assert "100" in phone.title()


@each_scenario
def test_without_javascript(without_scripts: Page, site: str, slug: str) -> None:
    page = without_scripts
    page.goto(f"{site}/ko/builder/{slug}/")
    for name in SCENARIOS[slug]:
        page.locator(control(page, name)).check(force=True)
    page.locator(".redraw").click()
    assert page.locator(".ring text").text_content() == "100"
    page.locator("#undo").click()
    assert page.locator(".ring").count() == 0
    page.locator("#redo").click()
    page.locator('button[formaction$="/submit/"]').click()
    assert "100" in page.title()


def test_a_card_can_be_dragged_onto_a_place_with_the_mouse(page: Page, site: str) -> None:
    page.goto(f"{site}/en/builder/company-page/")
    card, place = page.locator(".pick", has_text="ALB"), page.locator(".drawing.wide a.balancer")
    card.scroll_into_view_if_needed()
    begin, end = card.bounding_box(), place.bounding_box()
    assert begin
    assert end
    page.mouse.move(begin["x"] + 60, begin["y"] + 20)
    page.mouse.down()
    page.mouse.move(begin["x"] + 90, begin["y"] + 20)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 15)
    assert page.locator(".ghost").inner_text() == "ALB"
    assert page.locator("a.dp.over").count() == 1
    with drawn_anew(page):
        page.mouse.up()
    assert page.locator(control(page, "0-load-balancer-alb")).is_checked()
    assert page.locator(".ghost").count() == 0
    assert "Load balancer: ALB." in page.locator("#said").inner_text()


def test_a_card_dropped_beside_every_place_chooses_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/en/builder/company-page/")
    begin = page.locator(".pick", has_text="Fargate").bounding_box()
    assert begin
    page.mouse.move(begin["x"] + 60, begin["y"] + 20)
    page.mouse.down()
    page.mouse.move(begin["x"] + 500, begin["y"] - 60, steps=3)
    page.mouse.up()
    assert page.locator(".ghost").count() == 0
    assert not page.locator(control(page, "0-launch-fargate")).is_checked()


def test_undo_and_redo_by_keys(page: Page, site: str) -> None:
    page.goto(f"{site}/en/builder/company-page/")
    fargate = control(page, "0-launch-fargate")
    with drawn_anew(page):
        page.locator(fargate).check(force=True)
    with drawn_anew(page):
        page.keyboard.press("Control+z")
    assert not page.locator(fargate).is_checked()
    with drawn_anew(page):
        page.keyboard.press("Control+Shift+Z")
    assert page.locator(fargate).is_checked()


def test_what_is_done_while_an_answer_is_on_its_way_waits_for_it(page: Page, site: str) -> None:
    page.goto(f"{site}/en/builder/company-page/")
    fargate, alb = control(page, "0-launch-fargate"), control(page, "0-load-balancer-alb")
    on_its_way: list[Route] = []
    for address in ("**/check/", "**/redo/"):
        page.route(address, lambda route: on_its_way.append(route), times=1)
    page.locator(fargate).check(force=True)
    page.keyboard.press("Control+z")
    on_its_way.pop().continue_()
    page.wait_for_selector(f"{fargate}:not(:checked)", state="attached")
    page.keyboard.press("Control+Shift+Z")
    page.locator(alb).check(force=True)
    on_its_way.pop().continue_()
    page.wait_for_selector(f"{fargate}:checked", state="attached")
    expect(page.locator("#said")).to_contain_text("Load balancer: ALB.")
    assert page.locator(fargate).is_checked()
    assert page.locator(alb).is_checked()


def test_no_barrier_on_the_way(page: Page, site: str) -> None:
    """Each state that test_axe_pages.py does not see: hints, explanations, comparing."""
    page.goto(f"{site}/ko/builder/photo-upload-api/")
    for button in ("#mode-half-built", "#hint", "#hint", "#hint", "#ask-nearest", "#ask-when-right"):
        with drawn_anew(page):
            page.locator(button).click()
    assert barriers(page) == []
    with page.expect_navigation():
        page.locator('button[formaction$="/submit/"]').click()
    assert barriers(page) == []
    page.locator("a[href*='/since/']").click()
    assert barriers(page) == []
    page.goto(f"{site}/ko/builder/photo-upload-api/")
    assert barriers(page) == []
    page.goto(f"{site}/ko/builder/")
    assert barriers(page) == []
