"""Every kind of page there is, in one place: what is checked on all pages reads this list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from playwright.sync_api import Page

from learning.models import Course, Evidence, Learner, Lesson
from learning.services import mark_read
from learning.services.classes import give, join_class, make_class
from quizzes.services import Place, report_problem
from tests.learning.test_own_data import examined, practised

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
    """Answer the first question that has options to choose, and have it marked."""
    start_quiz(page)
    options = page.locator(".opts input[name=option]")
    while not options.count():  # what is drawn is chance: a matching or an ordering is passed over
        click("a[rel=next]")(page)
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


def end_level(page: Page) -> None:
    """Begin the level check, say once that one does not know, and end it."""
    click("main form[method=post] button.btn")(page)
    page.locator("button[name=unknown]").click()
    page.wait_for_selector("#take-question[data-number='2']")
    click(".level-end button")(page)
    open_all(page)


@contextmanager
def drawn_anew(page: Page) -> Iterator[None]:
    """Leave when the answer to what is done within stands on the builder's page, not when it has only arrived."""
    before = page.locator("#workbench").element_handle()
    yield
    before.wait_for_element_state("hidden")


def choose_part(page: Page) -> None:
    """Choose one part of the design, so that there are a score and findings."""
    with drawn_anew(page):
        page.locator("#workbench input[type=radio]:not(:checked)").first.check(force=True)


def hand_in(page: Page) -> None:
    """Hand the design in."""
    choose_part(page)
    click("button[formaction$='/submit/']")(page)


def open_all(page: Page) -> None:
    """Open everything that is folded: what is hidden is not looked at."""
    page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")


def nothing(learner: Learner) -> None:
    """Do nothing before: the learner is new."""


def study(learner: Learner) -> None:
    """Answer, be sure and wrong once, sit an exam, read a lesson."""
    practised(learner, right=6, wrong=6)
    Evidence.objects.filter(learner=learner, correct=False).update(confidence="sure")
    Evidence.objects.filter(learner=learner, correct=True).update(confidence="maybe")
    examined(learner, right=11)
    lesson = Lesson.objects.order_by("position")[0]
    mark_read(learner=learner, lesson=lesson, percent=100, now=timezone.now())


def teach(learner: Learner) -> None:
    """Become an instructor."""
    group, _ = Group.objects.get_or_create(name="Instructors")
    group.permissions.set(Permission.objects.filter(codename="author_quiz"))
    learner.user.groups.add(group)


def hold_class(learner: Learner) -> None:
    """Teach a class in which somebody has done what was given."""
    teach(learner)
    now, course = timezone.now(), Course.objects.get(slug="ecs")
    room = make_class(owner=learner.user, course=course, name="Harbour", now=now)
    member = Learner.objects.create(user=User.objects.create_user("member"))
    join_class(classroom=room, learner=member, name="Member M.", now=now)
    join_class(classroom=room, learner=learner, name="Teacher", now=now)
    give(classroom=room, source="quiz:practice", opens_at=None, closes_at=now + timedelta(days=1), now=now)
    attempt = practised(member, right=3, wrong=2)
    place = Place(attempt.pk, attempt.items.all()[0].number)
    report_problem(learner=member, place=place, text="Is B not right as well?", now=now)


@dataclass(frozen=True)
class Kind:
    """A kind of page: its `path` after the language, for alice when `signed_in`, and the `step` from there to it.

    `before`: what alice has done until then.
    """

    name: str
    path: str
    signed_in: bool = False
    step: Step = stay
    before: Callable[[Learner], None] = nothing


CLASS = "main a[href*='/author/classes/']"
RESULTS = "main a[href*='/author/results/quizzes/']"
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
    Kind("data", "accounts/data/", signed_in=True),
    Kind("data-guest", "accounts/data/"),
    Kind("data-forget", "accounts/data/forget/", signed_in=True),
    Kind("data-delete", "accounts/data/delete/", signed_in=True),
    Kind("home-studied", "", signed_in=True, before=study),
    Kind("progress-studied", "progress/", signed_in=True, step=open_all, before=study),
    Kind("data-studied", "accounts/data/", signed_in=True, before=study),
    Kind("level", "level/"),
    Kind("level-question", "level/", step=click("main form[method=post] button.btn")),
    Kind("level-result", "level/", step=end_level),
    Kind("review", "review/"),
    Kind("review-studied", "review/", signed_in=True, before=study),
    Kind("join", "join/"),
    Kind("classes", "classes/", signed_in=True, before=hold_class),
    Kind("class", "classes/", signed_in=True, step=click("main a[href*='/classes/']"), before=hold_class),
    Kind("author-bank", "author/", signed_in=True, before=teach),
    Kind("author-new", "author/questions/new/", signed_in=True, before=teach),
    Kind("author-question", "author/", signed_in=True, step=click("main a[href*='/author/questions/']"), before=teach),
    Kind("author-quizzes", "author/quizzes/", signed_in=True, before=teach),
    Kind("author-new-quiz", "author/quizzes/new/", signed_in=True, before=teach),
    Kind("author-import", "author/import/", signed_in=True, before=teach),
    Kind("author-export", "author/export/", signed_in=True, before=teach),
    Kind("author-classes", "author/classes/", signed_in=True, before=hold_class),
    Kind("author-class", "author/classes/", signed_in=True, step=click(CLASS), before=hold_class),
    Kind("author-results", "author/results/", signed_in=True, before=hold_class),
    Kind("author-quiz-results", "author/results/", signed_in=True, step=click(RESULTS), before=hold_class),
    Kind("author-reports", "author/reports/", signed_in=True, before=hold_class),
    Kind("author-audit", "author/audit/", signed_in=True, before=hold_class),
    Kind("404", "nowhere/"),
)

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def visit(page: Page, site: str, kind: Kind, language: str) -> None:
    """Bring `page` to a page of `kind`."""
    page.goto(f"{site}/{language}/{kind.path}")
    kind.step(page)
