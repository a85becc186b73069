"""What a learner leaves behind: reading, evidence, and a guest's work when they sign up or in.

Must not know requests nor what quizzes and the builder keep; time is a parameter.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from learning.models import Evidence, Extension, Learner, Lesson, Membership, Reading

FINISHED_AT = 95  # percent scrolled that counts as read: nobody scrolls to the very last pixel

type Adopt = Callable[[Learner, Learner], None]


@transaction.atomic
def mark_read(*, learner: Learner, lesson: Lesson, percent: int, now: datetime) -> Reading:
    """Note that `learner` got to `percent` (0-100) of `lesson`; a reading only ever moves on."""
    percent = min(max(percent, 0), 100)
    reading, _ = Reading.objects.select_for_update().get_or_create(learner=learner, lesson=lesson)
    finishes = percent >= FINISHED_AT and reading.finished_at is None
    if percent > reading.percent or finishes:
        reading.percent = max(reading.percent, percent)
        reading.finished_at = now if finishes else reading.finished_at
        reading.save(update_fields=["percent", "finished_at", "updated_at"])
    return reading


@transaction.atomic
def adopt_guest(*, user: User, guest_id: int | None, also: Iterable[Adopt] = ()) -> Learner:
    """Give `user` all that the guest `guest_id` (of the session; may be None) did, once, and return their learner.

    A user without a learner takes over the guest's row as it is. Otherwise the guest's work is merged into the user's
    own, each of `also` is called as `also(guest, learner)` to bring over what upper apps keep, and the guest row goes.
    """
    guest = Learner.objects.select_for_update().filter(pk=guest_id, user=None).first() if guest_id else None
    learner = Learner.objects.select_for_update().filter(user=user).first()
    if learner is None:
        learner = guest or Learner()
        learner.user = user  # also refreshes user.learner
        learner.save()
    elif guest is not None:
        _merge(guest, learner, also)
    return learner


def _merge(guest: Learner, learner: Learner, also: Iterable[Adopt]) -> None:
    _merge_readings(guest, learner)
    Evidence.objects.filter(learner=guest).update(learner=learner)
    _merge_classes(guest, learner)
    for adopt in also:
        adopt(guest, learner)
    guest.delete()


def _merge_classes(guest: Learner, learner: Learner) -> None:
    """Be in every class that either is in, with the minutes that either was given."""
    rows = Membership.objects.filter(learner=guest)
    inside = rows.filter(left_at=None).values_list("classroom", flat=True)
    learner.memberships.filter(classroom__in=list(inside)).update(left_at=None)
    rows.exclude(classroom__in=list(learner.memberships.values_list("classroom", flat=True))).update(learner=learner)
    Extension.objects.filter(learner=guest).update(learner=learner)


def _merge_readings(guest: Learner, learner: Learner) -> None:
    """Keep the further of two readings of a lesson, and the earlier time of finishing it."""
    own = {reading.lesson_id: reading for reading in learner.readings.all()}
    for theirs in guest.readings.all():
        mine = own.get(theirs.lesson_id)
        if mine is None:
            theirs.learner = learner
            theirs.save(update_fields=["learner"])
            continue
        mine.percent = max(mine.percent, theirs.percent)
        mine.finished_at = min(filter(None, (mine.finished_at, theirs.finished_at)), default=None)
        mine.save(update_fields=["percent", "finished_at", "updated_at"])
