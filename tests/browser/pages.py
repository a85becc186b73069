"""Every kind of page there is, in one place: what is checked on all pages reads this list."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

type Step = Callable[[Page], None]


def stay(page: Page) -> None:
    """Do nothing more: the address is the page."""


def click(selector: str) -> Step:
    """Return the step that clicks `selector` and waits for the page it leads to."""

    def step(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return step


def start_quiz(page: Page) -> None:
    """From a quiz's page to its first question."""
    click("form[method=post] button.btn.big")(page)


def mark_question(page: Page) -> None:
    """Answer the first question and have it marked."""
    start_quiz(page)
    options = page.locator(".opts input")
    asked = 1 if options.first.get_attribute("type") == "radio" else 2  # no item of the course asks for three
    for number in range(asked):
        with page.expect_response(lambda reply: reply.url.endswith("/answer/")):
            options.nth(number).check(force=True)
    page.locator("button[formaction$='/mark/']").click()
    page.wait_for_selector(".verdict")


def end_quiz(page: Page) -> None:
    """End the quiz at once."""
    start_quiz(page)
    click("aside form[method=post] button")(page)


def choose_part(page: Page) -> None:
    """Choose one part of the design, so that there are a score and findings."""
    with page.expect_response(lambda reply: reply.url.endswith("/check/")):
        page.locator("#workbench input[type=radio]:not(:checked)").first.check(force=True)
    page.wait_for_selector("#workbench .findings")


def hand_in(page: Page) -> None:
    """Hand the design in."""
    choose_part(page)
    click("button[formaction$='/submit/']")(page)


@dataclass(frozen=True)
class Kind:
    """A kind of page: its `path` after the language, for alice when `signed_in`, and the `step` from there to it."""

    name: str
    path: str
    signed_in: bool = False
    step: Step = stay


KINDS = (
    Kind("home", ""),
    Kind("home-learner", "", signed_in=True),
    Kind("course", "courses/ecs/"),
    Kind("lesson", "courses/ecs/lessons/launch-types/"),
    Kind("lesson-marked", "courses/ecs/lessons/efs/?s=efs-multi-az#efs-multi-az", signed_in=True),
    Kind("search", "search/"),
    Kind("search-hits", "search/?q=Fargate"),
    Kind("search-nothing", "search/?q=zzzz"),
    Kind("progress", "progress/"),
    Kind("progress-learner", "progress/", signed_in=True),
    Kind("login", "accounts/login/"),
    Kind("signup", "accounts/signup/"),
    Kind("logout", "accounts/logout/", signed_in=True),
    Kind("password", "accounts/password/change/", signed_in=True),
    Kind("quizzes", "quizzes/"),
    Kind("quiz", "quizzes/practice/"),
    Kind("question", "quizzes/practice/", step=start_quiz),
    Kind("question-marked", "quizzes/practice/", step=mark_question),
    Kind("quiz-result", "quizzes/practice/", step=end_quiz),
    Kind("quick-check", "quizzes/check/ecs/lt-001/"),
    Kind("scenarios", "builder/"),
    Kind("scenario", "builder/company-page/"),
    Kind("scenario-scored", "builder/company-page/", step=choose_part),
    Kind("report", "builder/company-page/", step=hand_in),
    Kind("404", "nowhere/"),
)

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def visit(page: Page, site: str, kind: Kind, language: str) -> None:
    """Bring `page` to a page of `kind`."""
    page.goto(f"{site}/{language}/{kind.path}")
    kind.step(page)
