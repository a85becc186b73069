"""App configuration: tells `learning` that there are builder."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """App configuration."""

    name = "builder"

    def ready(self) -> None:
        """Register what builder add to lessons, checks and syncs."""
        from builder.activities import activity
        from learning.activities import register

        register(activity)
