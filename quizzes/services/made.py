"""Drawing for quizzes made on the site: chosen items, quotas, and pilots that ride along. Reads only; no requests."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby

from django.db.models import Q, QuerySet

from quizzes.marking.blueprint import Share, units
from quizzes.marking.quotas import Quota, Stocked, draw_quotas, held, spread
from quizzes.marking.shuffle import shuffled
from quizzes.models import Origin, Question, QuestionRevision, Quiz


def is_made(quiz: Quiz) -> bool:
    """Whether the quiz says itself what it asks: chosen items or quotas, in place of a number from some topics."""
    return bool(quiz.items or quiz.blueprint)


def published(quiz: Quiz) -> "QuerySet[Question]":
    """Return the questions that may be asked in `quiz`: the files', its owner's, and those shared."""
    own = Q(owner=quiz.owner_id) if quiz.owner_id else Q(pk=None)
    rows = Question.objects.filter(Q(origin=Origin.FILE) | Q(shared=True) | own, course=quiz.course_id, retired_at=None)
    return rows.exclude(current=None).select_related("topic", "current").defer("current__secret")


def chosen(quiz: Quiz) -> list[Question]:
    """Return the items chosen by hand, in their order; those that are no longer published are left out."""
    found = {question.slug: question for question in published(quiz).filter(slug__in=quiz.items)}
    return [found[slug] for slug in quiz.items if slug in found]


def quotas_of(quiz: Quiz) -> list[Quota]:
    """Return the rows of the blueprint."""
    return [Quota(row["topic"], row["difficulty"], row["count"]) for row in quiz.blueprint]


def stocked(rows: Sequence[Question]) -> list[Stocked[QuestionRevision]]:
    """Return questions as what can be drawn: those of a case together, as hard as the hardest of them."""
    found = units([(question.case, question) for question in rows])
    return [
        Stocked(
            unit[0].topic.slug,
            max(one.current.difficulty for one in unit if one.current),
            tuple(one.current for one in unit if one.current),
        )
        for unit in found
    ]


def draw_made(quiz: Quiz, seed: str, out: Collection[int] = ()) -> list[QuestionRevision]:
    """Return what an attempt of `quiz` asks, in its order, but for the questions that are to stay `out`."""
    if quiz.items:
        return [question.current for question in chosen(quiz) if question.current and question.pk not in out]
    stock = [question for question in _of_quotas(quiz) if question.pk not in out]
    return draw_quotas(stocked(stock), quotas_of(quiz), seed)


def made_count(quiz: Quiz) -> int:
    """Return how many questions an attempt of `quiz` asks."""
    return len(chosen(quiz)) if quiz.items else quiz.count


def _of_quotas(quiz: Quiz) -> list[Question]:
    topics = {quota.topic for quota in quotas_of(quiz)}
    return list(published(quiz).filter(topic__slug__in=topics, pilot=False))


def plan_made(quiz: Quiz) -> tuple[Share, ...]:
    """Return how many items an attempt takes of each topic, in the course's order."""
    if quiz.items:
        asked = Counter(question.topic.slug for question in chosen(quiz))
        shares = {topic: Share(topic, count, count) for topic, count in asked.items()}
    else:
        stock = stocked(_of_quotas(quiz))
        drawn: Counter[str] = Counter()
        for quota in quotas_of(quiz):
            drawn[quota.topic] += min(quota.count, held(stock, quota))
        shares = {topic: Share(topic, held(stock, Quota(topic, None, 0)), count) for topic, count in drawn.items()}
    order = quiz.course.topics.values_list("slug", flat=True)
    return tuple(shares[topic] for topic in order if topic in shares)


def laid_out(quiz: Quiz, drawn: Sequence[QuestionRevision], seed: str) -> list[tuple[QuestionRevision, bool]]:
    """Return the questions of an attempt with the quiz's pilots at places of chance, and which are pilots.

    Nothing but the flag tells them apart; a shared text and its questions stay together.
    """
    if not quiz.pilots or not quiz.is_exam:
        return [(revision, False) for revision in drawn]
    cases = dict(Question.objects.filter(current__in=drawn).values_list("current", "case"))
    runs = [tuple(run) for _, run in groupby(drawn, key=lambda one: cases.get(one.pk) or one.pk)]
    asked = {revision.question_id for revision in drawn}
    pool = [question for question in _pilots(quiz) if question.pk not in asked and question.current]
    turn = shuffled(len(pool), f"{seed}:pilots")[: quiz.pilots]
    more = [revision for place in turn if (revision := pool[place].current)]
    return spread(runs, more, f"{seed}:gap")


def _pilots(quiz: Quiz) -> "QuerySet[Question]":
    return published(quiz).filter(pilot=True, topic__slug__in=quiz.topics).order_by("position", "pk")


def pilots_held(quiz: Quiz) -> int:
    """Return how many pilots there are for `quiz` to take along."""
    return _pilots(quiz).exclude(slug__in=quiz.items).count()
