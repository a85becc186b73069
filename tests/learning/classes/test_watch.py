"""Who has started, who works, who is stuck, who is done: as the instructor sees it, and as the member does."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from builder.models import Draft, Scenario, Submission
from learning.models import Assignment, Classroom, Course, Learner, Membership
from learning.services.classes import end_membership, give, join_class
from learning.views.given import given_to, standings
from quizzes.models import Attempt, Quiz
from quizzes.services import check_item, finish_attempt, start_attempt
from tests.conftest import person
from tests.learning.classes.conftest import quiz_of
from tests.quizzes.make import act, answer_all, place, save, wrong_tokens

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now().replace(microsecond=0)


def begin(member: Membership, given: Assignment, now: datetime) -> Attempt:
    row = Assignment.objects.given_to(member.learner).get(pk=given.pk)
    quiz = Quiz.objects.get(slug=given.source.removeprefix("quiz:"))
    return start_attempt(learner=member.learner, quiz=quiz, now=now, seed="s", assignment=row)


def state(member: Membership, given: Assignment, now: datetime) -> tuple[str, str]:
    """Return state and score of a member."""
    standing = standings([given], [member], now).get((given.pk, member.learner_id))
    return (standing.state, standing.score) if standing else ("new", "")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_it_works(as_ines: Client, member: Membership, given: Assignment, now: datetime) -> None:
    page = f"/en/author/classes/{given.classroom_id}/"
    assert "not started" in as_ines.get(page).content.decode()
    attempt = begin(member, given, now)
    answer_all(attempt, now, right=2)
    finish_attempt(attempt=attempt, now=now)
    said = as_ines.get(page).content.decode()
    assert "1000 points, 2 of 2 right" in said
    assert "done 1 · working 0 · stuck 0 · not started 0" in said


def test_stuck_is_ten_minutes_without_saving_while_time_runs(
    ines: Learner, room: Classroom, member: Membership, course: Course, now: datetime
) -> None:
    quiz = quiz_of(ines, course, minutes=60)
    given = give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=None, now=now)
    attempt = begin(member, given, now)
    assert state(member, given, now + 9 * MINUTE) == ("working", "0 of 2 answered")
    assert state(member, given, now + 10 * MINUTE)[0] == "stuck"
    item = attempt.items.with_answers().select_related("revision", "attempt__learner")[0]
    save(item, now + 11 * MINUTE)
    assert state(member, given, now + 20 * MINUTE) == ("working", "1 of 2 answered")
    assert state(member, given, now + 21 * MINUTE)[0] == "stuck"


def test_an_exam_nobody_came_back_to_ends_when_it_is_looked_at(
    member: Membership, given: Assignment, now: datetime
) -> None:
    attempt = begin(member, given, now)
    assert state(member, given, now + 11 * MINUTE) == ("done", "100 points, 0 of 2 right")
    attempt.refresh_from_db()
    assert attempt.finished_at == now + 10 * MINUTE


def test_stuck_is_three_exams_failed_in_a_row(member: Membership, given: Assignment, now: datetime) -> None:
    for number in range(3):
        assert state(member, given, now)[0] == ("done" if number else "new")
        attempt = begin(member, given, now + number * MINUTE)
        finish_attempt(attempt=attempt, now=now + number * MINUTE)
    assert state(member, given, now) == ("stuck", "100 points, 0 of 2 right · the best of 3")
    attempt = begin(member, given, now + 5 * MINUTE)
    answer_all(attempt, now + 5 * MINUTE, right=2)
    finish_attempt(attempt=attempt, now=now + 5 * MINUTE)
    assert state(member, given, now) == ("done", "1000 points, 2 of 2 right · the best of 4")


def test_stuck_in_practice_is_five_wrong_in_a_row(
    ines: Learner, room: Classroom, member: Membership, course: Course, now: datetime
) -> None:
    slugs = tuple(course.questions.exclude(current=None).values_list("slug", flat=True)[:7])
    quiz = quiz_of(ines, course, mode="practice", items=slugs)
    given = give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=None, now=now)
    attempt = begin(member, given, now)
    items = attempt.items.with_answers().select_related("revision", "attempt__learner")
    for number, item in enumerate(items[:5]):
        assert state(member, given, now)[0] == "working"
        moment = now + number * MINUTE
        check_item(learner=member.learner, place=place(item), tokens=wrong_tokens(item), act=act(moment))
    assert state(member, given, now) == ("stuck", "5 of 7 answered")


def test_a_scenario_counts_from_when_it_was_given(
    room: Classroom, member: Membership, course: Course, now: datetime
) -> None:
    scenario = Scenario.objects.filter(course=course)[0]
    given = give(classroom=room, source=f"scenario:{scenario.slug}", opens_at=None, closes_at=now + MINUTE, now=now)

    def hand_in(score: int, moment: datetime) -> None:
        Submission.objects.create(
            learner=member.learner, scenario=scenario, design={}, score=score, report={}, created_at=moment
        )

    hand_in(100, now - MINUTE)
    assert state(member, given, now) == ("new", "")
    Draft.objects.create(learner=member.learner, scenario=scenario, design={}, updated_at=now)
    assert state(member, given, now)[0] == "working"
    for _ in range(3):
        hand_in(60, now)
    assert state(member, given, now) == ("stuck", "60 of 100 · the best of 3")
    hand_in(100, now + 2 * MINUTE)
    assert state(member, given, now + 3 * MINUTE)[0] == "stuck"
    hand_in(100, now + MINUTE)
    assert state(member, given, now + 3 * MINUTE) == ("done", "100 of 100 · the best of 4")


def test_what_is_done_for_oneself_is_not_seen(
    as_ines: Client, member: Membership, room: Classroom, course: Course, ines: Learner, now: datetime
) -> None:
    quiz = quiz_of(ines, course, listed=True)
    given = give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=None, now=now)
    attempt = start_attempt(learner=member.learner, quiz=quiz, now=now, seed="s")
    answer_all(attempt, now, right=2)
    finish_attempt(attempt=attempt, now=now)
    assert state(member, given, now) == ("new", "")
    assert "1000 points" not in as_ines.get(f"/en/author/classes/{room.pk}/").content.decode()


def test_after_leaving_only_what_was_finished_before_is_seen(
    member: Membership, given: Assignment, now: datetime
) -> None:
    first = begin(member, given, now)
    finish_attempt(attempt=first, now=now)
    second = begin(member, given, now + MINUTE)
    end_membership(membership=member, now=now + 2 * MINUTE)
    member.refresh_from_db()
    answer_all(second, now + 3 * MINUTE, right=2)
    finish_attempt(attempt=second, now=now + 4 * MINUTE)
    assert state(member, given, now + 5 * MINUTE) == ("done", "100 points, 0 of 2 right")
    assert given_to(member.learner, now) == []


def test_members_do_not_see_one_another(
    as_bob: Client, bob: Learner, member: Membership, given: Assignment, now: datetime
) -> None:
    join_class(classroom=given.classroom, learner=bob, name="Bob", now=now)
    attempt = begin(member, given, now)
    answer_all(attempt, now, right=2)
    finish_attempt(attempt=attempt, now=now)
    page = as_bob.get(f"/en/classes/{given.classroom_id}/").content.decode()
    assert "1000 points" not in page
    assert member.name not in page


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


def test_queries_do_not_grow_with_members(
    as_ines: Client,
    as_alice: Client,
    member: Membership,
    given: Assignment,
    course: Course,
    ines: Learner,
    now: datetime,
) -> None:
    pages = {as_ines: f"/en/author/classes/{given.classroom_id}/", as_alice: f"/en/classes/{given.classroom_id}/"}
    scenario = Scenario.objects.filter(course=course)[0]
    give(classroom=given.classroom, source=f"scenario:{scenario.slug}", opens_at=None, closes_at=None, now=now)
    finish_attempt(attempt=begin(member, given, now), now=now)
    before = [queries(client, path) for client, path in pages.items()]
    for number in range(8):
        one = join_class(classroom=given.classroom, learner=person(f"p{number}"), name=f"P{number}", now=now)
        attempt = begin(one, given, now)
        if number % 2:
            finish_attempt(attempt=attempt, now=now)
    other = quiz_of(ines, course)
    give(classroom=given.classroom, source=f"quiz:{other.slug}", opens_at=None, closes_at=None, now=now)
    assert [queries(client, path) for client, path in pages.items()] == before
    assert before[0] <= 24
    assert before[1] <= 20


def test_given_work_costs_few_queries(alice: Learner, member: Membership, given: Assignment, now: datetime) -> None:
    with CaptureQueriesContext(connection) as caught:
        found = given_to(alice, now)
    assert [(one.label, one.state) for one in found] == [("Short test", "open")]
    assert len(caught) <= 4


def test_the_table_refreshes_itself_and_stops(as_ines: Client, member: Membership, given: Assignment) -> None:
    page = f"/en/author/classes/{given.classroom_id}/"
    htmx = {"HX-Request": "true"}
    first = as_ines.get(page, headers=htmx).content.decode()
    assert first.lstrip().startswith('<section id="class-standing"')
    assert "?turn=1" in first
    assert "load delay:20s" in first
    last = as_ines.get(f"{page}?turn=90", headers=htmx).content.decode()
    assert "load delay" not in last
    assert "Refresh" in last
    for odd in ("x", "-1", "9" * 5000, "٣"):
        assert as_ines.get(f"{page}?turn={odd}", headers=htmx).status_code == 200
