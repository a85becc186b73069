"""What tests of review share: questions answered some days ago, and pressing Start or Next."""

import re
from datetime import datetime, timedelta

from django.test import Client

from learning.models import Course, Learner
from quizzes.models import AttemptItem, Question, Quiz, ReviewCard
from quizzes.scheduling.memory import answered as remembered
from quizzes.scheduling.memory import grade
from quizzes.services import check_item, start_attempt
from tests.quizzes.conftest import items_of
from tests.quizzes.make import act, address, form, place, right_tokens, wrong_tokens

URL = "/en/review/"


def answered(learner: Learner, quiz: Quiz, now: datetime, count: int = 4, *, right: bool = True) -> list[AttemptItem]:
    """Let `learner` have answered the first `count` questions of a draw from `quiz` at `now`."""
    items = items_of(start_attempt(learner=learner, quiz=quiz, now=now, seed="before"))[:count]
    for item in items:
        tokens = right_tokens(item) if right else wrong_tokens(item)
        check_item(learner=learner, place=place(item), tokens=tokens, act=act(now))
    return items


def asked(client: Client) -> AttemptItem:
    """Press Start or Next, and return the question it leads to."""
    where = client.post(f"{URL}next/")["Location"]
    attempt, number = re.findall(r"/attempts/([0-9a-f-]+)/(\d+)/", where)[0]
    rows = AttemptItem.objects.with_answers().select_related("revision__question", "attempt__learner")
    return rows.get(attempt=attempt, number=number)


def answer(client: Client, item: AttemptItem, *, right: bool = True, confidence: str = "") -> str:
    """Answer a question on its page; return what the page then says."""
    sent = {**form(right_tokens(item) if right else wrong_tokens(item)), "confidence": confidence}
    return client.post(address(item, "mark", "en"), sent, follow=True).content.decode()


def hold(learner: Learner, course: Course, now: datetime, *, days: int, count: int = 10_000) -> int:
    """Give `learner` a card for `count` questions at the most, answered rightly so many days ago."""
    rows = Question.objects.filter(course=course, retired_at=None)[:count]
    memory = remembered(None, grade(correct=True), now - timedelta(days=days))
    cards = [
        ReviewCard(learner=learner, question=row, state=memory.as_json(), due_at=memory.due, reviewed_at=memory.seen)
        for row in rows
    ]
    return len(ReviewCard.objects.bulk_create(cards))
