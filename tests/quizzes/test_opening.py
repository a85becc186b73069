"""When a quiz can be begun and until when; how often; who finds it. Only the server's clock decides."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Assignment, Classroom, Course, Extension, Learner
from learning.services.classes import extend, give, join_class, make_class
from quizzes.models import Attempt, Quiz
from quizzes.services import ClosedError, LateError, allow_extra_time, check_item, settle, start_attempt
from quizzes.services.acts import ShutError
from tests.learning.classes.conftest import quiz_of, quotas
from tests.quizzes.make import act, place, right_tokens, save, saved, wrong_tokens

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def quiz(ines: Learner, course: Course) -> Quiz:
    """A listed exam of ten minutes."""
    return quiz_of(ines, course, listed=True)


def times(quiz: Quiz, now: datetime, opens: int | None, closes: int | None) -> Quiz:
    """Open and close `quiz` so many minutes from `now`."""
    quiz.opens_at = now + opens * MINUTE if opens is not None else None
    quiz.closes_at = now + closes * MINUTE if closes is not None else None
    quiz.save()
    return quiz


def given(quiz: Quiz, owner: Learner, learner: Learner, now: datetime, closes: int | None = None) -> Assignment:
    """Give `quiz` to a class with `learner` in it; return it as `learner` has it."""
    room = make_class(owner=owner.user, course=quiz.course, name="A", now=now)
    join_class(classroom=room, learner=learner, name="x", now=now)
    end = now + closes * MINUTE if closes is not None else None
    give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=end, now=now)
    return Assignment.objects.given_to(learner).get(classroom=room)


def begin(learner: Learner, quiz: Quiz, now: datetime, assignment: Assignment | None = None) -> Attempt:
    return start_attempt(learner=learner, quiz=quiz, now=now, seed="s", assignment=assignment)


def test_it_works(as_alice: Client, alice: Learner, quiz: Quiz, now: datetime) -> None:
    times(quiz, now, 5, 60)
    page = as_alice.get(f"/en/quizzes/{quiz.slug}/").content.decode()
    assert "It opens on" in page
    assert 'type="submit" class="btn big"' not in page
    as_alice.post(f"/en/quizzes/{quiz.slug}/")
    assert Attempt.objects.count() == 0
    times(quiz, now, -5, 60)
    as_alice.post(f"/en/quizzes/{quiz.slug}/", {"opens_at": "2000-01-01", "now": "2000-01-01"})
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(("opens", "closes"), [(1, None), (None, 0), (None, -1), (1, 60), (-60, -1)])
def test_outside_its_times_nothing_begins(
    as_alice: Client, alice: Learner, quiz: Quiz, now: datetime, opens: int | None, closes: int | None
) -> None:
    with pytest.raises(ShutError):
        begin(alice, times(quiz, now, opens, closes), now)
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(("closes", "minutes"), [(5, 5), (10, 10), (60, 10), (None, 10)])
def test_an_exam_ends_when_it_closes_at_the_latest(
    alice: Learner, quiz: Quiz, now: datetime, closes: int | None, minutes: int
) -> None:
    assert begin(alice, times(quiz, now, None, closes), now).deadline_at == now + minutes * MINUTE


def test_more_time_in_percent_does_not_move_the_closing(
    alice: Learner, ines: Learner, quiz: Quiz, now: datetime
) -> None:
    allow_extra_time(learner=alice, percent=100, actor=ines.user, now=now)
    assert begin(alice, times(quiz, now, None, 15), now).deadline_at == now + 15 * MINUTE


def test_minutes_on_top_move_limit_and_closing(alice: Learner, ines: Learner, quiz: Quiz, now: datetime) -> None:
    row = given(quiz, ines, alice, now, closes=5)
    extend(assignment=row, learner=alice, minutes=3, actor=ines.user, now=now)
    row = Assignment.objects.given_to(alice).get()
    late = now + 7 * MINUTE  # after it closed for the others
    assert begin(alice, quiz, late, row).deadline_at == now + 8 * MINUTE
    Attempt.objects.all().delete()
    Assignment.objects.update(closes_at=None)
    row = Assignment.objects.given_to(alice).get()
    assert begin(alice, quiz, now, row).deadline_at == now + 13 * MINUTE


def test_somebody_elses_minutes_are_theirs(
    alice: Learner, bob: Learner, ines: Learner, quiz: Quiz, now: datetime
) -> None:
    row = given(quiz, ines, alice, now, closes=5)
    join_class(classroom=row.classroom, learner=bob, name="Bob", now=now)
    extend(assignment=row, learner=bob, minutes=30, actor=ines.user, now=now)
    with pytest.raises(ShutError):
        begin(alice, quiz, now + 6 * MINUTE, Assignment.objects.given_to(alice).get())
    assert begin(bob, quiz, now + 6 * MINUTE, Assignment.objects.given_to(bob).get()).is_open


def test_practice_ends_when_it_closes(alice: Learner, ines: Learner, course: Course, now: datetime) -> None:
    quiz = times(quiz_of(ines, course, mode="practice", listed=True), now, None, 5)
    attempt = begin(alice, quiz, now)
    items = list(attempt.items.with_answers().select_related("revision", "attempt__learner"))
    check_item(learner=alice, place=place(items[0]), tokens=right_tokens(items[0]), act=act(now + 4 * MINUTE))
    with pytest.raises(ClosedError):
        check_item(learner=alice, place=place(items[1]), tokens=right_tokens(items[1]), act=act(now + 6 * MINUTE))
    ended = settle(attempt=attempt, now=now + 6 * MINUTE)
    assert (ended.is_open, ended.finished_at) == (False, now + 5 * MINUTE)
    assert attempt.grades.count() == 0


@pytest.mark.parametrize("allowed", [1, 2])
def test_attempts_are_counted(as_alice: Client, alice: Learner, quiz: Quiz, now: datetime, allowed: int) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=allowed)
    quiz.refresh_from_db()
    for number in range(allowed):
        begun = begin(alice, quiz, now + number * MINUTE)
        assert begin(alice, quiz, now + number * MINUTE) == begun  # going on is no new attempt
        settle(attempt=begun, now=now + timedelta(days=1 + number))
    with pytest.raises(ShutError):
        begin(alice, quiz, now + timedelta(days=9))
    assert "You have used all your attempts." in as_alice.get(f"/en/quizzes/{quiz.slug}/").content.decode()


def test_each_giving_counts_its_own_attempts(alice: Learner, ines: Learner, quiz: Quiz, now: datetime) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=1)
    quiz.refresh_from_db()
    own = begin(alice, quiz, now)
    settle(attempt=own, now=now + timedelta(days=1))
    row = given(quiz, ines, alice, now)
    assert begin(alice, quiz, now + timedelta(days=2), row).assignment == row


def test_an_unlisted_quiz_is_found_by_those_it_is_given_to(
    as_alice: Client, as_bob: Client, client: Client, as_ines: Client, as_ivan: Client, alice: Learner, ines: Learner,
    course: Course, now: datetime,
) -> None:  # fmt: skip
    quiz = quiz_of(ines, course)
    row = given(quiz, ines, alice, now)
    address = f"/en/quizzes/{quiz.slug}/"
    people = {"alice": as_alice, "bob": as_bob, "guest": client, "ines": as_ines, "ivan": as_ivan}
    found = {name: one.get(address).status_code for name, one in people.items()}
    assert found == {"alice": 200, "bob": 404, "guest": 404, "ines": 200, "ivan": 404}
    assert as_bob.post(address, {"given": row.pk}).status_code == 404
    for page in ("/en/quizzes/", "/en/", f"/en/courses/{course.slug}/"):
        assert f"/quizzes/{quiz.slug}/" not in as_bob.get(page).content.decode()


def test_who_may_see_it_may_not_always_begin_it(as_ines: Client, ines: Learner, course: Course, now: datetime) -> None:
    quiz = quiz_of(ines, course)
    as_ines.post(f"/en/quizzes/{quiz.slug}/")
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("values", [{"draft": True}, {"retired_at": timezone.now()}])
def test_a_draft_is_nobodys(as_alice: Client, as_ines: Client, quiz: Quiz, values: dict[str, object]) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(**values)
    for client in (as_alice, as_ines):
        assert client.get(f"/en/quizzes/{quiz.slug}/").status_code == 404
        assert client.post(f"/en/quizzes/{quiz.slug}/").status_code == 404
        assert quiz.slug not in client.get("/en/quizzes/").content.decode()


def test_for_oneself_or_for_the_class(
    as_alice: Client, alice: Learner, ines: Learner, quiz: Quiz, now: datetime
) -> None:
    row = given(quiz, ines, alice, now)
    address = f"/en/quizzes/{quiz.slug}/"
    assert f'name="given" value="{row.pk}"' in as_alice.get(address).content.decode()
    assert 'name="given" value="0"' in as_alice.get(f"{address}?given=0").content.decode()
    as_alice.post(address, {"given": "0"})
    assert Attempt.objects.get().assignment is None


@pytest.mark.parametrize("asked", ["999999", "x", "", "1" * 5000, "-1"])
def test_an_odd_assignment_is_the_one_there_is(
    as_alice: Client, alice: Learner, ines: Learner, quiz: Quiz, now: datetime, asked: str
) -> None:
    row = given(quiz, ines, alice, now)
    as_alice.post(f"/en/quizzes/{quiz.slug}/", {"given": asked})
    assert Attempt.objects.get().assignment == row


def test_own_practice_ends_where_that_for_a_class_begins(
    alice: Learner, ines: Learner, course: Course, now: datetime
) -> None:
    quiz = quiz_of(ines, course, mode="practice", listed=True)
    own = begin(alice, quiz, now)
    ours = begin(alice, quiz, now + MINUTE, given(quiz, ines, alice, now))
    own.refresh_from_db()
    assert (own.is_open, own.assignment, ours.is_open) == (False, None, True)
    assert begin(alice, quiz, now + 2 * MINUTE) == ours


def test_a_withdrawn_or_archived_one_is_not_given(alice: Learner, ines: Learner, quiz: Quiz, now: datetime) -> None:
    given(quiz, ines, alice, now)
    Classroom.objects.update(archived_at=now)
    assert list(Assignment.objects.given_to(alice)) == []
    Classroom.objects.update(archived_at=None)
    Assignment.objects.update(withdrawn_at=now)
    assert list(Assignment.objects.given_to(alice)) == []


def test_an_answer_after_closing_is_late(alice: Learner, quiz: Quiz, now: datetime) -> None:
    attempt = begin(alice, times(quiz, now, None, 5), now)
    item = attempt.items.with_answers().select_related("revision", "attempt__learner")[0]
    save(item, now + 4 * MINUTE)
    with pytest.raises(LateError):
        save(item, now + 6 * MINUTE, base=1)
    assert Extension.objects.count() == 0


def test_a_marked_question_takes_no_other_answer_also_where_practice_closes(
    alice: Learner, ines: Learner, course: Course, now: datetime
) -> None:
    quiz = quiz_of(ines, course, mode="practice", listed=True)
    attempt = begin(alice, quiz, now, given(quiz, ines, alice, now, closes=60))
    item = attempt.items.with_answers().select_related("revision", "attempt__learner")[0]
    check_item(learner=alice, place=place(item), tokens=wrong_tokens(item), act=act(now))
    with pytest.raises(ClosedError):
        save(item, now + MINUTE, base=1)
    assert saved(item) == [[item.tokens.index(token) for token in wrong_tokens(item)]]


def test_quotas_are_met_by_topic_and_difficulty(alice: Learner, ines: Learner, course: Course, now: datetime) -> None:
    rows = quotas(("launch-types", None, 3), ("iam-roles", None, 4))
    quiz = quiz_of(ines, course, items=(), quotas=rows, listed=True)
    for seed in "abcdef":
        attempt = start_attempt(learner=alice, quiz=quiz, now=now, seed=seed)
        items = attempt.items.select_related("revision__question__topic")
        asked = Counter(item.revision.question.topic.slug for item in items)
        assert asked == {"launch-types": 3, "iam-roles": 4}
        attempt.delete()
