"""The drawing's own colours are those of the page."""

import re
from pathlib import Path

from builder.export.svg import COLOURS, RULES, standalone

CSS = Path(__file__).resolve().parents[3] / "static" / "css"


def test_its_colours_are_those_of_the_light_scheme() -> None:
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", (CSS / "tokens.css").read_text()))
    assert {name: tokens[name] for name in COLOURS} == COLOURS


def test_every_kind_of_part_that_the_page_draws_is_drawn() -> None:
    sheet = (CSS / "drawing.css").read_text()
    kinds = set(re.findall(r"\.d[plm]\.(\w+)", sheet)) - {"fits", "over"}
    own = set(re.findall(r"\.d[plm]\.(\w+)", " ".join(selector for selector, _style in RULES)))
    assert own == kinds


def test_it_wraps_the_drawing_as_it_is() -> None:
    file = standalone('\n<svg class="drawing wide" viewBox="0 0 9 9"><title>x</title></svg>\n', 9, 9)
    assert file.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" class="drawing wide"')
    assert file.endswith("<title>x</title></svg>\n")
