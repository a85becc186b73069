"""Template filters of the site's own: words in the reader's language, days of the course's files, shares, and a tag."""

import uuid
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learning.charts import percent
from learning.models import said
from learning.once import FIELD

register = template.Library()
register.filter("said", said)
register.filter("percent", percent)


@register.filter
def dated(day: str) -> str:
    """Return the day that a file of the course writes as 2026-11-22 in the reader's way; what is no day, as it is."""
    try:
        return date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
    except ValueError:
        return day


@register.simple_tag
def once() -> SafeString:
    """Return the field by which a form whose button makes something makes it once (`learning.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())
