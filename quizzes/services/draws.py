"""What an attempt would ask of one learner, and asking it: the pools of a quiz, a preview, a draw. Reads only."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.models import Course, Learner
from quizzes.marking import blueprint
from quizzes.marking.blueprint import Share, Unit
from quizzes.models import Attempt, AttemptItem, Origin, Question, QuestionRevision, Quiz
from quizzes.services.acts import SealedError, UnfitError, Wish
from quizzes.services.made import draw_made, is_made, made_count, plan_made
from quizzes.services.opening import sealing_attempts

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
    if is_made(quiz):
        return Preview(plan_made(quiz))
    wish = _fitting(quiz, wish)
    pools = _pools(learner, quiz, wish, _not_to_draw(learner, quiz, now))
    return Preview(blueprint.plan(pools, _weights(quiz, wish), wish.count or quiz.count))


def draw(*, learner: Learner, quiz: Quiz, now: datetime, seed: str, wish: Wish | None = None) -> list[QuestionRevision]:
    """Return the revisions to ask, in their order.

    Raises UnfitError when there are none, or too few for an exam; SealedError when the exam would ask what another one
    asks that is being taken: two exams open at once would tell of one another.
    """
    out = _not_to_draw(learner, quiz, now)
    if is_made(quiz):
        drawn, count = draw_made(quiz, seed, out), made_count(quiz)
    else:
        wish = _fitting(quiz, wish)
        pools, weights, count = _pools(learner, quiz, wish, out), _weights(quiz, wish), wish.count or quiz.count
        drawn = blueprint.draw(pools, weights, count, seed)
    if quiz.is_exam and out and len(drawn) < count:
        raise SealedError
    if not drawn or (quiz.is_exam and len(drawn) < count):
        raise UnfitError
    return drawn


def sealed_questions(*, learner: Learner | None, now: datetime) -> frozenset[int]:
    """Return the questions whose keys are shown to `learner` nowhere, by no door.

    Those of the exams they are taking, and those of exams whose answers are not shown: ever, or not yet.
    """
    if learner is None:
        return frozenset()
    attempts = sealing_attempts(learner=learner, now=now)
    if not attempts:
        return frozenset()
    return frozenset(AttemptItem.objects.filter(attempt__in=attempts).values_list("revision__question", flat=True))


def withheld_acts(*, learner: Learner, now: datetime) -> frozenset[str]:
    """Return the acts, as evidence names them, that answered what is sealed now: how they went is not told."""
    attempts = sealing_attempts(learner=learner, now=now)
    if not attempts:
        return frozenset()
    sealed = AttemptItem.objects.filter(attempt__in=attempts).values("revision__question")
    rows = AttemptItem.objects.of(learner).filter(revision__question__in=sealed)
    return frozenset(f"{attempt}/{number}" for attempt, number in rows.values_list("attempt", "number"))


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


def _pools(learner: Learner | None, quiz: Quiz, wish: Wish, out: Collection[int]) -> Pools:
    """Return the units of each topic that may be drawn for `learner`, but for the questions that are to stay `out`.

    Of files: the site's are chosen one by one.
    """
    files = Question.objects.filter(course=quiz.course_id, origin=Origin.FILE, retired_at=None)
    stock = files.filter(topic__slug__in=wish.topics)
    rows = stock.exclude(current=None).select_related("topic", "current").defer("current__secret")
    wanted = _wanted(learner, quiz, wish, out)
    held: dict[str, list[tuple[str, QuestionRevision]]] = {}
    for question in rows.exclude(pilot=True) if quiz.is_exam else rows:
        if question.current and wanted(question.pk):
            held.setdefault(question.topic.slug, []).append((question.case, question.current))
    return {topic: blueprint.units(things) for topic, things in held.items()}


def _wanted(learner: Learner | None, quiz: Quiz, wish: Wish, out: Collection[int]) -> Callable[[int], bool]:
    """Return whether a question fits the wish and is not to stay `out`, as a function of its primary key."""
    last = results_of(learner, quiz.course) if wish.which != "any" else {}
    fits: dict[str, Callable[[int], bool]] = {
        "any": lambda question: True,
        "missed": lambda question: last.get(question) is False,
        "unseen": lambda question: question not in last,
    }
    return lambda question: fits[wish.which](question) and question not in out


def _not_to_draw(learner: Learner | None, quiz: Quiz, now: datetime) -> frozenset[int]:
    """Practice draws nothing that it could not mark; an exam nothing that stands in an exam being taken."""
    if not quiz.is_exam or learner is None:
        return sealed_questions(learner=learner, now=now)
    running = Attempt.objects.of(learner).running(now).filter(mode=Quiz.Mode.EXAM)
    asked = AttemptItem.objects.filter(attempt__in=running)
    return frozenset(asked.values_list("revision__question", flat=True))


def results_of(learner: Learner | None, course: Course) -> dict[int, bool]:
    """Return whether the last mark `learner` got for a question was full, by question; others are not there."""
    rows = AttemptItem.objects.of(learner).filter(attempt__course=course).exclude(checked_at=None)
    marks = rows.order_by("checked_at", "pk").values_list("revision__question", "points", "of")
    return {question: points == of for question, points, of in marks}
