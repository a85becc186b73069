"""The words of results: numbers as people read them, flags and grey states in sentences. Knows no rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.charts import Datum, Interval, intervals, percent
from quizzes.marking.cards import LETTERS
from quizzes.statistics.flags import Flag
from quizzes.statistics.rates import Rate, Relation

URGENT = {"check-key", "negative"}
GOOD = {"pilot-ready"}

FLAGS: Mapping[str, Any] = {
    "check-key": gettext_lazy(
        "The best learners choose %(piece)s: check the key. %(top)s of the best %(of)s chose it, %(right)s a right one."
    ),
    "negative": gettext_lazy(
        "Those who do well in the rest do worse here: correlation %(value)s, range %(low)s to %(high)s."
    ),
    "unchosen": gettext_lazy("Nobody picks %(piece)s: none of %(n)s learners did."),
    "too-easy": gettext_lazy("Very easy: %(share)s right, of %(n)s learners."),
    "too-hard": gettext_lazy("Very hard: %(share)s right, of %(n)s learners."),
    "sure-wrong": gettext_lazy("Many are sure and wrong: %(share)s of the %(n)s who said how sure they were."),
    "slow": gettext_lazy("Takes long: half of the learners needed more than %(seconds)s."),
    "pilot-ready": gettext_lazy(
        "This pilot is ready to be published: %(n)s learners, and it tells them apart (%(value)s)."
    ),
}

TITLES: Mapping[str, Any] = {
    "check-key": gettext_lazy("check the key"),
    "negative": gettext_lazy("negative discrimination"),
    "unchosen": gettext_lazy("an option nobody picks"),
    "too-easy": gettext_lazy("very easy"),
    "too-hard": gettext_lazy("very hard"),
    "sure-wrong": gettext_lazy("sure and wrong"),
    "slow": gettext_lazy("slow"),
    "pilot-ready": gettext_lazy("pilot is ready"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A flag in words; `title` in two or three of them. `tone`: "wrong", "right" or "buoy", a CSS class."""

    title: str
    words: str
    tone: str


def said_flag(flag: Flag) -> Said:
    """Return `flag` in the reader's language."""
    values: dict[str, str] = {name: _written(name, value) for name, value in flag.params.items()}
    if flag.piece is not None:
        values["piece"] = LETTERS[flag.piece]
    tone = "wrong" if flag.code in URGENT else "right" if flag.code in GOOD else "buoy"
    return Said(str(TITLES[flag.code]), FLAGS[flag.code] % values, tone)


def _written(name: str, value: float) -> str:
    if name == "share":
        return percentage(value)
    if name == "seconds":
        return face(value)
    return decimal(value) if name in ("value", "low", "high") else str(round(value))


def percentage(share: float) -> str:
    """Return a share as whole percent with its sign."""
    return f"{percent(share)}%"


def decimal(value: float) -> str:
    """Return a correlation, with two digits and a real minus."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "\u2212")


def face(seconds: float) -> str:
    """Return a time as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def rate_line(label: str, found: Rate | None, *, missing: str, url: str = "") -> Interval:
    """Return a share from 0 to 100 % with its range as a line to draw; `missing` says why there is none."""
    if found is None:
        return intervals([Datum(label, None, missing, url=url)])[0]
    note = _("range %(low)s to %(high)s") % {"low": percentage(found.low), "high": percentage(found.high)}
    data = Datum(
        label, found.share * 100, percentage(found.share), found.low * 100, found.high * 100, url=url, note=note
    )
    return intervals([data])[0]


def relation_line(label: str, found: Relation | None, *, missing: str, url: str = "") -> Interval:
    """Return a correlation from -1 to 1 with its range as a line to draw; `missing` says why there is none."""
    if found is None:
        return intervals([Datum(label, None, missing, url=url)], -1, 1)[0]
    note = _("range %(low)s to %(high)s") % {"low": decimal(found.low), "high": decimal(found.high)}
    shown = f"{decimal(found.value)} ± {found.error:.2f}"
    weak = "weak" if found.value < 0 else ""
    return intervals([Datum(label, found.value, shown, found.low, found.high, url=url, note=note, state=weak)], -1, 1)[
        0
    ]


def wanted(has: int, fewest: int) -> str:
    """Return the words of a grey state: how many there are, and how many it takes."""
    return _("not enough yet: %(has)s of %(fewest)s") % {"has": has, "fewest": fewest}
