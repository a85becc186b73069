"""What instructors did, and what they are bringing in. Must not know how either is done."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from learning.models import Learner


class AuditEntry(models.Model):
    """Somebody published, regraded, gave more time, retired or deleted. Append only.

    `subject` says what it was done to, as "question:lt-001"; a learner it concerns is named by `learner` only, so that
    nothing is left of who that was when they go.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=40)  # "publish", "regrade", "extra-time", "retire", …
    subject = models.CharField(max_length=200)
    learner = models.ForeignKey(Learner, on_delete=models.SET_NULL, null=True, related_name="+")
    detail: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.subject}"


class Upload(models.Model):
    """A file an instructor wants to import: kept from the dry run until it is taken in or thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    wish: "models.JSONField[Any, Any]" = models.JSONField(default=dict)  # format, encoding, language, topic as chosen
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
