"""Classes: made, joined, left, given something to do, told something. Must not know pages nor what is given.

Time is a parameter; codes are chance, from `secrets`. Whose class it is, the caller has asked.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from learning.catalogue.markdown import Nowhere, render
from learning.models import Assignment, ClassMessage, Classroom, Course, Extension, Learner, Membership

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another: no 0 O, 1 I L, nor U beside V
CODE_LENGTH = 8
MOST_NAME = 80
MOST_MINUTES = 600
MOST_WORDS = 4000  # characters of a message
BLANK = "\u3164\u115f\u1160\uffa0\u2800"  # letters that show nothing
NAMED = re.compile(r"(<[a-z0-9]+[^<>]*?) id=\"[^\"]*\"")

type Also = Callable[[Extension, datetime], None]


class UnfitError(Exception):
    """What was sent cannot be: no name, no time, no words, or too many."""


def plain_name(text: str, most: int = MOST_NAME) -> str:
    """Return a name as it is kept: one line, no signs that show nothing. Raises UnfitError for none, or too long."""
    shown = (one for one in unicodedata.normalize("NFC", text) if one not in BLANK)
    kept = "".join(" " if one.isspace() else one for one in shown if one.isspace() or _is_shown(one))
    name = " ".join(kept.split())
    if not name or len(name) > most:
        raise UnfitError
    return name


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def make_class(*, owner: User, course: Course, name: str, now: datetime) -> Classroom:
    """Return a new class of `owner` with a code of its own. Raises UnfitError."""
    named = plain_name(name, 120)
    return _with_code(
        lambda code: Classroom.objects.create(owner=owner, course=course, name=named, code=code, created_at=now)
    )


def renew_code(*, classroom: Classroom) -> str:
    """Give the class another code; the one before leads nowhere from now on."""

    def renewed(code: str) -> Classroom:
        classroom.code = code
        classroom.save(update_fields=["code"])
        return classroom

    return _with_code(renewed).code


def _with_code(make: Callable[[str], Classroom]) -> Classroom:
    """Do `make` with a new code, again with another in the odd case that it is taken."""
    while True:
        try:
            with transaction.atomic():
                return make("".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)))
        except IntegrityError:
            continue


def rename_class(*, classroom: Classroom, name: str) -> None:
    """Call the class otherwise. Raises UnfitError."""
    Classroom.objects.filter(pk=classroom.pk).update(name=plain_name(name, 120))


def archive_class(*, classroom: Classroom, now: datetime) -> None:
    """End the class: nobody joins, nothing is given any more; what was done stays to be seen."""
    Classroom.objects.filter(pk=classroom.pk, archived_at=None).update(archived_at=now)


def reopen_class(*, classroom: Classroom) -> None:
    """Let an archived class go on."""
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=None)


def find_class(*, code: str) -> Classroom | None:
    """Return the class that goes on under `code`, however it is typed: capitals, spaces and hyphens do not matter."""
    letters = unicodedata.normalize("NFKC", code[:100]).upper()
    plain = "".join(letter for letter in letters if letter.isalnum())
    if len(plain) != CODE_LENGTH or not set(plain) <= set(LETTERS):
        return None
    return Classroom.objects.live().select_related("owner", "course").filter(code=plain).first()


@transaction.atomic
def join_class(*, classroom: Classroom, learner: Learner, name: str, now: datetime) -> Membership:
    """Return the membership of `learner` under `name`: a new one, or the one from before taken up again.

    Raises UnfitError.
    """
    named = plain_name(name)
    found, made = Membership.objects.select_for_update().get_or_create(
        classroom=classroom, learner=learner, defaults={"name": named, "joined_at": now}
    )
    if not made:
        found.name, found.left_at = named, None
        found.save(update_fields=["name", "left_at"])
    return found


def end_membership(*, membership: Membership, now: datetime) -> None:
    """Let a member go, by their wish or the instructor's: what they do from now on is theirs alone."""
    Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=now)


@transaction.atomic
def give(
    *, classroom: Classroom, source: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> Assignment:
    """Give `source` to the class; the same given twice at once is given once. Raises UnfitError for no time at all."""
    if opens_at and closes_at and opens_at >= closes_at:
        raise UnfitError
    Classroom.objects.select_for_update().get(pk=classroom.pk)
    times = {"opens_at": opens_at, "closes_at": closes_at}
    same = Assignment.objects.filter(classroom=classroom, source=source, withdrawn_at=None, **times).first()
    return same or Assignment.objects.create(classroom=classroom, source=source, made_at=now, **times)


def retime(*, assignment: Assignment, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Open and close it at other times; an attempt that has begun keeps its deadline. Raises UnfitError."""
    if opens_at and closes_at and opens_at >= closes_at:
        raise UnfitError
    Assignment.objects.filter(pk=assignment.pk).update(opens_at=opens_at, closes_at=closes_at)


def withdraw(*, assignment: Assignment, now: datetime) -> None:
    """Take back what was given: it cannot be begun any more; what has begun can be ended."""
    Assignment.objects.filter(pk=assignment.pk, withdrawn_at=None).update(withdrawn_at=now)


@transaction.atomic
def extend(
    *, assignment: Assignment, learner: Learner, minutes: int, actor: User, now: datetime, also: Iterable[Also] = ()
) -> Extension:
    """Give one learner more minutes, before or while they work: on the time limit and on the closing time.

    Each of `also` is called with the extension, to let what is under way go on. Raises UnfitError.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise UnfitError
    extension = Extension.objects.create(
        assignment=assignment,
        learner=learner,
        minutes=minutes,
        actor=actor,
        actor_name=actor.get_username(),
        granted_at=now,
    )
    for act in also:
        act(extension, now)
    return extension


def send_message(*, classroom: Classroom, author: User, text: str, language: str, now: datetime) -> ClassMessage:
    """Put a message, written in `language`, on the page of the class, rendered and sanitised once. Raises UnfitError.

    Its headings lose their ids: several messages stand on one page.
    """
    words = text.strip()
    if not words or len(words) > MOST_WORDS or "\0" in words or any("\ud800" <= one <= "\udfff" for one in words):
        raise UnfitError
    html = NAMED.sub(r"\1", "".join(part.html for part in render(words, Nowhere(language)).parts))
    return ClassMessage.objects.create(
        classroom=classroom, author_name=author.get_username(), text=words, html=html, sent_at=now
    )
