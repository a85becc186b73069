"""Taking quizzes: attempts, their frozen items, and the log of answers."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from learning.models import Assignment, Course, Learner
from quizzes.models.questions import QuestionRevision, Quiz

GRACE = 15  # seconds after the deadline in which an answer still counts


class Confidence(models.TextChoices):
    """How sure a learner was. Never changes a mark."""

    GUESS = "guess"
    MAYBE = "maybe"
    SURE = "sure"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Whose attempts, and in which state."""

    def of(self, learner: Learner | None) -> "AttemptQuerySet":
        """Return the attempts of `learner`; nobody has none."""
        return self.filter(learner=learner) if learner else self.none()

    def open(self) -> "AttemptQuerySet":
        """Return those still being taken."""
        return self.filter(state=Attempt.State.OPEN)

    def running(self, now: datetime) -> "AttemptQuerySet":
        """Return those still being taken whose deadline, with its grace, is not over."""
        return self.open().filter(deadline_at__gte=now - timedelta(seconds=GRACE))

    def due(self, now: datetime) -> "AttemptQuerySet":
        """Return those still open past their deadline: to be settled before anything is said of them."""
        return self.open().filter(deadline_at__lt=now)


class Attempt(models.Model):
    """One learner takes one quiz once, or answers one quick check (then `quiz` is empty). Made by `start_attempt`."""

    class State(models.TextChoices):
        """An attempt moves once, from open to finished; an exam gets its grade in the same moment."""

        OPEN = "open"
        FINISHED = "finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts", null=True)
    mode = models.CharField(max_length=20, choices=Quiz.Mode)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)  # never after the deadline
    deadline_at = models.DateTimeField(null=True, blank=True)  # of an exam
    grace = models.PositiveSmallIntegerField(default=GRACE)  # seconds
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)  # of an exam
    wish: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)  # what to practise
    assignment = models.ForeignKey(Assignment, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz"], condition=Q(state="open"), name="one_open_attempt_a_quiz"
            ),
        ]
        indexes = [models.Index(fields=["learner", "-started_at"], name="attempts_of_learner")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address that leads to where the attempt goes on."""
        return reverse("quizzes:attempt", args=[self.pk])

    def get_result_url(self) -> str:
        """Return the page of its result."""
        if self.is_review:
            return reverse("quizzes:reviewing-session", args=[self.pk])
        return reverse("quizzes:result", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, unless its time is up: see `is_overdue`."""
        return self.state == self.State.OPEN

    @property
    def is_exam(self) -> bool:
        """Whether it goes against the clock and is marked as a whole."""
        return self.mode == Quiz.Mode.EXAM

    @property
    def is_level(self) -> bool:
        """Whether it is a level check: marked as a whole, when it ends."""
        return self.mode == Quiz.Mode.LEVEL

    @property
    def is_review(self) -> bool:
        """Whether it is a session of spaced review."""
        return self.mode == Quiz.Mode.REVIEW

    @property
    def grows(self) -> bool:
        """Whether its questions are appended as they come: it does not end with the last one marked."""
        return self.mode in (Quiz.Mode.REVIEW, Quiz.Mode.LEVEL)

    @property
    def closes_at(self) -> datetime | None:
        """The last moment an answer counts: the deadline and the grace after it."""
        return self.deadline_at + timedelta(seconds=self.grace) if self.deadline_at else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is open though its time is up."""
        return self.is_open and self.closes_at is not None and now > self.closes_at

    def seconds_left(self, now: datetime) -> int | None:
        """Return the whole seconds until the deadline, 0 after it; None without one."""
        return max(0, int((self.deadline_at - now).total_seconds())) if self.deadline_at else None


class AttemptItemQuerySet(models.QuerySet["AttemptItem"]):
    """The items of attempts, with what has been answered."""

    def of(self, learner: Learner | None) -> "AttemptItemQuerySet":
        """Return the items of `learner`'s attempts; nobody has none."""
        return self.filter(attempt__learner=learner) if learner else self.none()

    def with_answers(self) -> "AttemptItemQuerySet":
        """Add `response` (positions, or None), `answer_revision` and `answered_at` (or None): the current answer."""
        last = Answer.objects.filter(item=OuterRef("pk"), revision__isnull=False).order_by("-revision")
        names = {"response": "response", "answer_revision": "revision", "answered_at": "saved_at"}
        return self.annotate(**{name: Subquery(last.values(column)[:1]) for name, column in names.items()})


class AttemptItem(models.Model):
    """One question of an attempt, frozen when it starts: which revision, in which order, under which tokens."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()  # from 1
    revision = models.ForeignKey(QuestionRevision, on_delete=models.PROTECT, related_name="+")
    order: "models.JSONField[Any, Any]" = models.JSONField()  # positions of the pieces, as shown
    tokens: "models.JSONField[Any, Any]" = models.JSONField()  # by position: what the browser calls the piece
    checked_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    of = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    flagged = models.BooleanField(default=False)
    struck: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)  # positions struck out
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    seconds = models.PositiveIntegerField(default=0)  # spent on it, as far as the browser said and the clock allows
    pilot = models.BooleanField(default=False)  # rides along: marked for the statistics, never in the grade
    undone_at = models.DateTimeField(null=True, blank=True)  # the learner took the answer back: not marked any more

    # What `with_answers()` adds.
    response: list[int] | None
    answer_revision: int | None
    answered_at: datetime | None

    veiled = False  # marked, but how it went is left out: see `quizzes.services.secrecy`

    objects = AttemptItemQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="item_once_a_number")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.number}"

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("quizzes:question", args=[self.attempt_id, self.number])

    @property
    def closed(self) -> bool:
        """Whether it cannot be answered any more: it is marked, or was and the learner took the answer back."""
        return bool(self.checked_at or self.undone_at)

    @property
    def right(self) -> bool | None:
        """Whether it earned everything; None while it is not marked."""
        return None if self.points is None else self.points == self.of


class Answer(models.Model):
    """One answer that was sent. Append only; the current one is that with the highest revision.

    `operation` is the browser's (or the form's) name for the act of saving: the same act sent twice is stored once.
    Answers that could not count are kept all the same: without a revision, and `outcome` says why.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        SAVED = "saved"
        GRACE = "grace"  # after the deadline, in the grace: counts, and is marked
        STALE = "stale"  # another window had saved meanwhile: not counted
        LATE = "late"  # after the end: kept, never graded

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="answers")
    operation = models.UUIDField(unique=True)
    base = models.PositiveIntegerField(default=0)  # the revision it was made upon
    revision = models.PositiveIntegerField(null=True, blank=True)  # from 1; none for an answer that does not count
    response: "models.JSONField[Any, Any]" = models.JSONField()  # positions of pieces, see quizzes.marking.item
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.SAVED)
    saved_at = models.DateTimeField()  # the server's clock
    claimed_at = models.DateTimeField(null=True, blank=True)  # when the browser says it was given; never trusted

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "revision"], name="answer_once_a_revision"),
            models.CheckConstraint(
                condition=Q(outcome__in=["saved", "grace"], revision__isnull=False)
                | Q(outcome__in=["stale", "late"], revision=None),
                name="answer_counts_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}.{self.revision or self.outcome}"
