"""Progress: what is known of one, each number with its range; only one's own, and quickly however much it is."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.charts import percent
from learning.models import Course, Evidence, Learner, Statement
from learning.services import mark_read
from learning.services.measures import forget_measures, measures
from learning.views.progress import last_days
from quizzes.models import Attempt, AttemptItem, Quiz, ReviewCard
from tests.conftest import signed_in, without_tokens
from tests.learning.test_own_data import examined, practised, run_out


def believed(learner: Learner, correct: bool, sure: str, count: int = 1) -> None:
    """Let `learner` have answered with confidence: rows as a review of one question leaves them."""
    statement = Statement.objects.select_related("lesson").get(slug="alb-http")
    for _ in range(count):
        act = f"{uuid.uuid4()}/1"
        Evidence.objects.create(
            learner=learner, course=statement.course, statement=statement, topic=statement.lesson.topic, act=act,
            source="review", subject="item:lb-001", correct=correct, confidence=sure, seen_at=timezone.now(),
        )  # fmt: skip


def test_it_works(as_alice: Client, alice: Learner, course: Course) -> None:
    as_alice.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    practised(alice, right=6, wrong=6)
    page = as_alice.get("/en/progress/").content.decode()
    assert "55%" in page
    for heading in ("Readiness", "When you were sure", "What you know", "Exams", "Reviews to come", "Time spent"):
        assert f">{heading}</h2>" in page


def test_a_newcomer_is_told_where_to_start(client: Client, course: Course) -> None:
    page = client.get("/en/progress/").content.decode()
    assert "Nothing here yet." in page
    assert "Sign up" in page


def test_one_thing_to_do_next_is_offered_first(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice)
    assert 'class="btn" href="/en/courses/ecs/lessons/launch-types/"' in as_alice.get("/en/progress/").content.decode()
    then = timezone.now() - timedelta(days=2)
    ReviewCard.objects.filter(learner=alice).update(due_at=then, reviewed_at=then)
    page = as_alice.get("/en/progress/").content.decode()
    assert re.search(r'class="btn" href="/en/review/">\d+ questions to review today<', page)


def test_it_hides_other_peoples_progress(as_alice: Client, as_bob: Client, alice: Learner, course: Course) -> None:
    as_alice.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    practised(alice)
    page = as_bob.get("/en/progress/").content.decode()
    assert "55%" not in page
    assert "Nothing here yet." in page


def test_every_statement_opens_in_its_lesson(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice)
    page = as_alice.get("/en/progress/").content.decode()
    for statement in Statement.objects.filter(retired_at=None).select_related("lesson__course"):
        assert page.count(f'lessons/{statement.lesson.slug}/?s={statement.slug}#{statement.slug}"') >= 2


def test_how_a_statement_stands_is_said_in_words(as_alice: Client, alice: Learner, course: Course) -> None:
    believed(alice, True, "sure", 6)
    page = as_alice.get("/en/progress/").content.decode()
    words = str(Statement.objects.get(slug="alb-http").words["en"])
    assert f'<span class="visually-hidden">{words}: known</span>' in page
    assert page.count(": not asked yet</span>") == Statement.objects.filter(retired_at=None).count() - 1


def test_sure_and_wrong_comes_first_until_it_is_mended(as_alice: Client, alice: Learner, course: Course) -> None:
    believed(alice, False, "sure")
    page = as_alice.get("/en/progress/").content.decode()
    assert "! still open" in page
    assert page.index("Sure, and wrong") < page.index("What you know")
    believed(alice, True, "maybe")
    page = as_alice.get("/en/progress/").content.decode()
    assert "! still open" not in page
    assert "1 answered rightly since" in page


def test_what_an_exam_keeps_back_is_not_said_here(as_alice: Client, alice: Learner, course: Course) -> None:
    attempt = examined(alice, right=11)
    Evidence.objects.filter(correct=False).update(confidence="sure")
    assert "! still open" in as_alice.get("/en/progress/").content.decode()
    Quiz.objects.filter(pk=attempt.quiz_id).update(answers_shown=Quiz.Shown.NEVER)
    assert "! still open" not in as_alice.get("/en/progress/").content.decode()


def test_an_exam_stands_beside_what_was_foretold(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=8, wrong=4)
    examined(alice, right=12)
    page = as_alice.get("/en/progress/").content.decode()
    assert re.search(r"The range held [01] of 1 time\.", page)
    assert '<svg class="figure" role="img"' in page
    assert re.search(r"<dt>The site's forecasts</dt><dd>0\.\d\d</dd>", page)


def test_an_exam_whose_time_ran_out_is_ended_first(as_alice: Client, alice: Learner, course: Course) -> None:
    """Whoever comes back here, and not to the exam, finds it marked and counted."""
    attempt = run_out(alice)
    first, second = (without_tokens(as_alice.get("/en/progress/").content.decode()) for _ in range(2))
    assert attempt.get_result_url() in first
    assert first == second  # what the exam says is in the measures at once


def test_the_page_says_what_the_measures_say(as_alice: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=7, wrong=5)
    found = measures(learner=alice, course=course, now=timezone.now())
    page = as_alice.get("/en/progress/").content.decode()
    assert f"<b>{percent(found.readiness.probability)}<span>%</span></b>" in page
    for mastery in found.topics.values():
        if mastery.enough:
            assert f"{percent(mastery.low)}–{percent(mastery.high)}%" in page


def test_an_unknown_course_is_missing(as_alice: Client, course: Course) -> None:
    assert as_alice.get("/en/progress/?course=ecs").status_code == 200
    for wrong in ("nowhere", "%00", "ECS"):
        assert as_alice.get(f"/en/progress/?course={wrong}").status_code == 404


def test_without_a_course_it_says_so(client: Client, db: None) -> None:
    assert "There is no course here yet." in client.get("/en/progress/").content.decode()


# --- a guest who signs up in the middle


def told(client: Client) -> str:
    """Return what the page says between its heading and its end, apart from what differs with being signed in."""
    page = client.get("/en/progress/").content.decode()
    return page[page.index('class="two"') : page.index("</main>")]


def test_signing_up_changes_no_number(client: Client, course: Course) -> None:
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    guest = Learner.objects.get()
    practised(guest, right=7, wrong=5)
    before = told(client)
    word = "a-quiet-harbour"
    sent = {"username": "chul", "password1": word, "password2": word}
    page = client.post("/en/accounts/signup/", sent, follow=True).content.decode()
    assert "Your record came along: 1 lesson opened, 12 answers and designs as evidence" in page
    assert told(client) == before


def test_signing_in_adds_what_the_guest_did(client: Client, alice: Learner, course: Course) -> None:
    practised(alice, right=2, wrong=3)
    client.post("/en/courses/ecs/lessons/efs/read/", {"percent": 55})
    practised(Learner.objects.get(user=None), right=5, wrong=1)
    told(client)
    client.post("/en/accounts/login/", {"login": "alice", "password": "alice-studies-here"})
    assert not Learner.objects.filter(user=None).exists()
    merged = told(client)
    forget_measures()
    assert told(client) == merged  # nothing kept from before the merge is shown
    rows = Evidence.objects.filter(learner=alice)
    exported = json.loads(client.get("/en/accounts/data/naru.json").content)["evidence"]
    assert len(exported) == rows.count()
    assert len(measures(learner=alice, course=course, now=timezone.now()).rows) == rows.count()


# --- days


def test_days_end_at_midnight_where_the_site_is() -> None:
    before, after = datetime(2026, 11, 22, 14, 59, tzinfo=UTC), datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    assert [last_days(one)[-1].isoformat() for one in (before, after)] == ["2026-11-22", "2026-11-23"]
    with timezone.override("America/Los_Angeles"):
        assert last_days(after)[-1].isoformat() == "2026-11-23"


def test_time_spent_stands_on_the_day_it_was_begun(as_alice: Client, alice: Learner, course: Course) -> None:
    attempt = practised(alice, right=2, wrong=0)
    AttemptItem.objects.filter(attempt=attempt, number=1).update(seconds=90)
    night = timezone.localtime().replace(hour=0, minute=0, second=1) - timedelta(days=1)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=night)
    page = as_alice.get("/en/progress/").content.decode()
    assert "2 min" in page
    assert re.search(rf'<th scope="row">{night.day} {night:%b}</th><td>2 min', page)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=night - timedelta(days=20))
    assert "No time on questions" in as_alice.get("/en/progress/").content.decode()


# --- speed


def test_it_asks_the_database_little(
    as_alice: Client, alice: Learner, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    practised(alice, right=5, wrong=7)
    examined(alice, right=9)
    mark_read(learner=alice, lesson=course.lessons.all()[0], percent=100, now=timezone.now())
    as_alice.get("/ko/progress/")
    with django_assert_max_num_queries(9):
        as_alice.get("/ko/progress/")


def test_it_asks_a_newcomer_even_less(
    alice: Learner, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(alice)
    client.get("/ko/progress/")
    with django_assert_max_num_queries(7):
        client.get("/ko/progress/")
