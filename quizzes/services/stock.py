"""What a course holds of questions and quizzes, kept in this process: lessons and home ask for it on every request.

Public words and numbers: no key and no reason is ever here. Only what stands in files is: a sync, of whatever process,
changes the hash of the course's files, and with it this. What instructors write on the site is asked only by quizzes
that choose it, so that publishing needs to tell no process anything (docs/authoring-questions.md).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.crypto import salted_hmac

from learning.models import Course
from quizzes.marking.blueprint import Unit, allows, units
from quizzes.marking.cards import OpenCard, open_card, spoken
from quizzes.models import Origin, Question, Quiz

TOKEN_LENGTH = 12

type Public = Mapping[str, Any]  # a stored public item in one language


@dataclass(frozen=True, slots=True)
class Stock:
    """The questions and quizzes of one course."""

    content_hash: str
    public: Mapping[str, Mapping[str, Public]]  # by question and language
    topics: Mapping[str, int]  # how many questions each topic has
    asking: Mapping[str, Sequence[str]]  # questions by the statements their right answers rest on
    quizzes: Sequence[Quiz]  # that can be taken: an exam waits until there are questions enough
    cards: dict[tuple[str, ...], str] = field(default_factory=dict)  # quick checks, rendered

    def words(self, slug: str, language: str) -> Public:
        """Return a question's public words in `language`, or in the one it was written in."""
        return self.public[slug][spoken(self.public[slug], language)]

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
    if kept is None or kept.content_hash != course.content_hash:
        kept = _stocks[course.pk] = _read(course)
    return kept


def _read(course: Course) -> Stock:
    public: dict[str, Mapping[str, Public]] = {}
    asking: dict[str, list[str]] = {}
    exam: dict[str, list[tuple[str, str]]] = {}
    topics: Counter[str] = Counter()
    rows = Question.objects.filter(course=course, origin=Origin.FILE, retired_at=None).exclude(current=None)
    names = ("slug", "topic__slug", "case", "pilot", F("current__public"), F("current__secret__proves"))
    for slug, topic, case, pilot, words, proves in rows.values_list(*names):
        public[slug] = words
        topics[topic] += 1
        exam.setdefault(topic, []).extend([] if pilot else [(case, slug)])
        for statement in proves:
            asking.setdefault(statement, []).append(slug)
    pools = {topic: units(things) for topic, things in exam.items()}
    weights = {topic.slug: topic.weight for topic in course.topics.filter(retired_at=None)}
    files = Quiz.objects.filter(course=course, origin=Origin.FILE, retired_at=None)
    quizzes = [q for q in files if _can_be_taken(q, pools, weights)]
    return Stock(course.content_hash, public, topics, asking, quizzes)


def _can_be_taken(quiz: Quiz, pools: Mapping[str, Sequence[Unit[str]]], weights: Mapping[str, int]) -> bool:
    own = {topic: weight for topic, weight in weights.items() if topic in quiz.topics}
    return not quiz.is_exam or allows(pools, own, quiz.count)


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
