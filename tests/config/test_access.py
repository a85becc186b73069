"""Who may do what: every address of the site, every method, every person. An address that is in no list fails.

Other people's things answer like missing ones, and an instructor's pages like missing ones to learners.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from learning.models import Course, Learner
from learning.services.classes import give, join_class, make_class, send_message
from quizzes.models import Quiz
from quizzes.services import audit, finish_attempt, report_problem, start_attempt
from quizzes.services.acts import Place
from quizzes.services.level import begin_level
from quizzes.services.quizmaking import Plan, make_quiz, publish_quiz
from quizzes.services.reviewing import next_item
from quizzes.services.uploads import Sent, Wish, keep
from tests.builder.people import CLASSIC, posted
from tests.conftest import signed_in
from tests.quizzes.author.make import make_published, make_question
from tests.quizzes.reviewing import hold

NOW = datetime(2026, 11, 22, 3, 31, tzinfo=UTC)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PEOPLE = ("anonymous", "alice", "bob", "ines", "ivan")

# Whose an address is: who finds something there. Everybody else is told that nothing is.
ALL = frozenset(PEOPLE)
KNOWN = ALL - {"anonymous"}
ALICE = frozenset({"alice"})
INES = frozenset({"ines"})
WRITERS = frozenset({"ines", "ivan"})
GIVEN = frozenset({"alice", "ines"})  # what ines has written and given to alice's class

READ, SEND, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Door:
    """An address: who finds something there, with which methods, with which things in it, and what is sent."""

    people: frozenset[str]
    methods: tuple[str, ...]
    things: tuple[str, ...] = ()
    sent: Mapping[str, str] | None = None


DOORS = {
    "front": Door(ALL, READ),
    "healthz": Door(ALL, READ),
    "picture": Door(frozenset(), READ, ("course", "picture")),  # the shipped course has none
    "set_language": Door(ALL, SEND),
    # Home, lessons, one's own data: each sees their own there.
    "learning:home": Door(ALL, READ),
    "learning:course": Door(ALL, READ, ("course",)),
    "learning:lesson": Door(ALL, READ, ("course", "lesson")),
    "learning:read": Door(ALL, SEND, ("course", "lesson"), {"percent": "50"}),
    "learning:search": Door(ALL, READ),
    "learning:progress": Door(ALL, READ),
    "learning:data": Door(ALL, READ),
    "learning:download": Door(ALL, READ),
    "learning:mistakes": Door(ALL, READ),
    "learning:forget": Door(ALL, BOTH),
    "learning:delete": Door(ALL, BOTH),
    "learning:scheme": Door(ALL, SEND),
    # Classes as members see them.
    "classes:joined": Door(ALL, READ),
    "classes:classroom": Door(ALICE, READ, ("room",)),
    "classes:rename": Door(ALICE, SEND, ("room",)),
    "classes:leave": Door(ALICE, SEND, ("room",)),
    "classes:join": Door(ALL, BOTH),
    "classes:join-code": Door(ALL, BOTH, ("code",)),
    # Classes as their instructor sees them.
    "classes:mine": Door(WRITERS, BOTH),
    "classes:teach": Door(INES, READ, ("room",)),
    "classes:give": Door(INES, SEND, ("room",)),
    "classes:assignment": Door(INES, BOTH, ("room", "assignment")),
    "classes:member": Door(INES, BOTH, ("room", "member")),
    "classes:tell": Door(INES, SEND, ("room",)),
    "classes:untell": Door(INES, SEND, ("room", "message")),
    "classes:change": Door(INES, SEND, ("room",)),
    # Quizzes, attempts, review.
    "quizzes:list": Door(ALL, READ),
    "quizzes:quiz": Door(GIVEN, BOTH, ("unlisted",)),
    "quizzes:check": Door(ALL, BOTH, ("course", "question")),
    "quizzes:reviewing": Door(ALL, READ),
    "quizzes:reviewing-next": Door(ALL, SEND),
    "quizzes:reviewing-plan": Door(ALL, SEND),
    "quizzes:reviewing-session": Door(ALICE, READ, ("session",)),
    "quizzes:reviewing-undo": Door(ALICE, SEND, ("session", "one")),
    "quizzes:level": Door(ALL, BOTH),
    "quizzes:level-check": Door(ALICE, READ, ("level",)),
    "quizzes:level-end": Door(ALICE, SEND, ("level",)),
    "quizzes:level-answer": Door(ALICE, SEND, ("level", "one")),
    "quizzes:attempt": Door(ALICE, READ, ("attempt",)),
    "quizzes:pulse": Door(ALICE, READ, ("attempt",)),
    "quizzes:check-attempt": Door(ALICE, READ, ("attempt",)),
    "quizzes:finish": Door(ALICE, SEND, ("attempt",)),
    "quizzes:result": Door(ALICE, READ, ("attempt",)),
    "quizzes:review": Door(ALICE, READ, ("attempt",)),
    "quizzes:notes": Door(ALICE, READ, ("attempt",)),
    "quizzes:notes-file": Door(ALICE, READ, ("attempt",)),
    "quizzes:question": Door(ALICE, READ, ("attempt", "one")),
    "quizzes:answer": Door(ALICE, SEND, ("attempt", "one")),
    "quizzes:note": Door(ALICE, SEND, ("attempt", "one")),
    "quizzes:mark": Door(ALICE, SEND, ("attempt", "one")),
    "quizzes:report": Door(ALICE, SEND, ("attempt", "one")),
    # Writing.
    "author:bank": Door(WRITERS, READ),
    "author:bulk": Door(WRITERS, SEND),
    "author:statements": Door(WRITERS, READ, ("course",)),
    "author:new": Door(WRITERS, BOTH),
    "author:question": Door(INES, BOTH, ("draft",)),
    "author:act": Door(INES, SEND, ("draft",), {"act": "share"}),
    "author:publish": Door(INES, BOTH, ("draft",)),
    "author:history": Door(INES, READ, ("published",)),
    "author:restore": Door(INES, SEND, ("published", "one")),
    "author:try": Door(INES, BOTH, ("draft",)),
    "author:import": Door(WRITERS, BOTH),
    "author:import-batch": Door(INES, BOTH, ("batch",), {"act": "again"}),
    "author:import-done": Door(INES, READ, ("imported",)),
    "author:export": Door(WRITERS, BOTH),
    "author:export-file": Door(WRITERS, READ),
    "author:quizzes": Door(WRITERS, READ),
    "author:new-quiz": Door(WRITERS, BOTH),
    "author:quiz": Door(INES, BOTH, ("quiz",)),
    "author:quiz-act": Door(INES, SEND, ("quiz",), {"act": "retire"}),
    "author:copy-quiz": Door(INES, SEND, ("quiz",)),
    # Results.
    "author:item-results": Door(INES, READ, ("published",)),
    "author:regrades": Door(INES, BOTH, ("published",)),
    "author:results": Door(WRITERS, READ),
    "author:quiz-results": Door(INES, READ, ("quiz",)),
    "author:quiz-download": Door(INES, READ, ("quiz", "kind")),
    "author:class-results": Door(INES, READ, ("room",)),
    "author:class-download": Door(INES, READ, ("room", "kind")),
    "author:attempt-results": Door(INES, READ, ("room", "sat")),
    "author:learner-results": Door(INES, READ, ("room", "member")),
    "author:learner-download": Door(INES, READ, ("room", "member", "kind")),
    "author:inbox": Door(WRITERS, READ),
    "author:report": Door(INES, BOTH, ("report",)),
    "author:audit": Door(WRITERS, READ),
    # The builder: a design is one's own session's; a report is read by whoever has its link.
    "builder:list": Door(ALL, READ),
    "builder:report": Door(ALL, READ, ("submission",)),
    "builder:name": Door(ALICE, SEND, ("submission",)),
    "builder:submitted-template": Door(ALL, READ, ("submission",)),
    "builder:submitted-drawing": Door(ALL, READ, ("submission",)),
    "builder:build": Door(ALL, READ, ("scenario",)),
    "builder:check": Door(ALL, SEND, ("scenario",)),
    "builder:fix": Door(ALL, SEND, ("scenario",)),
    "builder:submit": Door(ALL, SEND, ("scenario",)),
    "builder:undo": Door(ALL, SEND, ("scenario",)),
    "builder:redo": Door(ALL, SEND, ("scenario",)),
    "builder:mode": Door(ALL, SEND, ("scenario",)),
    "builder:hint": Door(ALL, SEND, ("scenario",)),
    "builder:restart": Door(ALL, SEND, ("scenario",)),
    "builder:import": Door(ALL, BOTH, ("scenario",)),
    "builder:template": Door(ALL, READ, ("scenario",)),
    "builder:drawing": Door(ALL, READ, ("scenario",)),
    "builder:since": Door(ALICE, READ, ("scenario", "submission")),
    # Accounts: allauth's own views.
    "account_login": Door(ALL, BOTH),
    "account_logout": Door(ALL, BOTH),
    "account_signup": Door(ALL, BOTH),
    "account_change_password": Door(KNOWN, BOTH),
    "account_inactive": Door(ALL, READ),
    "account_reauthenticate": Door(KNOWN, BOTH),
}


@pytest.fixture
def things(course: Course, alice: Learner, bob: Learner, ines: Learner, ivan: Learner) -> Mapping[str, Any]:
    """What ines has written and what alice has done, by the names that the doors call it."""
    assert ines.user
    topic = course.topics.all()[0]
    draft, published = make_question(course, ines), make_published(course, ines, None)
    plan = Plan(
        title={"ko": "쪽지 시험", "en": "Short test"},
        summary={"ko": "", "en": ""},
        mode="exam",
        minutes=10,
        items=(published.slug, "lt-001"),
    )
    quiz = make_quiz(owner=ines.user, course=course, plan=plan, now=NOW)
    publish_quiz(quiz=quiz, actor=ines.user, now=NOW)
    quiz.refresh_from_db()
    room = make_class(owner=ines.user, course=course, name="Monday", now=NOW)
    member = join_class(classroom=room, learner=alice, name="Alice Kim", now=NOW)
    assignment = give(classroom=room, source=f"quiz:{quiz.slug}", opens_at=None, closes_at=None, now=NOW)
    assignment.extra = 0
    sat = start_attempt(learner=alice, quiz=quiz, now=NOW, seed="sat", assignment=assignment)
    finish_attempt(attempt=sat, now=NOW)
    report = report_problem(learner=alice, place=Place(sat.pk, 1), text="Wrong.", now=NOW)
    practice = Quiz.objects.get(slug="practice")
    attempt = start_attempt(learner=alice, quiz=practice, now=NOW, seed="practice")
    hold(alice, course, datetime.now(UTC), days=30, count=3)
    due = next_item(learner=alice, course=course, now=datetime.now(UTC), seed="due")
    assert due
    wish = Wish("", "", "en", topic.pk)
    report_url = signed_in(alice).post("/ko/builder/company-page/submit/", posted(CLASSIC))["Location"]
    return {
        "course": course.slug,
        "lesson": course.lessons.all()[0].slug,
        "picture": "none.png",
        "room": room.pk,
        "code": room.code,
        "member": member.pk,
        "assignment": assignment.pk,
        "message": send_message(classroom=room, author=ines.user, text="Hello", language="en", now=NOW).pk,
        "unlisted": quiz.slug,
        "question": "lt-001",
        "session": due.attempt_id,
        "level": begin_level(learner=alice, course=course, now=NOW, seed="level").pk,
        "attempt": attempt.pk,
        "one": 1,
        "draft": draft.pk,
        "published": published.pk,
        "batch": keep(owner=ines.user, files=[Sent("a.gift", b"What?{=a#b ~c#d}")], wish=wish, now=NOW),
        "imported": audit.record(
            actor=ines.user, action="import", subject="file", now=NOW, detail={"questions": [draft.slug]}
        ).pk,
        "quiz": quiz.pk,
        "kind": "csv",
        "sat": sat.pk,
        "report": report.pk,
        "scenario": "company-page",
        "submission": report_url.rstrip("/").rsplit("/", 1)[-1],
    }


def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Yield the name of every address."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{before}{one.name or one.pattern}"
        else:
            yield from names(one, f"{before}{one.namespace}:" if one.namespace else before)


def test_every_address_is_in_the_list() -> None:
    found = {name for name in names(get_resolver()) if not name.startswith("admin:")}
    assert found == set(DOORS)


def address(name: str, door: Door, things: Mapping[str, Any]) -> str:
    with translation.override("en"):
        return reverse(name, args=[things[thing] for thing in door.things])


def ask(client: Client, method: str, url: str, door: Door) -> HttpResponse:
    """Send one request; whatever it did is undone."""
    with transaction.atomic():
        answer: HttpResponse = client.generic(method, url) if method != "POST" else client.post(url, door.sent or {})
        transaction.set_rollback(True)
    return answer


def wrong(name: str, url: str, door: Door, who: str, method: str, answer: HttpResponse) -> bool:
    """Whether the answer is not what the list says."""
    status, to_sign_in = answer.status_code, "/accounts/login/" in answer.get("Location", "")
    if method not in door.methods:
        lenient = name.startswith(("account_", "set_language"))  # others' views: OPTIONS is answered, PUT is a POST
        return status >= 500 if lenient else status != 405
    if who in door.people:
        return status >= 500 or status in (401, 403, 404, 405) or (to_sign_in and name != "account_login")
    if who == "anonymous" and ("/author/" in url or door.people == KNOWN):
        return not to_sign_in
    if who == "anonymous" and name in ("quizzes:pulse", "quizzes:note"):
        return status != 401  # asked by scripts, which then ask to sign in
    return status != 404


@pytest.mark.parametrize("who", PEOPLE)
def test_it_works(
    who: str, things: Mapping[str, Any], alice: Learner, bob: Learner, ines: Learner, ivan: Learner
) -> None:
    people = {"alice": alice, "bob": bob, "ines": ines, "ivan": ivan}
    cookies = signed_in(people[who]).cookies if who in people else {}
    found: list[str] = []
    for name, door in DOORS.items():
        url = address(name, door, things)
        for method in METHODS if who in ("anonymous", "ines") else ("GET", "POST"):  # what is refused does not ask who
            client = Client(raise_request_exception=False)
            client.cookies.update(cookies)
            answer = ask(client, method, url, door)
            if wrong(name, url, door, who, method, answer):
                found.append(f"{method} {name}: {answer.status_code} {answer.get('Location', '')}")
    assert not found, "\n".join(found)
