"""A session of review: start, answer, go on, see how it went."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Evidence, Learner
from quizzes.models import Attempt, AttemptItem, Question, Quiz, ReviewCard
from quizzes.services import forget_stock, start_attempt
from quizzes.services.reviewing import next_item
from tests.conftest import signed_in
from tests.quizzes.make import address, answer_all, form, right_tokens
from tests.quizzes.reviewing import URL, answer, answered, asked

DAY = timedelta(days=1)


@pytest.fixture
def due(alice: Learner, practice: Quiz) -> list[AttemptItem]:
    """Four questions that alice answered rightly a week ago: they are due."""
    return answered(alice, practice, timezone.now() - 7 * DAY)


def test_it_works(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    assert "4 questions" in as_alice.get(URL).content.decode()
    for number in range(1, 5):
        item = asked(as_alice)
        assert f"{number} of 4" in as_alice.get(address(item, language="en")).content.decode()
        said = answer(as_alice, item, confidence="sure")
        assert "Right!" in said
        assert "Comes again in" in said
    over = as_alice.post(f"{URL}next/", follow=True)
    assert "4 of 4 questions right" in over.content.decode()
    assert not Attempt.objects.get(mode=Quiz.Mode.REVIEW).is_open
    assert Evidence.objects.filter(source=Evidence.Source.REVIEW, confidence="sure").exists()
    assert ReviewCard.objects.of(alice).due(timezone.now()).count() == 0


def test_a_guest_reviews_what_they_answered(client: Client, due: list[AttemptItem]) -> None:
    assert "nothing to review yet" in client.get(URL).content.decode()
    assert client.post(f"{URL}next/")["Location"].startswith(URL)
    assert not Learner.objects.filter(user=None).exists()
    client.post(f"{URL}plan/", {"daily": "5"})
    guest = Learner.objects.get(user=None)
    answered(guest, Quiz.objects.get(slug="practice"), timezone.now() - 7 * DAY, 1)
    assert "Right!" in answer(client, asked(client))


def test_other_peoples_sessions_are_not_there(as_alice: Client, as_bob: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    session = item.attempt_id
    for address_ in (f"{URL}{session}/", address(item, language="en")):
        assert as_bob.get(address_).status_code == 404
    assert as_bob.post(f"{URL}{session}/1/undo/").status_code == 404
    assert as_bob.post(address(item, "mark", "en"), form(right_tokens(item))).status_code == 404
    assert "nothing to review yet" in as_bob.get(URL).content.decode()


def test_an_attempt_of_another_mode_is_no_session(as_alice: Client, attempt: Attempt) -> None:
    assert as_alice.get(f"{URL}{attempt.pk}/").status_code == 404
    assert as_alice.post(f"{URL}{attempt.pk}/1/undo/").status_code == 404


def test_pressing_start_again_gives_the_same_question(as_alice: Client, due: list[AttemptItem]) -> None:
    assert asked(as_alice) == asked(as_alice)
    assert Attempt.objects.filter(mode=Quiz.Mode.REVIEW).count() == 1
    assert "Go on reviewing" in as_alice.get(URL).content.decode()


def test_an_answer_sent_twice_moves_its_card_once(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    sent = form(right_tokens(item))
    for _ in range(3):
        as_alice.post(address(item, "mark", "en"), sent)
    as_alice.post(address(item, "mark", "en"), form(right_tokens(item)))
    card = ReviewCard.objects.get(question=item.revision.question_id)
    assert card.before is not None
    assert card.before["seen"] == due[0].checked_at or card.before["seen"] < card.state["seen"]
    assert Evidence.objects.filter(act=f"{item.attempt_id}/1").count() == len(item.revision.secret["proves"])


def test_confidence_is_kept_only_before_marking(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    answer(as_alice, item, confidence="guess")
    as_alice.post(address(item, "mark", "en"), {**form(right_tokens(item)), "confidence": "sure"})
    item.refresh_from_db()
    assert item.confidence == "guess"


@pytest.mark.parametrize("confidence", ["certain", "\x00", "x" * 5000])
def test_a_confidence_that_is_none_is_left(as_alice: Client, due: list[AttemptItem], confidence: str) -> None:
    item = asked(as_alice)
    answer(as_alice, item, confidence=confidence)
    item.refresh_from_db()
    assert (item.confidence, item.right) == ("", True)


def test_nothing_chosen_is_said_and_moves_nothing(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    page = as_alice.post(address(item, "mark", "en"), form([]))
    assert page.status_code == 422
    item.refresh_from_db()
    assert item.checked_at is None


def test_the_day_ends_at_the_ceiling(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    as_alice.post(f"{URL}plan/", {"exam_on": "", "daily": "2"})
    assert "2 questions" in as_alice.get(URL).content.decode()
    for _ in range(2):
        answer(as_alice, asked(as_alice))
    assert "/review/" in as_alice.post(f"{URL}next/")["Location"]
    said = as_alice.get(URL).content.decode()
    assert "the ceiling you set for a day" in said
    assert "The next review is on" in said


def test_practice_does_not_count_towards_the_ceiling(as_alice: Client, alice: Learner, practice: Quiz) -> None:
    answered(alice, practice, timezone.now() - 7 * DAY, 3)
    as_alice.post(f"{URL}plan/", {"exam_on": "", "daily": "2"})
    attempt = Attempt.objects.get()
    row = attempt.items.filter(checked_at=None).select_related("revision", "attempt__learner")[0]
    answer(as_alice, row)
    assert "2 questions" in as_alice.get(URL).content.decode()


def test_what_was_answered_elsewhere_meanwhile_is_not_asked_again(
    as_alice: Client, alice: Learner, due: list[AttemptItem], practice: Quiz
) -> None:
    first = asked(as_alice)
    other = next(item for item in due if item.revision.question_id != first.revision.question_id)
    ReviewCard.objects.filter(question=other.revision.question_id).update(reviewed_at=timezone.now())
    seen = {first.revision.question_id}
    answer(as_alice, first)
    for _ in range(2):
        item = asked(as_alice)
        seen.add(item.revision.question_id)
        answer(as_alice, item)
    assert other.revision.question_id not in seen
    assert "/attempts/" not in as_alice.post(f"{URL}next/")["Location"]


def test_a_question_that_was_retired_drops_out(as_alice: Client, due: list[AttemptItem]) -> None:
    waiting = asked(as_alice)
    Question.objects.filter(pk=waiting.revision.question_id).update(retired_at=timezone.now())
    forget_stock()
    assert "3 questions" in as_alice.get(URL).content.decode()
    assert asked(as_alice).revision.question_id != waiting.revision.question_id


def test_questions_of_an_open_exam_are_not_asked(as_alice: Client, alice: Learner, exam: Quiz) -> None:
    answered(alice, Quiz.objects.get(slug="practice"), timezone.now() - 7 * DAY, 10)
    waiting = asked(as_alice)
    sitting = start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="exam")
    sealed = set(sitting.items.values_list("revision__question", flat=True))
    held = set(ReviewCard.objects.of(alice).values_list("question", flat=True))
    assert held & sealed
    assert held - sealed
    while "/attempts/" in as_alice.post(f"{URL}next/")["Location"]:
        item = asked(as_alice)
        assert item.revision.question_id not in sealed
        answer(as_alice, item)
    if waiting.revision.question_id in sealed:
        refused = as_alice.post(address(waiting, "mark", "en"), form(right_tokens(waiting)))
        assert refused.status_code == 409


def test_a_marked_question_that_stands_in_an_open_exam_is_sealed(
    as_alice: Client, alice: Learner, due: list[AttemptItem], exam: Quiz
) -> None:
    item = asked(as_alice)
    answer(as_alice, item)
    reason = item.revision.secret["reasons"]["en"]["pieces"]
    sitting = start_attempt(learner=alice, quiz=exam, now=timezone.now(), seed="exam")
    sitting.items.filter(number=1).update(revision=item.revision)
    said = as_alice.get(address(item, language="en")).content.decode()
    assert "stands in an exam that is open or keeps" in said
    assert not any(one and one in said for one in reason)


def test_an_exam_feeds_the_next_reviews(as_alice: Client, sitting: Attempt) -> None:
    Attempt.objects.update(started_at=timezone.now(), deadline_at=timezone.now() + DAY)
    items = answer_all(sitting, timezone.now(), right=5)
    as_alice.post(f"/en/attempts/{sitting.pk}/finish/")
    said = as_alice.get(URL).content.decode()
    assert "Nothing is due today." in said
    assert "The next review is on" in said
    assert ReviewCard.objects.count() == len(items)


def test_a_session_of_yesterday_ends_when_the_next_one_begins(
    as_alice: Client, alice: Learner, due: list[AttemptItem]
) -> None:
    course = due[0].attempt.course
    old = next_item(learner=alice, course=course, now=timezone.now() - DAY, seed="yesterday")
    assert old
    item = asked(as_alice)
    assert item.attempt_id != old.attempt_id
    assert not Attempt.objects.get(pk=old.attempt_id).is_open


def test_the_addresses_of_attempts_lead_to_the_session(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    where = f"/en/attempts/{item.attempt_id}/"
    assert as_alice.get(where)["Location"] == URL
    as_alice.post(f"{where}finish/")
    assert as_alice.get(where)["Location"] == f"{URL}{item.attempt_id}/"
    for page in ("result/", "review/", "notes/"):
        over = as_alice.get(f"{where}{page}", follow=True)
        assert over.status_code == 200
        assert over.redirect_chain[-1][0] == f"{URL}{item.attempt_id}/"


def test_answering_what_is_over_is_said(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    as_alice.post(f"/en/attempts/{item.attempt_id}/finish/")
    assert as_alice.post(address(item, "mark", "en"), form(right_tokens(item))).status_code == 409


def test_htmx_gets_the_question_alone(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    sent = {**form(right_tokens(item)), "confidence": ""}
    said = as_alice.post(address(item, "mark", "en"), sent, headers={"HX-Request": "true"}).content.decode()
    assert said.strip().startswith('<div id="take-review"')
    assert 'data-key="next"' in said


def test_it_reads_in_korean_too(as_alice: Client, due: list[AttemptItem]) -> None:
    item = asked(as_alice)
    for page in ("/ko/review/", address(item), f"/ko/review/{item.attempt_id}/"):
        assert as_alice.get(page).status_code == 200


def test_a_form_without_its_token_is_refused(alice: Learner, due: list[AttemptItem]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user, backend="learning.auth.LearnerBackend")
    assert client.post(f"{URL}next/").status_code == 403
    assert signed_in(alice).get(f"{URL}next/").status_code == 405
    assert not Attempt.objects.filter(mode=Quiz.Mode.REVIEW).exists()
