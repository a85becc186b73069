"""What a course holds of questions and quizzes, kept in this process: lessons and home ask for it on every request.

Public words only: no key and no reason is ever here. Fresh for a minute, or until the course's content or a sync in
this process says otherwise.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.crypto import salted_hmac

from learning.models import Course
from quizzes.marking.cards import OpenCard, open_card
from quizzes.models import Question, Quiz

KEPT = 60.0  # seconds until another process's sync is seen here
TOKEN_LENGTH = 12

type Public = Mapping[str, Any]  # a stored public item in one language


@dataclass(frozen=True, slots=True)
class Stock:
    """The questions and quizzes of one course."""

    content_hash: str
    read_at: float
    public: Mapping[str, Mapping[str, Public]]  # by question and language
    topics: Mapping[str, int]  # how many questions each topic has
    quizzes: Sequence[Quiz]
    cards: dict[tuple[str, ...], str] = field(default_factory=dict)  # quick checks, rendered

    def held(self, quiz: Quiz) -> int:
        """Return how many questions an attempt of `quiz` has."""
        return min(quiz.count, sum(self.topics.get(topic, 0) for topic in quiz.topics))


_stocks: dict[int, Stock] = {}


def forget_stock() -> None:
    """Forget what this process keeps: after a sync, and between tests."""
    _stocks.clear()


def stock_of(course: Course) -> Stock:
    """Return what `course` holds, from this process's memory where it is fresh."""
    kept = _stocks.get(course.pk)
    if kept and kept.content_hash == course.content_hash and time.monotonic() - kept.read_at < KEPT:
        return kept
    public: dict[str, Mapping[str, Public]] = {}
    topics: dict[str, int] = {}
    rows = Question.objects.filter(course=course, retired_at=None).exclude(current=None)
    for slug, topic, words in rows.values_list("slug", "topic__slug", F("current__public")):
        public[slug] = words
        topics[topic] = topics.get(topic, 0) + 1
    quizzes = list(Quiz.objects.filter(course=course, retired_at=None))
    _stocks[course.pk] = Stock(course.content_hash, time.monotonic(), public, topics, quizzes)
    return _stocks[course.pk]


def quick_order(public: Public) -> tuple[list[int], list[str]]:
    """Return order and tokens of a quick check: the same for everyone, and nothing in them depends on the key."""
    pieces: Sequence[str] = public["body"]["pieces"]
    tokens = [_token(f"{public['id']}:{i}:{text}") for i, text in enumerate(pieces)]
    order = list(range(len(pieces)))
    return (sorted(order, key=tokens.__getitem__) if public["shuffle"] else order), tokens


def _token(value: str) -> str:
    return salted_hmac("quizzes.check", value, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]


def quick_card(public: Public, chosen: Sequence[str] = ()) -> OpenCard:
    """Return the card of a quick check with the options that the tokens `chosen` name."""
    order, tokens = quick_order(public)
    return open_card(public, order, tokens, [i for i, token in enumerate(tokens) if token in chosen])
