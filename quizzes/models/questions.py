"""Quizzes and questions: rows that are an index of the course's files. Written by `sync_content` only."""

from typing import Any

from django.db import models
from django.urls import reverse

from learning.models import Course, Topic


class Quiz(models.Model):
    """What can be taken: a number of items from some topics. Written by `sync_content` only; retired, never deleted."""

    class Mode(models.TextChoices):
        """How an attempt goes."""

        PRACTICE = "practice"  # marked one by one, with the reasons
        EXAM = "exam"  # against the clock; marked as a whole
        CHECK = "check"  # one question inside a lesson; belongs to no quiz

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=20, choices=Mode)
    title = models.JSONField()  # {"ko": …, "en": …}
    summary = models.JSONField()
    topics: "models.JSONField[Any, Any]" = models.JSONField()  # topic slugs
    count = models.PositiveSmallIntegerField()  # how many items an attempt draws, when the bank holds as many
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # of an exam
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

    @property
    def is_exam(self) -> bool:
        """Whether it is taken against the clock and marked as a whole."""
        return self.mode == self.Mode.EXAM


class Question(models.Model):
    """A question through all its revisions, by the `^id` of its file. Retired when it goes, never deleted."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    slug = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    case = models.CharField(max_length=80, blank=True)  # questions of one case are drawn together, in order
    pilot = models.BooleanField(default=False)  # on trial: never in an exam
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

    @property
    def any_public(self) -> dict[str, Any]:
        """The public item in any one of its languages: they share their pieces' number, order and settings."""
        words: dict[str, Any] = next(iter(self.public.values()))
        return words


class Erratum(models.Model):
    """A question was wrong until `revision` put it right. Made by `sync_content`; never changes.

    Whoever was shown an earlier revision of the question is told so, with the mark then and the mark by this one.
    """

    revision = models.OneToOneField(QuestionRevision, on_delete=models.PROTECT, related_name="erratum")
    day = models.CharField(max_length=10)  # 2026-11-22, as the file says
    words: "models.JSONField[Any, Any]" = models.JSONField()  # what was wrong, {"ko": …, "en": …}, plain text
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "errata"
        ordering = ["revision"]

    def __str__(self) -> str:
        return f"{self.revision} {self.day}"
