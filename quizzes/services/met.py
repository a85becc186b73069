"""The questions a learner has met and may look at again, for the search. Must not know pages."""

from datetime import datetime

from django.db.models import QuerySet

from learning.models import Learner
from quizzes.models import AttemptItem
from quizzes.services.draws import sealed_questions
from quizzes.services.opening import withheld_attempts

MOST_MET = 1000  # questions, the latest


def tellable(*, learner: Learner, now: datetime) -> "QuerySet[AttemptItem]":
    """Return the marked items of `learner` that may be shown to them, the latest first.

    Left out: questions of an exam that is open, and attempts whose answers are withheld.
    """
    rows = AttemptItem.objects.of(learner).exclude(checked_at=None)
    rows = rows.exclude(attempt__in=withheld_attempts(learner=learner, now=now))
    rows = rows.exclude(revision__question__in=sealed_questions(learner=learner, now=now))
    return rows.order_by("-checked_at", "-pk")


def met_items(*, learner: Learner, now: datetime) -> list[AttemptItem]:
    """Return for each of the MOST_MET questions met last the item in which it was, the latest first.

    What is secret of it stays in the database.
    """
    met = tellable(learner=learner, now=now).values_list("revision__question", "pk")
    last: dict[int, int] = {}
    for question, item in met:
        last.setdefault(question, item)
    shown = AttemptItem.objects.select_related("attempt", "revision__question__topic")
    items = shown.defer("revision__secret").in_bulk(list(last.values())[:MOST_MET])
    return [items[pk] for pk in last.values() if pk in items]
