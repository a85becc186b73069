"""What an attempt would ask of one learner, and asking it: the pools of a quiz, a preview, a draw. Reads only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from learning.models import Course, Learner
from quizzes.marking import blueprint
from quizzes.marking.blueprint import Share, Unit
from quizzes.models import GRACE, Attempt, AttemptItem, Question, QuestionRevision, Quiz
from quizzes.services.acts import UnfitError, Wish

type Pools = Mapping[str, Sequence[Unit[QuestionRevision]]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a start would draw: of each topic in the course's order, and in all."""

    topics: tuple[Share, ...]

    @property
    def available(self) -> int:
        """How many questions there are to draw from."""
        return sum(share.available for share in self.topics)

    @property
    def drawn(self) -> int:
        """How many will be asked."""
        return sum(share.drawn for share in self.topics)


def preview(*, learner: Learner | None, quiz: Quiz, now: datetime, wish: Wish | None = None) -> Preview:
    """Return what `start_attempt` would draw for `learner`, exactly. Raises UnfitError as it would."""
    wish = _fitting(quiz, wish)
    pools = _pools(learner, quiz, wish, now)
    return Preview(blueprint.plan(pools, _weights(quiz, wish), wish.count or quiz.count))


def draw(*, learner: Learner, quiz: Quiz, now: datetime, seed: str, wish: Wish | None = None) -> list[QuestionRevision]:
    """Return the revisions to ask, in their order. Raises UnfitError when there are none, or too few for an exam."""
    wish = _fitting(quiz, wish)
    pools, weights, count = _pools(learner, quiz, wish, now), _weights(quiz, wish), wish.count or quiz.count
    drawn = blueprint.draw(pools, weights, count, seed)
    if not drawn or (quiz.is_exam and len(drawn) < count):
        raise UnfitError
    return drawn


def sealed_questions(*, learner: Learner | None, now: datetime) -> frozenset[int]:
    """Return the questions of the exams `learner` is taking: their keys are shown nowhere before those end."""
    if learner is None:
        return frozenset()
    running = Attempt.objects.of(learner).open().filter(mode=Quiz.Mode.EXAM)
    still = running.filter(deadline_at__gte=now - timedelta(seconds=GRACE))
    return frozenset(AttemptItem.objects.filter(attempt__in=still).values_list("revision__question", flat=True))


def _fitting(quiz: Quiz, wish: Wish | None) -> Wish:
    """Return the wish with what it leaves open filled in; an exam grants none. Raises UnfitError for what cannot be."""
    if wish is None or quiz.is_exam:
        return Wish(tuple(quiz.topics), "any", quiz.count)
    if not set(wish.topics) <= set(quiz.topics) or wish.which not in ("any", "missed", "unseen"):
        raise UnfitError
    if wish.count is not None and wish.count < 1:
        raise UnfitError
    return Wish(wish.topics or tuple(quiz.topics), wish.which, wish.count or quiz.count)


def _weights(quiz: Quiz, wish: Wish) -> dict[str, int]:
    """Return what each topic weighs: in an exam as the course says, in practice alike."""
    rows = quiz.course.topics.filter(slug__in=wish.topics, retired_at=None)
    return {topic.slug: topic.weight if quiz.is_exam else 1 for topic in rows}


def _pools(learner: Learner | None, quiz: Quiz, wish: Wish, now: datetime) -> Pools:
    """Return the units of each topic that may be drawn for `learner`."""
    stock = Question.objects.filter(course=quiz.course_id, topic__slug__in=wish.topics, retired_at=None)
    rows = stock.exclude(current=None).select_related("topic", "current").defer("current__secret")
    wanted = _wanted(learner, quiz, wish, now)
    held: dict[str, list[tuple[str, QuestionRevision]]] = {}
    for question in rows.exclude(pilot=True) if quiz.is_exam else rows:
        if question.current and wanted(question.pk):
            held.setdefault(question.topic.slug, []).append((question.case, question.current))
    return {topic: blueprint.units(things) for topic, things in held.items()}


def _wanted(learner: Learner | None, quiz: Quiz, wish: Wish, now: datetime) -> Callable[[int], bool]:
    """Return whether a question fits the wish, as a function of its primary key."""
    sealed = sealed_questions(learner=learner, now=now)
    last = results_of(learner, quiz.course) if wish.which != "any" else {}
    fits: dict[str, Callable[[int], bool]] = {
        "any": lambda question: True,
        "missed": lambda question: last.get(question) is False,
        "unseen": lambda question: question not in last,
    }
    return lambda question: fits[wish.which](question) and question not in sealed


def results_of(learner: Learner | None, course: Course) -> dict[int, bool]:
    """Return whether the last mark `learner` got for a question was full, by question; others are not there."""
    rows = AttemptItem.objects.of(learner).filter(attempt__course=course).exclude(checked_at=None)
    marks = rows.order_by("checked_at", "pk").values_list("revision__question", "points", "of")
    return {question: points == of for question, points, of in marks}
