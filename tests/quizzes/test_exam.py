"""Sitting an exam: its page, moving on without JavaScript, the check before handing in, handing in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learning.models import Learner
from quizzes.models import Answer, Attempt, AttemptItem, Grade, Quiz
from quizzes.services import start_attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import address, form, right_tokens, wrong_tokens

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sitting(alice: Learner, exam: Quiz) -> Attempt:
    """An exam that alice has begun a moment ago: its clock is today's."""
    return start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="alice")


@pytest.fixture
def first(sitting: Attempt) -> AttemptItem:
    """Its first question."""
    return items_of(sitting)[0]


def base(attempt: Attempt, what: str = "", language: str = "ko") -> str:
    return f"/{language}/attempts/{attempt.pk}/{what}"


def run_out(attempt: Attempt, seconds: int = 60) -> None:
    """Let the time of `attempt` have been up for so many seconds."""
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now() - timedelta(seconds=seconds))


def test_it_works(as_alice: Client, first: AttemptItem) -> None:
    page = as_alice.get(address(first))
    said = page.content.decode()
    assert page.status_code == 200
    assert first.revision.public["ko"]["stem"] in said
    for words in ("20문항", "40분", "남은 시간", "제출", "얼마나 확신하나요?", "나중에 다시"):
        assert words in said
    assert "no-store" in page["Cache-Control"]
    assert "정답 확인" not in said


def test_htmx_gets_the_question_alone(as_alice: Client, first: AttemptItem) -> None:
    said = as_alice.get(address(first), headers=HTMX).content.decode()
    assert said.strip().startswith('<div id="take-exam"')
    assert "exam-bar" not in said


def test_it_hides_other_peoples_exams(as_bob: Client, client: Client, sitting: Attempt) -> None:
    for who in (as_bob, client):
        for what in ("", "1/", "check/", "result/", "review/", "notes/", "notes.md"):
            assert who.get(base(sitting, what)).status_code == 404, what
        for what in ("finish/", "1/answer/", "1/mark/", "1/report/"):
            assert who.post(base(sitting, what), form([])).status_code == 404, what
    assert as_bob.get(base(sitting, "pulse/")).status_code == 404
    assert as_bob.post(base(sitting, "1/note/"), {"flagged": "1"}).status_code == 404
    assert client.get(base(sitting, "pulse/")).status_code == 401
    assert client.post(base(sitting, "1/note/"), {"flagged": "1"}).status_code == 401
    sitting.refresh_from_db()
    assert sitting.is_open


def test_unsafe_acts_need_a_csrf_token(as_alice: Client, sitting: Attempt) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_alice.cookies
    for what in ("finish/", "1/answer/", "1/note/", "1/mark/", "1/report/"):
        assert strict.post(base(sitting, what), form([])).status_code == 403, what
    assert as_alice.get(base(sitting, "finish/")).status_code == 405


def test_save_and_go_on_without_javascript(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    response = as_alice.post(address(first, "answer"), {**form(right_tokens(first)), "go": "2"})
    assert response["Location"] == base(sitting, "2/")
    assert items_of(sitting)[0].answer_revision == 1


def test_moving_on_without_an_answer_saves_none(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    response = as_alice.post(address(first, "answer"), {**form([]), "go": "check"})
    assert response["Location"] == base(sitting, "check/")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("go", ["0", "21", "-1", "9" * 400, "nowhere", "٣", ""])
def test_a_way_that_is_not_there_leads_back(as_alice: Client, first: AttemptItem, go: str) -> None:
    response = as_alice.post(address(first, "answer"), {**form(right_tokens(first)), "go": go})
    assert response["Location"] == address(first)


def test_flag_strikes_and_confidence_are_form_buttons(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    token = first.tokens[0]
    for sent in ({"flag": "1"}, {"strike": token}, {"confidence": "maybe"}):
        as_alice.post(address(first, "answer"), {**form([]), **sent})
    row = items_of(sitting)[0]
    assert (row.flagged, row.struck, row.confidence) == (True, [0], "maybe")
    said = as_alice.get(address(first)).content.decode()
    assert 'class=" flagged"' in said
    assert re.search(rf'value="{token}" form="answer" aria-pressed="true"', said)
    as_alice.post(address(first, "answer"), {**form([]), "flag": "0", "strike": token})
    row = items_of(sitting)[0]
    assert (row.flagged, row.struck) == (False, [])


def test_no_field_sets_what_the_form_does_not_show(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    extra = {"points": "1", "score": "1000", "state": "finished", "deadline": "1", "deadline_at": "x", "grace": "999"}
    before = Attempt.objects.filter(pk=sitting.pk).values().get()
    as_alice.post(address(first, "answer"), {**form(right_tokens(first)), **extra})
    as_alice.post(address(first, "note"), extra)
    assert Attempt.objects.filter(pk=sitting.pk).values().get() == before
    assert items_of(sitting)[0].points is None


def test_the_check_names_what_is_open_and_flagged(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    as_alice.post(address(first, "answer"), {**form(right_tokens(first)), "flag": "1"})
    said = as_alice.get(base(sitting, "check/", "en")).content.decode()
    assert "<b>1</b> Answered" in said
    assert "<b>19</b> Not answered" in said
    assert "<b>1</b> Flagged" in said
    assert said.count(f'href="{base(sitting, "1/", "en")}"') == 2  # flagged, and back to the questions


def test_handing_in_grades_once_and_back_leads_to_the_result(as_alice: Client, sitting: Attempt) -> None:
    for row in items_of(sitting)[:15]:
        as_alice.post(address(row, "answer"), form(right_tokens(row)))
    for _ in range(2):
        assert as_alice.post(base(sitting, "finish/"))["Location"] == base(sitting, "result/")
    assert Grade.objects.filter(attempt=sitting).count() == 1
    for what in ("", "1/", "check/"):
        response = as_alice.get(base(sitting, what))
        assert response["Location"] == base(sitting, "result/"), what
        assert "no-store" in response["Cache-Control"]
    said = as_alice.get(base(sitting, "result/", "en")).content.decode()
    assert "775" in said
    assert "15 of 20 right" in said


def test_when_time_is_up_the_page_leads_to_the_result(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    as_alice.post(address(first, "answer"), form(right_tokens(first)))
    run_out(sitting)
    assert as_alice.get(address(first))["Location"] == base(sitting, "result/")
    sitting.refresh_from_db()
    assert sitting.finished_at == sitting.deadline_at


def test_a_late_answer_is_kept_shown_and_not_graded(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    run_out(sitting)
    response = as_alice.post(
        address(first, "answer"), form(right_tokens(first)), headers={"Accept": "application/json"}
    )
    assert (response.status_code, response.json()) == (409, {"over": True, "late": True})
    assert as_alice.post(address(first, "answer"), form(wrong_tokens(first)))["Location"] == base(sitting, "result/")
    assert "came after the end" in as_alice.get(base(sitting, "result/", "en")).content.decode()
    assert "not graded" in as_alice.get(base(sitting, "review/", "en")).content.decode()
    assert Grade.objects.get(attempt=sitting).scaled == 100


def test_the_pulse_tells_the_time_a_token_and_what_is_saved(
    as_alice: Client, sitting: Attempt, first: AttemptItem
) -> None:
    as_alice.post(address(first, "answer"), form(right_tokens(first)))
    response = as_alice.get(base(sitting, "pulse/"))
    said = response.json()
    assert sitting.deadline_at
    assert said["deadline"] == int(sitting.deadline_at.timestamp() * 1000)
    assert abs(said["now"] - timezone.now().timestamp() * 1000) < 5000
    assert (said["over"], said["revisions"]) == (False, {"1": 1})
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_alice.cookies
    sent = strict.post(address(first, "note"), {"flagged": "1"}, headers={"X-CSRFToken": said["csrf"]})
    assert sent.status_code == 200
    assert len(response.content) <= 500


def test_more_time_shows_at_the_next_save(as_alice: Client, sitting: Attempt, first: AttemptItem) -> None:
    later = timezone.now() + timedelta(hours=2)
    Attempt.objects.filter(pk=sitting.pk).update(deadline_at=later)
    response = as_alice.post(address(first, "answer"), form([]), headers={"Accept": "application/json"})
    assert response.json()["deadline"] == int(later.timestamp() * 1000)


@pytest.mark.parametrize(
    "sent",
    [
        {"flagged": "2"},
        {"confidence": "certain"},
        {"seconds": "-1"},
        {"seconds": "9" * 5000},
        {"strikes": "1", "struck": "\x00"},
        {"strikes": "1", "struck": "nonsense"},
    ],
)
def test_a_note_that_does_not_fit_is_refused(as_alice: Client, first: AttemptItem, sent: dict[str, str]) -> None:
    assert as_alice.post(address(first, "note"), sent).status_code == 422


def test_an_exam_question_is_never_marked_alone(as_alice: Client, first: AttemptItem) -> None:
    assert as_alice.post(address(first, "mark"), form(right_tokens(first))).status_code == 409
    check = as_alice.post(f"/en/quizzes/check/ecs/{first.revision.question.slug}/", form([]))
    assert "The right answer" not in check.content.decode()


def test_queries_do_not_grow(
    as_alice: Client, first: AttemptItem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # session, user with learner, item, overview
        as_alice.get(address(first))
