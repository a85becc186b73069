"""A note is rendered quickly or refused, never with an exception. The clock is generous: a busy machine is no bug."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.catalogue import limits
from learning.catalogue.markdown import Rendered
from tests.learning.catalogue.notes import World, shown

SIZE = 65_536
GENEROUS = 1.5  # seconds of processor time for 64 KiB; `make bench` shows the real figures, a tenth of it


def filled(piece: str) -> str:
    """Return 64 KiB of `piece`."""
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


LADDER = {
    piece: filled(piece)
    for piece in (
        *("[", "![", "](", "[a](b", "[a](b ", "[a][b", "[a]", "[[", "![[", "[[a]] ", "![[a.png]]\n", "[![a](b)](c) "),
        *(
            "<a ",
            "<a href='",
            "<!--",
            "<!-- -->",
            "<![CDATA[",
            "<?",
            "<b>",
            "</b>",
            "<b>x</b>",
            "<div>\n",
            "<script>",
            "<u><b>",
        ),
        *(
            "`",
            "`` ``` ",
            "`a`",
            "`\\",
            "*",
            "*a ",
            "*a* ",
            "*a _b ",
            "***a** b ",
            "a_",
            "~~a",
            "==a== ",
            "가**나**다 ",
        ),
        *(
            "&amp;",
            "&#42;",
            "&",
            "\\*",
            "\\\n",
            "$a$ ",
            "$",
            "#a ",
            "http://a.b ",
            "<a@b.c>",
            "\"'",
            "(",
            "%%",
            "%%a%%",
        ),
        *(
            "> ",
            ">",
            "> a\n\n",
            "- ",
            "- a\n",
            "-\n",
            "1. a\n",
            "- a\n\n  b\n\n",
            "\t- a\n",
            "> [!note]- a\n> b\n\n",
            "- [ ] a\n",
        ),
        *(
            "a\n",
            "a\n\n",
            "\n",
            "# a\n",
            "---\n",
            "x\n===\n",
            "    a\n",
            "```\n",
            "$$\n",
            "^a\n",
            "a ^a\n\n",
            "\t",
            "\r",
            " \n",
        ),
        *(
            "|",
            "|a|b|\n",
            "a|b\n-|-\n",
            "[a]: b\n",
            "[^1]: a\n\n[^1]",
            "[^1]",
            "---\na: b\n",
            "한글 ",
            "\u0301\u0316",
            "\ud800",
        ),
        *("**a** *b* `c` [d](e)\n\n", "[[a]] [[b]]\n\n", "<u>a <b>b</b></u>\n\n", "```python\nx = [1, 'a']\n```\n"),
    )
} | {
    "ladder of backticks": "".join("`" * n + " " for n in range(1, 360)),
    "600 quotations": filled("> " * 600 + "a\n"),
    "250 lists": "".join("  " * n + "- a\n" for n in range(250)),
    "wide table": f"|{'a|' * 3000}\n|{'-|' * 3000}\n" + f"|{'b|' * 3000}\n" * 8,
    "long table": f"|{'a|' * 30}\n|{'-|' * 30}\n" + f"|{'b|' * 30}\n" * 1000,
    "references": "".join(f"[r{n}]: http://a.b\n" for n in range(2500)) + "[r1] " * 3000,
    "brackets around nothing": "[" * 30_000 + "a" + "]" * 30_000,
    "links around links": filled("[[[[a](b)](b)](b)](b)"),
    "footnotes": "".join(f"[^{n}]: x[^{n + 1}]\n\n" for n in range(3000)) + "[^0]",
    "nested emphasis": ("**a " * 390 + " b**" * 390 + "\n\n") * 10,
    "one word": "a" * SIZE,
    "pasted image": "![](data:image/png;base64," + "A" * 500_000 + ")",
}


def rendered_in(text: str) -> tuple[Rendered, float]:
    start = time.process_time()
    result = shown(text)
    return result, time.process_time() - start


@pytest.mark.parametrize("name", LADDER)
def test_no_bomb_takes_long(name: str) -> None:
    result, seconds = rendered_in(LADDER[name])
    assert result.parts or result.words == 0
    assert seconds < GENEROUS


@pytest.mark.parametrize("name", ["[a](b) ", "*a* ", "`a` ", "[[a]] ", "<b>x</b>"])
def test_more_markup_than_the_budget_is_plain_text_and_said(name: str) -> None:
    result = shown(filled(name * 20 + "\n\n"))
    assert limits.TOO_DENSE in [problem.message for problem in result.problems]
    assert name.strip() in result.parts[0].html.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("가" * (limits.MAX_LINE + 1), limits.LONG_LINE),
        ("가나다 라마바\n" * 40_000, limits.TOO_LONG),
        ("- a\n" * 4_000, limits.TOO_MANY_BLOCKS),
    ],
)
def test_what_is_too_large_is_refused_with_a_reason(text: str, message: str) -> None:
    result = shown(text)
    assert [(problem.message, problem.severity) for problem in result.problems] == [(message, "error")]
    assert "보여 줄 수 없습니다" in result.parts[0].html


def test_the_line_that_is_too_long_is_named() -> None:
    assert shown("a\n" + "b" * 70_000 + "\nc", first_line=5).problems[0].line == 6


def test_a_long_paragraph_is_plain_text_and_the_rest_is_not() -> None:
    result = shown(f"{'a **b** ' * 2_000}\n\n**c**")
    assert "**b**" in result.parts[0].html
    assert "<strong>c</strong>" in result.parts[0].html


def test_a_table_with_too_many_cells_is_plain_text() -> None:
    result = shown("| a | b |\n|---|---|\n" + "| c | d |\n" * 3_000)
    assert "<table>" not in result.parts[0].html
    assert "| c | d |" in result.parts[0].html


def test_ordinary_notes_of_64_kib_stay_within_the_limits() -> None:
    words = "**EC2**에서는 [[efs|서버]]를 직접 돌보고 `awsvpc`로 잇는다. 나머지는 다음 강의에서 본다."
    plain = "표시가 하나도 없는 문장이 앞뒤로 길게 이어지고, 읽는 사람은 그 사이에서 쉬어 간다. " * 6
    table = f"| 이름 | 뜻 |\n|---|---|\n| 하나 | {words} |\n| 둘 | 셋 |\n\n"
    lesson = f"## 제목\n\n{plain}{words}\n\n- 하나, {plain}\n- 둘\n\n{table}> [!exam]\n> {words}\n\n"
    assert shown(filled(lesson), World(notes={"efs": ""})).problems == ()


def test_an_index_of_two_thousand_notes_stays_within_the_limits() -> None:
    index = "".join(f"- [[note number {n}]]\n" for n in range(2_000))
    assert shown(index, World(notes={f"note number {n}": "" for n in range(2_000)})).problems == ()


lines = st.sampled_from(
    [
        "- ",
        "  - ",
        "\t",
        "> ",
        "> [!x]- ",
        "# ",
        "| a | b |",
        "|---|---|",
        "```",
        "~~~",
        "$$",
        "[^1]: ",
        "[a]: b",
        "---",
        "===",
        "1. ",
        "^id",
    ]
)
marks = st.sampled_from(
    ["**", "*", "_", "==", "~~", "`", "``", "[", "](", ")", "[[", "]]", "![[", "<b>", "</b>", "%%", "\\", "&", "$", " "]
)
notes = st.lists(st.one_of(lines, marks, st.just("\n"), st.text(max_size=6)), max_size=60).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.one_of(notes, st.text(max_size=300)))
def test_no_text_raises(text: str) -> None:
    result = shown(text)
    assert result.parts or not text.strip() or result.words == 0
    assert all(problem.text() for problem in result.problems)
    assert all(1 <= problem.line <= len(text.splitlines()) + 1 for problem in result.problems)
