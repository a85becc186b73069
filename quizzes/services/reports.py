"""What learners say is wrong with questions: where it lands, and the answer it gets. Time is a parameter.

A report is on a question; whoever may see the question sees it, with the answer its learner gave. The name is shown to
the owner of the class the exam was given in, and to nobody else.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When

from learning.models import Membership
from quizzes.models import AttemptItem, ProblemReport, Question
from quizzes.services import audit
from quizzes.services.acts import UnfitError

MOST_WORDS = 2000  # characters of an answer


def reports_for(user: User) -> QuerySet[ProblemReport]:
    """Return what `user`, an instructor, may read: reports on the questions they may see, the open ones first.

    Adds `called`, the name in the user's own class the question was given in, or "".
    """
    theirs = Membership.objects.filter(
        learner=OuterRef("learner"), classroom=OuterRef("item__attempt__assignment__classroom"), left_at=None
    )
    own = theirs.filter(classroom__owner=user).values("name")[:1]
    rows = ProblemReport.objects.filter(item__revision__question__in=Question.objects.seen_by(user))
    named = rows.annotate(called=Subquery(own, output_field=CharField()), answered=_answered())
    return named.order_by("answered", F("created_at").desc(), "pk").select_related("item__revision__question__topic")


def _answered() -> Case:
    return Case(When(replied_at=None, then=Value(0)), default=Value(1))


def open_reports(user: User) -> int:
    """Return how many reports wait for an answer."""
    return reports_for(user).filter(replied_at=None).count()


def items_of_reports(reports: "QuerySet[ProblemReport] | list[ProblemReport]") -> dict[int, AttemptItem]:
    """Return the items the reports are on, with the answers given, by primary key. One query."""
    rows = AttemptItem.objects.with_answers().select_related("revision__question__topic", "attempt")
    return {row.pk: row for row in rows.filter(pk__in=[report.item_id for report in reports])}


@transaction.atomic
def answer_report(*, report: ProblemReport, actor: User, text: str, now: datetime) -> ProblemReport:
    """Keep `text` as the answer to `report`: its learner reads it where they reported. A later one replaces it.

    Raises UnfitError when there are no words, or too many.
    """
    words = text.strip()
    if not words or len(words) > MOST_WORDS or "\0" in words:
        raise UnfitError
    report.reply, report.replied_by_name, report.replied_at = words, actor.get_username(), now
    report.save(update_fields=["reply", "replied_by_name", "replied_at"])
    slug = report.item.revision.question.slug
    audit.record(actor=actor, action="answer-report", subject=f"question:{slug}", now=now, learner=report.learner)
    return report
