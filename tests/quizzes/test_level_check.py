"""A newcomer takes the level check and is told where to begin."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from learning.mastery.placing import MOST
from learning.models import Course, Evidence, Learner
from quizzes.models import Attempt, AttemptItem, Question, Quiz
from quizzes.services import Place, SealedError, adopt, check_item, start_attempt
from quizzes.services.level import answer_level, begin_level, placement
from tests.quizzes.conftest import NOW
from tests.quizzes.make import act, form, place, right_tokens, wrong_tokens

LEVEL = "/en/level/"


def begin(client: Client) -> str:
    """Begin a check; return its address."""
    return client.post(LEVEL).headers["Location"]


def current(attempt: Attempt) -> AttemptItem:
    """Return the question to answer now."""
    return attempt.items.select_related("revision__question__topic").latest("number")


def run(attempt: Attempt, knows: dict[str, bool]) -> list[AttemptItem]:
    """Answer to the end: rightly in the topics that `knows` has as True."""
    for _ in range(MOST):
        item = current(attempt)
        right = knows[item.revision.question.topic.slug]
        tokens = right_tokens(item) if right else wrong_tokens(item)
        if answer_level(learner=attempt.learner, place=place(item), tokens=tokens, act=act(NOW), seed="s") is None:
            break
    attempt.refresh_from_db()
    return list(attempt.items.select_related("revision__question__topic"))


@pytest.fixture
def level(alice: Learner, course: Course) -> Attempt:
    """A level check that alice has begun."""
    return begin_level(learner=alice, course=course, now=NOW, seed="alice")


def test_it_works(course: Course) -> None:
    guest = Client()
    assert b"Level check" in guest.get(LEVEL).content
    here = begin(guest)
    for _ in range(MOST):
        attempt = Attempt.objects.get()
        if not attempt.is_open:
            break
        item = current(attempt)
        assert guest.get(here).status_code == 200
        sent = form(wrong_tokens(item)) | {"confidence": "sure"}
        assert guest.post(f"{here}{item.number}/", sent).headers["Location"] == here
    page = guest.get(here).content.decode()
    assert "Begin with the lesson" in page
    assert Evidence.objects.filter(source="level", correct=False, confidence="sure", first=True).exists()


def test_a_stranger_to_everything_is_asked_two_questions_a_topic(level: Attempt) -> None:
    items = run(level, dict.fromkeys(["launch-types", "iam-roles", "load-balancers", "efs"], False))
    assert len(items) == 8
    assert [place.mean for place in placement(level, NOW).topics] == [0.25] * 4
    assert not level.is_open
    assert all(item.checked_at == NOW for item in items)


def test_it_places_topic_by_topic(level: Attempt) -> None:
    knows = {"launch-types": True, "iam-roles": True, "load-balancers": False, "efs": True}
    run(level, knows)
    found = placement(level, NOW)
    assert {place.topic: place.known for place in found.topics} == knows
    assert found.begin
    assert found.begin.topic == "load-balancers"


def test_it_never_asks_more_than_twelve(level: Attempt) -> None:
    seen: list[str] = []
    for number in range(1, MOST + 1):  # right and wrong in turn leaves the range of every topic wide
        item = current(level)
        assert item.number == number
        topic = item.revision.question.topic.slug
        tokens = right_tokens(item) if seen.count(topic) % 2 else wrong_tokens(item)
        seen.append(topic)
        answer_level(learner=level.learner, place=place(item), tokens=tokens, act=act(NOW), seed="s")
    level.refresh_from_db()
    assert (level.is_open, level.items.count()) == (False, MOST)


def test_one_check_is_open_at_a_time(as_alice: Client, alice: Learner, course: Course) -> None:
    assert begin(as_alice) == begin(as_alice)
    assert Attempt.objects.of(alice).count() == 1


def test_an_answer_sent_twice_appends_one_question(level: Attempt) -> None:
    item = current(level)
    one = act(NOW)
    for _ in range(2):
        answer_level(learner=level.learner, place=place(item), tokens=right_tokens(item), act=one, seed="s")
    assert level.items.count() == 2


def test_it_goes_on_where_it_stood(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    item = current(Attempt.objects.get())
    as_alice.post(f"{here}1/", form(right_tokens(item)))
    assert "Question 2" in as_alice.get(here).content.decode()
    assert as_alice.get(f"/en/attempts/{item.attempt_id}/1/").headers["Location"] == here
    assert as_alice.get(f"/en/attempts/{item.attempt_id}/").headers["Location"] == here


def test_not_knowing_is_an_answer(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    as_alice.post(f"{here}1/", form([]) | {"unknown": "1", "confidence": "sure"})
    attempt = Attempt.objects.get()
    assert attempt.items.count() == 2
    assert as_alice.post(f"{here}end/").headers["Location"] == here
    rows = Evidence.objects.all()
    assert {(row.correct, row.confidence, row.source, row.first) for row in rows} == {(False, "", "level", True)}
    assert {row.act for row in rows} == {f"{attempt.pk}/1"}  # the second was never answered


def test_a_topic_that_was_not_asked_has_no_number(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    as_alice.post(f"{here}end/")
    page = as_alice.get(here.replace("/ko/", "/en/")).content.decode()
    assert page.count(">not enough yet</span>") == 4
    assert 'class="ranged"' not in page


def test_what_was_chosen_and_unchosen_again_is_no_answer(as_alice: Client, course: Course) -> None:
    """The page saves as one chooses; who ends the check there has not said that they do not know."""
    here = begin(as_alice)
    item = current(Attempt.objects.get())
    as_alice.post(f"/en/attempts/{item.attempt_id}/1/answer/", form(wrong_tokens(item)))
    as_alice.post(f"/en/attempts/{item.attempt_id}/1/answer/", form([], revision=1))
    as_alice.post(f"{here}end/")
    assert not Evidence.objects.exists()
    assert as_alice.get(here).status_code == 200


def test_nothing_chosen_is_said_and_nothing_stored(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    said = as_alice.post(f"{here}1/", form([]))
    assert said.status_code == 422
    assert 'role="alert"' in said.content.decode()
    assert Attempt.objects.get().items.count() == 1


def test_a_stale_window_is_told(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    item = current(Attempt.objects.get())
    address = f"/en/attempts/{item.attempt_id}/1/answer/"
    as_alice.post(address, form(wrong_tokens(item)))
    said = as_alice.post(f"{here}1/", form(right_tokens(item)))
    assert said.status_code == 409
    assert "Nothing was overwritten" in said.content.decode()


def test_no_mark_shows_before_the_end(as_alice: Client, alice: Learner, course: Course) -> None:
    here = begin(as_alice)
    item = current(Attempt.objects.get())
    tokens = right_tokens(item)
    said = as_alice.post(f"/en/attempts/{item.attempt_id}/1/mark/", form(tokens))
    assert said.status_code == 409
    with pytest.raises(SealedError):
        check_item(learner=alice, place=place(item), tokens=tokens, act=act(NOW))
    pages = []
    for right in (True, False):  # the next page says nothing of the answer before
        as_alice.post(f"{here}1/", form(right_tokens(item) if right else wrong_tokens(item)))
        pages.append(as_alice.get(here).content.decode())
    assert AttemptItem.objects.filter(checked_at=None).count() == 2
    reasons = item.revision.secret["reasons"]["en"]
    assert not any(reason and reason in page for page in pages for reason in reasons if isinstance(reason, str))


def test_htmx_gets_the_next_question_alone_and_is_led_to_the_end(as_alice: Client, course: Course) -> None:
    here = begin(as_alice)
    htmx = {"HX-Request": "true", "HX-Target": "level-question"}
    for _ in range(MOST):
        item = current(Attempt.objects.get())
        said = as_alice.post(f"{here}{item.number}/", form(wrong_tokens(item)), headers=htmx)
        if "HX-Redirect" in said.headers:
            break
        assert said.content.decode().strip().startswith('<div id="level-question">')
    assert said.headers["HX-Redirect"] == here


def test_other_people_do_not_see_it(as_alice: Client, as_bob: Client, course: Course) -> None:
    here = begin(as_alice)
    missing = f"/en/level/{uuid.uuid4()}/"
    assert as_bob.get(here).status_code == as_bob.get(missing).status_code == 404
    assert as_bob.post(f"{here}1/", form([])).status_code == as_bob.post(f"{missing}1/", form([])).status_code == 404
    assert as_bob.post(f"{here}end/").status_code == 404
    assert Attempt.objects.get().is_open


def test_an_attempt_of_another_kind_is_none(as_alice: Client, attempt: Attempt) -> None:
    assert as_alice.get(f"/en/level/{attempt.pk}/").status_code == 404


def test_it_asks_what_is_evidence_and_not_in_an_open_exam(alice: Learner, course: Course, exam: Quiz) -> None:
    sitting = start_attempt(learner=alice, quiz=exam, now=NOW, seed="alice")
    sealed = set(sitting.items.values_list("revision__question", flat=True))
    level = begin_level(learner=alice, course=course, now=NOW, seed="alice")
    items = run(level, dict.fromkeys(["launch-types", "iam-roles", "load-balancers", "efs"], False))
    asked = {item.revision.question for item in items}
    assert not {question.pk for question in asked} & sealed
    assert not any(question.case or question.pilot for question in asked)
    assert all(item.revision.secret["proves"] for item in items)


def test_a_second_check_asks_what_is_new(level: Attempt, course: Course) -> None:
    knows = dict.fromkeys(["launch-types", "iam-roles", "load-balancers", "efs"], False)
    first = {item.revision.question_id for item in run(level, knows)}
    later = NOW + timedelta(days=90)
    again = begin_level(learner=level.learner, course=course, now=later, seed="again")
    assert not first & {item.revision.question_id for item in run(again, knows)}


def test_what_a_guest_began_is_theirs_after_signing_in(alice: Learner, course: Course) -> None:
    guest = Learner.objects.create()
    theirs = begin_level(learner=guest, course=course, now=NOW, seed="guest")
    own = begin_level(learner=alice, course=course, now=NOW + timedelta(minutes=1), seed="alice")
    adopt(guest=guest, learner=alice, now=NOW + timedelta(minutes=2))
    states = {row.pk: row.is_open for row in Attempt.objects.of(alice)}
    assert states == {theirs.pk: False, own.pk: True}


def test_without_questions_there_is_none(as_alice: Client, course: Course) -> None:
    Question.objects.update(retired_at=NOW)
    assert as_alice.post(LEVEL).headers["Location"] == f"{LEVEL}?course=ecs"
    assert not Attempt.objects.exists()


def test_a_place_that_is_not_there(as_alice: Client, level: Attempt) -> None:
    assert as_alice.post(f"/en/level/{level.pk}/7/", form([])).status_code == 404
    with pytest.raises(AttemptItem.DoesNotExist):
        answer_level(learner=level.learner, place=Place(level.pk, 7), tokens=[], act=act(NOW), seed="s")


@pytest.mark.parametrize("slug", ["none", "a b", "\0", "x" * 5000])
def test_a_course_that_is_not_there(as_alice: Client, course: Course, slug: str) -> None:
    assert as_alice.get(LEVEL, {"course": slug}).status_code == 404
    assert as_alice.get(LEVEL, {"course": "ecs"}).status_code == 200
