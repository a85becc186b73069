"""Questions on trial ride along in an exam: marked for the statistics, in no grade, not to be told apart."""

import re
from collections import Counter

import pytest
from django.test import Client

from learning.models import Course, Evidence, Learner
from quizzes.models import Attempt, Grade, Question, Quiz
from quizzes.services import finish_attempt, grade_of, grading_of, regrade, start_attempt
from tests.learning.classes.conftest import quiz_of
from tests.quizzes.conftest import NOW
from tests.quizzes.make import answer_all, save

PILOTS = ("lt-003", "lt-005", "lt-007")


@pytest.fixture
def quiz(ines: Learner, course: Course) -> Quiz:
    """An exam of four questions that takes two of three on trial along."""
    Question.objects.filter(course=course, slug__in=PILOTS).update(pilot=True)
    return quiz_of(ines, course, items=("lt-001", "lt-002", "lt-004", "lt-006"), listed=True, pilots=2)


def begun(learner: Learner, quiz: Quiz, seed: str = "s") -> Attempt:
    return start_attempt(learner=learner, quiz=quiz, now=NOW, seed=seed)


def counted(grade: Grade) -> int:
    """Return how many questions a grade rests on."""
    return sum(topic.items for topic in grading_of(grade).topics)


def pilots_of(attempt: Attempt) -> list[str]:
    return [item.revision.question.slug for item in attempt.items.filter(pilot=True)]


def test_it_works(as_alice: Client, alice: Learner, quiz: Quiz) -> None:
    attempt = begun(alice, quiz)
    assert attempt.items.count() == 6
    assert len(set(pilots_of(attempt)) & set(PILOTS)) == 2
    items = answer_all(attempt, NOW, right=6)
    finish_attempt(attempt=attempt, now=NOW)
    grade = grade_of(attempt)
    assert grade is not None
    assert (grade.scaled, counted(grade)) == (1000, 4)
    assert attempt.items.filter(points=None).count() == 0  # marked all the same, for the statistics
    page = as_alice.get(f"/en/attempts/{attempt.pk}/result/").content.decode()
    assert "4 of 4 right" in page
    assert "6 of 6" not in page
    assert len(items) == 6


def test_wrong_pilots_cost_nothing(as_alice: Client, alice: Learner, quiz: Quiz) -> None:
    attempt = begun(alice, quiz)
    items = attempt.items.filter(pilot=False).with_answers().select_related("revision", "attempt__learner")
    for item in items:
        save(item, NOW)
    for item in attempt.items.filter(pilot=True).with_answers().select_related("revision", "attempt__learner"):
        save(item, NOW, right=False)
    finish_attempt(attempt=attempt, now=NOW)
    grade = grade_of(attempt)
    assert grade is not None
    assert grade.scaled == 1000
    assert "All right!" in as_alice.get(f"/en/attempts/{attempt.pk}/result/").content.decode()
    assert as_alice.get(f"/en/attempts/{attempt.pk}/review/").content.decode().count("on trial, not counted") == 2


def test_a_pilot_is_no_evidence(alice: Learner, quiz: Quiz) -> None:
    attempt = begun(alice, quiz)
    answer_all(attempt, NOW, right=6)
    finish_attempt(attempt=attempt, now=NOW)
    subjects = set(Evidence.objects.filter(learner=alice).values_list("subject", flat=True))
    assert subjects
    assert subjects & {f"item:{slug}" for slug in PILOTS} == set()


def test_a_regrade_leaves_them_out_too(alice: Learner, ines: Learner, quiz: Quiz) -> None:
    attempt = begun(alice, quiz)
    answer_all(attempt, NOW, right=6)
    finish_attempt(attempt=attempt, now=NOW)
    again = regrade(attempt=attempt, actor=ines.user, reason="a check", now=NOW)
    assert (again.number, again.scaled, counted(again)) == (2, 1000, 4)


def test_nothing_on_the_pages_tells_them_apart(as_alice: Client, alice: Learner, quiz: Quiz) -> None:
    """The page of each question is the same whether its row is a pilot's or not."""
    attempt = begun(alice, quiz)
    addresses = [item.get_absolute_url() for item in attempt.items.all()]
    addresses.append(f"/en/attempts/{attempt.pk}/check/")

    def pages() -> list[str]:
        found = [as_alice.get(address).content.decode() for address in addresses]
        return [mask(page) for page in found]

    before = pages()
    for item in attempt.items.all():
        item.pilot = not item.pilot
        item.save(update_fields=["pilot"])
    assert pages() == before


def mask(page: str) -> str:
    """Return a page without what differs from request to request."""
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "uuid", page)
    page = re.sub(r"csrfmiddlewaretoken\" value=\"[^\"]*|data-now=\"\d*|\"now\": ?\d+|data-csrf=\"[^\"]*", "", page)
    return re.sub(r"\b\d\d:\d\d\b", "", page)


def test_the_learner_is_told_before_starting(as_alice: Client, quiz: Quiz) -> None:
    said = "Some more may be on trial"
    assert said in as_alice.get(f"/en/quizzes/{quiz.slug}/").content.decode()
    Quiz.objects.filter(pk=quiz.pk).update(pilots=0)
    assert said not in as_alice.get(f"/en/quizzes/{quiz.slug}/").content.decode()


def test_they_stand_anywhere(alice: Learner, bob: Learner, quiz: Quiz) -> None:
    """Over many draws each of the three comes along, at each of the six places."""
    which, where = Counter[str](), Counter[int]()
    for number in range(40):
        attempt = begun(alice, quiz, f"{number}")
        for item in attempt.items.filter(pilot=True).select_related("revision__question"):
            which[item.revision.question.slug] += 1
            where[item.number] += 1
        attempt.delete()
    assert set(which) == set(PILOTS)
    assert set(where) == {1, 2, 3, 4, 5, 6}


def test_the_same_seed_lays_out_the_same(alice: Learner, bob: Learner, quiz: Quiz) -> None:
    first, second = (begun(learner, quiz, "same") for learner in (alice, bob))
    assert pilots_of(first) == pilots_of(second)


def test_a_case_is_not_torn_by_a_pilot(alice: Learner, ines: Learner, course: Course) -> None:
    Question.objects.filter(course=course, slug__in=PILOTS).update(pilot=True)
    case = Question.objects.filter(course=course, pilot=False).exclude(case="").values_list("case", flat=True)[0]
    slugs = tuple(Question.objects.filter(course=course, case=case).values_list("slug", flat=True))
    quiz = quiz_of(ines, course, items=("lt-001", *slugs, "lt-002"), listed=True, pilots=3)
    for number in range(15):
        attempt = begun(alice, quiz, f"{number}")
        asked = [item.revision.question.slug for item in attempt.items.select_related("revision__question")]
        start = asked.index(slugs[0])
        assert tuple(asked[start : start + len(slugs)]) == slugs
        attempt.delete()


def test_too_few_pilots_cannot_be_published(as_ines: Client, quiz: Quiz, course: Course) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(pilots=4, draft=True)
    as_ines.post(f"/en/author/quizzes/{quiz.pk}/act/", {"act": "publish"})
    quiz.refresh_from_db()
    assert quiz.draft
    said = as_ines.get(f"/en/author/quizzes/{quiz.pk}/").content.decode()
    assert "4 pilot questions wanted, but there are only 3." in said
