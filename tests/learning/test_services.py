"""What a learner leaves behind is kept, only moves on, and survives signing in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from learning.mastery import Observation
from learning.models import Course, Evidence, Learner, Lesson, LessonText, Reading, Statement, Topic
from learning.services import adopt_guest, mark_read, record_evidence

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
WORDS = {"ko": "차", "en": "Tea"}


@pytest.fixture
def tea(db: None) -> Course:
    """A course of two lessons with a statement each."""
    course = Course.objects.create(slug="tea", title=WORDS, summary=WORDS, pass_mark=700, content_hash="")
    topic = Topic.objects.create(course=course, slug="tea", position=1, title=WORDS, weight=100)
    for position, slug in enumerate(("water", "leaves"), start=1):
        lesson = Lesson.objects.create(course=course, topic=topic, slug=slug, position=position)
        Statement.objects.create(course=course, lesson=lesson, slug=f"{slug}-fact", position=1, words=WORDS)
        LessonText.objects.create(lesson=lesson, language="ko", title=slug, parts=[], minutes=1, content_hash="")
    return course


@pytest.fixture
def water(tea: Course) -> Lesson:
    return Lesson.objects.get(slug="water")


@pytest.fixture
def leaves(tea: Course) -> Lesson:
    return Lesson.objects.get(slug="leaves")


def test_reading_only_moves_on(alice: Learner, water: Lesson) -> None:
    assert mark_read(learner=alice, lesson=water, percent=40, now=NOW).percent == 40
    assert mark_read(learner=alice, lesson=water, percent=10, now=NOW).percent == 40
    assert Reading.objects.get().finished_at is None


@pytest.mark.parametrize(
    ("percent", "kept", "finished"), [(94, 94, None), (95, 95, NOW), (250, 100, NOW), (-5, 0, None)]
)
def test_a_lesson_is_finished_near_its_end(
    alice: Learner, water: Lesson, percent: int, kept: int, finished: datetime | None
) -> None:
    reading = mark_read(learner=alice, lesson=water, percent=percent, now=NOW)
    reading.refresh_from_db()
    assert (reading.percent, reading.finished_at) == (kept, finished)


def test_the_day_of_finishing_stays(alice: Learner, water: Lesson) -> None:
    mark_read(learner=alice, lesson=water, percent=95, now=NOW)
    mark_read(learner=alice, lesson=water, percent=100, now=LATER)
    reading = Reading.objects.get()
    assert (reading.percent, reading.finished_at) == (100, NOW)


def test_readings_are_ones_own(alice: Learner, bob: Learner, water: Lesson) -> None:
    mark_read(learner=alice, lesson=water, percent=80, now=NOW)
    assert mark_read(learner=bob, lesson=water, percent=10, now=NOW).percent == 10


def seen(subject: str, *statements: str, correct: bool = True) -> Observation:
    return Observation("act/1", "practice", subject, statements, correct)


def test_evidence_is_appended(alice: Learner, tea: Course) -> None:
    for correct in (True, False):
        one = seen("item:w-1", "water-fact", "water-fact", correct=correct)
        record_evidence(learner=alice, course=tea, observations=[one], now=NOW)
    rows = Evidence.objects.order_by("pk")
    assert [(e.statement.slug, e.correct, e.subject, e.first, e.seen_at) for e in rows] == [
        ("water-fact", True, "item:w-1", True, NOW),
        ("water-fact", False, "item:w-1", False, NOW),
    ]
    assert {(e.course, e.topic.slug) for e in rows} == {(tea, "tea")}


def test_evidence_for_an_unknown_statement_is_left_out(alice: Learner, tea: Course) -> None:
    one = seen("item:w-1", "water-fact", "leaves-fact", "milk-fact")
    made = record_evidence(learner=alice, course=tea, observations=[one], now=NOW)
    assert {one.statement.slug for one in made} == {"water-fact", "leaves-fact"}


# --- a guest signs up or in


@pytest.fixture
def guest(water: Lesson, tea: Course) -> Learner:
    """Somebody without an account who has read and answered."""
    guest = Learner.objects.create()
    mark_read(learner=guest, lesson=water, percent=60, now=NOW)
    record_evidence(learner=guest, course=tea, observations=[seen("item:w-1", "water-fact")], now=NOW)
    return guest


@pytest.fixture
def dora(db: None) -> User:
    """A user who has not studied yet."""
    return User.objects.create_user("dora")


def test_a_new_user_takes_over_the_guest(guest: Learner, dora: User) -> None:
    learner = adopt_guest(user=dora, guest_id=guest.pk)
    assert learner == guest
    assert User.objects.get(username="dora").learner == guest
    assert (learner.readings.get().percent, learner.evidence.count()) == (60, 1)


def test_the_user_in_hand_knows_the_learner(guest: Learner, dora: User) -> None:
    assert not hasattr(dora, "learner")
    learner = adopt_guest(user=dora, guest_id=guest.pk)
    assert dora.learner == learner


@pytest.mark.parametrize("guest_id", [None, 0, 999_999])
def test_a_user_without_a_guest_gets_a_learner(dora: User, guest_id: int | None) -> None:
    assert adopt_guest(user=dora, guest_id=guest_id) == adopt_guest(user=dora, guest_id=guest_id)
    assert Learner.objects.count() == 1


def test_the_work_of_a_guest_is_merged_once(alice: Learner, guest: Learner, tea: Course, leaves: Lesson) -> None:
    record_evidence(learner=alice, course=tea, observations=[seen("item:w-2", "water-fact", correct=False)], now=NOW)
    mark_read(learner=guest, lesson=leaves, percent=20, now=NOW)
    guest_id = guest.pk
    for _ in range(2):
        assert adopt_guest(user=alice.user, guest_id=guest_id) == alice
    assert {reading.lesson.slug: reading.percent for reading in alice.readings.all()} == {"water": 60, "leaves": 20}
    assert sorted(alice.evidence.values_list("subject", flat=True)) == ["item:w-1", "item:w-2"]
    assert not Learner.objects.filter(pk=guest_id).exists()


@pytest.mark.parametrize(
    ("own", "theirs", "percent", "finished"),
    [((80, NOW), (60, NOW), 80, None), ((30, NOW), (100, LATER), 100, LATER), ((100, LATER), (100, NOW), 100, NOW)],
)
def test_of_two_readings_the_further_stays(
    alice: Learner,
    water: Lesson,
    own: tuple[int, datetime],
    theirs: tuple[int, datetime],
    percent: int,
    finished: datetime | None,
) -> None:
    visitor = Learner.objects.create()
    mark_read(learner=alice, lesson=water, percent=own[0], now=own[1])
    mark_read(learner=visitor, lesson=water, percent=theirs[0], now=theirs[1])
    adopt_guest(user=alice.user, guest_id=visitor.pk)
    reading = Reading.objects.get()
    assert (reading.learner, reading.percent, reading.finished_at) == (alice, percent, finished)


def test_upper_apps_bring_over_their_part_before_the_guest_goes(alice: Learner, guest: Learner) -> None:
    seen: list[tuple[int, int]] = []
    guest_id = guest.pk
    adopt_guest(user=alice.user, guest_id=guest_id, also=[lambda one, other: seen.append((one.pk, other.pk))])
    assert seen == [(guest_id, alice.pk)]


def test_all_of_it_or_nothing(alice: Learner, guest: Learner) -> None:
    def fail(one: Learner, other: Learner) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        adopt_guest(user=alice.user, guest_id=guest.pk, also=[fail])
    guest.refresh_from_db()
    assert (guest.evidence.count(), guest.readings.count(), alice.readings.count()) == (1, 1, 0)


def test_nobody_adopts_another_users_learner(alice: Learner, bob: Learner, water: Lesson) -> None:
    mark_read(learner=bob, lesson=water, percent=50, now=NOW)
    assert adopt_guest(user=alice.user, guest_id=bob.pk) == alice
    assert (alice.readings.count(), bob.readings.count()) == (0, 1)
