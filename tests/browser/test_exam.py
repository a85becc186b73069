"""Exam day: a whole exam by keyboard, without a connection and back, in two tabs, and with the time run out."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from learning.models import Learner
from quizzes.models import Answer, Attempt, AttemptItem, Quiz
from quizzes.services import start_attempt
from tests.browser.conftest import PATIENCE, sign_in

HANGUL = {"KeyA": "ㅁ", "KeyB": "ㅠ", "KeyC": "ㅊ", "KeyF": "ㄹ"}
SAVED = re.compile(r"저장됨 \d\d:\d\d:\d\d")


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


def press(keys: CDPSession, code: str, *, shift: bool = False, composing: bool = False) -> None:
    """Press a key as a keyboard with a Korean layout does: a Hangul letter as its value, the same physical code."""
    value, number = HANGUL.get(code, code), ord(code[-1])
    key = {
        "code": code,
        "key": "Process" if composing else value,
        "windowsVirtualKeyCode": 229 if composing else number,
    }
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "modifiers": 8 if shift else 0, **key})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 8 if shift else 0, **key})


def arrow(keys: CDPSession, name: str, number: int) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {"type": kind, "code": name, "key": name, "windowsVirtualKeyCode": number})


def test_a_whole_exam_by_keyboard_in_a_korean_layout(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    keys = page.context.new_cdp_session(page)
    press(keys, "KeyB", composing=True)  # Hangul being composed: nothing happens
    expect(page.locator("#answer input:checked")).to_have_count(0)
    for number in range(1, 21):
        expect(page.locator("#take-exam")).to_have_attribute("data-number", str(number))
        press(keys, "KeyA")
        expect(page.locator("#saved")).to_have_text(SAVED)
        if number == 2:
            press(keys, "KeyF")
            press(keys, "KeyC", shift=True)
            expect(page.locator(".struck")).to_have_count(1)
        if number < 20:
            arrow(keys, "ArrowRight", 39)
    assert all(len(given or ()) == 1 for given in responses(sitting))
    second = sitting.items.get(number=2)
    assert (second.flagged, second.struck) == (True, [second.order[2]])
    arrow(keys, "ArrowRight", 39)
    page.wait_for_url("**/check/")
    page.locator("form[action$='/finish/'] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")
    expect(page.locator("h1")).to_contain_text("1000")
    page.go_back()
    page.wait_for_url("**/result/")
    assert sitting.grades.count() == 1


def test_offline_and_back(page: Page, site: str, sitting: Attempt) -> None:
    one, two = singles(sitting)
    with page.expect_response(re.compile(rf"/{two}/$")) as quiet:  # the other questions come quietly
        page.goto(at(site, sitting, f"{one}/"))
    quiet.value.finished()
    page.wait_for_timeout(1000)  # until the page has kept it, which nothing on it tells
    page.context.set_offline(True)
    expect(page.locator("#exam-note")).to_contain_text("연결이 끊겼어요")
    choose(page, 0)
    page.locator("[data-way=next]").click()
    expect(page.locator("#take-exam")).to_have_attribute("data-number", str(two))
    choose(page, 1)
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    assert (answer(sitting, one).response, answer(sitting, two).response) == (None, None)
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("#exam-note")).to_be_hidden()
    first, second = answer(sitting, one), answer(sitting, two)
    assert (first.response, second.response) == ([first.order[0]], [second.order[1]])


def test_closed_while_offline_and_opened_again(page: Page, site: str, sitting: Attempt) -> None:
    one, _ = singles(sitting)
    page.goto(at(site, sitting, f"{one}/"))
    page.context.set_offline(True)
    choose(page, 2)
    expect(page.locator("#saved")).to_contain_text("저장하지 못했어요")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(at(site, sitting, f"{one}/"))
    expect(again.locator("#saved")).to_have_text(SAVED)
    expect(again.locator("#answer input[name=option]").nth(2)).to_be_checked()
    first = answer(sitting, one)
    assert first.response == [first.order[2]]


def test_two_tabs_merge_and_a_conflict_is_shown(page: Page, site: str, sitting: Attempt) -> None:
    one, two = singles(sitting)
    other = page.context.new_page()
    page.goto(at(site, sitting, f"{one}/"))
    other.goto(at(site, sitting, f"{two}/"))
    choose(page, 0)
    choose(other, 0)
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(other.locator("#saved")).to_have_text(SAVED)
    first, second = answer(sitting, one), answer(sitting, two)
    assert (first.response, second.response) == ([first.order[0]], [second.order[0]])
    Answer.objects.create(  # another device changes the answer; this tab does not know
        item=first, operation=sitting.pk, revision=2, response=[first.order[1]], saved_at=timezone.now()
    )
    choose(page, 2)
    both = page.locator("#take-conflict")
    expect(both).to_contain_text("아무것도 덮어쓰지 않았어요")
    assert answer(sitting, one).response == [first.order[1]]
    both.get_by_role("button", name="이 응답으로 저장하기").click()
    expect(page.locator("#take-conflict")).to_be_hidden()
    expect(page.locator("#answer input[name=option]").nth(2)).to_be_checked()
    assert answer(sitting, one).response == [first.order[2]]


def test_a_new_sign_in_elsewhere_does_not_stop_saving(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    page.evaluate("document.cookie = 'csrftoken=' + 'x'.repeat(32) + ';path=/'")  # rotated by another tab
    with page.expect_response(re.compile("/pulse/$")):
        choose(page, 1)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert answer(sitting, 1).response


def test_a_session_that_is_gone_is_said_and_nothing_lost(
    page: Page, site: str, sitting: Attempt, alice: Learner
) -> None:
    page.goto(at(site, sitting))
    page.context.clear_cookies(name="sessionid")
    choose(page, 1)
    expect(page.locator("#saved")).to_contain_text("로그아웃되었어요")
    expect(page.locator("#saved a")).to_have_attribute("href", re.compile(r"/ko/accounts/login/\?next=/ko/attempts/"))
    sign_in(page.context, site, alice)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert answer(sitting, 1).response


def test_time_that_runs_out_while_away(page: Page, site: str, sitting: Attempt) -> None:
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=timezone.now() + timedelta(seconds=8), grace=2)
    page.goto(at(site, sitting))
    choose(page, 0)
    expect(page.locator("#exam-note")).to_contain_text("시간이 끝났어요")
    expect(page.locator("#answer input[name=confidence]").first).to_be_disabled()
    page.wait_for_url("**/result/")
    sitting.refresh_from_db()
    assert sitting.finished_at == sitting.deadline_at
    assert sitting.items.with_answers()[0].response


def test_a_tab_that_slept_over_the_end_hears_of_it(page: Page, site: str, sitting: Attempt) -> None:
    one, _ = singles(sitting)
    page.goto(at(site, sitting, f"{one}/"))
    choose(page, 0)
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.context.set_offline(True)
    choose(page, 1)
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=timezone.now() - timedelta(seconds=60))
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    expect(page.locator(".late")).to_contain_text("채점하지는 않아요")
    first = answer(sitting, one)
    assert first.response == [first.order[0]]


@pytest.mark.parametrize("hours", [-6, 6])
def test_a_wrong_clock_changes_nothing(page: Page, site: str, sitting: Attempt, hours: int) -> None:
    page.clock.install(time=timezone.now() + timedelta(hours=hours))
    most = seconds_left(sitting)
    page.goto(at(site, sitting))
    minutes, seconds = page.locator("[data-clock]").inner_text().split(":")
    assert seconds_left(sitting) - 2 <= int(minutes) * 60 + int(seconds) <= most + 1


def test_more_time_shows_at_the_next_save(page: Page, site: str, sitting: Attempt) -> None:
    page.goto(at(site, sitting))
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^(39|40):\d\d$"))
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=timezone.now() + timedelta(minutes=50))
    choose(page, 0)
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^(49|50):\d\d$"))
    expect(page.locator("#exam-said")).to_have_text("시간이 늘어났어요. 남은 시간을 다시 맞췄어요.")


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
