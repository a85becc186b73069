"""One's own data: all of it to take along, only one's own, and nothing that may not be seen yet."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Assignment, Classroom, Course, Evidence, Learner, Membership
from quizzes.models import Attempt, AttemptItem, Grade, Quiz
from quizzes.services import Wish, check_item, finish_attempt, report_problem, start_attempt
from tests.quizzes import make

DATA, JSON, NOTES = "/en/accounts/data/", "/en/accounts/data/naru.json", "/en/accounts/data/mistakes.md"


def practised(learner: Learner, *, right: int = 1, wrong: int = 1) -> Attempt:
    """Let `learner` answer practice questions, some rightly, some wrongly, and end."""
    now = timezone.now()
    attempt = start_attempt(learner=learner, quiz=Quiz.objects.get(slug="practice"), now=now, seed="own-data")
    items = attempt.items.with_answers().select_related("revision__question__topic", "attempt__learner")
    for number, item in enumerate(items[: right + wrong]):
        tokens = make.right_tokens(item) if number < right else make.wrong_tokens(item)
        check_item(learner=learner, place=make.place(item), tokens=tokens, act=make.act(now))
    finish_attempt(attempt=attempt, now=now)
    return attempt


def examined(learner: Learner, *, right: int = 1, end: bool = True) -> Attempt:
    """Let `learner` sit the exam."""
    now = timezone.now()
    attempt = start_attempt(learner=learner, quiz=Quiz.objects.get(slug="exam"), now=now, seed="own-exam")
    make.answer_all(attempt, now, right=right)
    if end:
        finish_attempt(attempt=attempt, now=now)
    return attempt


def run_out(learner: Learner, *, right: int = 1) -> Attempt:
    """Let `learner` answer an exam, and leave it until its time is up."""
    attempt = examined(learner, right=right, end=False)
    began = timezone.now() - timedelta(hours=2)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=began, deadline_at=began + timedelta(minutes=40))
    return attempt


def everything(client: Client) -> dict[str, Any]:
    """Return what the download holds."""
    found: dict[str, Any] = json.loads(client.get(JSON).content)
    return found


def test_it_works(as_alice: Client, alice: Learner, course: Course) -> None:
    as_alice.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    as_alice.post("/en/builder/company-page/submit/")
    attempt = practised(alice)
    own = everything(as_alice)
    assert own["account"]["username"] == "alice"
    assert own["readings"][0]["lesson"] == "efs"
    assert own["quizzes"]["attempts"][0]["id"] == str(attempt.pk)
    assert len(own["evidence"]) == Evidence.objects.filter(learner=alice).count() > 0


def test_every_answer_is_told_in_words_and_with_its_mark(as_alice: Client, alice: Learner, course: Course) -> None:
    attempt = practised(alice)
    items = everything(as_alice)["quizzes"]["attempts"][0]["items"]
    assert len(items) == attempt.items.count()
    first, second = items[0], items[1]
    assert (first["points"], second["points"]) == (first["of"], "0.00")
    assert first["answers"][0]["words"]
    assert "<" not in "".join(first["answers"][0]["words"])


def test_the_file_is_one_to_save_and_kept_by_nobody(as_alice: Client, course: Course) -> None:
    for address, name in ((JSON, r"naru-[\d-]{10}\.json"), (NOTES, r"naru-mistakes-[\d-]{10}\.md")):
        response = as_alice.get(address)
        assert re.fullmatch(f'attachment; filename="{name}"', response["Content-Disposition"])
        assert "no-store" in response["Cache-Control"]


def test_it_holds_nothing_of_others(as_bob: Client, alice: Learner, course: Course) -> None:
    attempt = practised(alice)
    text = as_bob.get(JSON).content.decode() + as_bob.get(NOTES).content.decode() + as_bob.get(DATA).content.decode()
    assert "alice" not in text
    assert str(attempt.pk) not in text


def test_a_guest_takes_theirs_along(client: Client, course: Course) -> None:
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    own = everything(client)
    assert own["account"]["username"] is None
    assert own["readings"][0]["percent"] == 55
    assert "1 lesson opened" in client.get(DATA).content.decode()


def test_who_did_nothing_gets_an_empty_file_and_no_row(client: Client, course: Course) -> None:
    assert everything(client)["format"] == "naru-own-data"
    assert "Nothing was missed" in client.get(NOTES).content.decode()
    assert client.get(DATA).status_code == 200
    assert not Learner.objects.exists()


def test_the_notebook_says_own_answer_right_answer_and_why(as_alice: Client, alice: Learner, course: Course) -> None:
    attempt = practised(alice)
    wrong = attempt.items.with_answers().select_related("revision")[1]
    note = as_alice.get(NOTES).content.decode()
    assert note.count("\n## ") == 1
    assert "Your answer: " in note
    assert "Right answer: **" in note
    assert "\n> " in note
    proves = wrong.revision.secret["proves"]
    assert re.search(rf"\[\[[^\]]+#\^{proves[0]}\]\]", note)


def test_the_notebook_speaks_korean(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice)
    korean = as_alice.get("/ko/accounts/data/mistakes.md").content.decode()
    assert 'title: "Notebook' not in korean
    assert re.search("[가-힣]", korean)


def test_a_question_missed_twice_is_told_once(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=0, wrong=1)
    again = start_attempt(
        learner=alice,
        quiz=Quiz.objects.get(slug="practice"),
        now=timezone.now(),
        seed="again",
        wish=Wish(which="missed", count=1),
    )
    item = again.items.with_answers().select_related("revision__question__topic", "attempt__learner").get()
    check_item(learner=alice, place=make.place(item), tokens=make.wrong_tokens(item), act=make.act(timezone.now()))
    note = as_alice.get(NOTES).content.decode()
    assert note.count("\n## ") == 1
    assert "missed 2 times" in note


# --- what may not be seen yet


def test_an_open_exam_keeps_its_answers_back(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=0, wrong=9)
    before = as_alice.get(NOTES).content.decode()
    attempt = examined(alice, end=False)
    asked = set(attempt.items.values_list("revision__question__slug", flat=True))
    missed = AttemptItem.objects.filter(attempt__quiz__slug="practice").exclude(checked_at=None)
    shared = missed.filter(revision__question__slug__in=asked)
    assert shared.exists()
    note = as_alice.get(NOTES).content.decode()
    assert before.count("\n## ") - note.count("\n## ") == shared.count()
    own = everything(as_alice)
    exam = next(one for one in own["quizzes"]["attempts"] if one["quiz"] == "exam")
    assert {item["points"] for item in exam["items"]} == {None}
    assert exam["prediction"] is None
    # What was marked before the exam began is not told of its questions either.
    told = [item for one in own["quizzes"]["attempts"] for item in one["items"] if item["points"] is not None]
    assert told
    assert not {item["question"] for item in told} & asked
    known = [row for row in own["evidence"] if row["correct"] is not None]
    assert not {row["subject"].removeprefix("item:") for row in known} & asked
    moved = {row["question"] for row in own["quizzes"]["reviews"] if row["state"]}
    assert not moved & asked


@pytest.mark.parametrize("shown", [Quiz.Shown.NEVER, Quiz.Shown.CLOSE])
def test_answers_kept_back_stay_out(as_alice: Client, alice: Learner, course: Course, shown: str) -> None:
    Quiz.objects.filter(slug="exam").update(answers_shown=shown, closes_at=timezone.now() + timedelta(hours=1))
    examined(alice)
    assert "\n## " not in as_alice.get(NOTES).content.decode()
    own = everything(as_alice)
    exam = own["quizzes"]["attempts"][0]
    assert exam["answers_withheld"] is True
    assert {item["points"] for item in exam["items"]} == {None}
    assert "marks" not in exam["grades"][0]
    assert exam["grades"][0]["scaled"] == Grade.objects.get().scaled
    assert {row["correct"] for row in own["evidence"]} <= {None}
    cards = own["quizzes"]["reviews"]
    assert cards
    assert {(card["state"], card["due_at"], card["lapses"]) for card in cards} == {(None, None, None)}


def test_answers_are_told_once_the_quiz_has_closed(as_alice: Client, alice: Learner, course: Course) -> None:
    examined(alice)
    past = timezone.now() - timedelta(minutes=1)
    Quiz.objects.filter(slug="exam").update(answers_shown=Quiz.Shown.CLOSE, closes_at=past)
    assert "\n## " in as_alice.get(NOTES).content.decode()
    assert everything(as_alice)["quizzes"]["attempts"][0]["items"][0]["points"] is not None


def test_a_class_closes_later_for_who_has_more_time(
    as_alice: Client, alice: Learner, ines: Learner, course: Course
) -> None:
    now = timezone.now()
    room = Classroom.objects.create(owner=ines.user, course=course, name="Harbour", code="ABC", created_at=now)
    Membership.objects.create(classroom=room, learner=alice, name="Alice A.", joined_at=now)
    given = Assignment.objects.create(
        classroom=room, source="quiz:exam", made_at=now, closes_at=now - timedelta(minutes=5)
    )
    attempt = examined(alice)
    Attempt.objects.filter(pk=attempt.pk).update(assignment=given)
    Quiz.objects.filter(slug="exam").update(answers_shown=Quiz.Shown.CLOSE)
    assert everything(as_alice)["quizzes"]["attempts"][0]["answers_withheld"] is False
    given.extensions.create(learner=alice, minutes=30, actor=ines.user, actor_name="ines", granted_at=now)
    own = everything(as_alice)
    assert own["quizzes"]["attempts"][0]["answers_withheld"] is True
    assert own["classes"][0]["class"] == "Harbour"
    assert own["extensions"][0]["minutes"] == 30


def test_a_problem_report_is_told_with_its_reply(as_alice: Client, alice: Learner, course: Course) -> None:
    attempt = practised(alice)
    item = attempt.items.all()[0]
    report_problem(learner=alice, place=make.place(item), text="odd **words**", now=timezone.now())
    assert everything(as_alice)["quizzes"]["problem_reports"][0]["text"] == "odd **words**"


def test_an_exam_that_ran_out_of_time_is_told_with_its_grade(as_alice: Client, alice: Learner, course: Course) -> None:
    run_out(alice, right=9)
    own = everything(as_alice)
    assert [len(attempt["grades"]) for attempt in own["quizzes"]["attempts"]] == [1]
    assert len({row["act"] for row in own["evidence"] if row["source"] == "exam"}) == 20


def test_its_mistakes_are_in_the_notebook(as_alice: Client, alice: Learner, course: Course) -> None:
    run_out(alice, right=9)
    assert as_alice.get(NOTES).content.decode().count("\n## ") == 11


def test_it_tells_what_the_numbers_are_measured_by(as_alice: Client, alice: Learner, course: Course) -> None:
    """Readiness needs the weights, gain the lesson of a statement, a result and a plan the topic of a question."""
    practised(alice)
    own = everything(as_alice)
    (measured,) = own["courses"]
    assert (measured["course"], measured["pass_mark"], measured["exam"]["items"]) == ("ecs", 720, 20)
    assert sum(measured["topics"].values()) == 100
    assert measured["statements"]["alb-http"] == "load-balancers"
    items = own["quizzes"]["attempts"][0]["items"]
    assert {card["topic"] for card in own["quizzes"]["reviews"]} <= {item["topic"] for item in items}
    assert {item["topic"] for item in items} <= measured["topics"].keys()
