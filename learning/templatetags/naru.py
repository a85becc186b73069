"""Template filters of the site's own: words in the reader's language, days of the course's files as one reads them."""

from datetime import date

from django import template
from django.utils.formats import date_format

from learning.models import said

register = template.Library()
register.filter("said", said)


@register.filter
def dated(day: str) -> str:
    """Return the day that a file of the course writes as 2026-11-22 in the reader's way; what is no day, as it is."""
    try:
        return date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
    except ValueError:
        return day
