"""The page of review: what is due, the plan, the coming days; whatever is typed, and however much there is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.models import Course, Learner
from quizzes.activities import activity
from quizzes.models import Answer, Attempt, AttemptItem, Plan, Question, Quiz, ReviewCard
from quizzes.services.cards import rebuild_cards
from quizzes.services.planning import FARTHEST, review_of
from tests.quizzes.reviewing import URL, answered, asked, hold

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # in Seoul


def planned(client: Client, exam_on: str = "", daily: str = "20") -> str:
    return client.post(f"{URL}plan/", {"exam_on": exam_on, "daily": daily}, follow=True).content.decode()


def bars(said: str) -> list[int]:
    """Return the numbers in the table of the coming days."""
    table = said[said.index('class="numbers"') :]
    return [int(number) for number in re.findall(r"<td>(\d+)", table)]


def test_it_works(as_alice: Client, alice: Learner, course: Course) -> None:
    hold(alice, course, timezone.now(), days=7, count=7)
    said = as_alice.get(URL).content.decode()
    assert "7 questions" in said
    assert "about 7 minutes" in said
    assert "Start reviewing" in said
    assert bars(said) == [7, *[0] * 13]
    assert 'role="img"' in said


def test_nothing_due_is_no_dead_end(as_alice: Client, alice: Learner, course: Course) -> None:
    said = as_alice.get(URL).content.decode()
    assert "There is nothing to review yet." in said
    assert "/en/quizzes/practice/?which=unseen" in said
    assert "Read on" in said
    hold(alice, course, timezone.now(), days=1, count=3)
    said = as_alice.get(URL).content.decode()
    assert "Nothing is due today." in said
    assert "The next review is on" in said
    assert bars(said)[1] == 3


def test_no_course_is_said(client: Client, db: None) -> None:
    assert client.get(URL).status_code == 200
    assert client.post(f"{URL}next/").status_code == 404
    assert client.post(f"{URL}plan/").status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "%ED%A0%80", "x" * 5000, "../ecs"])
def test_a_course_that_is_not_there_is_not_found(client: Client, course: Course, slug: str) -> None:
    assert client.get(f"{URL}?course={slug}").status_code == 404
    assert client.post(f"{URL}next/?course={slug}").status_code == 404
    assert client.get(f"{URL}?course=ecs").status_code == 200


def test_the_section_is_marked_in_the_menu(client: Client, course: Course) -> None:
    said = client.get(URL).content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', said) == [URL, URL]
    assert f'<a href="{URL}"' in client.get("/en/").content.decode()


def test_lessons_stay_open_whatever_is_due(as_alice: Client, alice: Learner, course: Course) -> None:
    hold(alice, course, timezone.now(), days=90)
    lesson = course.lessons.filter(retired_at=None).first()
    assert lesson
    assert as_alice.get(lesson.get_absolute_url()).status_code == 200


# --- the plan


def test_a_plan_is_kept(as_alice: Client, alice: Learner, course: Course) -> None:
    day = timezone.localdate() + 30 * DAY
    said = planned(as_alice, day.isoformat(), "15")
    assert "Your plan is kept." in said
    assert "30 days until the exam" in said
    assert f'value="{day.isoformat()}"' in said
    plan = Plan.objects.get()
    assert (plan.learner, plan.course, plan.exam_on, plan.daily) == (alice, course, day, 15)
    planned(as_alice, "", "16")
    assert (Plan.objects.get().exam_on, Plan.objects.get().daily) == (None, 16)


@pytest.mark.parametrize(
    ("exam_on", "daily"),
    [
        ("2020-01-01", "20"),
        ("99999-01-01", "20"),
        ("9999-12-31", "20"),
        ("0001-01-01", "20"),
        ("2027-02-30", "20"),
        ("tomorrow", "20"),
        ("\x00", "20"),
        ("<b>", "20"),
        ("", "0"),
        ("", "201"),
        ("", "-1"),
        ("", "9" * 5000),
        ("", "1e3"),
        ("", ""),
        ("", "\x00"),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_a_plan_that_cannot_be_is_said(as_alice: Client, course: Course, exam_on: str, daily: str) -> None:
    page = as_alice.post(f"{URL}plan/", {"exam_on": exam_on, "daily": daily})
    assert page.status_code == 422
    said = page.content.decode()
    assert 'aria-invalid="true"' in said
    assert "<b>" not in said.split('class="errorlist"')[1][:80]
    assert not Plan.objects.exists()


def test_what_was_typed_is_not_lost(as_alice: Client, course: Course) -> None:
    said = as_alice.post(f"{URL}plan/", {"exam_on": "99999-01-01", "daily": "17"}).content.decode()
    assert "99999-01-01 is no day that can be planned for" in said
    assert 'value="17"' in said


def test_the_farthest_day_can_be_planned(as_alice: Client, course: Course) -> None:
    assert "is kept" in planned(as_alice, (timezone.localdate() + timedelta(days=FARTHEST)).isoformat())
    assert "is kept" in planned(as_alice, timezone.localdate().isoformat())
    over = timezone.localdate() + timedelta(days=FARTHEST + 1)
    assert as_alice.post(f"{URL}plan/", {"exam_on": over.isoformat(), "daily": "5"}).status_code == 422


def test_the_exam_pulls_in_what_falls_due_after_it(as_alice: Client, alice: Learner, course: Course) -> None:
    held = hold(alice, course, timezone.now(), days=30, count=10)
    ReviewCard.objects.update(due_at=timezone.now() + 60 * DAY)
    assert sum(bars(as_alice.get(URL).content.decode())) == 0
    said = planned(as_alice, (timezone.localdate() + 5 * DAY).isoformat())
    assert bars(said) == [2] * 5 + [0] * 9
    assert held == 10


def test_what_is_left_out_is_said_by_topic(
    as_alice: Client, alice: Learner, course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = hold(alice, course, timezone.now(), days=30)
    said = planned(as_alice, (timezone.localdate() + 2 * DAY).isoformat(), "3")
    sentence = re.findall(r"(\d+) questions do not fit before the exam and are left out: ([^.]+)\.", said)[0]
    assert int(sentence[0]) == held - 6
    assert sum(int(number) for number in re.findall(r" (\d+)(?:,|$)", sentence[1])) == held - 6
    assert f"With {-(-held // 2)} a day all of them would fit." in said
    with django_assert_num_queries(8):
        as_alice.get(URL)
    fits = planned(as_alice, (timezone.localdate() + 2 * DAY).isoformat(), str(-(-held // 2)))
    assert "left out" not in fits


# --- what home asks


def test_home_can_say_what_is_due(alice: Learner, course: Course) -> None:
    hold(alice, course, NOON, days=7, count=3)
    due = activity.due(alice, course, NOON)
    assert due
    assert (due.count, due.minutes, due.next_on, due.url) == (3, 3, None, "/ko/review/")


def test_home_knows_which_exams_are_open(as_alice: Client, alice: Learner, course: Course) -> None:
    """A second exam keeps more questions back than the first alone."""
    hold(alice, course, timezone.now(), days=2)
    Plan.objects.create(learner=alice, course=course, daily=200)
    for slug in ("exam", "full-exam"):
        as_alice.post(f"/en/quizzes/{slug}/")
        due = activity.due(alice, course, timezone.now())
        assert due.count == review_of(learner=alice, course=course, now=timezone.now()).count < 89


# --- how much it costs


def test_the_page_takes_eight_queries(
    as_alice: Client, alice: Learner, practice: Quiz, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answered(alice, practice, timezone.now() - 7 * DAY)
    asked(as_alice)
    as_alice.get(URL)
    with django_assert_num_queries(8):  # session, user, course, cards, sealed, done today, plan, open session
        as_alice.get(URL)


def test_ten_thousand_answers_cost_no_more(
    as_alice: Client, alice: Learner, course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One card a question, however often it was answered; rebuilding reads each answer once."""
    revisions = [one.current_id for one in Question.objects.filter(course=course, retired_at=None)]
    attempt = Attempt.objects.create(
        learner=alice, course=course, mode=Quiz.Mode.REVIEW, started_at=NOON - 400 * DAY, state="finished"
    )
    items = AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            number=number % 32_000,
            revision_id=revisions[number % len(revisions)],
            order=[],
            tokens=[],
            checked_at=NOON - 400 * DAY + timedelta(minutes=50 * number),
            points=number % 3 > 0,
            of=1,
        )
        for number in range(10_000)
    )
    Answer.objects.bulk_create(
        Answer(item=item, operation=f"00000000-0000-0000-0000-{item.pk:012}", revision=1, response=[0], saved_at=NOON)
        for item in items
    )
    assert rebuild_cards(learner=alice) == len(revisions)
    as_alice.get(URL)
    with django_assert_num_queries(8):
        assert as_alice.get(URL).status_code == 200
    review = review_of(learner=alice, course=course, now=NOON)
    assert review.count <= review.wish.daily
