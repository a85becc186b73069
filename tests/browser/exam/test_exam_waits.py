"""What waits in the browser: a reply that is lost, the end that comes first, going back, the time that is counted."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from quizzes.models import Answer, Attempt
from tests.browser.exam.pages import SAVED, answer, at, choose, singles

# window.lost: of an answer that is sent, "all" never gets out, or it arrives and the "reply" never comes.
LOSSY = """{
  const fetched = window.fetch;
  window.lost = sessionStorage.getItem("lost") ?? "";
  window.fetch = async (url, options) => {
    if (!window.lost || !String(url).endsWith("/answer/")) return fetched(url, options);
    if (window.lost === "reply") await fetched(url, options);
    throw new TypeError("lost");
  };
}"""


def lose(page: Page, what: str) -> None:
    page.evaluate("(what) => { window.lost = what; sessionStorage.setItem('lost', what); }", what)


def test_an_answer_whose_reply_was_lost_is_not_torn_from_the_next(page: Page, site: str, sitting: Attempt) -> None:
    one, _ = singles(sitting)
    page.add_init_script(LOSSY)
    page.goto(at(site, sitting, f"{one}/"))
    lose(page, "reply")
    choose(page, 0)
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    first = answer(sitting, one)
    assert first.response == [first.order[0]]
    lose(page, "")
    choose(page, 1)
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("#take-conflict")).to_be_hidden()
    assert answer(sitting, one).response == [first.order[1]]


def test_the_way_to_a_torn_answer_stays_on_other_questions(page: Page, site: str, sitting: Attempt) -> None:
    one, two = singles(sitting)
    page.add_init_script(LOSSY)
    page.goto(at(site, sitting, f"{one}/"))
    lose(page, "all")
    choose(page, 0)
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    item = answer(sitting, one)
    Answer.objects.create(
        item=item, operation=sitting.pk, revision=1, response=[item.order[1]], saved_at=timezone.now()
    )
    page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", str(two))
    lose(page, "")
    choose(page, 0)
    expect(page.locator("#saved")).to_have_text(SAVED)
    link = page.locator("#exam-note a")
    expect(link).to_have_attribute("href", re.compile(rf"/{one}/$"))
    link.click()
    expect(page.locator("#take-conflict")).to_be_visible()


@pytest.mark.parametrize("last", ["question", "check"])
def test_all_that_waits_arrives_late_when_the_end_is_heard_of(
    page: Page, site: str, sitting: Attempt, last: str
) -> None:
    page.add_init_script(LOSSY)
    page.goto(at(site, sitting))
    lose(page, "all")
    for number in (1, 2, 3):
        expect(page.locator("#take-exam")).to_have_attribute("data-number", str(number))
        choose(page, 0)
        page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", "4")
    if last == "check":
        page.goto(at(site, sitting, "check/"))
        expect(page.locator("#check-waiting")).to_be_visible()
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=timezone.now() - timedelta(seconds=60))
    lose(page, "")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_url("**/result/")
    expect(page.locator(".late")).to_contain_text("1, 2, 3번 응답")
    assert Answer.objects.filter(item__attempt=sitting, outcome=Answer.Outcome.LATE).count() == 3


def test_what_a_closed_tab_left_arrives_from_the_result(page: Page, site: str, sitting: Attempt) -> None:
    page.add_init_script(LOSSY)
    page.goto(at(site, sitting))
    lose(page, "all")
    choose(page, 0)
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    page.close()
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=timezone.now() - timedelta(seconds=60))
    again = page.context.new_page()
    again.goto(at(site, sitting, "result/"))
    expect(again.locator(".late")).to_contain_text("1번 응답")
    assert again.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('naru:'))") == []


def test_back_without_a_connection_is_as_it_was_left(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    page.locator(".flag").click()
    page.locator(".strike").nth(1).click()
    page.locator("#answer input[name=confidence]").nth(2).check(force=True)
    page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", "2")
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.context.set_offline(True)
    page.locator("[data-way=prev]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", "1")
    expect(page.locator(".flag")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".struck")).to_have_count(1)
    expect(page.locator("#answer input[name=confidence]").nth(2)).to_be_checked()
    page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", "2")
    with page.expect_response(re.compile("/1/note/$")):
        page.context.set_offline(False)
    first = sitting.items.get(number=1)
    assert (first.flagged, first.struck, first.confidence) == (True, [first.order[1]], "sure")


def test_a_note_that_waits_shows_on_a_page_that_came_without_it(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    page.context.set_offline(True)
    page.locator(".flag").click()
    page.locator(".strike").nth(1).click()
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(at(site, sitting))
    expect(again.locator(".flag")).to_have_attribute("aria-pressed", "true")
    expect(again.locator(".struck")).to_have_count(1)
    again.locator("[data-way=next]").click()
    expect(again.locator("#take-exam")).to_have_attribute("data-number", "2")
    first = sitting.items.get(number=1)
    assert (first.flagged, first.struck) == (True, [first.order[1]])


HIDDEN = """(is) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => is });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_the_time_for_a_question_is_counted_while_its_tab_shows(page: Page, site: str, sitting: Attempt) -> None:
    Attempt.objects.filter(pk=sitting.pk).update(started_at=timezone.now() - timedelta(minutes=5))
    page.clock.install()
    page.goto(at(site, sitting))
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^(39|40):\d\d$"))
    page.clock.fast_forward(20_000)
    with page.expect_response(re.compile("/1/note/$")):
        page.evaluate(HIDDEN, True)
    assert 20 <= sitting.items.get(number=1).seconds < 40
    page.clock.fast_forward(100_000)  # somewhere else
    page.evaluate(HIDDEN, False)
    page.clock.fast_forward(30_000)
    page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", "2")
    assert 50 <= sitting.items.get(number=1).seconds < 100


def test_an_own_answer_is_no_news(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    shown = page.locator("#take-exam").element_handle()
    choose(page, 0)
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.locator("#answer input[name=option]").first.focus()
    for _ in range(2):  # what the first one leads to is under way when the second one is answered
        with page.expect_response(re.compile("/pulse/$")):
            page.evaluate("window.dispatchEvent(new Event('online'))")
    with page.expect_response(re.compile("/note/$")):
        page.keyboard.press("f")
    assert shown.evaluate("(region) => region.isConnected")
    expect(page.locator("#answer input[name=option]").first).to_be_focused()
