"""Screenshots of every page kind at three widths, in both schemes and languages, as a demo learner sees them.

    make shots                 # all of them, into var/shots/
    make shots ONLY=lesson     # page kinds whose name holds "lesson"

Serves a fresh database of its own, so that pictures of two days can be compared.
"""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "shots"
WIDTHS = {390: 844, 768: 1024, 1360: 900}
SCHEMES = ("light", "dark")
LANGUAGES = ("ko", "en")
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def browser_path() -> str | None:
    """Return the Chromium to use, or None for Playwright's own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """Serve a fresh site with its data in `folder`; yield its address."""
    shutil.rmtree(folder, ignore_errors=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": port}
    subprocess.run([sys.executable, "-m", "scripts.prepare"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "scripts.serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str, seconds: float = 20) -> None:
    """Return when `url` answers; raise TimeoutError after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1)  # noqa: S310 - our own loopback address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def seed(page: Page, base: str) -> dict[str, str]:
    """Study a little as a new learner; return the addresses (after the language) of every page kind."""
    page.goto(f"{base}/ko/accounts/signup/")
    page.fill("[name=username]", "demo")
    page.fill("[name=password1]", "a-quiet-harbour")
    page.fill("[name=password2]", "a-quiet-harbour")
    page.click("main form button")
    page.goto(f"{base}/ko/courses/ecs/lessons/launch-types/")
    page.click("button[name=go]")
    kinds = dict(PLAIN)
    kinds |= seed_quiz(page, base)
    kinds |= seed_builder(page, base)
    return kinds


PLAIN = {
    "home": "/",
    "course": "/courses/ecs/",
    "lesson": "/courses/ecs/lessons/launch-types/",
    "lesson-marked": "/courses/ecs/lessons/iam-roles/?s=task-role-for-containers#task-role-for-containers",
    "lesson-load-balancers": "/courses/ecs/lessons/load-balancers/",
    "lesson-efs": "/courses/ecs/lessons/efs/",
    "search": "/search/?q=EFS",
    "progress": "/progress/",
    "missing": "/nowhere/",
    "quizzes": "/quizzes/",
    "builder-list": "/builder/",
    "password": "/accounts/password/change/",
}
SIGNED_OUT = {"guest-home": "/", "sign-in": "/accounts/login/", "sign-up": "/accounts/signup/"}


def after_language(url: str, base: str) -> str:
    """Return the part of `url` behind /ko or /en."""
    return url.removeprefix(base)[3:]


def seed_quiz(page: Page, base: str) -> dict[str, str]:
    """Answer the first question of the practice quiz; return the addresses of its pages."""
    page.goto(f"{base}/ko/quizzes/practice/")
    page.click("main form button")
    first = after_language(page.url, base)
    page.locator("main input[type=radio], main input[type=checkbox]").first.check(force=True)
    page.click("button[value=check]")
    page.wait_for_load_state("networkidle")
    attempt = first.rsplit("/", 2)[0]
    return {
        "quiz": "/quizzes/practice/",
        "question-checked": first,
        "question": f"{attempt}/2/",
        "result": f"{attempt}/result/",
    }


def seed_builder(page: Page, base: str) -> dict[str, str]:
    """Submit a first design; return the addresses of the builder's pages."""
    page.goto(f"{base}/ko/builder/company-page/")
    page.locator("button[formaction$='submit/'], button[name=submit]").first.click()
    page.wait_for_load_state("networkidle")
    return {"builder": "/builder/company-page/", "report": after_language(page.url, base)}


def shoot(browser: Browser, base: str, kinds: dict[str, str], state: str | None, only: str) -> int:
    """Take the pictures of `kinds`; return how many."""
    count = 0
    for (width, height), scheme in itertools.product(WIDTHS.items(), SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            storage_state=state,
            reduced_motion="reduce",
        )
        page = context.new_page()
        for (kind, path), language in itertools.product(kinds.items(), LANGUAGES):
            if only not in kind:
                continue
            page.goto(f"{base}/{language}{path}")
            page.screenshot(path=OUT / f"{kind}-{width}-{scheme}-{language}.png", full_page=True)
            count += 1
        context.close()
        print(f"{width} px {scheme}: {count} so far", flush=True)
    return count


def main() -> None:
    """Seed, shoot, and say where the pictures are."""
    only = os.environ.get("ONLY", "")
    OUT.mkdir(parents=True, exist_ok=True)
    with site(ROOT / "var" / "shots-data") as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), chromium_sandbox=os.geteuid() != 0, args=FLAGS
        )
        context = browser.new_context()
        kinds = seed(context.new_page(), base)
        state = str(OUT / "state.json")
        context.storage_state(path=state)
        count = shoot(browser, base, kinds, state, only) + shoot(browser, base, SIGNED_OUT, None, only)
        browser.close()
    print(f"{count} pictures in {OUT.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
