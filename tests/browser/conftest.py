"""A real browser on the real pages. Without a browser the run stops with the cure: nothing is skipped."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from learning.models import Course, Learner
from scripts.local import chromium
from tests.conftest import signed_in

# Playwright's synchronous interface keeps an event loop in the test's thread, which trips Django's guard.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20_000  # ms: what a page shows in the end is tried here, not how fast on a busy machine
CURE = (
    "No browser for the browser tests. Debian: apt install chromium fonts-noto-cjk. "
    "Elsewhere: .venv/bin/playwright install --with-deps chromium. Or set CHROMIUM=/path/to/chromium."
)
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _browser_is_there(playwright: Playwright) -> None:
    if not chromium() and not Path(playwright.chromium.executable_path).exists():
        pytest.exit(CURE, returncode=3)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How the browser is started: the machine's own when there is one, in its sandbox unless root."""
    found = {"executable_path": path} if (path := chromium()) else {}
    return {**browser_type_launch_args, **found, "args": list(QUIET), "chromium_sandbox": os.geteuid() != 0}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Korean reader at a desk, whom nothing moves for."""
    return {
        **browser_context_args,
        "locale": "ko-KR",
        "viewport": {"width": 1360, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def _answered(transactional_db: None) -> Iterator[None]:
    """Between closing the browser's pages and emptying the database: let the site finish what they still asked for.

    PostgreSQL would else find a deadlock between emptying and a request, and the next test begin with old rows.
    """
    yield
    until = time.monotonic() + PATIENCE / 1000
    while any("process_request" in thread.name for thread in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.02)


@pytest.fixture
def site(live_server: LiveServer, course: Course) -> str:
    """The address of a running site that holds the shipped course."""
    return str(live_server.url)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which any script error, and anything the CSP blocks, fails the test."""
    problems: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A page that answers 404 says so in the console as well: that is no fault of the page.
        if message.type == "error" and message.location.get("url") != page.url:
            problems.append(f"console: {message.text}")

    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("console", heard)
    page.set_default_timeout(PATIENCE)
    yield page
    assert problems == []


def sign_in(context: BrowserContext, site: str, learner: Learner) -> None:
    """Give `context` the session of `learner`."""
    client: Client = signed_in(learner)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
