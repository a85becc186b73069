"""Damaged files of every format: whatever was done to them, reading says so in words and never raises."""

import io
import zipfile
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.interchange.formats import FORMATS
from quizzes.interchange.found import Sheet
from quizzes.marking.item import Case, Item, Option, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from tests.quizzes.interchange.foreign import EN, zipped

SHEETS = [
    Sheet(
        Item("a-1", "Which?", Choice((Option("x", "yes", right=True), Option("y", "no"))), explain="Why."), topic="t"
    ),
    Sheet(
        Item("a-2", "Several?", Choice((Option("x", right=True), Option("y", right=True), Option("한글")))),
        Case("C", "c", "t"),
    ),
    Sheet(Item("a-3", "Order?", Ordering((Step("1"), Step("2"), Step("3")))), tags=("tag",)),
    Sheet(Item("a-4", "Match?", Matching(("l", "r"), (("a", "b"), ("c", "d"), ("", "e"))))),
]
WORDS = (b"<", b">", b"/", b"=", b'"', b"text", b"100", b"A", b"\x00", b"\xff", b"&", b"]]>", b"<![CDATA[", b"{", b"}")


def damaged(data: bytes, chance: Random) -> bytes:
    """Return `data` after one accident: a bit, a cut, a piece lost, doubled, swapped or put in, a nest."""
    at, to = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    match chance.randrange(8):
        case 0:
            return b"".join(
                [data[:at], bytes([(data[at : at + 1] or b"x")[0] ^ (1 << chance.randrange(8))]), data[at + 1 :]]
            )
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[to:]
        case 3:
            return data[:to] + data[at:to] + data[to:]
        case 4:
            return data.replace(chance.choice(WORDS), chance.choice(WORDS))
        case 5:
            return data[:at] + chance.choice(WORDS) * chance.randrange(1, 500) + data[at:]
        case 6:
            return data[:at] + b"<a>" * chance.randrange(1, 300) + data[at:]
        case _:
            return data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "cp949", "utf-8-sig"]), "replace")


def inside(data: bytes, chance: Random) -> bytes:
    """Return an archive with one of its files damaged, and whole again as an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(files))
    return zipped({**files, name: damaged(files[name], chance)})


@cache
def whole(name: str) -> bytes:
    """Return a good file of the format."""
    return FORMATS[name].write(SHEETS, EN).data


@pytest.mark.parametrize("name", list(FORMATS))
@settings(max_examples=40)
@given(chance=st.randoms(use_true_random=False))
def test_no_damage_is_a_crash(name: str, chance: Random) -> None:
    data = whole(name)
    data = inside(data, chance) if data.startswith(b"PK") and chance.randrange(3) else damaged(data, chance)
    reading = FORMATS[name].read(data, EN)
    assert reading.questions or reading.problems
