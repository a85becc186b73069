"""A phone: nothing scrolls sideways, and what one taps is large enough for a finger."""

import pytest
from playwright.sync_api import Page

from learning.models import Learner
from tests.browser.conftest import sign_in
from tests.browser.pages import Kind, every_kind, visit

# A phone: a finger and no mouse, so that rules for `hover: none` hold.
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
pytestmark = pytest.mark.browser_context_args(**PHONE)

WIDTH = 390
SMALLEST = 44  # CSS pixels, both ways

# Links inside text are as large as the text; everything else one taps is measured, a label together with its control.
SMALL_TARGETS = """smallest => {
  const targets = [...document.querySelectorAll(
    "button, summary, select, nav a, .bar a, a.btn, a.card, label:has(input), " +
    "input:not([type=hidden], [type=checkbox], [type=radio])")];
  return targets
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest(".visually-hidden"))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < smallest - .5 || box.height < smallest - .5))
    .map(([e, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${e.outerHTML.slice(0, 120)}`);
}"""
TOO_WIDE = """width => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML.slice(0, 120)).slice(0, 5)"""


def arrive(page: Page, site: str, kind: Kind, learner: Learner) -> None:
    kind.before(learner)
    if kind.signed_in:
        sign_in(page.context, site, learner)
    visit(page, site, kind, "ko")


@every_kind
def test_nothing_scrolls_sideways_and_all_targets_fit_a_finger(
    page: Page, site: str, kind: Kind, alice: Learner
) -> None:
    arrive(page, site, kind, alice)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= WIDTH, page.evaluate(TOO_WIDE, WIDTH)
    assert "\n".join(page.evaluate(SMALL_TARGETS, SMALLEST)) == ""


def test_the_menu_fits_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site}/ko/")
    page.locator("details.menu > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "\n".join(page.evaluate(SMALL_TARGETS, SMALLEST)) == ""
