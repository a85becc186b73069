"""The trail of what instructors did: one function that writes it. Append only; must not know how anything is done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from learning.models import Learner
from quizzes.models import AuditEntry


def record(
    *,
    actor: User,
    action: str,
    subject: str,
    now: datetime,
    learner: Learner | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write that `actor` did `action` ("publish") to `subject` ("question:lt-001"), inside the caller's transaction.

    A learner it concerns is named by `learner` alone, never in `subject` or `detail`: nothing is left when they go.
    """
    entry = entry_of(actor=actor, action=action, subject=subject, now=now, learner=learner, detail=detail)
    entry.save(force_insert=True)
    return entry


def entry_of(
    *,
    actor: User,
    action: str,
    subject: str,
    now: datetime,
    learner: Learner | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Return what `record` writes, not stored yet: for who writes many at once."""
    return AuditEntry(
        actor=actor,
        actor_name=actor.get_username(),
        action=action,
        subject=subject[:200],
        learner=learner,
        detail=dict(detail or {}),
        made_at=now,
    )
