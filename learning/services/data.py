"""One's own data: all of it told, and all of it gone. Must not know requests, nor what upper apps keep."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import ngettext

from learning.models import Classroom, Evidence, Extension, Learner, Membership, Reading
from learning.models.plainly import own, told

SEEN = ("id", "act", "source", "subject", "version", "correct", "confidence", "first", "undoes_id", "seen_at")
HIDDEN = {"correct": None, "statement": None}


def own_data(*, learner: Learner, withheld: Collection[str] = ()) -> dict[str, Any]:
    """Return the account, readings, evidence and classes of `learner` as plain data that JSON can say.

    `withheld`: the acts of which is told neither whether they were right nor what the right answer rests on.
    """
    return {
        "account": _account(learner),
        "readings": told(
            Reading.objects.filter(learner=learner).order_by("lesson__course", "lesson__position"),
            course="lesson__course__slug", lesson="lesson__slug", **own("percent", "finished_at", "updated_at"),
        ),
        "evidence": _evidence(learner, frozenset(withheld)),
        "classes": told(
            Membership.objects.filter(learner=learner),
            **{"class": "classroom__name"}, **own("name", "joined_at", "left_at"),
        ),
        "extensions": told(
            Extension.objects.filter(learner=learner), given="assignment__source", **own("minutes", "granted_at")
        ),
    }  # fmt: skip


def _evidence(learner: Learner, withheld: frozenset[str]) -> list[dict[str, Any]]:
    rows = Evidence.objects.filter(learner=learner).order_by("pk")
    found = told(rows, course="course__slug", statement="statement__slug", topic="topic__slug", **own(*SEEN))
    return [{**row, **HIDDEN} if row["act"] in withheld else row for row in found]


def _account(learner: Learner) -> dict[str, Any]:
    user = learner.user
    if user is None:
        return {"username": None, "guest_since": learner.created_at.isoformat()}
    last = user.last_login.isoformat() if user.last_login else None
    return {"username": user.get_username(), "joined": user.date_joined.isoformat(), "last_login": last}


def counted(*, learner: Learner) -> list[str]:
    """Return in words how much reading and evidence is kept of `learner`; nothing of which there is none."""
    read = Reading.objects.filter(learner=learner).count()
    seen = Evidence.objects.filter(learner=learner).values("act").distinct().count()
    classes = Membership.objects.filter(learner=learner, left_at=None).count()
    lines = [
        (read, ngettext("%(n)s lesson opened", "%(n)s lessons opened", read)),
        (seen, ngettext("%(n)s answer or design as evidence", "%(n)s answers and designs as evidence", seen)),
        (classes, ngettext("%(n)s class", "%(n)s classes", classes)),
    ]
    return [words % {"n": count} for count, words in lines if count]


@transaction.atomic
def forget_learner(*, learner: Learner) -> None:
    """Delete `learner` and everything learnt: nothing of it is left, in item statistics neither. The account stays.

    Asked twice at once, the second finds nothing left to delete.
    """
    if found := Learner.objects.select_for_update().filter(pk=learner.pk).first():
        found.delete()


def delete_account(*, user: User) -> None:
    """Delete `user`, all they learnt and their classes, and end their sessions on every device.

    What they wrote for others stays without them: questions, revisions and regrades. Asked twice at once, the second
    finds nothing left to delete.
    """
    with transaction.atomic():
        if found := User.objects.select_for_update().filter(pk=user.pk).first():
            found.delete()
    end_sessions(user_id=user.pk)


def owned_classes(*, user: User) -> int:
    """Return how many classes go when `user` goes."""
    return Classroom.objects.filter(owner=user).count()


def end_sessions(*, user_id: int) -> int:
    """Delete the sessions in which the user was signed in; return how many. Looks at every session there is."""
    mine = [key for key, data in _sessions() if data.get("_auth_user_id") == str(user_id)]
    return Session.objects.filter(pk__in=mine).delete()[0]


def _sessions() -> Iterator[tuple[str, dict[str, Any]]]:
    for session in Session.objects.iterator():
        yield session.session_key, session.get_decoded()
