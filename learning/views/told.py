"""How measures are said on pages: as numbers with ranges, or as "not enough yet". Must not know requests, nor query."""

from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.charts import Datum, percent
from learning.mastery import Mastery, Readiness
from learning.mastery.rules import ENOUGH_EXAM

WIDE = 20  # points from which a range is called wide

# How a statement stands: the word, and the shape that says the same without colour (templates/_charts/shape.html).
STATES: dict[str, Promise] = {
    "known": gettext_lazy("known"),
    "shaky": gettext_lazy("shaky"),
    "weak": gettext_lazy("weak"),
    "few": gettext_lazy("not enough yet"),
    "unseen": gettext_lazy("not asked yet"),
}
HALF = 0.5  # a mean below which something is called weak


@dataclass(frozen=True, slots=True)
class ReadinessTold:
    """Readiness as a page says it. `number` None: not enough yet, and `wanting` says what would make it enough."""

    number: int | None
    span: str
    score: str
    wanting: str


def readiness_told(ready: Readiness) -> ReadinessTold:
    """Return the chance to pass with its range, and the range of the score."""
    if not ready.enough:
        return ReadinessTold(None, "", "", _wanting(ready))
    low, high = percent(ready.low), percent(ready.high)
    words = _("still a wide range: %(low)s–%(high)s%%") if high - low >= WIDE else _("range: %(low)s–%(high)s%%")
    score = _("%(low)s–%(high)s points") % {"low": ready.score_low, "high": ready.score_high}
    return ReadinessTold(percent(ready.probability), words % {"low": low, "high": high}, score, "")


def _wanting(ready: Readiness) -> str:
    if ready.reason == "no-form":
        return _("This course has no exam to prepare for.")
    more = max(1, ceil(ENOUGH_EXAM - ready.n))
    words = ngettext(
        "About %(n)s more answer to a question you have not seen before, and it can be said.",
        "About %(n)s more answers to questions you have not seen before, and it can be said.",
        more,
    )
    return words % {"n": more}


def mastery_datum(label: str, mastery: Mastery, url: str = "", weak: float = 0) -> Datum:
    """Return a topic or statement to draw, percent; marked as weak when its whole range lies below `weak` (0-1)."""
    if not mastery.enough:
        return Datum(label, None, _("not enough yet"), url=url, state="none", note=answers(mastery.answers))
    state = "weak" if mastery.high < weak else ""
    return share_datum(label, mastery.mean, mastery.low, mastery.high, url=url, state=state)


def share_datum(
    label: str, share: float, low: float, high: float, *, url: str = "", state: str = "", more: str = ""
) -> Datum:
    """Return a share with its range to draw, percent; `more` is said beside the range."""
    note = f"{percent(low)}–{percent(high)}%" + (f" · {more}" if more else "")
    return Datum(label, share * 100, f"{percent(share)}%", low * 100, high * 100, url=url, note=note, state=state)


def answers(count: int) -> str:
    """Return "3 answers"."""
    return ngettext("%(n)s answer", "%(n)s answers", count) % {"n": count}


def state_of(mastery: Mastery, asked: float) -> str:
    """Return which of STATES a statement is in; `asked`: the share of right answers that the exam wants."""
    if not mastery.answers:
        return "unseen"
    if not mastery.enough:
        return "few"
    if mastery.mean >= asked:
        return "known"
    return "shaky" if mastery.mean >= HALF else "weak"
