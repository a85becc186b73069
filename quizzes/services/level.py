"""The level check: at most twelve questions, each chosen by the answers so far; marked when it ends, not before.

An attempt without a quiz whose questions are appended one by one. Which topic and which question comes is decided by
`learning.mastery.placing`. Time and chance are parameters. Knows no requests.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.db import transaction

from learning.mastery import kept
from learning.mastery.placing import Placed, balanced, begin_with, placed, widest
from learning.mastery.readiness import Shape, shapes_of
from learning.models import Course, Evidence, Learner
from quizzes.marking.item import Response
from quizzes.marking.mark import mark
from quizzes.marking.responses import is_complete, response_of
from quizzes.marking.shuffle import shuffled
from quizzes.models import Attempt, AttemptItem, Origin, Question, QuestionRevision, Quiz
from quizzes.services.acts import Act, ClosedError, Place, UnfitError
from quizzes.services.answers import record_answer
from quizzes.services.attempts import finish, frozen
from quizzes.services.draws import results_of, sealed_questions, withheld_acts
from quizzes.services.grading import UNKNOWN, is_given, read_item


@dataclass(frozen=True, slots=True)
class Placement:
    """What a level check that has ended says: topic by topic in the course's order, and where to begin, if anywhere."""

    topics: tuple[Placed, ...]
    begin: Placed | None


def open_level(*, learner: Learner | None, course: Course) -> Attempt | None:
    """Return the level check `learner` has begun and not ended."""
    return Attempt.objects.of(learner).open().filter(mode=Quiz.Mode.LEVEL, course=course).first()


def last_level(*, learner: Learner | None, course: Course) -> Attempt | None:
    """Return the level check `learner` ended last."""
    rows = Attempt.objects.of(learner).filter(mode=Quiz.Mode.LEVEL, course=course, state=Attempt.State.FINISHED)
    return rows.order_by("-finished_at").first()


def begin_level(*, learner: Learner, course: Course, now: datetime, seed: str) -> Attempt:
    """Return `learner`'s open level check, begun now if there is none. Raises UnfitError when there is nothing to ask.

    `seed` must be secret: the tokens follow from it.
    """
    with transaction.atomic():
        Learner.objects.select_for_update().get(pk=learner.pk)  # one check, however often the button is pressed
        begun = open_level(learner=learner, course=course)
        if begun:
            return begun
        attempt = Attempt.objects.create(learner=learner, course=course, mode=Quiz.Mode.LEVEL, started_at=now)
        if _append(attempt, now, seed) is None:
            raise UnfitError
        return attempt


def answer_level(*, learner: Learner, place: Place, tokens: Sequence[str], act: Act, seed: str) -> AttemptItem | None:
    """Save the answer at `place` and return the question that follows, appended now if it is new; None at the end.

    No tokens: "I do not know yet", which is an answer. Raises what `record_answer` raises, and UnfitError when only a
    part of what the question asks for is answered.
    """
    item = _found(learner, place)
    response = response_of(item.revision.any_public, item.tokens, tokens)
    if response is None or (tokens and not is_complete(item.revision.any_public, response)):
        raise UnfitError(item)
    record_answer(learner=learner, place=place, tokens=tokens, act=act)
    with transaction.atomic():
        rows = Attempt.objects.of(learner).select_for_update(of=("self",)).select_related("course", "learner")
        attempt = rows.get(pk=item.attempt_id)
        if not tokens and attempt.is_open:
            _note_unknown(attempt, place.number)
        following = attempt.items.filter(number=place.number + 1).first()
        if following or not attempt.is_open:
            return following
        following = _append(attempt, act.now, seed)
        if following is None:
            finish(attempt, act.now)
        return following


def _note_unknown(attempt: Attempt, number: int) -> None:
    """Keep that a question was left blank on purpose: one that is merely open is blank as well."""
    attempt.wish = {**attempt.wish, UNKNOWN: sorted({*attempt.wish.get(UNKNOWN, ()), number})}
    attempt.save(update_fields=["wish"])


def _found(learner: Learner, place: Place) -> AttemptItem:
    rows = AttemptItem.objects.of(learner).filter(attempt__mode=Quiz.Mode.LEVEL).select_related("revision", "attempt")
    item = rows.get(attempt=place.attempt, number=place.number)
    if not item.attempt.is_open:
        raise ClosedError(item)
    return item


def last_item(attempt: Attempt) -> AttemptItem | None:
    """Return the question to answer now."""
    return attempt.items.order_by("-number").first()


def placement(attempt: Attempt, now: datetime) -> Placement:
    """Return what a level check that has ended says, by the evidence of that moment that may be told `now`."""
    moment = attempt.finished_at or attempt.started_at
    weights = _weights(attempt.course)
    withheld = withheld_acts(learner=attempt.learner, now=now)
    rows = Evidence.objects.of(attempt.learner, attempt.course).fresh().filter(seen_at__lte=moment).seen(withheld)
    topics = tuple(placed(shapes_of(kept(rows), weights, int(moment.timestamp()))))
    return Placement(topics, begin_with(topics, weights))


def _append(attempt: Attempt, now: datetime, seed: str) -> AttemptItem | None:
    """Append the next question; None when enough is known, or there is none to ask."""
    asked = _asked(attempt)
    sealed = sealed_questions(learner=attempt.learner, now=now)
    pools = _pools(attempt, asked, sealed)
    shapes = {topic: shape for topic, shape in _shapes(attempt, asked, sealed, now).items() if pools.get(topic)}
    topic = widest(shapes, len(asked))
    if topic is None:
        return None
    pool, number = pools[topic], len(asked) + 1
    turn = [pool[i] for i in shuffled(len(pool), f"{attempt.pk}:{topic}")]
    hard = [revision.difficulty for revision in turn]
    before = [item.revision.difficulty for item in asked if item.revision.question.topic.slug == topic]
    item = frozen(attempt, number, turn[balanced(hard, before, fmean([*hard, *before]))], False, f"{seed}:{number}")
    item.save(force_insert=True)
    return item


def _asked(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.with_answers().select_related("revision__question__topic"))


def _pools(
    attempt: Attempt, asked: Sequence[AttemptItem], sealed: Collection[int]
) -> dict[str, list[QuestionRevision]]:
    """Return the questions that may be asked, by topic: never marked for the learner, of no case, not on trial.

    They rest on statements: an answer to what goes beyond the notes is no evidence.
    """
    rows = Question.objects.filter(course=attempt.course, origin=Origin.FILE, retired_at=None, pilot=False, case="")
    met = set(results_of(attempt.learner, attempt.course)) | {item.revision.question_id for item in asked}
    out = met.union(sealed)
    pools: dict[str, list[QuestionRevision]] = {}
    for question in rows.exclude(current=None).exclude(pk__in=out).select_related("topic", "current"):
        if question.current and question.current.secret["proves"]:
            pools.setdefault(question.topic.slug, []).append(question.current)
    return pools


def _shapes(attempt: Attempt, asked: Sequence[AttemptItem], sealed: Collection[int], now: datetime) -> dict[str, Shape]:
    """Return what is known of each topic: from before, and from the answers given here, which count in full.

    Of what is `sealed` nothing: which question comes next must not tell how it went.
    """
    weights = _weights(attempt.course)
    withheld = withheld_acts(learner=attempt.learner, now=now)
    rows = kept(Evidence.objects.of(attempt.learner, attempt.course).fresh().seen(withheld))
    shapes = shapes_of(rows, weights, int(now.timestamp()))
    for item in asked:
        topic = item.revision.question.topic.slug
        if is_given(attempt, item) and topic in shapes and item.revision.question_id not in sealed:
            a, b = shapes[topic]
            shapes[topic] = (a + 1, b) if _right(item, tuple(item.response or ())) else (a, b + 1)
    return shapes


def _right(item: AttemptItem, response: Response) -> bool:
    return mark(read_item(item.revision), response).full


def _weights(course: Course) -> dict[str, int]:
    return dict(course.topics.filter(retired_at=None).values_list("slug", "weight"))
