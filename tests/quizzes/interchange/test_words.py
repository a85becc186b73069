"""Foreign words as Markdown: plain text shows what it says, HTML keeps what Markdown can hold and names the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.interchange.words import asked, from_html, from_plain, stem_and_text, to_html, to_plain
from quizzes.marking.item import Item, Option
from quizzes.marking.kinds.choice import Choice

SIGNS = "ab 1.\n*_`[]()<>&;#~=$%^|+-\\:!{}가"


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<p>One <b>bold</b> and <i>slanted</i>&nbsp;word</p>", "One **bold** and *slanted* word"),
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", "- a\n- b\n  1. c"),
        ("<pre>x = 1\n  y *= 2</pre>", "```\nx = 1\n  y *= 2\n```"),
        ("a <code>b`c</code>", "a ``b`c``"),
        ('<a href="https://a.b/c">there</a>', "[there](https://a.b/c)"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("2 * 3 * 4 &lt; 1. x", r"2 \* 3 \* 4 < 1. x"),
        ("<p>1. not a list</p><p># no head</p>", "1\\. not a list\n\n\\# no head"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<blockquote>said</blockquote>", "> said"),
        ("never <b>closed", "never **closed**"),
        ("</p></b>stray", "stray"),
        ("<div><span>in</span></div>", "in"),
    ],
)
def test_it_works(markup: str, markdown: str) -> None:
    taken = from_html(markup)
    assert taken.text == markdown
    assert taken.lost == ()


@pytest.mark.parametrize(
    ("markup", "lost"),
    [
        ('<img src="x" alt="a boat">', "picture"),
        ("<script>alert(1)</script>", "script or style sheet"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "table"),
        ('<span style="color:red">x</span>', "colour, font or size"),
        ("<video src=x></video>", "sound, film or drawing"),
        ("<math><mi>x</mi></math>", "formula"),
        ("<input name=x>", "form field"),
    ],
)
def test_what_is_lost_is_named(markup: str, lost: str) -> None:
    taken = from_html(markup)
    assert taken.lost == (lost,)
    assert "alert" not in taken.text


@pytest.mark.parametrize(
    "address", ["javascript:x()", "data:text/html,x", "//host/x", "https://a.b/(c) d", " JaVaScRiPt:x"]
)
def test_only_web_addresses_stay_links(address: str) -> None:
    assert from_html(f'<a href="{address}">x</a>').text == "x"


@given(st.text(SIGNS, max_size=30))
def test_plain_text_shows_what_it_says(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    shown = to_plain(from_plain(text)).split("\n")
    assert [line for line in shown if line] == [line for line in lines if line]


@given(st.text("<>/bipreulotacd=\"' &;x\n", max_size=60))
def test_no_markup_is_too_much(markup: str) -> None:
    html = to_html(from_html(markup).text)
    assert "<script" not in html


def test_deep_markup_ends() -> None:
    assert from_html("<b>" * 20_000 + "x" + "</b>" * 20_000).text.strip("*") == "x"


def test_a_question_is_parted_and_joined() -> None:
    item = Item("q", "Which?", Choice((Option("a", right=True), Option("b"))), "Below.\n\n- a list")
    assert stem_and_text(asked(item)) == (item.stem, item.text)
