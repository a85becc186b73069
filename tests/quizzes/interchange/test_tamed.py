"""HTML written to be slow takes linear time; text and tags stay as they are."""

import time

import pytest

from quizzes.interchange.tamed import LONGEST_TAG, tamed
from quizzes.interchange.words import from_html

SLOW = [
    "<",
    "<!--",
    "<a ",
    "<!",
    "<?",
    "<![CDATA[",
    "</",
    "<a b='",
    "<script>",
    "<p><b><i>",
    "<table><tr><td>",
    "&amp;",
]


@pytest.mark.parametrize(
    ("markup", "tame"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("a<!-- <p>x</p> -->b", "ab"),
        ("a<!-- never ends", "a"),
        ("<!DOCTYPE html><?xml?>a", "a"),
        ("1 < 2 <3> <b>", "1 &lt; 2 &lt;3> <b>"),
        ("<a title='x>y'>z</a>", "<a title='x>y'>z</a>"),
        (f"<{'a' * LONGEST_TAG}>", f"&lt;{'a' * LONGEST_TAG}>"),
        ("", ""),
    ],
)
def test_it_works(markup: str, tame: str) -> None:
    assert tamed(markup) == tame


@pytest.mark.parametrize("piece", SLOW)
def test_nothing_takes_long(piece: str) -> None:
    begun = time.process_time()
    from_html(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 5
