"""What comes of an exam, and what an instructor or a learner adds to it. Append only, but for the reply to a report."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from learning.models import Learner
from quizzes.models.attempts import Attempt, AttemptItem


class GradeQuerySet(models.QuerySet["Grade"]):
    """Whose grades, and which of them count."""

    def of(self, learner: Learner | None) -> "GradeQuerySet":
        """Return the grades that count of `learner`'s exams; nobody has none."""
        later = Grade.objects.filter(attempt=OuterRef("attempt"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), attempt__learner=learner) if learner else self.none()


class Grade(models.Model):
    """What an exam earned. The first is given when it ends; a regrade appends one that names its actor and reason.

    `marks`: a list of {"number", "revision", "points", "of"}, one a item in its order; points are decimals as text.
    `detail`: `quizzes.marking.grade.Grading` as JSON.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="grades")
    number = models.PositiveSmallIntegerField()  # from 1; the highest is the one that counts
    scaled = models.PositiveSmallIntegerField()  # 100-1000
    low = models.PositiveSmallIntegerField()  # of its 95 % range
    high = models.PositiveSmallIntegerField()
    pass_mark = models.PositiveSmallIntegerField()
    marks: "models.JSONField[Any, Any]" = models.JSONField()
    detail: "models.JSONField[Any, Any]" = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150, blank=True)  # stays when the account goes
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    objects = GradeQuerySet.as_manager()

    class Meta:
        ordering = ["attempt", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="grade_once_a_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~(Q(actor_name="") | Q(reason="")), name="regrade_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.number} {self.scaled}"

    @property
    def passed(self) -> bool:
        """Whether the score reaches the pass mark."""
        return self.scaled >= self.pass_mark


class ExtraTime(models.Model):
    """Minutes an instructor added to one exam that was going on. Its deadline holds them already."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="extra_times")
    minutes = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "granted_at"]

    def __str__(self) -> str:
        return f"{self.attempt_id} +{self.minutes} min"


class Accommodation(models.Model):
    """More time for a learner: `percent` more in every exam begun from now on. The last row of a learner counts."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="accommodations")
    percent = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["learner", "-pk"]

    def __str__(self) -> str:
        return f"{self.learner_id} +{self.percent} %"


class ProblemReport(models.Model):
    """A learner says that something is wrong with a question."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="problem_reports")
    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="problem_reports")
    text = models.TextField()
    created_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by_name = models.CharField(max_length=150, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.text[:40]}"


class Prediction(models.Model):
    """What the site expected of an exam before it began, shown after it. Made when the exam starts; never changes.

    `detail`: what it rests on, as `learning.mastery` says it.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="prediction")
    probability = models.FloatField(null=True)  # to reach the pass mark; None: not enough evidence to say
    low = models.PositiveSmallIntegerField(null=True)  # of the 95 % range of the scaled score
    high = models.PositiveSmallIntegerField(null=True)
    method = models.CharField(max_length=40)
    detail: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.probability}"
