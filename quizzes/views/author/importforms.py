"""Reading what instructors send to import: files, pasted text, and what they say of them. Knows no rows."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.catalogue.schema import LANGUAGES
from quizzes.interchange.decode import ENCODINGS
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.limits import MAX_BYTES, MAX_FILES
from quizzes.services.uploads import Sent, Wish

MAX_TEXT = 1_000_000  # characters pasted; Django takes no more than 2.5 MB outside files
MEGABYTE = 1024 * 1024
LANGUAGE_NAMES = {"ko": gettext_lazy("Korean"), "en": gettext_lazy("English")}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "cp949": gettext_lazy("CP949 (Korean Windows, Excel)"),
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": gettext_lazy("Windows-1252 (Western)"),
}
FORMAT_CHOICES = [("", gettext_lazy("Find out")), *((form.name, form.title) for form in FORMATS.values())]
ENCODING_CHOICES = [("", gettext_lazy("Find out")), *((name, ENCODING_NAMES[name]) for name in ENCODINGS)]
LANGUAGE_CHOICES = [(lang, LANGUAGE_NAMES[lang]) for lang in LANGUAGES]


class SaidForm(forms.Form):
    """What is said of a file."""

    format = forms.ChoiceField(choices=FORMAT_CHOICES, required=False, label=gettext_lazy("Format"))
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, label=gettext_lazy("Language of the words"))
    topic = forms.ChoiceField(label=gettext_lazy("Topic of questions that name none"))
    encoding = forms.ChoiceField(choices=ENCODING_CHOICES, required=False, label=gettext_lazy("Encoding"))

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]  # a choice field

    def wish(self) -> Wish:
        """Return what was said."""
        said = self.cleaned_data
        return Wish(said["format"], said["encoding"], said["language"], int(said["topic"]))


class Several(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Files, each as Django takes one; an empty one is let through, the dry run says so by its name."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files."""
        clean = super().clean
        return [file for one in (data or []) if (file := clean(one, initial))]


class ImportForm(SaidForm):
    """Files or pasted text, and what is said of them."""

    file = SeveralFiles(required=False, allow_empty_file=True, label=gettext_lazy("Files"))
    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        label=gettext_lazy("Or paste the questions"),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    field_order = ("file", "text", "format", "language", "topic", "encoding")

    def clean_file(self) -> "list[UploadedFile[bytes]]":
        """Refuse too many files, and too much in them."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["file"]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("At most %(limit)s files at once.") % {"limit": MAX_FILES})
        if sum(file.size or 0 for file in files) > MAX_BYTES:
            message = _("These files are larger than %(limit)s MB together. Split them into several imports.")
            raise forms.ValidationError(message % {"limit": MAX_BYTES // MEGABYTE})
        return files

    def clean(self) -> dict[str, Any]:
        """Ask for something to import."""
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data.get("text", "").strip():
            self.add_error("file", _("Choose a file, or paste the questions below."))
        return self.cleaned_data

    def sent(self) -> list[Sent]:
        """Return the files, and what was pasted as one more."""
        sent = [Sent(file.name or "", file.read()) for file in self.cleaned_data["file"]]
        text: str = self.cleaned_data["text"]
        if text.strip():
            sent.append(Sent(_("pasted text"), text.encode(errors="replace"), "utf-8"))
        return sent
