"""The ground floor: course, lessons, statements, learners and what is known of their learning."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """App configuration."""

    name = "learning"
