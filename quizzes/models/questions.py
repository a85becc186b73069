"""Quizzes and questions. Those of the course's files are an index of them, written by `sync_content` only; others are
written by instructors on the site. Files win their own ids.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.urls import reverse

from learning.models import Course, Topic
from quizzes.marking.cards import spoken


class Origin(models.TextChoices):
    """Where a question or quiz is kept."""

    FILE = "file"  # in the course folder; changed there only
    SITE = "site"  # written on the site


class Written(models.Model):
    """What instructors may write on the site: whose it is, and whether the other instructors may change it too."""

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILE)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    shared = models.BooleanField(default=False)

    class Meta:
        abstract = True


class WrittenQuerySet[T: Written](models.QuerySet[T]):
    """What an instructor may see and change."""

    def seen_by(self, user: User) -> "WrittenQuerySet[T]":
        """Return what `user`, an instructor, may see: the files' and what is theirs or shared."""
        return self.filter(Q(origin=Origin.FILE) | Q(owner=user) | Q(shared=True))

    def written_by(self, user: User) -> "WrittenQuerySet[T]":
        """Return what `user`, an instructor, may change: what is theirs or shared, never what a file says."""
        return self.filter(Q(owner=user) | Q(shared=True), origin=Origin.SITE)


class Quiz(Written):
    """What can be taken: a number of items from some topics, a blueprint, or chosen items. Retired, never deleted.

    Items: those of `items` (question slugs, in order) if any; else as many of each topic and difficulty as `blueprint`
    says; else `count` from `topics`.
    """

    class Mode(models.TextChoices):
        """How an attempt goes."""

        PRACTICE = "practice"  # marked one by one, with the reasons
        EXAM = "exam"  # against the clock; marked as a whole
        CHECK = "check"  # one question inside a lesson; belongs to no quiz
        REVIEW = "review"  # what is due; belongs to no quiz
        LEVEL = "level"  # the level check; belongs to no quiz

    class Shown(models.TextChoices):
        """When an exam shows right answers and reasons."""

        NEVER = "never"
        SUBMIT = "submit"  # once the attempt is handed in
        CLOSE = "close"  # once the quiz, as it was given, is closed for the learner

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="quizzes")
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=20, choices=Mode)
    title = models.JSONField()  # {"ko": …, "en": …}
    summary = models.JSONField()
    topics: "models.JSONField[Any, Any]" = models.JSONField()  # topic slugs
    count = models.PositiveSmallIntegerField()  # how many items an attempt draws, when the bank holds as many
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # of an exam
    items: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    blueprint: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    # ^ [{"topic", "difficulty" (1-5, or null for any), "count"}]
    pilots = models.PositiveSmallIntegerField(default=0)  # pilot items that ride along unmarked
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)  # None: as many as one likes
    answers_shown = models.CharField(max_length=10, choices=Shown, default=Shown.SUBMIT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    listed = models.BooleanField(default=True)  # False: only for those it is given to in a class, and its writers
    draft = models.BooleanField(default=False)  # not to be taken yet
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = WrittenQuerySet.as_manager()

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


class Question(Written):
    """A question through all its revisions, by the `^id` of its file. Retired when it goes, never deleted.

    Published when it has a `current` revision and is not retired; what is being written stands in its `draft`.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    slug = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    case = models.CharField(max_length=80, blank=True)  # questions of one case are drawn together, in order
    pilot = models.BooleanField(default=False)  # on trial: never in an exam
    current = models.ForeignKey(
        "QuestionRevision", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )  # null until it is first published
    tags: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)  # an instructor's own words for it
    retired_at = models.DateTimeField(null=True, blank=True)
    # What the bank lists it by, of the draft if there is one; see quizzes.services.revising.describe.
    titles: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)  # by language
    words = models.TextField(blank=True)  # to be found by
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    objects = WrittenQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="question_once_a_course")]

    def __str__(self) -> str:
        return self.slug


class QuestionDraft(models.Model):
    """What an instructor is writing, saved as they type. Gone when it is published as it stands."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="draft")
    texts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)  # by language: the text of the editor
    topic = models.CharField(max_length=80, default="")  # id of the topic it is to have
    difficulty = models.PositiveSmallIntegerField(default=3)
    version = models.PositiveIntegerField(default=1)  # grows with each save: a second window is told, not overwritten
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question} v{self.version}"


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
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=150, blank=True)  # stays when the account goes; "" for a file's
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

    def spoken(self, language: str) -> str:
        """Return the language to show it in: `language`, or the one it was written in where it has no other."""
        return spoken(self.public, language)

    def public_in(self, language: str) -> dict[str, Any]:
        """Return the public item in the language to show it in."""
        words: dict[str, Any] = self.public[self.spoken(language)]
        return words

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
