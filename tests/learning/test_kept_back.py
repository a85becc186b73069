"""While an exam keeps its answers back, no page lets its learner work out single marks: the score is all there is."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from learning.services.measures import Withheld, measures
from quizzes.models import Attempt, Prediction, Quiz
from quizzes.services import finish_attempt, start_attempt
from quizzes.services.draws import withheld_acts
from quizzes.services.level import answer_level, begin_level, placement
from tests.conftest import signed_in
from tests.learning.classes.conftest import quiz_of
from tests.learning.test_own_data import practised
from tests.quizzes.make import act, place, right_tokens, save

ASKED = ("lt-001", "iam-001", "lb-001", "efs-001", "lt-002", "iam-002")  # of four topics, and as many statements


def examined(learner: Learner, quiz: Quiz, right: str) -> Attempt:
    """Return an exam handed in, each answer called sure: right where `right` has a "+"."""
    now = timezone.now()
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed="s")
    attempt.items.update(confidence="sure", seconds=20)
    for item, sign in zip(attempt.items.select_related("revision", "attempt__learner"), right, strict=True):
        save(item, now, right=sign == "+")
    finish_attempt(attempt=attempt, now=now)
    return attempt


def keeping(ines: Learner, course: Course, policy: str = "never") -> Quiz:
    """Return an exam that keeps its answers back: for ever, or until it closes in an hour."""
    closes = timezone.now() + timedelta(hours=1) if policy == "close" else None
    return quiz_of(ines, course, listed=True, answers_shown=policy, items=ASKED, closes_at=closes)


def pages(client: Client, attempt: Attempt) -> dict[str, str]:
    """Return what a learner can look at once `attempt` is handed in, without what differs from person to person."""
    doors = ["/en/", "/en/progress/", "/en/review/", "/en/level/", "/en/courses/ecs/", "/en/quizzes/"]
    doors += [f"/en/quizzes/{attempt.quiz.slug}/", "/en/quizzes/practice/?which=missed", "/en/accounts/data/"]
    more = ("result/", "review/", "notes/", "notes.md", "1/", "pulse/")
    doors += [f"/en/attempts/{attempt.pk}/{what}" for what in more]
    found = {door: client.get(door, follow=True).content.decode() for door in doors}
    found["mistakes"] = b"".join(client.get("/en/accounts/data/mistakes.md")).decode()
    found["data"] = json.dumps(exported(client))
    return {door.replace(str(attempt.pk), ""): masked(said) for door, said in found.items()}


def exported(client: Client) -> dict[str, Any]:
    """Return the export without one's own answers, which are one's own."""
    own: dict[str, Any] = json.loads(client.get("/en/accounts/data/naru.json").content)
    for one in own["quizzes"]["attempts"]:
        for item in one["items"]:
            item["answers"] = len(item["answers"])
    return own


def masked(said: str) -> str:
    """Return a page without names, keys and times."""
    said = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.+Z]+|\balice\b|\bbob\b|\b\d{13}\b", "", said)
    said = re.sub(r'"(id|undoes_id)": \d+|nonce="[^"]*"|"csrf": "[^"]*"', "", said)
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|\d\d:\d\d(:\d\d)?', "", said)


@pytest.mark.parametrize("policy", ["never", "close"])
def test_it_works(alice: Learner, bob: Learner, ines: Learner, course: Course, policy: str) -> None:
    """Two people with the same score who had different questions right see the same, byte for byte."""
    quiz = keeping(ines, course, policy)
    both = ((alice, "+++---"), (bob, "---+++"))
    first, second = (pages(signed_in(learner), examined(learner, quiz, right)) for learner, right in both)
    for door, said in first.items():
        assert said == second[door], door
    assert "550" in first["/en/attempts//result/"]  # the score is told


def test_once_it_is_closed_they_differ(alice: Learner, bob: Learner, ines: Learner, course: Course) -> None:
    """The control: what was the same because it was kept back is told then."""
    quiz = keeping(ines, course, "close")
    attempts = [examined(learner, quiz, right) for learner, right in ((alice, "+++---"), (bob, "---+++"))]
    Quiz.objects.filter(pk=quiz.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    first, second = (pages(signed_in(one.learner), one) for one in attempts)
    for door in ("/en/progress/", "/en/attempts//result/", "/en/attempts//review/", "data", "mistakes"):
        assert first[door] != second[door], door


# --- the measures


def test_progress_says_that_they_are_left_out(as_alice: Client, alice: Learner, ines: Learner, course: Course) -> None:
    quiz = keeping(ines, course, "close")
    examined(alice, quiz, "++----")
    page = as_alice.get("/en/progress/").content.decode()
    assert "6 answers are not counted on this page" in page
    assert page.count(": not asked yet</span>") == course.statements.filter(retired_at=None).count()
    assert ">Exams</h2>" in page  # the score stands there
    Quiz.objects.filter(pk=quiz.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    page = as_alice.get("/en/progress/").content.decode()
    assert "not counted on this page" not in page
    assert page.count(": not asked yet</span>") < course.statements.filter(retired_at=None).count()


def test_what_else_is_known_stays(alice: Learner, ines: Learner, course: Course) -> None:
    now = timezone.now()
    practised(alice, right=6, wrong=6)
    before = measures(learner=alice, course=course, now=now)
    examined(alice, keeping(ines, course), "+-+-+-")
    withheld = withheld_acts(learner=alice, now=now)
    after = measures(learner=alice, course=course, now=now, withheld=Withheld(Q(pk__gt=0), lambda: withheld))
    sealed = {f"item:{slug}" for slug in ASKED}
    assert after.rows == tuple(row for row in before.rows if row.subject not in sealed)
    assert after.left_out == len(withheld) == 6 + len({row.act for row in before.rows if row.subject in sealed})
    assert len(measures(learner=alice, course=course, now=now).rows) > len(after.rows)  # nothing is lost


def test_an_open_exam_leaves_out_what_was_answered_of_it_before(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    earlier = quiz_of(ines, course, listed=True, items=ASKED)
    examined(alice, earlier, "+-+-+-")
    before = as_alice.get("/en/progress/").content.decode()
    assert "not counted on this page" not in before
    exam = start_attempt(
        learner=alice, quiz=quiz_of(ines, course, listed=True, items=ASKED[:1]), now=timezone.now(), seed="t"
    )
    assert "1 answer is not counted on this page" in as_alice.get("/en/progress/").content.decode()
    finish_attempt(attempt=exam, now=timezone.now())
    assert "not counted on this page" not in as_alice.get("/en/progress/").content.decode()


def test_a_forecast_knows_nothing_of_them(alice: Learner, bob: Learner, ines: Learner, course: Course) -> None:
    """It is shown after the exam, to the last digit in the export."""
    quiz, more = keeping(ines, course), ("lt-003", "iam-003", "lb-002")
    for learner, right in ((alice, "+++---"), (bob, "---+++")):
        practised(learner, right=5, wrong=4)
        examined(learner, quiz, right)
        start_attempt(
            learner=learner, quiz=quiz_of(ines, course, listed=True, items=more), now=timezone.now(), seed="f"
        )
    one, two = Prediction.objects.filter(attempt__quiz__answers_shown="submit").order_by("pk")
    assert (one.probability, one.low, one.high, one.detail) == (two.probability, two.low, two.high, two.detail)


def test_a_forecast_knows_what_was_answered_before(alice: Learner, ines: Learner, course: Course) -> None:
    """The exam that begins does not seal its own past."""
    examined(alice, quiz_of(ines, course, listed=True, items=ASKED), "+-+-+-")
    again = start_attempt(
        learner=alice, quiz=quiz_of(ines, course, listed=True, items=ASKED), now=timezone.now(), seed="t"
    )
    assert again.prediction.detail["n"] == len(ASKED)


def test_the_level_check_knows_nothing_of_them(alice: Learner, bob: Learner, ines: Learner, course: Course) -> None:
    """Which topics it asks of would tell how they went."""
    quiz, now, asked = keeping(ines, course), timezone.now(), []
    for learner, right in ((alice, "+++---"), (bob, "---+++")):
        examined(learner, quiz, right)
        level = begin_level(learner=learner, course=course, now=now, seed="l")
        while True:
            item = level.items.select_related("revision", "attempt__learner").latest("number")
            sent = {"place": place(item), "tokens": right_tokens(item), "act": act(now)}
            if answer_level(learner=learner, **sent, seed="l") is None:
                break
        asked.append(list(level.items.values_list("revision__question__topic__slug", flat=True)))
    assert sorted(asked[0]) == sorted(asked[1])
    found = [placement(one, now) for one in Attempt.objects.filter(mode=Quiz.Mode.LEVEL)]
    assert [line.mean for line in found[0].topics] == [line.mean for line in found[1].topics]


# --- the instructor, and speed


def test_the_instructor_sees_all(as_ines: Client, alice: Learner, ines: Learner, course: Course) -> None:
    quiz = keeping(ines, course)
    examined(alice, quiz, "+-+-+-")
    page = as_ines.get(f"/en/author/results/quizzes/{quiz.pk}/").content.decode()
    assert re.search(r"Mean\s*50\.0%", re.sub("<[^>]*>", " ", page))


def test_pages_ask_the_database_little(
    as_alice: Client,
    alice: Learner,
    ines: Learner,
    course: Course,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    examined(alice, keeping(ines, course), "+-+-+-")
    practised(alice, right=5, wrong=4)
    for page, most in (("/ko/", 13), ("/ko/progress/", 13)):
        as_alice.get(page)
        with django_assert_max_num_queries(most):
            as_alice.get(page)
