"""Whether somebody knows what they know: sure, maybe and guess against right. Pure.

Counts each response that a confidence was given with, once, at first sight or not, and nothing fades: this is about
words, not about facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from learning.mastery.rules import STATED
from learning.mastery.seen import Seen
from learning.mastery.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Cell(Tally):
    """Responses given with one confidence."""

    confidence: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody was sure and wrong, in the response `act`; `mended`: they have answered this question rightly since."""

    act: str
    subject: str
    topic: str
    statements: tuple[str, ...]
    at: int
    mended: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """All of it: cells in the order guess, maybe, sure (all three, empty ones too), slips with what is open first.

    `brier`: the mean square of what was stated (`rules.STATED`) against what came, 0 best; None without responses.
    """

    whole: tuple[Cell, ...]
    topics: dict[str, tuple[Cell, ...]]
    statements: dict[str, tuple[Cell, ...]]
    slips: tuple[Slip, ...]
    n: int
    brier: float | None


def calibration(rows: Iterable[Seen]) -> Calibration:
    """Return how confidence went with being right in `rows` (as `kept` returns them)."""
    items = [row for row in rows if row.subject and row.source != "builder"]
    told = [row for row in items if row.confidence in STATED]
    once = list({row.act: row for row in told}.values())
    return Calibration(
        whole=_cells(once),
        topics=_each((row.topic, row) for row in once),
        statements=_each((row.statement, row) for row in told),
        slips=_slips(items),
        n=len(once),
        brier=brier([(STATED[row.confidence], row.correct) for row in once]),
    )


def brier(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Return the mean square of what was foretold against what came (Brier 1950, one outcome); None without any."""
    return sum((stated - came) ** 2 for stated, came in pairs) / len(pairs) if pairs else None


def _each(named: Iterable[tuple[str, Seen]]) -> dict[str, tuple[Cell, ...]]:
    """Return the cells of each name."""
    found: dict[str, list[Seen]] = {}
    for name, row in named:
        found.setdefault(name, []).append(row)
    return {name: _cells(rows) for name, rows in found.items()}


def _cells(rows: Sequence[Seen]) -> tuple[Cell, ...]:
    return tuple(_cell(word, [row.correct for row in rows if row.confidence == word]) for word in STATED)


def _cell(word: str, marks: Sequence[bool]) -> Cell:
    one = tally(marks)
    return Cell(one.n, one.right, one.share, one.low, one.high, word)


def _slips(rows: Sequence[Seen]) -> tuple[Slip, ...]:
    """Return the last time each question was answered wrongly in certainty, the latest first."""
    found: dict[str, list[Seen]] = {}
    last: dict[str, bool] = {}
    for row in rows:
        last[row.subject] = row.correct
        if row.confidence == "sure" and not row.correct:
            before = found.get(row.subject, [])
            found[row.subject] = [*(before if before and before[0].act == row.act else []), row]
    slips = [_slip(slip, last[subject]) for subject, slip in found.items()]
    return tuple(sorted(slips, key=lambda slip: (slip.mended, -slip.at, slip.subject)))


def _slip(rows: Sequence[Seen], mended: bool) -> Slip:
    one = rows[0]
    return Slip(one.act, one.subject, one.topic, tuple(row.statement for row in rows), one.at, mended)
