"""App configuration: tells `learning` that there are builder."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """App configuration."""

    name = "builder"

    def ready(self) -> None:
        """Register what builder add to lessons, checks and syncs."""
        from learning.activities import register
        from builder.activities import activity

        register(activity)
