"""Template filters of the site's own: words in the reader's language."""

from django import template

from learning.models import said

register = template.Library()
register.filter("said", said)
