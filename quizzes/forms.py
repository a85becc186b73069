"""Reading what a browser sends. Must not know rows: whether an option is one of the item's, the services say."""

import re
from datetime import UTC, date, datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import Confidence
from quizzes.services import Note, Wish
from quizzes.services.planning import MOST_DAILY, plan_days

MOST = 100_000  # of a revision number
MOST_PIECES = 50  # that an answer may name; no item has as many
PLACE = "place-"
NUMBER = re.compile(r"[1-9][0-9]?")
DAY = 24 * 60 * 60
LAST_CLAIM = 4_102_444_800_000  # ms since 1970: the year 2100


class Sent(forms.Form):
    """A form that reads a field sent several times as a list."""

    def all_of(self, name: str) -> list[str]:
        """Return what was sent as `name`, as sent."""
        return [str(value) for value in self.data.getlist(name)]  # type: ignore[attr-defined]  # a QueryDict


class AnswerForm(Sent):
    """An answer: the tokens of the pieces, the name of the act of saving, and the revision it was made upon."""

    operation = forms.UUIDField(
        error_messages={"required": gettext_lazy("This page is out of date. Please try again.")}
    )
    revision = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    claimed = forms.IntegerField(min_value=0, max_value=LAST_CLAIM, required=False)

    def tokens(self) -> list[str]:
        """Return the tokens in the order they were sent, or, of steps that were numbered, by their numbers."""
        places = sorted((int(number), token) for token, number in self._places() if NUMBER.fullmatch(number))
        return [token for _, token in places] or self.all_of("option")

    def claimed_at(self) -> datetime | None:
        """Return when the browser says the answer was given."""
        claimed = self.cleaned_data.get("claimed")
        return datetime.fromtimestamp(claimed / 1000, UTC) if claimed else None

    def clean(self) -> dict[str, object]:
        """Refuse numbers that are none or stand twice, and more pieces than any item has."""
        numbers = [number for _, number in self._places() if number]
        if len(set(numbers)) != len(numbers) or not all(NUMBER.fullmatch(number) for number in numbers):
            raise forms.ValidationError(_("Each step needs a number of its own."))
        if len(self.tokens()) > MOST_PIECES:
            raise forms.ValidationError(_("This page is out of date. Please try again."))
        return self.cleaned_data

    def _places(self) -> list[tuple[str, str]]:
        return [(name.removeprefix(PLACE), str(self.data[name])) for name in self.data if name.startswith(PLACE)]


class NoteForm(Sent):
    """What a learner notes on a question besides the answer; what is not sent stays as it is."""

    flagged = forms.TypedChoiceField(choices=[("0", "0"), ("1", "1")], coerce=lambda v: v == "1", required=False)
    confidence = forms.ChoiceField(choices=[("", ""), *Confidence.choices], required=False)
    seconds = forms.IntegerField(min_value=0, max_value=DAY, required=False)

    def note(self) -> Note:
        """Return it; `struck` comes whole or not at all."""
        data = self.cleaned_data
        return Note(
            flagged=None if data["flagged"] == "" else data["flagged"],
            struck=self.all_of("struck")[:MOST_PIECES] if "strikes" in self.data else None,
            confidence=data["confidence"] if "confidence" in self.data else None,
            seconds=data["seconds"],
        )


class WishForm(forms.Form):
    """What a learner wants to practise."""

    WHICH = [
        ("any", gettext_lazy("All questions")),
        ("missed", gettext_lazy("Questions I missed")),
        ("unseen", gettext_lazy("Questions I have not seen yet")),
    ]
    topics = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Topics")
    )
    which = forms.ChoiceField(choices=WHICH, required=False, widget=forms.RadioSelect, label=gettext_lazy("Which"))
    count = forms.IntegerField(min_value=1, max_value=100, required=False, label=gettext_lazy("How many"))

    def __init__(self, *args: object, topics: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]  # a choice field

    def wish(self) -> Wish:
        """Return the wish."""
        data = self.cleaned_data
        return Wish(tuple(data["topics"]), data["which"] or "any", data["count"])


class ProblemForm(forms.Form):
    """What is wrong with a question, in the learner's words."""

    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("What is wrong with this question?"),
        error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
    )


class PlanForm(forms.Form):
    """Until when a learner studies, and how many reviews a day at the most."""

    exam_on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        label=gettext_lazy("Day of the exam"),
    )
    daily = forms.IntegerField(min_value=1, max_value=MOST_DAILY, label=gettext_lazy("Reviews a day at the most"))

    def __init__(self, *args: object, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.first, self.last = plan_days(now)
        said = _("%(day)s is no day that can be planned for. Give one from %(first)s to %(last)s, as 2026-12-31.")
        typed = str(self.data.get("exam_on", ""))[:20]
        self.wrong = said % {"day": typed, "first": self.first, "last": self.last}
        self.fields["exam_on"].error_messages["invalid"] = self.wrong

    def clean_exam_on(self) -> date | None:
        """Refuse a day that is over, or too far away."""
        day: date | None = self.cleaned_data["exam_on"]
        if day and not self.first <= day <= self.last:
            raise forms.ValidationError(self.wrong)
        return day
