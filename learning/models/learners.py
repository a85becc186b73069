"""Who studies, and what they leave behind: reading and evidence. Must not know requests beyond "whose row is it"."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from learning.mastery import Seen
from learning.models.courses import Course, Lesson, Statement, Topic

GUEST_KEY = "guest"  # session key: primary key of the guest's learner row


class LearnerQuerySet(models.QuerySet["Learner"]):
    """Whose request is it?"""

    def of(self, request: HttpRequest) -> "Learner | None":
        """Return the learner behind `request` without making one. Looked up once a request."""
        if not hasattr(request, "_learner"):
            request._learner = self._find(request)  # type: ignore[attr-defined]
        found: Learner | None = request._learner  # type: ignore[attr-defined]
        return found

    def ensure(self, request: HttpRequest) -> "Learner":
        """Return the learner behind `request`, making the row at the first act worth keeping."""
        learner = self.of(request)
        if learner is None:
            learner = self._make(request)
            request._learner = learner  # type: ignore[attr-defined]
        return learner

    def _find(self, request: HttpRequest) -> "Learner | None":
        if request.user.is_authenticated:
            return getattr(request.user, "learner", None)
        guest = request.session.get(GUEST_KEY)
        return self.filter(pk=guest, user=None).first() if guest else None

    def _make(self, request: HttpRequest) -> "Learner":
        if request.user.is_authenticated:
            return self.get_or_create(user=request.user)[0]
        learner = self.create()
        request.session[GUEST_KEY] = learner.pk
        return learner


class Learner(models.Model):
    """Somebody who studies: a user, or a guest known by a session. Made by the first act worth keeping."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="learner"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LearnerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.user.get_username() if self.user else f"guest {self.pk}"


class Reading(models.Model):
    """How far one learner has read one lesson. Only ever moves on."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="readings")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="readings")
    percent = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="reading_once_a_lesson")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.lesson_id} {self.percent}%"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence as the measures read it."""

    def of(self, learner: Learner | None, course: Course) -> "EvidenceQuerySet":
        """Return what `learner` has shown in `course`; nobody has shown nothing."""
        return self.filter(learner=learner, course=course) if learner else self.none()

    def fresh(self) -> "EvidenceQuerySet":
        """Return what was met for the first time, and what takes rows back."""
        return self.filter(models.Q(first=True) | models.Q(undoes__isnull=False))

    def stated(self) -> "EvidenceQuerySet":
        """Return what a confidence was given with, and what takes rows back."""
        return self.filter(~models.Q(confidence="") | models.Q(undoes__isnull=False))

    def seen(self, withheld: Collection[str] = ()) -> list[Seen]:
        """Return these rows as data, in the order they were written, but for the acts `withheld` from the learner.

        One query, and quick: it may be ten thousand.
        """
        names = ("pk", "act", "statement__slug", "topic__slug", "source", "subject", "version", "correct")
        more = ("confidence", "first", "undoes", Seconds("seen_at"))
        return told(map(Seen._make, self.order_by("pk").values_list(*names, *more)), withheld)


def told(rows: Iterable[Seen], withheld: Collection[str]) -> list[Seen]:
    """Return `rows` but for the acts `withheld`: the one filter of all that a learner is told of their evidence."""
    return [row for row in rows if row.act not in withheld] if withheld else list(rows)


class Seconds(models.Func):
    """A moment as whole seconds since 1970: making a datetime of each of many rows would take longer than the rest."""

    output_field = models.BigIntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Return it as SQLite says it, which would round 23:59:59.9996 up into the next day."""
        return self.as_sql(compiler, connection, template="UNIXEPOCH(SUBSTR(%(expressions)s, 1, 19))", **more)


class Evidence(models.Model):
    """One observation that a learner knew a statement, or did not. Append only: taking one back appends another.

    A response gives a row for each statement it bears on; they share `act`. What is known of a learner is derived from
    these rows by `learning.mastery` and never stored as a counter.
    """

    class Source(models.TextChoices):
        """Where it was seen."""

        EXAM = "exam"
        PRACTICE = "practice"
        CHECK = "check"  # a quick check inside a lesson
        REVIEW = "review"
        LEVEL = "level"  # the level check
        BUILDER = "builder"  # findings of a submitted design

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="evidence")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="evidence")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")  # of the item, or of the lesson
    act = models.CharField(max_length=100)  # the response: rows of one response share it
    source = models.CharField(max_length=10, choices=Source)
    subject = models.CharField(max_length=200)  # what was asked: "item:lt-001" or "scenario:company-page"
    version = models.CharField(max_length=100, blank=True)  # the item's revision number, or the rule's id
    correct = models.BooleanField()
    confidence = models.CharField(max_length=10, blank=True)  # "guess", "maybe", "sure" or none given
    first = models.BooleanField(default=False)  # the learner had never had this subject marked before
    undoes = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["learner", "course", "seen_at"], name="evidence_in_course"),
            models.Index(fields=["learner", "statement"], name="evidence_of_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.statement_id} {self.correct}"
