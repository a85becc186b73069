"""Lets a learner study for three weeks, sit exams and join a class, by the site's own services. Prints who and where.

    DATA_DIR=… python -m scripts.demo

For pictures (scripts/shots.py) and for looking round; on a prepared site, once. Chance is seeded: two runs are alike.
"""

import json
import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from builder.models import Scenario  # noqa: E402
from builder.services import shelf_of, submit_design  # noqa: E402
from learning.models import Assignment, Classroom, Course, Learner, Lesson  # noqa: E402
from learning.services import mark_read  # noqa: E402
from learning.services.classes import give, join_class, make_class, send_message  # noqa: E402
from quizzes.models import Attempt, AttemptItem, ProblemReport, Quiz  # noqa: E402
from quizzes.services import (  # noqa: E402
    Act,
    Note,
    Place,
    check_item,
    finish_attempt,
    note_item,
    record_answer,
    report_problem,
    start_attempt,
)
from quizzes.services.reviewing import next_item  # noqa: E402
from scripts.demo_teaching import teach  # noqa: E402

SESAME = "a-quiet-harbour"  # of everybody here
KNOWS = {"launch-types": 0.85, "iam-roles": 0.5, "load-balancers": 0.7, "efs": 0.4}  # at first; it grows day by day
DAYS = 21
chance = random.Random(7)  # noqa: S311 - a demo, no secret


def person(name: str) -> Learner:
    """Return the learner of a new user."""
    return Learner.objects.create(user=User.objects.create_user(name, password=SESAME))


def cookie(name: str) -> str:
    """Return a session in which the user of that name is signed in."""
    client = Client()
    client.force_login(User.objects.get(username=name), backend="learning.auth.LearnerBackend")
    return client.cookies["sessionid"].value


def respond(item: AttemptItem, day: int) -> tuple[list[str], str]:
    """Return the tokens a learner of KNOWS chooses on `day`, and how sure they say they are."""
    topic = item.revision.question.topic.slug
    knows = min(0.95, KNOWS.get(topic, 0.6) + 0.015 * day)
    right = chance.random() < knows
    key: list[int] = item.revision.secret["key"]
    tokens: Sequence[str] = item.tokens
    if not right:
        others = [place for place in range(len(tokens)) if place not in key]
        key = [others[0], *key[1:]] if others and item.revision.kind == "choice" else [*key[1:], key[0]]
    sure = chance.choices(("sure", "maybe", "guess"), (6, 3, 1) if right else (2, 3, 3))[0]
    return [tokens[place] for place in key], sure


def answer(item: AttemptItem, now: datetime, day: int, *, check: bool) -> None:
    """Say how sure one is, answer, and have it marked where `check`."""
    tokens, sure = respond(item, day)
    learner, place = item.attempt.learner, Place(item.attempt_id, item.number)
    act = Act(uuid.uuid4(), 0, now)
    note_item(learner=learner, place=place, note=Note(confidence=sure, seconds=chance.randint(15, 90)), now=now)
    if check:
        check_item(learner=learner, place=place, tokens=tokens, act=act)
    else:
        record_answer(learner=learner, place=place, tokens=tokens, act=act)


def items(attempt: Attempt) -> list[AttemptItem]:
    """Return the items of `attempt` with all that answering needs."""
    found = attempt.items.with_answers().select_related("revision__question__topic", "attempt__learner")
    return list(found.order_by("number"))


def take(
    learner: Learner, slug: str, now: datetime, day: int, upto: int = 99, given: Assignment | None = None
) -> Attempt:
    """Take a quiz, for a class where it was given, up to so many questions; all of them ends it."""
    quiz = Quiz.objects.select_related("course").get(slug=slug)
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed=f"{slug} {day}", assignment=given)
    asked = items(attempt)
    for number, item in enumerate(asked[:upto]):
        answer(item, now + timedelta(minutes=number), day, check=not quiz.is_exam)
    if upto >= len(asked):
        finish_attempt(attempt=attempt, now=now + timedelta(minutes=len(asked)))
    return attempt


def review(learner: Learner, course: Course, now: datetime, day: int, most: int = 8) -> None:
    """Answer what is due, at most so many."""
    for number in range(most):
        item = next_item(learner=learner, course=course, now=now + timedelta(minutes=number), seed=f"r{day}{number}")
        if item is None:
            return
        found = items(item.attempt)[item.number - 1]
        answer(found, now + timedelta(minutes=number), day, check=True)


def study(learner: Learner, course: Course, start: datetime) -> dict[str, str]:
    """Study for DAYS days; return the addresses of what was left behind."""
    lessons = list(Lesson.objects.filter(course=course).order_by("position"))
    took: dict[str, Attempt] = {}
    for day in range(DAYS):
        now = start + timedelta(days=day)
        if day in (0, 6):
            mark_read(learner=learner, lesson=lessons[day // 6], percent=100, now=now)
        if day in (1, 4, 9, 15):
            took["practice"] = take(learner, "practice", now, day)
        if day in (7, 13, 18):
            took["exam"] = take(learner, "exam", now, day)
        if day in (3, 8, 11, 17):
            review(learner, course, now, day)
    mark_read(learner=learner, lesson=lessons[2], percent=45, now=start)
    report_problem(learner=learner, place=Place(took["practice"].pk, 2), text="Is D not right as well?", now=start)
    return {name: str(attempt.pk) for name, attempt in took.items()}


def design(learner: Learner, slug: str, now: datetime) -> str:
    """Hand in a scenario as it stands at first; return the id of the report."""
    scenario = Scenario.objects.select_related("course").get(slug=slug)
    start = shelf_of(scenario).task.start
    return str(submit_design(learner=learner, scenario=scenario, design=start, now=now).pk)


def within(room: Classroom) -> dict[str, object]:
    """Return what stands in the addresses of a class's pages."""
    member, gift = room.memberships.earliest("pk"), room.assignments.earliest("pk")
    return {"room": room.pk, "member": member.pk, "gift": gift.pk, "report_of": ProblemReport.objects.earliest("pk").pk}


def main() -> None:
    """Make everybody; print their sessions and the addresses of what they did, as JSON."""
    now, course = timezone.now(), Course.objects.get(slug="ecs")
    start = now - timedelta(days=DAYS)
    demo, taker = person("demo"), person("taker")
    call_command("make_instructor", "ines", password=SESAME, stdout=StringIO())
    ines = User.objects.get(username="ines")
    room = make_class(owner=ines, course=course, name="항구 스터디", now=start)
    for member, name in ((demo, "김나루"), (taker, "Tae Ker")):
        join_class(classroom=room, learner=member, name=name, now=start)
    found = study(demo, course, start)
    found["report"] = design(demo, "company-page", now - timedelta(days=2))
    work = give(classroom=room, source="quiz:efs", opens_at=None, closes_at=now + timedelta(days=2), now=now)
    give(classroom=room, source="scenario:company-page", opens_at=None, closes_at=None, now=now)
    send_message(classroom=room, author=ines, text="**EFS** 를 목요일까지.", language="ko", now=now)
    found["work"] = str(take(demo, "efs", now, DAYS, given=work).pk)
    found["open"] = str(take(demo, "iam-roles", now, DAYS, upto=2).pk)
    found["running"] = str(take(taker, "exam", now, DAYS, upto=5).pk)
    left = {**found, **teach(course, ines, start), **within(room)}
    sessions = {name: cookie(name) for name in ("demo", "taker", "ines")}
    print(json.dumps({"sessions": sessions, "found": left, "code": room.code}))


if __name__ == "__main__":
    main()
