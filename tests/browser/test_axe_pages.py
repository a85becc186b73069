"""axe finds nothing on any kind of page: WCAG 2.2 A and AA and its best practices, both languages, both schemes."""

from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_playwright_axe.axe import MIN_AXE_PATH

from learning.models import Learner
from tests.browser.conftest import sign_in
from tests.browser.pages import Kind, every_kind, visit

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async tags => (await axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})).violations"""


def findings(page: Page) -> list[str]:
    """Return what axe has against `page` as it stands, a line each. Our pages have no frames, so one run sees all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(MIN_AXE_PATH.read_text())
    violations: list[dict[str, Any]] = page.evaluate(RUN, list(TAGS))
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:150] for node in rule['nodes']][:3]}" for rule in violations
    ]


@every_kind
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_has_no_barrier(page: Page, site: str, kind: Kind, language: str, alice: Learner) -> None:
    kind.before(alice)
    if kind.signed_in:
        sign_in(page.context, site, alice)
    visit(page, site, kind, language)
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in findings(page)]
    assert "\n".join(found) == ""


def test_axe_sees_a_barrier(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert any(line.startswith("image-alt") for line in findings(page))


def test_the_chosen_scheme_is_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    page.locator("details.menu > summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert findings(page) == []
