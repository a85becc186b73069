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
    Kind("404", "nowhere/"),
)

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def visit(page: Page, site: str, kind: Kind, language: str) -> None:
    """Bring `page` to a page of `kind`."""
    page.goto(f"{site}/{language}/{kind.path}")
    kind.step(page)
