"""Reading what the quiz editor sends: its fields, the chosen items in their order, the rows of the blueprint.

Every button sends the whole form, and what was typed comes back whatever it was. Must not know rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.moments import MomentField, in_order
from quizzes.marking.quizfile import MAX_COUNT, MAX_MINUTES
from quizzes.marking.quotas import Quota
from quizzes.models import Quiz
from quizzes.services.quizmaking import MOST_ITEMS, MOST_PILOTS, MOST_QUOTAS, Plan

MOST_WORDS = 100  # of a slug that is sent
WRITTEN = ("title", "summary")

SHOWN = [
    ("submit", gettext_lazy("Once the attempt is handed in")),
    ("close", gettext_lazy("Once it is closed for the whole class")),
    ("never", gettext_lazy("Never: only the score is shown")),
]
MODES = [
    ("practice", gettext_lazy("Practice: feedback after each question, no clock")),
    ("exam", gettext_lazy("Exam: against the clock, marked as a whole")),
]
KINDS = [
    ("items", gettext_lazy("Questions chosen one by one, in your order")),
    ("quotas", gettext_lazy("Drawn anew for each attempt: so many of each topic")),
]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the blueprint as typed."""

    topic: str = ""
    difficulty: str = ""
    count: str = ""

    def quota(self, topics: Sequence[str]) -> Quota | None:
        """Return what it says; None when that is nothing to draw by."""
        good = (
            self.count.isascii() and self.count.isdigit() and len(self.count) < 4 and 1 <= int(self.count) <= MAX_COUNT
        )
        if not good or self.topic not in topics or self.difficulty not in ("", *"12345"):
            return None
        return Quota(self.topic, int(self.difficulty) if self.difficulty else None, int(self.count))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a quiz asks, while it is put together."""

    items: tuple[str, ...] = ()
    rows: tuple[Row, ...] = (Row(),)

    def after(self, act: str) -> "Chosen":
        """Return it as the button `act` ("add:lt-001", "up:lt-001", "row", "drop:2") leaves it."""
        verb, _colon, which = act.replace("\0", "").partition(":")
        if verb == "row":
            return replace(self, rows=(*self.rows, Row())[:MOST_QUOTAS])
        if verb == "drop":
            return replace(self, rows=tuple(row for n, row in enumerate(self.rows) if str(n) != which) or (Row(),))
        return replace(self, items=_moved(self.items, verb, which))


def _moved(items: tuple[str, ...], verb: str, slug: str) -> tuple[str, ...]:
    if verb == "add" and slug and slug not in items:
        return (*items, slug)[:MOST_ITEMS]
    if slug not in items:
        return items
    place, others = items.index(slug), [one for one in items if one != slug]
    steps = {"up": place - 1, "down": place + 1, "first": 0, "last": len(items)}
    if verb == "remove":
        return tuple(others)
    if verb in steps:
        others.insert(max(0, steps[verb]), slug)
        return tuple(others)
    return items


def chosen_of(data: QueryDict) -> Chosen:
    """Return what the form says is chosen."""
    items = tuple(
        dict.fromkeys(slug for slug in data.getlist("item") if 0 < len(slug) <= MOST_WORDS and "\0" not in slug)
    )
    lists = [data.getlist(name)[:MOST_QUOTAS] for name in ("row-topic", "row-difficulty", "row-count")]
    rows = tuple(Row(*(cell[:80].replace("\0", "") for cell in cells)) for cells in zip(*lists, strict=False))
    return Chosen(items[:MOST_ITEMS], rows or (Row(),))


def _words(label: object, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)  # type: ignore[arg-type]  # lazy words


class QuizForm(forms.Form):
    """Everything of a quiz but what it asks."""

    title_ko = _words(gettext_lazy("Title in Korean"), 120)
    title_en = _words(gettext_lazy("Title in English"), 120)
    summary_ko = _words(gettext_lazy("Summary in Korean"), 400, widget=forms.Textarea(attrs={"rows": 2}))
    summary_en = _words(gettext_lazy("Summary in English"), 400, widget=forms.Textarea(attrs={"rows": 2}))
    mode = forms.ChoiceField(choices=MODES, widget=forms.RadioSelect, initial="exam", label=gettext_lazy("Mode"))
    what = forms.ChoiceField(
        choices=KINDS, widget=forms.RadioSelect, initial="items", label=gettext_lazy("What it asks")
    )
    minutes = forms.IntegerField(
        min_value=1, max_value=MAX_MINUTES, required=False, initial=20, label=gettext_lazy("Minutes, for an exam")
    )
    pilots = forms.IntegerField(
        min_value=0,
        max_value=MOST_PILOTS,
        required=False,
        label=gettext_lazy("Questions on trial that ride along"),
        help_text=gettext_lazy("Marked for your statistics, never in the score. Nobody can tell them apart."),
    )
    attempts_allowed = forms.IntegerField(
        min_value=1,
        max_value=50,
        required=False,
        label=gettext_lazy("Attempts allowed"),
        help_text=gettext_lazy("For each learner, each time it is given. Empty: as many as one likes."),
    )
    answers_shown = forms.ChoiceField(
        choices=SHOWN,
        widget=forms.RadioSelect,
        initial="submit",
        label=gettext_lazy("Right answers and reasons of an exam show"),
    )
    opens_at = MomentField(label=gettext_lazy("Opens"))
    closes_at = MomentField(label=gettext_lazy("Closes"))
    listed = forms.BooleanField(required=False, label=gettext_lazy("Listed: everybody can find it and take it"))
    shared = forms.BooleanField(required=False, label=gettext_lazy("Shared: other instructors may change and give it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Refuse a quiz without a name, an exam without minutes, and times in the wrong order."""
        data = self.cleaned_data
        if not data.get("title_ko") and not data.get("title_en") and not self.errors.keys() & {"title_ko", "title_en"}:
            self.add_error("title_ko", _("Give the quiz a title."))
        if data.get("mode") == Quiz.Mode.EXAM and data.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", _("An exam needs its minutes."))
        if not in_order(data.get("opens_at"), data.get("closes_at")):
            self.add_error("closes_at", _("It has to close after it opens."))
        return data

    def plan(self, chosen: Chosen, topics: Sequence[str]) -> Plan:
        """Return the whole wish; rows that say nothing to draw by are left out."""
        data = self.cleaned_data
        by_items = data["what"] == "items"
        rows = [quota for row in chosen.rows if (quota := row.quota(topics))]
        same = ("mode", "minutes", "attempts_allowed", "answers_shown", "opens_at", "closes_at", "listed", "shared")
        return Plan(
            title={lang: data[f"title_{lang}"] for lang in ("ko", "en")},
            summary={lang: data[f"summary_{lang}"] for lang in ("ko", "en")},
            **{name: data[name] for name in same},
            items=chosen.items if by_items else (),
            quotas=() if by_items else tuple(rows),
            pilots=data["pilots"] or 0,
        )


def initial_of(quiz: Quiz) -> dict[str, Any]:
    """Return what the form shows of a stored quiz."""
    names = (
        "mode",
        "minutes",
        "pilots",
        "attempts_allowed",
        "answers_shown",
        "opens_at",
        "closes_at",
        "listed",
        "shared",
    )
    words = {f"{name}_{lang}": getattr(quiz, name).get(lang, "") for name in WRITTEN for lang in ("ko", "en")}
    return {**words, **{name: getattr(quiz, name) for name in names}, "what": "quotas" if quiz.blueprint else "items"}


def chosen_in(quiz: Quiz) -> Chosen:
    """Return what a stored quiz asks."""
    rows = tuple(Row(row["topic"], str(row["difficulty"] or ""), str(row["count"])) for row in quiz.blueprint)
    return Chosen(tuple(quiz.items), rows or (Row(),))


def act_of(request: HttpRequest) -> str:
    """Return which button was pressed."""
    return str(request.POST.get("act", ""))[:MOST_WORDS]
