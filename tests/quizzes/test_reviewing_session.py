"""A session of review: start, answer, go on, see how it went."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Evidence, Learner
from quizzes.models import Attempt, AttemptItem, Quiz, ReviewCard
from quizzes.services import check_item, start_attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import act, address, form, place, right_tokens, wrong_tokens

URL = "/en/review/"


def answered(learner: Learner, quiz: Quiz, now: datetime, count: int = 4, *, right: bool = True) -> list[AttemptItem]:
    """Let `learner` have answered the first questions of `quiz` at `now`."""
    attempt = start_attempt(learner=learner, quiz=quiz, now=now, seed="before")
    items = items_of(attempt)[:count]
    for item in items:
        tokens = right_tokens(item) if right else wrong_tokens(item)
        check_item(learner=learner, place=place(item), tokens=tokens, act=act(now))
    return items


@pytest.fixture
def due(alice: Learner, practice: Quiz) -> list[AttemptItem]:
    """Four questions that alice answered rightly a week ago: they are due."""
    return answered(alice, practice, timezone.now() - timedelta(days=7))


def begun(client: Client) -> AttemptItem:
    """Press Start, or Next, and return the question it leads to."""
    where = client.post(f"{URL}next/")["Location"]
    attempt, number = re.findall(r"/attempts/([0-9a-f-]+)/(\d+)/", where)[0]
    return AttemptItem.objects.with_answers().get(attempt=attempt, number=number)


def test_it_works(as_alice: Client, alice: Learner, due: list[AttemptItem]) -> None:
    assert "4 questions" in as_alice.get(URL).content.decode()
    for place_ in range(1, 5):
        item = begun(as_alice)
        page = as_alice.get(address(item, language="en")).content.decode()
        assert f"{place_} of 4" in page
        sent = {**form(right_tokens(item)), "confidence": "sure"}
        said = as_alice.post(address(item, "mark", "en"), sent, follow=True).content.decode()
        assert "Right!" in said
        assert "Comes again in" in said
    over = as_alice.post(f"{URL}next/", follow=True)
    assert "4 of 4 questions right" in over.content.decode()
    session = Attempt.objects.get(mode=Quiz.Mode.REVIEW)
    assert not session.is_open
    assert Evidence.objects.filter(source=Evidence.Source.REVIEW, confidence="sure").exists()
    assert ReviewCard.objects.of(alice).due(timezone.now()).count() == 0
