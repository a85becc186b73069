"""Writing a quiz in a real browser: what is typed stays while the page counts, and the keyboard keeps its place."""

import pytest
from playwright.sync_api import Page, expect

from learning.models import Course, Learner
from tests.browser.conftest import sign_in
from tests.quizzes.author.make import make_published


@pytest.fixture
def editor(page: Page, site: str, course: Course, ines: Learner) -> Page:
    """The page of a new quiz, with a published question to choose."""
    make_published(course, ines)
    sign_in(page.context, site, ines)
    page.goto(f"{site}/en/author/quizzes/new/")
    return page


def test_it_works(editor: Page) -> None:
    editor.locator("input[name=what][value=quotas]").check()
    editor.locator("#row-topic-0").select_option(index=1)
    editor.locator("#row-count-0").fill("1")  # while the answer to the choice is on its way
    editor.keyboard.press("Tab")
    expect(editor.locator("#quota-total")).to_have_text("1 question in all")
    expect(editor.locator("#row-count-0")).to_have_value("1")
    expect(editor.locator(".quotas button", has_text="row 1")).to_be_focused()


def test_rows_come_and_go_under_the_keyboard(editor: Page) -> None:
    editor.locator("input[name=what][value=quotas]").check()
    editor.locator("#add-row").press("Enter")
    expect(editor.locator("#row-topic-1")).to_be_focused()
    expect(editor.locator("#said")).to_contain_text("0 questions in all")
    editor.locator("#drop-1").press("Enter")
    expect(editor.locator("#row-topic-1")).to_have_count(0)
    expect(editor.locator("#drop-0")).to_be_focused()


def test_what_has_the_keyboard_is_not_under_the_bar(editor: Page) -> None:
    editor.set_viewport_size({"width": 390, "height": 844})
    for name in ("minutes", "pilots", "listed"):
        editor.locator(f"[name={name}]").focus()
        editor.keyboard.press("Shift+Tab")
        editor.keyboard.press("Tab")
        box, bar = editor.locator(f"[name={name}]").bounding_box(), editor.locator(".saving").bounding_box()
        assert box
        assert bar
        assert box["y"] + box["height"] <= bar["y"]


def test_enter_in_the_search_keeps_the_place(editor: Page) -> None:
    editor.locator("#quiz-q").fill("zzzz")
    editor.keyboard.press("Enter")
    expect(editor.locator("#quiz-choosing .empty").first).to_have_text("No other question fits.")
    expect(editor.locator("#quiz-q")).to_be_focused()


def test_adding_the_last_found_stands_on_what_was_added(editor: Page) -> None:
    with editor.expect_response(lambda reply: reply.request.method == "POST"):
        editor.locator("#quiz-q").fill("lt-001")
    editor.wait_for_load_state("networkidle")
    expect(editor.locator(".found button")).to_have_count(1)
    editor.locator(".found button").click()  # leaving the search must not ask once more, under the button
    expect(editor.locator(".chosen button").first).to_be_focused()
