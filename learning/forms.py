"""Forms of this app and the one field template of the whole site."""

from django import forms
from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Draws every form field of the site with `templates/_field.html`."""

    field_template_name = "_field.html"


class ReadingForm(forms.Form):
    """How far a lesson is read, percent."""

    percent = forms.IntegerField(min_value=0, max_value=100)
