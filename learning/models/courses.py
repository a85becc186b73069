"""The course: rows that are an index of its files. Written by `sync_content` only. Must not know who studies."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from learning.catalogue.schema import Words


def said(words: "Words | dict[str, str]", language: str | None = None) -> str:
    """Return `words` ({"ko": …, "en": …}) in `language`, by default the active one."""
    language = (language or get_language() or settings.LANGUAGE_CODE)[:2]
    return words.get(language) or words[settings.LANGUAGE_CODE]


class Course(models.Model):
    """One course folder. Written by `sync_content` only."""

    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField()  # {"ko": …, "en": …}, as every words field below
    summary = models.JSONField()
    pass_mark = models.PositiveSmallIntegerField()
    exam: "models.JSONField[Any, Any]" = models.JSONField(default=dict)  # {"items": …, "minutes": …} of its exam form
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
