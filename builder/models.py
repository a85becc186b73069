"""What is stored of designing: an index of the scenario files, what a learner is drawing, and what was submitted.

Must not know requests, rules or scores beyond keeping them.
"""

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.models import Course, Learner, said


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Which scenarios may be seen."""

    def live(self) -> "ScenarioQuerySet":
        """Return those that are not retired, with their course, in the order to do them."""
        return self.filter(retired_at=None, course__retired_at=None).select_related("course")


class Scenario(models.Model):
    """One scenario file. Written by `sync_content` only; retired when its file goes, never deleted.

    `content_hash` changes with the file and with the course's rules: it is the version that submissions keep.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="scenarios")
    slug = models.SlugField(unique=True, max_length=80)
    level = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)  # among those of its level
    title: "models.JSONField[Any, Any]" = models.JSONField()  # {"ko": …, "en": …}
    content_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["level", "position", "slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page to build it on, in the active language."""
        return reverse("builder:build", args=[self.slug])

    @property
    def name(self) -> str:
        """The title in the active language."""
        return said(self.title)


class Mode(models.TextChoices):
    """How a learner wants to design: told at once what is wrong, only on handing in, or from a broken design."""

    GUIDED = "guided", _("Guided")
    UNAIDED = "unaided", _("Unaided")
    HALF_BUILT = "half-built", _("Half-built")


class Draft(models.Model):
    """What a learner is building for a scenario, saved at every change.

    `history` is what was before and `future` what was undone, the nearest last. `hints` are those asked for, each once.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="drafts")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="drafts")
    design: "models.JSONField[Any, Any]" = models.JSONField()  # as builder.engine.design.to_dict writes it
    history: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    future: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.GUIDED)
    hints: "models.JSONField[Any, Any]" = models.JSONField(default=list)  # keys, as builder.services.hints makes them
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "scenario"], name="draft_once_a_scenario")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.scenario_id}"


class Submission(models.Model):
    """A design handed in, with the report as given then; whoever has the address may read it.

    Immutable but for `named`: whether the report shows the learner's name. `hints`: how many were asked for until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="submissions")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="submissions")
    design: "models.JSONField[Any, Any]" = models.JSONField()
    rules_version = models.CharField(max_length=64)
    score = models.PositiveSmallIntegerField()
    report: "models.JSONField[Any, Any]" = models.JSONField()  # as builder.services.reports.given writes it
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.GUIDED)
    hints = models.PositiveSmallIntegerField(default=0)
    named = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["learner", "scenario"], name="submission_of_learner")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.scenario_id} {self.score}"

    def get_absolute_url(self) -> str:
        """Return the page of the report, in the active language."""
        return reverse("builder:report", args=[self.pk])
