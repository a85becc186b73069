"""Classes: who teaches whom, and what is given to do. Must not know quizzes nor scenarios: what is given is a source.

A source names what an activity has, as evidence does: "quiz:exam", "scenario:company-page".
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from learning.models.courses import Course
from learning.models.learners import Learner


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    """Whose classes, and which of them go on."""

    def of(self, owner: User) -> "ClassroomQuerySet":
        """Return the classes of the instructor `owner`."""
        return self.filter(owner=owner)

    def live(self) -> "ClassroomQuerySet":
        """Return those that are not archived."""
        return self.filter(archived_at=None)

    def joined_by(self, learner: Learner | None) -> "ClassroomQuerySet":
        """Return those `learner` is in, archived ones too; nobody is in none."""
        return self.filter(memberships__learner=learner, memberships__left_at=None) if learner else self.none()


class Classroom(models.Model):
    """A class of one instructor. Archived, never deleted by hand."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="classrooms")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=12, unique=True)  # to join with, as learning.services makes it
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering = ["archived_at", "-created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page its members see."""
        return reverse("classes:classroom", args=[self.pk])


class Membership(models.Model):
    """A learner in a class, under the name they gave. Leaving ends it; their data stays theirs."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="memberships")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=80)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["classroom", "learner"], name="member_once_a_class")]

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What has been given, and to whom."""

    def given(self) -> "AssignmentQuerySet":
        """Return what is given: not withdrawn, in classes that go on."""
        return self.filter(withdrawn_at=None, classroom__archived_at=None)

    def given_to(self, learner: Learner) -> "AssignmentQuerySet":
        """Return what is given to `learner`, who is in its class, with `extra` minutes of theirs; most urgent first."""
        inside = Q(classroom__memberships__learner=learner, classroom__memberships__left_at=None)
        rows = self.given().filter(inside).with_extra(learner).select_related("classroom")
        return rows.order_by(F("closes_at").asc(nulls_last=True), "made_at")

    def with_extra(self, learner: Learner) -> "AssignmentQuerySet":
        """Add `extra`: the minutes on top that `learner` has been given."""
        mine = Extension.objects.filter(assignment=OuterRef("pk"), learner=learner).order_by()
        total = mine.values("assignment").annotate(total=Sum("minutes")).values("total")
        found: dict[str, Any] = {"extra": Coalesce(Subquery(total), 0)}
        return self.annotate(**found)


class Assignment(models.Model):
    """Something given to a class to do, from `opens_at` until `closes_at` (either may be open)."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="assignments")
    source = models.CharField(max_length=200)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    extra: int = 0  # what `with_extra()` says

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.classroom_id} {self.source}"

    def has_opened(self, now: datetime) -> bool:
        """Whether it can be begun as far as its opening goes."""
        return self.opens_at is None or self.opens_at <= now

    def closing(self, minutes: int = 0) -> datetime | None:
        """Return when it closes for somebody with `minutes` on top; None: never."""
        return self.closes_at + timedelta(minutes=minutes) if self.closes_at else None

    def has_closed(self, now: datetime, minutes: int = 0) -> bool:
        """Whether its time is over for somebody with `minutes` on top."""
        closing = self.closing(minutes)
        return closing is not None and closing <= now


class Extension(models.Model):
    """More time for one learner in one assignment: minutes on top of its time limit and of its closing time."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["granted_at"]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.learner_id} +{self.minutes} min"


class ClassMessage(models.Model):
    """What an instructor tells a class, on its page. `text` as typed, `html` rendered and sanitised when sent."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="messages")
    author_name = models.CharField(max_length=150)
    text = models.TextField()
    html = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.text[:40]
