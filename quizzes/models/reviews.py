"""Spaced review: one card an item and learner, and the learner's plan. Must not know how a card is scheduled."""

from datetime import datetime
from typing import Any

from django.db import models

from learning.models import Course, Learner
from quizzes.models.questions import Question


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    """Whose cards, and which are due."""

    def of(self, learner: Learner | None) -> "ReviewCardQuerySet":
        """Return the cards of `learner`; nobody has none."""
        return self.filter(learner=learner) if learner else self.none()

    def due(self, now: datetime) -> "ReviewCardQuerySet":
        """Return those due at `now` whose question can still be asked."""
        return self.filter(due_at__lte=now, question__retired_at=None, question__current__isnull=False)


class ReviewCard(models.Model):
    """When one learner should meet one question again. A projection of their answers: rebuilding gives the same.

    `state`: the card as `quizzes.scheduling` writes it; `before`: the state before the last answer, for undoing it.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="review_cards")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    state: "models.JSONField[Any, Any]" = models.JSONField()
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    lapses = models.PositiveSmallIntegerField(default=0)  # failures in a row

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "question"], name="card_once_a_question")]
        indexes = [models.Index(fields=["learner", "due_at"], name="cards_of_learner")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.question_id} {self.due_at}"


class Plan(models.Model):
    """Until when a learner studies a course, and how much a day."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="plans")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    exam_on = models.DateField(null=True, blank=True)
    daily = models.PositiveSmallIntegerField(default=20)  # reviews a day at the most

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "course"], name="plan_once_a_course")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.course_id} {self.exam_on}"
