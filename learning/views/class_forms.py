"""Reading what is typed on the pages of classes. Must not know rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.moments import MomentField, in_order
from learning.services.classes import MOST_MINUTES, MOST_NAME, MOST_WORDS, UnfitError, plain_name

MOST_PERCENT = 600


def _named(value: str, most: int) -> str:
    try:
        return plain_name(value, most)
    except UnfitError:
        raise forms.ValidationError(_("Enter a name that can be read.")) from None


class ClassForm(forms.Form):
    """A class is made of its name alone."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name of the class"))

    def clean_name(self) -> str:
        """Return it as it is kept."""
        return _named(self.cleaned_data["name"], 120)


class CodeForm(forms.Form):
    """The code of a class, however it is typed."""

    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("Code of the class"),
        help_text=gettext_lazy("Eight letters and digits. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    """How a member is called in a class."""

    name = forms.CharField(
        max_length=MOST_NAME,
        label=gettext_lazy("Your name in this class"),
        help_text=gettext_lazy("Your instructor sees it; other members do not."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """Return it as it is kept."""
        return _named(self.cleaned_data["name"], MOST_NAME)


class TimesForm(forms.Form):
    """When something given opens and closes."""

    opens_at = MomentField(label=gettext_lazy("Opens"))
    closes_at = MomentField(label=gettext_lazy("Closes"))

    def clean(self) -> dict[str, Any]:
        """Refuse times in the wrong order."""
        if not in_order(self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")):
            self.add_error("closes_at", _("It has to close after it opens."))
        return self.cleaned_data


class GiveForm(TimesForm):
    """What is given, and when."""

    source = forms.ChoiceField(label=gettext_lazy("Quiz or scenario"))

    field_order = ["source", "opens_at", "closes_at"]

    def __init__(self, *args: Any, gifts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Choose")), *gifts]  # type: ignore[attr-defined]  # a choice field


class MessageForm(forms.Form):
    """A message to a class."""

    text = forms.CharField(
        max_length=MOST_WORDS,
        label=gettext_lazy("Message to the class"),
        help_text=gettext_lazy("Markdown works: **bold**, lists, links."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MinutesForm(forms.Form):
    """More minutes for one learner in one assignment."""

    assignment = forms.ChoiceField(label=gettext_lazy("In"))
    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES, label=gettext_lazy("Minutes more"))

    def __init__(self, *args: Any, given: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].choices = given  # type: ignore[attr-defined]  # a choice field


class PercentForm(forms.Form):
    """More time for one learner in every exam."""

    percent = forms.IntegerField(
        min_value=0,
        max_value=MOST_PERCENT,
        label=gettext_lazy("Percent more in every exam"),
        help_text=gettext_lazy("25 turns 40 minutes into 50, in exams begun from now on. 0 takes it back."),
    )
