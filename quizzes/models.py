"""What is stored of questions and of taking quizzes. Question rows are an index of the files; attempts are the truth.

A revision never changes, an attempt points at the revisions it showed, and an answer is appended, never overwritten:
so a past attempt shows for ever what it showed then. Must not know pages.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from learning.models import Course, Learner, Topic


class Quiz(models.Model):
    """What can be taken: a number of items from some topics. Written by `sync_content` only; retired, never deleted."""

    class Mode(models.TextChoices):
        """How an attempt goes. Exams come with a later release."""

        PRACTICE = "practice"
        CHECK = "check"  # one question inside a lesson; belongs to no quiz

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=20, choices=Mode)
    title = models.JSONField()  # {"ko": …, "en": …}
    summary = models.JSONField()
    topics: "models.JSONField[Any, Any]" = models.JSONField()  # topic slugs
    count = models.PositiveSmallIntegerField()  # how many items an attempt draws, when the bank holds as many
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "quizzes"
        ordering = ["position"]
        permissions = [("author_quiz", "Can write questions and quizzes")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page that tells what the quiz is and starts it."""
        return reverse("quizzes:quiz", args=[self.slug])


class Question(models.Model):
    """A question through all its revisions, by the `^id` of its file. Retired when it goes, never deleted."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    slug = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    current = models.ForeignKey(
        "QuestionRevision", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )  # null only while the first revision is being made
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="question_once_a_course")]

    def __str__(self) -> str:
        return self.slug


class QuestionRevision(models.Model):
    """What a question said from some day on, in all languages. Immutable: new words make a new row.

    `public` is what a learner may see before the item is marked (`quizzes.marking.mark.PublicItem` as HTML, by
    language). `secret` holds the rest: the source in the file format, the key, the reasons and what they cite.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    difficulty = models.PositiveSmallIntegerField()
    public: "models.JSONField[Any, Any]" = models.JSONField()
    secret: "models.JSONField[Any, Any]" = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="revision_once_a_number"),
            models.UniqueConstraint(fields=["question", "content_hash"], name="revision_once_a_content"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}.{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new revision; a stored one refuses."""
        if not self._state.adding:
            raise ValueError("A question revision never changes: make a new one.")
        super().save(*args, **kwargs)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Whose attempts, and in which state."""

    def of(self, learner: Learner | None) -> "AttemptQuerySet":
        """Return the attempts of `learner`; nobody has none."""
        return self.filter(learner=learner) if learner else self.none()

    def open(self) -> "AttemptQuerySet":
        """Return those still being taken."""
        return self.filter(state=Attempt.State.OPEN)


class Attempt(models.Model):
    """One learner takes one quiz once, or answers one quick check (then `quiz` is empty). Made by `start_attempt`."""

    class State(models.TextChoices):
        """An attempt moves once, from open to finished."""

        OPEN = "open"
        FINISHED = "finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts", null=True)
    mode = models.CharField(max_length=20, choices=Quiz.Mode)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

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
        return reverse("quizzes:result", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state == self.State.OPEN


class AttemptItemQuerySet(models.QuerySet["AttemptItem"]):
    """The items of attempts, with what has been answered."""

    def of(self, learner: Learner | None) -> "AttemptItemQuerySet":
        """Return the items of `learner`'s attempts; nobody has none."""
        return self.filter(attempt__learner=learner) if learner else self.none()

    def with_answers(self) -> "AttemptItemQuerySet":
        """Add `response` (positions, or None) and `answer_revision` (or None): the answer with the highest revision."""
        last = Answer.objects.filter(item=OuterRef("pk")).order_by("-revision")
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

    # What `with_answers()` adds.
    response: list[int] | None
    answer_revision: int | None
    answered_at: datetime | None

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
    def right(self) -> bool | None:
        """Whether it earned everything; None while it is not marked."""
        return None if self.points is None else self.points == self.of


class Answer(models.Model):
    """One saved answer to one item. Append only; the current answer is the one with the highest revision.

    `operation` is the browser's (or the form's) name for the act of saving: the same act sent twice is stored once.
    """

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="answers")
    operation = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField()  # from 1
    response: "models.JSONField[Any, Any]" = models.JSONField()  # positions of pieces, see quizzes.marking.item
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "revision"]
        constraints = [models.UniqueConstraint(fields=["item", "revision"], name="answer_once_a_revision")]

    def __str__(self) -> str:
        return f"{self.item_id}.{self.revision}"
