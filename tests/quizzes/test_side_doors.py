"""While an exam is open in one window, no other window tells how its questions went before, or what is right."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Erratum, Question, Quiz
from quizzes.services import (
    SealedError,
    UnfitError,
    answer_quick_check,
    check_item,
    finish_attempt,
    quick_order,
    start_attempt,
)
from quizzes.services.level import answer_level, begin_level, placement
from quizzes.services.reviewing import next_item
from tests.learning.classes.conftest import quiz_of
from tests.learning.test_kept_back import exported as own_data
from tests.learning.test_kept_back import masked
from tests.quizzes.make import act, address, answer_all, form, place, right_tokens, wrong_tokens

SHARED = ("lt-001", "lt-002")  # what the open exam asks, and what was answered before it began


def reason_of(item: AttemptItem) -> str:
    """Return a stretch of a reason that only somebody who may see the answers reads."""
    return str(item.revision.secret["reasons"]["en"]["pieces"][0])[:40]


def practised(learner: Learner, ines: Learner, course: Course, *, end: bool = False) -> Attempt:
    """Return a practice in which `learner` had lt-001 marked right, lt-002 wrong and lt-003 right."""
    quiz = quiz_of(ines, course, mode="practice", listed=True, items=(*SHARED, "lt-003", "lt-004"))
    attempt = start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed="p")
    for item, good in zip(rows(attempt), (True, False, True), strict=False):
        tokens = right_tokens(item) if good else wrong_tokens(item)
        check_item(learner=learner, place=place(item), tokens=tokens, act=act(timezone.now()))
    if end:
        finish_attempt(attempt=attempt, now=timezone.now())
    return attempt


def rows(attempt: Attempt) -> list[AttemptItem]:
    """Return the items of `attempt` with all that an answer needs."""
    return list(attempt.items.with_answers().select_related("revision__question", "attempt__learner"))


def sitting(learner: Learner, ines: Learner, course: Course, items: tuple[str, ...] = SHARED) -> Attempt:
    """Return an exam on `items` that `learner` has open."""
    quiz = quiz_of(ines, course, listed=True, items=items)
    return start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed="open")


def pages(client: Client, attempt: Attempt) -> dict[str, str]:
    """Return what a learner who practised in `attempt` can look at, but for what they chose there themselves."""
    doors = ["/en/", "/en/progress/", "/en/review/", f"/en/quizzes/{attempt.quiz.slug}/"]
    found = {door: client.get(door).content.decode() for door in doors}
    for door in ("result/", "review/"):
        found[door] = client.get(f"/en/attempts/{attempt.pk}/{door}").content.decode()
    return {door: masked(said) for door, said in found.items()} | {"data": masked(json.dumps(own_data(client)))}


def test_it_works(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    """A past exam is told question by question; not those that stand in an exam that is open."""
    past = start_attempt(
        learner=alice, quiz=quiz_of(ines, course, listed=True, items=("lt-001", "lt-003")), now=timezone.now(), seed="a"
    )
    answer_all(past, timezone.now(), right=2)
    past.items.update(seconds=30)
    finish_attempt(attempt=past, now=timezone.now())
    address = f"/en/attempts/{past.pk}/result/"
    before = as_alice.get(address).content.decode()
    assert before.count("bar-right") == 3  # two columns, and the legend
    open_exam = sitting(alice, ines, course)
    during = as_alice.get(address).content.decode()
    assert (during.count("bar-right"), during.count("bar-kept")) == (2, 2)
    assert "kept back" in during
    finish_attempt(attempt=open_exam, now=timezone.now())
    assert as_alice.get(address).content.decode().count("bar-right") == 3


# --- quick checks


@pytest.mark.parametrize("htmx", [True, False])
def test_an_exams_act_sent_as_a_quick_check_shows_nothing(
    as_alice: Client, alice: Learner, ines: Learner, course: Course, htmx: bool
) -> None:
    attempt = sitting(alice, ines, course)
    item = rows(attempt)[0]
    sent = form(wrong_tokens(item))
    as_alice.post(address(item, "answer", "en"), sent)
    headers = {"HX-Request": "true"} if htmx else {}
    for slug in ("lt-001", "lt-003"):
        page = as_alice.post(f"/en/quizzes/check/{course.slug}/{slug}/", sent, headers=headers)
        assert page.status_code == (409 if slug == "lt-001" else 422)
        assert reason_of(item) not in page.content.decode()


def test_a_quick_check_sent_again_shows_nothing_while_the_exam_is_open(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    question = Question.objects.select_related("current").get(course=course, slug="lt-001")
    _order, tokens = quick_order(question.current.any_public)
    sent = {"operation": str(uuid.uuid4()), "option": [tokens[place] for place in question.current.secret["key"]]}
    url, headers = f"/en/quizzes/check/{course.slug}/lt-001/", {"HX-Request": "true"}
    first = as_alice.post(url, sent, headers=headers).content.decode()
    reason = reason_of(AttemptItem.objects.select_related("revision").get())
    assert reason in first
    assert as_alice.post(url, sent, headers=headers).content.decode() == first  # the same act, the same fate
    attempt = sitting(alice, ines, course)
    again = as_alice.post(url, sent, headers=headers)
    assert (again.status_code, reason in again.content.decode()) == (409, False)
    finish_attempt(attempt=attempt, now=timezone.now())
    assert reason in as_alice.post(url, sent, headers=headers).content.decode()


def test_an_act_of_another_question_is_none_of_a_quick_check(alice: Learner, course: Course) -> None:
    now = timezone.now()
    first, second = Question.objects.select_related("current").filter(course=course, slug__in=SHARED).order_by("slug")
    one = act(now)
    for question in (first, second):
        order, tokens = quick_order(question.current.any_public)
        given = {"learner": alice, "question": question, "order": order, "tokens": tokens, "act": one}
        chosen = [tokens[place] for place in question.current.secret["key"]]
        if question == first:
            item = answer_quick_check(**given, chosen=chosen)
            assert answer_quick_check(**given, chosen=chosen) == item
        else:
            with pytest.raises(UnfitError):
                answer_quick_check(**given, chosen=chosen)


# --- what was marked before the exam began


def test_practice_tells_nothing_of_what_the_exam_asks(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    attempt = practised(alice, ines, course)
    page = as_alice.get(address(rows(attempt)[0], language="en")).content.decode()
    assert (page.count('<li><a class="right"'), page.count('<li><a class="wrong"')) == (2, 1)
    sitting(alice, ines, course)
    for item in rows(attempt):
        page = as_alice.get(address(item, language="en")).content.decode()
        states = [page.count(f'<li><a class="{state}"') for state in ("kept", "right", "wrong", "answered")]
        assert states == [2, 1, 0, 0]
        assert "3 of 4 marked" in page
    finish_attempt(attempt=attempt, now=timezone.now())
    page = as_alice.get(f"/en/attempts/{attempt.pk}/result/").content.decode()
    assert ">1 of 2 right</h1>" in page  # of the two that may be told one was right, one is blank
    assert "2 questions of this attempt stand in an exam" in page
    assert "1 of 2 right" in as_alice.get(attempt.quiz.get_absolute_url()).content.decode()


def test_a_past_exams_topics_and_comparison_leave_them_out(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    now = timezone.now()
    past = start_attempt(
        learner=alice, quiz=quiz_of(ines, course, listed=True, items=(*SHARED, "lt-003")), now=now, seed="a"
    )
    answer_all(past, now, right=3)
    finish_attempt(attempt=past, now=now)
    url = f"/en/attempts/{past.pk}/result/"
    assert '<td class="num">3 / 3</td>' in as_alice.get(url).content.decode()
    sitting(alice, ines, course)
    page = as_alice.get(url).content.decode()
    assert '<td class="num">1 / 1</td>' in page
    assert "1000 <small>of 1000" in page  # a score that was told stays told
    assert "Nothing was answered wrongly" not in page
    assert "All right!" not in page


@pytest.mark.parametrize("door", ["result", "review"])
def test_an_erratum_tells_no_mark_of_them(
    as_alice: Client, alice: Learner, ines: Learner, course: Course, door: str
) -> None:
    now = timezone.now()
    quiz = quiz_of(ines, course, listed=True, items=("lt-001", "lt-003"))
    past = start_attempt(learner=alice, quiz=quiz, now=now, seed="a")
    answer_all(past, now, right=2)
    finish_attempt(attempt=past, now=now)
    question = Question.objects.select_related("current").get(course=course, slug="lt-001")
    mended = question.current
    mended.pk, mended.number, mended.content_hash = None, mended.number + 1, "mended"
    mended._state.adding = True
    mended.save()
    Erratum.objects.create(revision=mended, day="2026-11-22", words={"ko": "고침", "en": "Mended."}, created_at=now)
    Question.objects.filter(pk=question.pk).update(current=mended)
    url = f"/en/attempts/{past.pk}/{door}/"
    assert "Your mark then" in as_alice.get(url).content.decode()
    sitting(alice, ines, course)
    assert "Your mark then" not in as_alice.get(url).content.decode()


def test_a_session_of_review_tells_nothing_of_them(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    practised(alice, ines, course, end=True)
    later = timezone.now() + timedelta(days=30)
    for good in (True, False, True):
        item = next_item(learner=alice, course=course, now=later, seed="r")
        item = rows(item.attempt)[item.number - 1]
        tokens = right_tokens(item) if good else wrong_tokens(item)
        check_item(learner=alice, place=place(item), tokens=tokens, act=act(later))
    session = Attempt.objects.get(mode=Quiz.Mode.REVIEW)
    url = f"/en/review/{session.pk}/"
    page = as_alice.get(url).content.decode()
    assert (page.count("✓ right"), page.count("✕ not right"), page.count("kept back")) == (2, 1, 0)
    asked = {item.revision.question.slug for item in rows(session)}
    sitting(alice, ines, course, tuple(sorted(asked)))
    page = as_alice.get(url).content.decode()
    assert (page.count("✓ right"), page.count("✕ not right"), page.count("kept back")) == (0, 0, 3)
    assert "→" not in page[page.index("<tbody>") : page.index("</tbody>")]
    assert "Nothing was answered" not in page


def test_a_level_check_tells_nothing_of_them(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    now = timezone.now()
    level = begin_level(learner=alice, course=course, now=now, seed="l")
    for _ in range(12):
        item = rows(level)[-1]
        tokens = wrong_tokens(item)
        if answer_level(learner=alice, place=place(item), tokens=tokens, act=act(now), seed="l") is None:
            break
    level.refresh_from_db()
    before = [topic.mean for topic in placement(level, now).topics]
    asked = tuple(item.revision.question.slug for item in rows(level))
    exam = sitting(alice, ines, course, asked)
    page = as_alice.get(f"/en/level/{level.pk}/").content.decode()
    assert '<span class="wrong">' not in page
    assert page.count("kept back") == len(asked)
    assert [topic.mean for topic in placement(level, timezone.now()).topics] == [0.5] * len(before)
    finish_attempt(attempt=exam, now=timezone.now())
    assert [topic.mean for topic in placement(level, timezone.now()).topics] != [0.5] * len(before)


def test_right_and_wrong_before_look_the_same(
    as_alice: Client, as_bob: Client, alice: Learner, bob: Learner, ines: Learner, course: Course
) -> None:
    """Two who answered differently before the exam, one of two rightly each, see the same while it is open."""
    now, seen = timezone.now(), []
    quiz = quiz_of(ines, course, mode="practice", listed=True, items=SHARED)
    exam = quiz_of(ines, course, listed=True, items=SHARED)
    for client, learner, right in ((as_alice, alice, "lt-001"), (as_bob, bob, "lt-002")):
        attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed="p")
        for item in rows(attempt):
            tokens = right_tokens(item) if item.revision.question.slug == right else wrong_tokens(item)
            check_item(learner=learner, place=place(item), tokens=tokens, act=act(now))
        before = pages(client, attempt)
        start_attempt(learner=learner, quiz=exam, now=now, seed="e")
        seen.append((before, pages(client, attempt)))
    (first, one), (second, two) = seen
    assert {door for door in first if first[door] != second[door]} == {"result/", "review/", "data"}
    assert {door for door in one if one[door] != two[door]} == set()


# --- two exams at once


def test_an_exam_does_not_begin_that_asks_what_another_open_one_asks(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    """Taken again and again it would tell, by its score, what is right in the other."""
    first = sitting(alice, ines, course, ("lt-001",))
    second = quiz_of(ines, course, listed=True, items=SHARED)
    page = as_alice.post(f"/en/quizzes/{second.slug}/", follow=True).content.decode()
    assert "It asks questions of the exam you are taking. Hand that one in first." in page
    with pytest.raises(SealedError):
        start_attempt(learner=alice, quiz=second, now=timezone.now(), seed="s")
    other = quiz_of(ines, course, listed=True, items=("lt-003",))
    assert start_attempt(learner=alice, quiz=other, now=timezone.now(), seed="s").is_open
    finish_attempt(attempt=first, now=timezone.now())
    assert start_attempt(learner=alice, quiz=second, now=timezone.now(), seed="s").is_open


def test_the_wrong_answer_to_an_exam_that_is_over_shows_no_overview(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    """What does not fit is answered with the question's page: in an exam that keeps its answers back it tells none."""
    quiz = quiz_of(ines, course, listed=True, answers_shown="never")
    attempt = start_attempt(learner=alice, quiz=quiz, now=timezone.now(), seed="s")
    answer_all(attempt, timezone.now(), right=1)
    finish_attempt(attempt=attempt, now=timezone.now())
    response = as_alice.post(address(rows(attempt)[0], "answer", "en"), {"operation": "nonsense"})
    page = response.content.decode()
    assert response.status_code == 422
    assert [page.count(f'<li><a class="{state}"') for state in ("kept", "right", "wrong")] == [2, 0, 0]


# --- one's own data


def exported(client: Client, attempt: Attempt) -> list[dict[str, Any]]:
    """Return the items of `attempt` as the export tells them."""
    own = json.loads(client.get("/en/accounts/data/naru.json").content)["quizzes"]["attempts"]
    items: list[dict[str, Any]] = next(one["items"] for one in own if one["id"] == str(attempt.pk))
    return items


@pytest.mark.parametrize("kind", ["choice", "ordering", "matching"])
def test_the_export_says_nothing_of_the_order_in_the_file(
    as_alice: Client, alice: Learner, ines: Learner, course: Course, kind: str
) -> None:
    """The steps of an ordering and the cells of a matching stand in the file as they are right."""
    found = [one for one in Question.objects.select_related("current") if one.current and one.current.kind == kind]
    question = max(found, key=lambda one: (len(one.current.secret["key"]), one.slug))
    attempt = sitting(alice, ines, course, (question.slug,))
    item = rows(attempt)[0]
    as_alice.post(address(item, "answer", "en"), form(right_tokens(item)))
    (told,) = exported(as_alice, attempt)
    assert {told[name] for name in ("order", "points", "struck", "pilot")} == {None}
    (answer,) = told["answers"]
    assert (answer["response"], len(answer["words"])) == (None, len(item.revision.secret["key"]))
    finish_attempt(attempt=attempt, now=timezone.now())
    (told,) = exported(as_alice, attempt)
    assert told["answers"][0]["response"] == item.revision.secret["key"]
    assert told["order"] == item.order
