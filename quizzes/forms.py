"""Reading what a browser sends. Must not know rows: whether an option is one of the item's, the services say."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 100_000  # of a revision number


class AnswerForm(forms.Form):
    """An answer: the tokens of the options, the name of the act of saving, and the revision it was made upon."""

    operation = forms.UUIDField(error_messages={"required": _("This page is out of date. Please try again.")})
    revision = forms.IntegerField(min_value=0, max_value=MOST, required=False)

    def tokens(self) -> list[str]:
        """Return the tokens of the options chosen, each once, as sent."""
        return [str(token) for token in self.data.getlist("option")]  # type: ignore[attr-defined]  # a QueryDict
