"""Plain functions on an exam and its page."""

import re

from django.utils import timezone
from playwright.sync_api import Page

from quizzes.models import Attempt, AttemptItem

SAVED = re.compile(r"저장됨 \d\d:\d\d:\d\d")


def at(site: str, attempt: Attempt, what: str = "1/") -> str:
    return f"{site}/ko/attempts/{attempt.pk}/{what}"


def singles(attempt: Attempt) -> list[int]:
    """Return the numbers of the questions with one answer, one of which another one follows."""
    numbers = [row.number for row in attempt.items.select_related("revision") if len(row.revision.secret["key"]) == 1]
    follow = next(number for number in numbers if number + 1 in numbers)
    return [follow, follow + 1]


def answer(attempt: Attempt, number: int) -> AttemptItem:
    """Return a question with its current answer."""
    return attempt.items.with_answers().get(number=number)


def seconds_left(attempt: Attempt) -> float:
    assert attempt.deadline_at
    return (attempt.deadline_at - timezone.now()).total_seconds()


def responses(attempt: Attempt) -> list[list[int] | None]:
    return [row.response for row in attempt.items.with_answers()]


def choose(page: Page, index: int) -> None:
    page.locator("#answer input[name=option]").nth(index).check(force=True)
