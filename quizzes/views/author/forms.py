"""Reading what instructors send. Must not know rows beyond the topics one may choose."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from quizzes.marking.editing import MAX_TEXT, Writing

ANY = ("", gettext_lazy("All"))
STATES = [
    ("draft", gettext_lazy("Draft")),
    ("published", gettext_lazy("Published")),
    ("changed", gettext_lazy("Changed since publishing")),
    ("retired", gettext_lazy("Retired")),
]
WHOSE = [
    ("mine", gettext_lazy("Mine")),
    ("shared", gettext_lazy("Shared with me")),
    ("course", gettext_lazy("The course's files")),
]
LANGUAGES = [
    ("both", gettext_lazy("Both languages")),
    ("no-ko", gettext_lazy("Korean missing")),
    ("no-en", gettext_lazy("English missing")),
]
LINT = [
    ("errors", gettext_lazy("Errors")),
    ("warnings", gettext_lazy("Warnings")),
    ("clean", gettext_lazy("Nothing to say")),
]
SORTS = [
    ("topic", gettext_lazy("Topic")),
    ("new", gettext_lazy("Newest first")),
    ("id", gettext_lazy("Id")),
    ("difficulty", gettext_lazy("Difficulty")),
    ("lint", gettext_lazy("Most to mend")),
]
KINDS = [
    ("single", gettext_lazy("One right answer")),
    ("multiple", gettext_lazy("Several right answers")),
    ("ordering", pgettext_lazy("kind of question", "Put in order")),
    ("matching", gettext_lazy("Match pairs")),
    ("case", gettext_lazy("A case and a question on it")),
]


class BankForm(forms.Form):
    """What of the bank to show. Whatever is not understood is left out of account."""

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Words"))
    topic = forms.ChoiceField(required=False, label=gettext_lazy("Topic"))
    state = forms.ChoiceField(choices=[ANY, *STATES], required=False, label=gettext_lazy("State"))
    lang = forms.ChoiceField(choices=[ANY, *LANGUAGES], required=False, label=gettext_lazy("Languages"))
    lint = forms.ChoiceField(choices=[ANY, *LINT], required=False, label=gettext_lazy("Check"))
    tag = forms.ChoiceField(required=False, label=gettext_lazy("Tag"))
    whose = forms.ChoiceField(choices=[ANY, *WHOSE], required=False, label=gettext_lazy("Whose"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=gettext_lazy("Order"))

    def __init__(self, *args: Any, topics: list[tuple[str, str]], tags: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [ANY, *topics]  # type: ignore[attr-defined]  # a choice field
        self.fields["tag"].choices = [ANY, *((tag, tag) for tag in tags)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """Return what was understood, by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BulkForm(forms.Form):
    """What to do with several questions at once."""

    ACTS = ("tag", "untag", "move", "retire", "bring-back")
    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    tag = forms.CharField(required=False, max_length=40, label=gettext_lazy("Tag"))
    topic = forms.ChoiceField(required=False, label=gettext_lazy("Topic"))

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("Choose…")), *topics]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for what the act needs."""
        act = self.cleaned_data.get("act")
        if act in ("tag", "untag") and not self.cleaned_data.get("tag"):
            raise forms.ValidationError(_("Say which tag."))
        if act == "move" and not self.cleaned_data.get("topic"):
            raise forms.ValidationError(_("Say which topic to move them to."))
        return self.cleaned_data


class NewForm(forms.Form):
    """What kind of question to begin, and on what."""

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, label=gettext_lazy("Kind"), initial="single")
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), widget=forms.Select(attrs={"autofocus": True}))

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]  # a choice field


class WritingForm(forms.Form):
    """The editor: a text a language, the fields beside it, and the version they were typed upon."""

    ko = forms.CharField(required=False, max_length=MAX_TEXT, strip=False, label=gettext_lazy("Korean"))
    en = forms.CharField(required=False, max_length=MAX_TEXT, strip=False, label=gettext_lazy("English"))
    topic = forms.ChoiceField(label=gettext_lazy("Topic"))
    difficulty = forms.TypedChoiceField(
        choices=[(str(n), str(n)) for n in range(1, 6)], coerce=int, label=gettext_lazy("Difficulty, 1 to 5")
    )
    tags = forms.CharField(required=False, max_length=500, label=gettext_lazy("Tags, with commas between"))
    base = forms.IntegerField(min_value=0, max_value=10**12)

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]  # a choice field

    def writing(self) -> Writing:
        """Return what was typed."""
        data: Mapping[str, Any] = self.cleaned_data
        return Writing({lang: data[lang] for lang in ("ko", "en")}, data["topic"], data["difficulty"])

    def tag_list(self) -> list[str]:
        """Return the tags."""
        return [tag.strip() for tag in str(self.cleaned_data["tags"]).split(",") if tag.strip()]


class WrongForm(forms.Form):
    """What was wrong before, for learners who saw it; nothing when this is no correction."""

    wrong_ko = forms.CharField(required=False, max_length=300, label=gettext_lazy("What was wrong, in Korean"))
    wrong_en = forms.CharField(required=False, max_length=300, label=gettext_lazy("What was wrong, in English"))
    base = forms.IntegerField(min_value=0, max_value=10**12)

    def wrong(self) -> dict[str, str]:
        """Return it by language."""
        said = {lang: str(self.cleaned_data[f"wrong_{lang}"]).strip() for lang in ("ko", "en")}
        return {lang: text for lang, text in said.items() if text}
