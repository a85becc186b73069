"""What the page of progress draws, section by section, as data of charts. Must not know requests, nor query."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.activities import ExamLine, Offer, Spent
from learning.charts import BarChart, Datum, Interval, Plot, bars, intervals, plot
from learning.mastery import Cell, Gain, Readiness, Slip, brier
from learning.mastery.rules import HIGHEST, LOWEST, STATED
from learning.outline import Outline, StatementLine
from learning.services.measures import Measures
from learning.views.next_step import asked_for
from learning.views.told import STATES, answers, mastery_datum, share_datum, state_of

CONFIDENCE = {"sure": gettext_lazy("sure"), "maybe": gettext_lazy("maybe"), "guess": gettext_lazy("a guess")}


@dataclass(frozen=True, slots=True)
class Tile:
    """A statement on the map: how it stands in a word, and its number where there is one."""

    line: StatementLine
    state: str
    word: str
    datum: Datum
    answers: int


@dataclass(frozen=True, slots=True)
class TopicMap:
    """A topic on the map with its statements, and how many of them are in which state."""

    slug: str
    title: str
    interval: Interval
    tiles: Sequence[Tile]
    tally: Sequence[tuple[str, str, int]]  # state, its word, how many


def mastery_map(contents: Outline, lines: Iterable[StatementLine], found: Measures) -> list[TopicMap]:
    """Return every topic with all its statements, seen or not."""
    asked, by_topic = asked_for(contents), dict[str, list[Tile]]()
    for line in lines:
        mastery = found.statement(line.slug)
        state = state_of(mastery, asked)
        datum = mastery_datum(line.words, mastery, line.url)
        by_topic.setdefault(line.topic, []).append(Tile(line, state, str(STATES[state]), datum, mastery.answers))
    rows = intervals(mastery_datum(one.title, found.topic(one.slug), weak=asked) for one in contents.topics)
    return [
        TopicMap(one.slug, one.title, row, by_topic.get(one.slug, []), _tally(by_topic.get(one.slug, [])))
        for one, row in zip(contents.topics, rows, strict=True)
    ]


def _tally(tiles: Iterable[Tile]) -> list[tuple[str, str, int]]:
    counts = Counter(tile.state for tile in tiles)
    return [(state, str(word), counts[state]) for state, word in STATES.items() if counts[state]]


def confidence_rows(cells: Iterable[Cell]) -> tuple[Interval, ...]:
    """Return how often each word was right, the surest first; words never used are left out."""
    return intervals(_confidence(cell) for cell in reversed(tuple(cells)) if cell.n)


def _confidence(cell: Cell) -> Datum:
    more = _("%(right)s of %(n)s") % {"right": cell.right, "n": cell.n}
    state = "weak" if cell.high < STATED[cell.confidence] else ""
    return share_datum(
        str(CONFIDENCE[cell.confidence]), cell.share, min(cell.low, cell.share), max(cell.high, cell.share),
        state=state, more=more,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlipTold:
    """Sure and wrong: the question to answer again, and the statements it showed not to be known."""

    offer: Offer | None
    statements: Sequence[StatementLine]
    mended: bool


def slips_told(
    slips: Iterable[Slip], lines: Mapping[str, StatementLine], offers: Mapping[str, Offer | None]
) -> list[SlipTold]:
    """Return `slips` with the words of their statements, as far as the course still has them."""
    return [
        SlipTold(offers.get(slip.subject), [lines[one] for one in slip.statements if one in lines], slip.mended)
        for slip in slips
    ]


@dataclass(frozen=True, slots=True)
class Exams:
    """The exams so far: their scores over time, and how well they were foretold."""

    plot: Plot
    lines: Sequence[ExamLine]
    foretold: int
    held: int
    brier: str  # of the site's probabilities; "" without any
    told: str


def exams_told(lines: Sequence[ExamLine], pass_mark: int) -> Exams | None:
    """Return the exams, `lines` as they come (the latest first); None without any."""
    if not lines:
        return None
    data = [_exam_datum(line) for line in reversed(lines)]
    pairs = [(line.probability, line.passed) for line in lines if line.probability is not None]
    foretold = [line for line in lines if line.held is not None]
    held = sum(line.held is True for line in foretold)
    return Exams(
        plot=plot(data, LOWEST, HIGHEST, mark=pass_mark),
        lines=lines,
        foretold=len(foretold),
        held=held,
        brier=scored(brier(pairs)),
        told=_held(held, len(foretold)),
    )


def _held(held: int, of: int) -> str:
    words = ngettext("The range held %(held)s of %(n)s time.", "The ranges held %(held)s of %(n)s times.", of)
    return words % {"held": held, "n": of} if of else ""


def _exam_datum(line: ExamLine) -> Datum:
    day = date_format(timezone.localtime(line.at), "MONTH_DAY_FORMAT")
    return Datum(
        day, line.score, str(line.score), line.low, line.high, url=line.url, note=f"{line.low}–{line.high}",
        state="" if line.passed else "weak",
    )  # fmt: skip


def scored(value: float | None) -> str:
    """Return a Brier score with two decimals; "" for none."""
    return "" if value is None else f"{value:.2f}"


def forecast(days: Sequence[tuple[date, int]]) -> BarChart | None:
    """Return how many reviews come on which day; None where none comes."""
    if not any(count for _, count in days):
        return None
    return bars([_day(day, count, _questions(count)) for day, count in days])


def _questions(count: int) -> str:
    return ngettext("%(n)s question", "%(n)s questions", count) % {"n": count}


def _day(day: date, value: float, shown: str) -> Datum:
    return Datum(date_format(day, "MONTH_DAY_FORMAT"), value, shown)


@dataclass(frozen=True, slots=True)
class Time:
    """The time spent: minutes by day, and by activity, the longest first."""

    chart: BarChart
    activities: Sequence[tuple[str, str]]
    total: str


def time_told(spent: Sequence[Spent], days: Sequence[date]) -> Time | None:
    """Return the time on each of `days`; None where there was none."""
    if not spent:
        return None
    by_day, by_activity = Counter[date](), Counter[str]()
    for one in spent:
        by_day[one.day] += one.seconds
        by_activity[one.label] += one.seconds
    chart = bars([_day(day, round(by_day[day] / 60, 1), minutes(by_day[day])) for day in days])
    return Time(chart, [(label, minutes(n)) for label, n in by_activity.most_common()], minutes(by_day.total()))


def minutes(seconds: int) -> str:
    """Return seconds as whole minutes, begun ones counted."""
    count = -(-seconds // 60)
    return ngettext("%(n)s min", "%(n)s min", count) % {"n": count}


@dataclass(frozen=True, slots=True)
class GainTold:
    """Answers before a lesson was read and after, and what can be said of it."""

    title: str
    url: str
    rows: tuple[Interval, ...]
    words: str


def gains_told(contents: Outline, found: Mapping[str, Gain]) -> list[GainTold]:
    """Return the lessons with answers on both sides, in their order."""
    lines = [line for line in contents.lessons if line.slug in found and found[line.slug].enough]
    return [_gain(line.title, line.url, found[line.slug]) for line in lines]


def _gain(title: str, url: str, gain: Gain) -> GainTold:
    sides = ((_("before"), gain.before), (_("after"), gain.after))
    rows = intervals(
        share_datum(label, side.share, min(side.low, side.share), max(side.high, side.share), more=answers(side.n))
        for label, side in sides
    )
    if not gain.apart:
        words = _("The ranges overlap: it may be chance.")
    elif gain.after.share > gain.before.share:
        words = _("Better after reading, by more than chance explains.")
    else:
        words = _("Worse after reading, by more than chance explains.")
    return GainTold(title, url, rows, words)


def expected(ready: Readiness) -> tuple[Interval, ...]:
    """Return the chance to pass and the score to be expected, each on its own scale."""
    chance = share_datum(_("Chance to pass"), ready.probability, ready.low, ready.high)
    low, middle, high = ready.score_low, ready.score_mid, ready.score_high
    score = Datum(_("Score to be expected"), middle, str(middle), low, high, note=f"{low}–{high}")
    return intervals([chance]) + intervals([score], LOWEST, HIGHEST)
