"""App configuration: tells `learning` that there are quizzes."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """App configuration."""

    name = "quizzes"

    def ready(self) -> None:
        """Register what quizzes add to lessons, checks and syncs."""
        from learning.activities import register
        from quizzes.activities import activity

        register(activity)
