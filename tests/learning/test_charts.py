"""The geometry of charts: every shape lies in the drawing, and says the number it is drawn from."""

import itertools
import math
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from learning.charts import Datum, axis, bars, intervals, percent, plot, round_within

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def datum(value: float | None, low: float | None = None, high: float | None = None) -> Datum:
    return Datum("it", value, f"{value}", low, high)


def test_shares_are_told_as_whole_percent_halves_up() -> None:
    assert [percent(share) for share in (0, 0.125, 0.375, 0.624, 0.625, 1)] == [0, 13, 38, 62, 63, 100]


def test_it_works() -> None:
    (row,) = intervals([datum(55, 40, 70)])
    assert (row.at, row.start, row.width) == (55, 40, 30)
    chart = bars([datum(5), datum(10)])
    assert [bar.height for bar in chart.bars] == [50, 100]
    assert chart.bars[0].x + chart.bars[0].width < chart.bars[1].x
    dots = plot([datum(100), datum(1000)], 100, 1000, mark=720).dots
    assert [dot.y for dot in dots] == [100, 0]


def test_what_has_no_number_is_not_drawn() -> None:
    (row,) = intervals([datum(None)])
    assert (row.at, row.start, row.width) == (None, None, None)
    assert plot([datum(None), datum(3)], 0, 10).dots[0].datum.value == 3


def test_what_lies_beyond_is_drawn_at_the_end() -> None:
    (row,) = intervals([datum(140, -10, 120)])
    assert (row.at, row.start, row.width) == (100, 0, 100)


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=40))
def test_every_shape_lies_in_the_drawing(rows: list[tuple[float, float, float]]) -> None:
    data = [datum(value, min(low, high), max(low, high)) for value, low, high in rows]
    for row in intervals(data):
        assert row.start is not None
        assert row.width is not None
        assert 0 <= row.start <= row.start + row.width <= 100.02
    for bar in bars(data).bars:
        assert 0 <= bar.x <= bar.x + bar.width <= 100.02
        assert 0 <= bar.y <= bar.y + bar.height <= 100.02
    for dot in plot(data, -1000, 1000).dots:
        assert 0 <= dot.x <= 100
        assert dot.top is not None
        assert dot.bottom is not None
        assert 0 <= dot.top <= dot.bottom <= 100


@given(st.floats(0, 1e6, allow_nan=False))
def test_an_axis_reaches_what_it_must_in_even_round_steps(most: float) -> None:
    values = axis(most)
    assert values[0] == 0
    assert values[-1] >= most - 1e-6
    assert 2 <= len(values) <= 6
    steps = {round(b - a, 6) for a, b in itertools.pairwise(values)}
    assert len(steps) == 1 or max(steps) - min(steps) < 1e-5


@pytest.mark.parametrize(
    ("least", "most", "wanted"), [(100, 1000, (200, 400, 600, 800, 1000)), (0, 100, (0, 20, 40, 60, 80, 100))]
)
def test_ticks_stand_at_round_numbers(least: float, most: float, wanted: tuple[float, ...]) -> None:
    assert round_within(least, most) == wanted


@pytest.mark.parametrize("most", [0, -3, 1e-9])
def test_an_axis_of_nothing_is_still_an_axis(most: float) -> None:
    assert len(axis(most)) >= 2
    assert all(math.isfinite(value) for value in axis(most))
    assert bars([]).bars == ()
    assert plot([], 0, 0).dots == ()


def test_dots_stand_where_their_number_says() -> None:
    data = [Datum("a", 1, "1", at=0), Datum("b", 1, "1", at=1), Datum("c", 1, "1", at=10)]
    xs = [dot.x for dot in plot(data, 0, 2, joined=False).dots]
    assert xs == sorted(xs)
    assert (xs[1] - xs[0]) * 9 == pytest.approx(xs[2] - xs[1], rel=0.01)


class Shapes(HTMLParser):
    """Collects the tags of a chart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ["bars", "plot"])
def test_every_chart_has_words_and_a_table(name: str) -> None:
    data = [Datum("Mon <1>", 3, "3 of 9", note="1–5"), Datum("Tue", 5, "5 of 9")]
    chart = bars(data) if name == "bars" else plot(data, 0, 10, mark=7)
    words = {"chart": chart, "id": "c", "title": "Title", "desc": "Seen", "what": "Day", "number": "Right"}
    text = render_to_string(f"_charts/{name}.html", words)
    tags = Shapes(text).tags
    assert next(attrs for tag, attrs in tags if tag == "svg" and attrs.get("role"))["role"] == "img"
    assert {"title", "desc", "table", "caption"} <= {tag for tag, _ in tags}
    assert sum(tag == "td" for tag, _ in tags) == 2
    assert "Mon &lt;1&gt;" in text
    assert not [attrs for _, attrs in tags if "style" in attrs]


def test_intervals_are_a_table_of_their_own() -> None:
    rows = intervals([datum(55, 40, 70), Datum("none", None, "not enough yet")])
    text = render_to_string("_charts/intervals.html", {"rows": rows, "title": "Topics"})
    tags = [tag for tag, _ in Shapes(text).tags]
    assert tags.count("svg") >= 2
    assert tags.count("tr") == 3
    assert "not enough yet" in text
