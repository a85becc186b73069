"""What tests of exam day share: a page whose connection may fail, and an exam that has begun."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from learning.models import Learner
from quizzes.models import Attempt, Quiz
from quizzes.services import start_attempt
from tests.browser.conftest import PATIENCE, sign_in


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any script error fails the test. What cannot be loaded is the very thing tried here."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_default_timeout(PATIENCE)
    yield page
    assert problems == []


@pytest.fixture
def sitting(context: BrowserContext, site: str, alice: Learner) -> Attempt:
    """An exam that alice, who is signed in, has begun a moment ago."""
    sign_in(context, site, alice)
    exam = Quiz.objects.get(slug="exam")
    return start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="alice")
