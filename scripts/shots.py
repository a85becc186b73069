"""Screenshots of every page kind at three widths, in both schemes and languages.

    make shots                       # all of them, into var/shots/
    make shots ONLY=lesson           # page kinds whose name holds "lesson"; several with commas
    make shots ONLY=home WIDTHS=390  # at these widths

Serves a fresh database of its own, in which scripts/demo.py lets people study by the site's own services.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.local import chromium, free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent
OUT = Path(os.environ.get("SHOTS", ROOT / "var" / "shots"))
HEIGHTS = {390: 844, 768: 1024, 1360: 900}
SCHEMES = ("light", "dark")
LANGUAGES = ("ko", "en")
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

# Page kinds by who looks at them, with what stands after the language. {names} are what scripts/demo.py left behind.
VISITOR = {
    "guest-home": "/",
    "course": "/courses/ecs/",
    "lesson": "/courses/ecs/lessons/launch-types/",
    "lesson-marked": "/courses/ecs/lessons/iam-roles/?s=task-role-for-containers#task-role-for-containers",
    "lesson-load-balancers": "/courses/ecs/lessons/load-balancers/",
    "lesson-efs": "/courses/ecs/lessons/efs/",
    "guest-search": "/search/?q=EFS",
    "guest-progress": "/progress/",
    "guest-review": "/review/",
    "guest-level": "/level/",
    "guest-data": "/accounts/data/",
    "builder-list": "/builder/",
    "guest-builder": "/builder/company-page/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "missing": "/nowhere/",
}
LEARNER = {
    "home": "/",
    "progress": "/progress/",
    "review": "/review/",
    "level": "/level/",
    "quizzes": "/quizzes/",
    "quiz": "/quizzes/practice/",
    "quiz-exam": "/quizzes/exam/",
    "question": "/attempts/{open}/3/",
    "question-checked": "/attempts/{open}/1/",
    "result": "/attempts/{practice}/result/",
    "exam-result": "/attempts/{exam}/result/",
    "exam-review": "/attempts/{exam}/review/",
    "notebook": "/attempts/{exam}/notes/",
    "builder": "/builder/company-page/",
    "report": "/builder/submissions/{report}/",
    "classes": "/classes/",
    "class": "/classes/{room}/",
    "join": "/join/",
    "data": "/accounts/data/",
    "data-forget": "/accounts/data/forget/",
    "data-delete": "/accounts/data/delete/",
    "password": "/accounts/password/change/",
}
TAKER = {
    "exam-question": "/attempts/{running}/6/",
    "exam-check": "/attempts/{running}/check/",
    "exam-home": "/",
}
INSTRUCTOR = {
    "author-bank": "/author/",
    "author-bank-own": "/author/?whose=mine",
    "author-bank-none": "/author/?q=zzzz",
    "author-statements": "/author/statements/ecs/?q=EFS",
    "author-new": "/author/questions/new/",
    "author-question": "/author/questions/{own}/",
    "author-file-question": "/author/questions/1/",
    "author-publish": "/author/questions/{draft}/publish/",
    "author-publish-error": "/author/questions/{own}/publish/",
    "author-history": "/author/questions/{own}/history/",
    "author-file-history": "/author/questions/1/history/",
    "author-try": "/author/questions/1/try/",
    "author-quizzes": "/author/quizzes/",
    "author-new-quiz": "/author/quizzes/new/",
    "author-quiz-chosen": "/author/quizzes/{own_quiz}/",
    "author-quiz-drawn": "/author/quizzes/{draft_quiz}/",
    "author-import": "/author/import/",
    "author-import-batch": "/author/import/{batch}/",
    "author-export": "/author/export/",
    "author-export-gift": "/author/export/?format=gift&language=ko",
    "author-classes": "/author/classes/",
    "author-class": "/author/classes/{room}/",
    "author-class-given": "/author/classes/{room}/given/{gift}/",
    "author-class-member": "/author/classes/{room}/members/{member}/",
    "author-class-results": "/author/results/classes/{room}/",
    "author-learner-results": "/author/results/classes/{room}/{member}/",
    "author-attempt-results": "/author/results/classes/{room}/attempts/{work}/",
    "author-results": "/author/results/",
    "author-quiz-results": "/author/results/quizzes/1/",
    "author-item": "/author/questions/1/results/",
    "author-inbox": "/author/reports/",
    "author-report": "/author/reports/{report_of}/",
    "author-regrades": "/author/questions/{own}/regrade/",
    "author-audit": "/author/audit/",
}
PEOPLE = {"": VISITOR, "demo": LEARNER, "taker": TAKER, "ines": INSTRUCTOR}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take: of which kind of page, at which address after the language, as whom ("" for a visitor)."""

    kind: str
    path: str
    person: str


@contextmanager
def site(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Serve a fresh site with its data in `folder`; yield its address and what scripts/demo.py left behind."""
    shutil.rmtree(folder, ignore_errors=True)
    port = free_port()
    values = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    run("scripts.prepare", values)
    demo = json.loads(run("scripts.demo", values).splitlines()[-1])
    command = [sys.executable, "-m", "scripts.serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=values, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", demo
    finally:
        server.terminate()
        server.wait(10)


def run(module: str, values: Mapping[str, str]) -> str:
    """Run a module of this repository to its end; return what it printed."""
    command = [sys.executable, "-m", module]
    return subprocess.run(command, cwd=ROOT, env=values, check=True, stdout=subprocess.PIPE, text=True).stdout


def wanted(only: str, found: Mapping[str, object]) -> list[Shot]:
    """Return what to take: kinds whose name holds one of `only` (comma-separated; "" for all)."""
    names = [name.strip() for name in only.split(",")]
    shots = [Shot(kind, path, person) for person, kinds in PEOPLE.items() for kind, path in kinds.items()]
    return [
        Shot(shot.kind, shot.path.format_map(found), shot.person)
        for shot in shots
        if any(name in shot.kind for name in names)
    ]


def context_for(browser: Browser, width: int, scheme: str, base: str, session: str | None) -> BrowserContext:
    """Return a window of `width`, in which the owner of `session` is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return context


def take(page: Page, base: str, shot: Shot, name: str, language: str) -> str | None:
    """Take one picture; return what went wrong, if anything: one bad page must not cost all the others."""
    try:
        answer = page.goto(f"{base}/{language}{shot.path}", wait_until="load")
        page.wait_for_timeout(150)  # scripts have run: the page stands as it will
        page.screenshot(path=OUT / f"{name}-{language}.png", full_page=True)
    except BrowserError as error:
        return f"{name}-{language}: {str(error).splitlines()[0]}"
    expected = 404 if shot.kind == "missing" else 200
    return None if answer and answer.status == expected else f"{name}-{language}: {answer and answer.status}"


def shoot(browser: Browser, base: str, shots: list[Shot], sessions: Mapping[str, str]) -> tuple[int, list[str]]:
    """Take the pictures; return how many, and what went wrong."""
    count, wrong = 0, []
    widths = [int(width) for width in os.environ.get("WIDTHS", "390,768,1360").split(",")]
    for width, scheme, person in itertools.product(widths, SCHEMES, PEOPLE):
        context = context_for(browser, width, scheme, base, sessions.get(person))
        page = context.new_page()
        mine = [shot for shot in shots if shot.person == person]
        for shot, language in itertools.product(mine, LANGUAGES):
            problem = take(page, base, shot, f"{shot.kind}-{width}-{scheme}", language)
            wrong += [problem] if problem else []
            count += 1
        context.close()
    return count, wrong


def main() -> int:
    """Seed, shoot, say where the pictures are; return 1 when a page did not come."""
    OUT.mkdir(parents=True, exist_ok=True)
    folder = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "shots-data"
    with site(folder) as (base, demo), sync_playwright() as playwright:
        shots = wanted(os.environ.get("ONLY", ""), demo["found"])
        sandbox = os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=sandbox, args=FLAGS)
        count, wrong = shoot(browser, base, shots, demo["sessions"])
        browser.close()
    print(f"{count} pictures in {OUT}/")
    for problem in wrong:
        print(f"WRONG {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
