"""The geometry of the site's charts: numbers in, shapes out. Pure: words come in already said, colours are the CSS's.

Every place and length of a shape is a percentage of the drawing, from its top left corner, so that the SVG needs no
viewBox: it grows with its column while strokes and letters keep their size. `templates/_charts/` draws the shapes, each
chart with its table.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

NICE = (1, 2, 2.5, 5, 10)  # steps of an axis, times a power of ten
MARGIN = 9.0  # percent at the left, for the numbers of the axis
ROOM = 6  # so many labels stand beside one another on a phone
TINY = 1e-6  # what an axis need not reach


def percent(share: float) -> int:
    """Return a share between 0 and 1 as whole percent, halves up, as every page tells it."""
    return int(share * 100 + 0.5)


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing to draw: what it is called, its number, its range, and how its number is written ("71%").

    `value` None: there is no number yet; `shown` says so. `at` is its place along the horizontal axis, where that is a
    number too. `url` leads to what it is about, `note` stands in the table beside it, `state` becomes a CSS class.
    """

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    at: float | None = None
    url: str = ""
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A datum on a line: its tick at `at`, its range from `start`, `width` long; both None without a number."""

    datum: Datum
    at: float | None
    start: float | None
    width: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A datum as a bar that stands on the bottom; `middle` is where its label goes."""

    datum: Datum
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A datum as a dot at (x, y); `top` and `bottom` are the ends of its range, None without one."""

    datum: Datum
    x: float
    y: float
    top: float | None
    bottom: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of the vertical axis and how high it stands."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars beside one another over the ticks of their axis. `every`: each how many-th label there is room for."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    every: int


@dataclass(frozen=True, slots=True)
class Plot:
    """Dots, the lines that join them, the ticks of the axis, and a line across at a number worth seeing.

    `every`: each how many-th dot's label there is room for below it.
    """

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    mark: Tick | None
    every: int


def intervals(data: Iterable[Datum], least: float = 0, most: float = 100) -> tuple[Interval, ...]:
    """Return each of `data` on the line from `least` to `most`; what lies beyond is drawn at its end."""
    return tuple(_interval(datum, least, most) for datum in data)


def bars(data: Sequence[Datum], most: float | None = None) -> BarChart:
    """Return a bar for each of `data`, on an axis from 0 to `most` (by default a round number above the highest)."""
    values = axis(most if most is not None else max((datum.value or 0 for datum in data), default=0))
    room = (100 - MARGIN) / max(len(data), 1)
    drawn = tuple(_bar(datum, MARGIN + place * room, room, values[-1]) for place, datum in enumerate(data))
    return BarChart(drawn, ticks(values, 0, values[-1]), _every(data))


def plot(data: Sequence[Datum], least: float, most: float, *, mark: float | None = None, joined: bool = True) -> Plot:
    """Return `data` as dots between `least` and `most`, side by side in their order, or at their `at` if they have one.

    What has no number is left out, in the drawing only. `mark`: a number to draw a line across at, as a pass mark.
    """
    places = _places(data)
    known = [(datum, x) for datum, x in zip(data, places, strict=True) if datum.value is not None]
    dots = tuple(_dot(datum, x, least, most) for datum, x in known)
    pairs = pairwise(dots) if joined else ()
    lines = tuple(Line(a.x, a.y, b.x, b.y) for a, b in pairs)
    across = None if mark is None else Tick(_height(mark, least, most), written(mark))
    return Plot(dots, lines, ticks(round_within(least, most), least, most), across, _every(dots))


def ticks(values: Iterable[float], least: float, most: float) -> tuple[Tick, ...]:
    """Return the ticks of an axis from `least` to `most` at `values`."""
    return tuple(Tick(_height(value, least, most), written(value)) for value in values)


def axis(most: float, parts: int = 4) -> tuple[float, ...]:
    """Return round numbers in even steps from 0 until they reach `most`, at most `parts` steps, never none."""
    step = _step(most if most > TINY else 1, parts)
    return tuple(round(step * number, 9) for number in range(math.ceil(max(most, step) / step - 1e-9) + 1))


def round_within(least: float, most: float, parts: int = 5) -> tuple[float, ...]:
    """Return the round numbers in even steps that lie between `least` and `most`, both included."""
    step = _step(most - least if most > least else 1, parts)
    first, last = math.ceil(least / step - 1e-9), math.floor(most / step + 1e-9)
    return tuple(round(step * number, 9) for number in range(first, last + 1))


def _step(reach: float, parts: int) -> float:
    """Return the smallest round number of which `parts` make up `reach`."""
    scale: float = 10 ** math.floor(math.log10(reach / parts))
    return next(nice * scale for nice in NICE if nice * scale * parts >= reach * (1 - 1e-9))


def written(value: float) -> str:
    """Return `value` as short as it can be written: "5", "2.5"."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _every(data: Sequence[object]) -> int:
    return math.ceil(len(data) / ROOM) or 1


def _part(value: float, least: float, most: float) -> float:
    """Return how far `value` is from `least` to `most`, percent, kept between the two."""
    reach = most - least
    return round(min(max((value - least) / reach, 0), 1) * 100, 2) if reach > 0 else 0.0


def _height(value: float, least: float, most: float) -> float:
    return round(100 - _part(value, least, most), 2)


def _interval(datum: Datum, least: float, most: float) -> Interval:
    at = None if datum.value is None else _part(datum.value, least, most)
    if datum.low is None or datum.high is None:
        return Interval(datum, at, None, None)
    start = _part(datum.low, least, most)
    return Interval(datum, at, start, round(_part(datum.high, least, most) - start, 2))


def _bar(datum: Datum, left: float, room: float, most: float) -> Bar:
    tall = _part(datum.value or 0, 0, most)
    gap = room * 0.15
    return Bar(
        datum, round(left + gap, 2), round(100 - tall, 2), round(room - 2 * gap, 2), tall, round(left + room / 2, 2)
    )


def _places(data: Sequence[Datum]) -> list[float]:
    """Return where each of `data` stands along the axis; never at the very edge, where a dot would be cut."""
    ats = [datum.at for datum in data if datum.at is not None]
    if ats and len(ats) == len(data) and min(ats) < max(ats):
        parts = [0.03 + 0.0094 * _part(at, min(ats), max(ats)) for at in ats]
    else:
        parts = [(number + 0.5) / len(data) for number in range(len(data))]
    return [round(MARGIN + part * (100 - MARGIN), 2) for part in parts]


def _dot(datum: Datum, x: float, least: float, most: float) -> Dot:
    top = None if datum.high is None else _height(datum.high, least, most)
    bottom = None if datum.low is None else _height(datum.low, least, most)
    return Dot(datum, x, _height(datum.value or 0, least, most), top, bottom)
