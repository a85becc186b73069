"""Questions, quizzes, attempts and what came of them, to look at. Read only: files and the site's pages change them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from quizzes.models import Attempt, Erratum, ExtraTime, Grade, ProblemReport, Question, QuestionRevision, Quiz


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # stubs ask for a model, there are several
    """Shows rows and changes none."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


@admin.register(Quiz)
class QuizAdmin(ReadOnly):
    """Quizzes."""

    list_display = ("slug", "course", "mode", "count", "retired_at")


@admin.register(Question)
class QuestionAdmin(ReadOnly):
    """Questions."""

    list_display = ("slug", "topic", "retired_at")
    list_filter = ("topic",)
    search_fields = ("slug",)


@admin.register(QuestionRevision)
class QuestionRevisionAdmin(ReadOnly):
    """What questions said, and when."""

    list_display = ("question", "number", "kind", "difficulty", "created_at")


@admin.register(Attempt)
class AttemptAdmin(ReadOnly):
    """Attempts."""

    list_display = ("id", "learner", "quiz", "mode", "state", "started_at", "deadline_at", "finished_at")
    list_filter = ("mode", "state")


@admin.register(Grade)
class GradeAdmin(ReadOnly):
    """Grades, regrades among them."""

    list_display = ("attempt", "number", "scaled", "made_at", "actor_name", "reason")


@admin.register(ExtraTime)
class ExtraTimeAdmin(ReadOnly):
    """Minutes granted."""

    list_display = ("attempt", "minutes", "actor_name", "granted_at")


@admin.register(Erratum)
class ErratumAdmin(ReadOnly):
    """Questions that were wrong."""

    list_display = ("revision", "day", "created_at")


@admin.register(ProblemReport)
class ProblemReportAdmin(ReadOnly):
    """What learners say is wrong."""

    list_display = ("item", "learner", "text", "created_at")
