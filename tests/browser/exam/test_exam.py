"""Exam day: a whole exam by keyboard, without a connection and back, in two tabs, and with the time run out."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect

from learning.models import Learner
from quizzes.models import Answer, Attempt
from tests.browser.conftest import sign_in
from tests.browser.exam.pages import SAVED, answer, at, choose, responses, seconds_left, singles

HANGUL = {"KeyA": "ㅁ", "KeyB": "ㅠ", "KeyC": "ㅊ", "KeyF": "ㄹ"}


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
