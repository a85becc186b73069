"""What is stored of the course and of learning it. Course rows are an index of the files; learners' rows are the truth.

Must not know requests beyond "whose row is it", nor quizzes and designs.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from learning.catalogue.schema import Words

GUEST_KEY = "guest"  # session key: primary key of the guest's learner row


def said(words: "Words | dict[str, str]", language: str | None = None) -> str:
    """Return `words` ({"ko": …, "en": …}) in `language`, by default the active one."""
    language = (language or get_language() or settings.LANGUAGE_CODE)[:2]
    return words.get(language) or words[settings.LANGUAGE_CODE]


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


class Course(models.Model):
    """One course folder. Written by `sync_content` only."""

    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField()  # {"ko": …, "en": …}, as every words field below
    summary = models.JSONField()
    pass_mark = models.PositiveSmallIntegerField()
    content_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the course page in the active language."""
        return reverse("learning:course", args=[self.slug])


class Topic(models.Model):
    """A part of the course with its weight (percent) in the exam. Written by `sync_content` only."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField()
    weight = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="topic_once_a_course")]

    def __str__(self) -> str:
        return self.slug


class Lesson(models.Model):
    """A lesson, in any language. Written by `sync_content` only; retired when its files go, never deleted."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="lessons")
    slug = models.SlugField(max_length=120, allow_unicode=True)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="lesson_once_a_course")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the lesson page in the active language."""
        return reverse("learning:lesson", args=[self.course.slug, self.slug])


class LessonText(models.Model):
    """A lesson in one language, rendered once, when content is synced."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    # The sanitised page in pieces: [{"html": …} | {"check": item id}], in reading order.
    parts: "models.JSONField[Any, Any]" = models.JSONField()
    headings: "models.JSONField[Any, Any]" = models.JSONField(default=list)  # [{"id", "text", "level"}]
    minutes = models.PositiveSmallIntegerField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "language"], name="text_once_a_language")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.language}"


class Statement(models.Model):
    """One fact of the notes. Its words live in the lesson; this row is what options, rules and evidence point at."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="statements")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="statements")
    slug = models.SlugField(max_length=120)
    position = models.PositiveSmallIntegerField()
    words = models.JSONField()  # plain text a language
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["lesson__position", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="statement_once_a_course")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the lesson with this sentence marked, in the active language."""
        return f"{self.lesson.get_absolute_url()}?s={self.slug}#{self.slug}"


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


class Evidence(models.Model):
    """One observation that a learner knew a statement, or did not. Append only."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="evidence")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="evidence")
    knew = models.BooleanField()
    source = models.CharField(max_length=200)  # what was done, e.g. "item:lt-001" or "scenario:company-page"
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["learner", "statement"], name="evidence_of_learner")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.statement_id} {self.knew}"


class SearchEntry(models.Model):
    """What search looks through: a lesson section or a statement in one language. Made by `sync_content` only."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="search_entries")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=20)  # "section" | "statement"
    anchor = models.CharField(max_length=200, blank=True)
    title = models.TextField()
    body = models.TextField()
    grams = models.TextField()  # bigrams of title and body, see learning/catalogue/grams.py

    def __str__(self) -> str:
        return f"{self.language} {self.lesson_id} {self.anchor}"
