"""The question editor in a real browser: saved by itself, nothing typed is lost, keys, lines, citations, no barrier."""

import pytest
from playwright.sync_api import Page, Route, expect

from learning.models import Course, Learner
from quizzes.models import Question, QuestionDraft
from quizzes.services.authoring import save_draft, written
from tests.browser.conftest import sign_in
from tests.browser.test_axe_pages import findings
from tests.browser.test_narrow import SMALL_TARGETS, SMALLEST, TOO_WIDE
from tests.quizzes.author.make import ENGLISH, KOREAN, NOW, make_published, make_question, writing


@pytest.fixture
def question(page: Page, site: str, course: Course, ines: Learner) -> Question:
    """A draft of ines's, whose editor is open."""
    made = make_question(course, ines)
    sign_in(page.context, site, ines)
    page.goto(f"{site}/en/author/questions/{made.pk}/")
    return made


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def drafted(question: Question) -> dict[str, str]:
    texts: dict[str, str] = QuestionDraft.objects.get(question=question).texts
    return texts


def test_it_works(page: Page, question: Question) -> None:
    page.locator("#text-en").fill(ENGLISH.replace("no server", "not one server") + "\n\n")
    expect(page.locator("#preview")).to_contain_text("not one server")
    saved(page)
    assert "not one server" in drafted(question)["en"]
    page.locator("#text-en").press("Control+Enter")
    page.wait_for_url("**/publish/")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Published")
    expect(page.locator("#kept-here")).to_be_hidden()  # all of it is on the server


def test_ctrl_s_saves_at_once(page: Page, question: Question) -> None:
    page.locator("#text-ko").press("Control+End")
    page.keyboard.type("\n\n> [!hint]\n> 힌트")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.keyboard.press("Control+s")
    saved(page)
    assert drafted(question)["ko"].endswith("> 힌트")


def test_a_message_leads_to_its_line_and_a_statement_comes_in_there(page: Page, question: Question) -> None:
    page.locator("#text-en").fill(ENGLISH.replace(" [[launch-types#^ec2-your-servers]]", ""))
    page.locator(".lint a[data-lang=en]").first.click()  # selects the line, which stays
    page.locator("details.cite summary").click()
    page.locator("#cite-q").fill("your-servers")
    expect(page.locator("[data-insert]")).to_have_count(1)  # the list has been searched
    page.locator("[data-insert]").first.click()
    expect(page.locator(".lint.good")).to_be_visible()
    assert drafted(question)["en"] == ENGLISH


def test_a_new_question_is_written_cited_and_published_by_keyboard(
    page: Page, site: str, course: Course, ines: Learner
) -> None:
    sign_in(page.context, site, ines)
    page.goto(f"{site}/en/author/questions/new/")
    expect(page.locator("#id_topic")).to_be_focused()
    page.locator("main form button[type=submit]").press("Enter")
    expect(page.locator("#text-en")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(ENGLISH.replace(" [[launch-types#^ec2-your-servers]]", ""))
    page.keyboard.press("Control+k")
    expect(page.locator("#cite-q")).to_be_focused()
    page.keyboard.type("your-servers")
    page.keyboard.press("Enter")  # before the list of these words has come: it waits for it
    expect(page.locator("#text-en")).to_be_focused()
    expect(page.locator("#text-en")).to_have_value(ENGLISH)
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/publish/")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Published")


@pytest.fixture
def bare(page: Page, question: Question) -> Page:
    """The editor in a page of its own, which may tell the console of requests that failed."""
    opened = page.context.new_page()
    opened.goto(page.url)
    return opened


def refuse_saves(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_while_the_network_is_away_nothing_is_lost(bare: Page, question: Question) -> None:
    bare.route("**/author/questions/**", refuse_saves)
    bare.locator("#text-en").fill("### Typed offline?")
    expect(bare.locator("#saved")).to_have_attribute("data-state", "offline")
    bare.on("dialog", lambda dialog: dialog.accept())
    bare.reload()
    bare.unroute("**/author/questions/**")
    bare.get_by_role("button", name="Put it back").click()
    saved(bare)
    assert drafted(question)["en"] == "### Typed offline?"


def test_the_network_back_it_is_saved_by_itself(bare: Page, question: Question) -> None:
    bare.context.set_offline(True)
    bare.locator("#text-en").fill("### Typed offline?")
    expect(bare.locator("#saved")).to_have_attribute("data-state", "offline")
    bare.context.set_offline(False)
    saved(bare)
    assert drafted(question)["en"] == "### Typed offline?"


def test_signed_out_it_says_so_and_goes_on_after_signing_in(bare: Page, question: Question, site: str) -> None:
    bare.context.clear_cookies()
    bare.locator("#text-en").fill("### Typed signed out?")
    expect(bare.locator("#saved")).to_have_attribute("data-state", "gone")
    other = bare.context.new_page()
    other.goto(f"{site}/en/accounts/login/")
    other.locator("[name=login]").fill("ines")
    other.locator("[name=password]").fill("ines-studies-here")
    other.locator("main button[type=submit]").click()
    other.wait_for_url("**/en/")
    bare.bring_to_front()
    bare.locator("#text-en").press("Control+s")
    saved(bare)
    assert drafted(question)["en"] == "### Typed signed out?"


def test_two_windows(page: Page, question: Question, ines: Learner) -> None:
    assert ines.user
    save_draft(question=question, writing=writing({"ko": "### 먼저?"}), base=1, actor=ines.user, now=NOW)
    page.locator("#text-en").fill("### Mine?")
    expect(page.locator("#saved")).to_have_attribute("data-state", "torn")
    expect(page.locator("#text-en")).to_have_value("### Mine?")
    page.get_by_text("Keep both").click()
    page.wait_for_url(lambda url: str(question.pk) not in url.split("/author/")[1])
    texts = list(QuestionDraft.objects.order_by("pk").values_list("texts", flat=True))
    assert texts == [{"ko": "### 먼저?"}, {"en": "### Mine?", "ko": KOREAN}]


@pytest.mark.parametrize("name", ["", "publish/", "history/", "try/"])
def test_no_barrier_and_nothing_too_wide(page: Page, site: str, course: Course, ines: Learner, name: str) -> None:
    made = make_published(course, ines)
    assert ines.user
    save_draft(
        question=made, writing=writing({"en": ENGLISH + "\nodd"}), base=written(made).base, actor=ines.user, now=NOW
    )
    sign_in(page.context, site, ines)
    page.goto(f"{site}/en/author/questions/{made.pk}/{name}")
    check(page)


@pytest.mark.parametrize("path", ["", "questions/new/", "statements/ecs/?q=Fargate"])
def test_lists_have_no_barrier(page: Page, site: str, course: Course, ines: Learner, path: str) -> None:
    make_question(course, ines, tags=["fargate"])
    sign_in(page.context, site, ines)
    page.goto(f"{site}/ko/author/{path}")
    check(page)


def check(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it takes
        assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.evaluate(TOO_WIDE, 390)
    assert "\n".join(page.evaluate(SMALL_TARGETS, SMALLEST)) == ""
