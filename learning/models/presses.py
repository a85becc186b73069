"""Buttons that make something, and what pressing them led to. Must not know which buttons."""

from django.db import models


class Press(models.Model):
    """One press, by a key that the same form sent unchanged by the same user has again. Kept for an hour."""

    key = models.CharField(max_length=64, unique=True)
    led_to = models.TextField(blank=True)
    pressed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.led_to
