"""Reading the trail of what instructors did. What is another instructor's alone is left out.

A learner it concerns is named to the owner of a class they are in, and to nobody else.
"""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from learning.models import Membership
from quizzes.models import AuditEntry, Question, Quiz

OWNED = ("question:", "quiz:")  # subjects that may be somebody's alone


def trail(user: User, *, action: str = "", subject: str = "", actor: str = "") -> QuerySet[AuditEntry]:
    """Return the entries `user`, an instructor, may read, the newest first; those of an action, a subject, an actor.

    Adds `called`: the learner's name in a class of the user's, or None.
    """
    wanted: Mapping[str, str] = {"action": action, "subject__icontains": subject, "actor_name": actor}
    member = Membership.objects.filter(learner=OuterRef("learner"), classroom__owner=user, left_at=None)
    name = Subquery(member.order_by("pk").values("name")[:1], output_field=CharField())
    rows = AuditEntry.objects.filter(_allowed(user)).annotate(called=name)
    return rows.filter(**{field: value for field, value in wanted.items() if value})


def actions(user: User) -> list[str]:
    """Return the actions there are entries of, in the order of the alphabet."""
    return list(
        AuditEntry.objects.filter(_allowed(user)).order_by("action").values_list("action", flat=True).distinct()
    )


def _allowed(user: User) -> Q:
    """Own acts; acts on what the user may see; and acts on what is nobody's alone."""
    questions = (
        Question.objects.seen_by(user)
        .order_by()
        .values_list(Concat(Value("question:"), "slug", output_field=CharField()))
    )
    quizzes = (
        Quiz.objects.seen_by(user).order_by().values_list(Concat(Value("quiz:"), "slug", output_field=CharField()))
    )
    others = ~Q(subject__startswith=OWNED[0]) & ~Q(subject__startswith=OWNED[1])
    return Q(actor=user) | Q(subject__in=questions) | Q(subject__in=quizzes) | others
