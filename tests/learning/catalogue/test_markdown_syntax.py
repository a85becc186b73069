"""What each piece of Obsidian's syntax becomes. `docs/notes-syntax.md` tells it in words."""

import unicodedata

import pytest

from learning.catalogue.schema import Heading, Part
from tests.learning.catalogue.notes import SVG, WORLD, World, html, shown

CASES = {
    "bold beside a particle": ("**시작 유형(Launch Type)**을", "<p><strong>시작 유형(Launch Type)</strong>을</p>"),
    "mark": ("==표시 **굵게**==는", "<p><mark>표시 <strong>굵게</strong></mark>는</p>"),
    "strike": ("~~옛말~~을 ~아님~", "<p><s>옛말</s>을 ~아님~</p>"),
    "line break": ("하나\n둘", "<p>하나<br>\n둘</p>"),
    "comment": ("앞 %%숨김%%뒤 `%%코드%%`", "<p>앞 뒤 <code>%%코드%%</code></p>"),
    "comment of many lines": ("앞\n\n%%\n숨김\n\n숨김\n%%\n\n뒤", "<p>앞</p>\n<p>뒤</p>"),
    "comment left open": ("앞 %% 뒤", "<p>앞 %% 뒤</p>"),
    "tag": ("#태그 본문 #a/b C# #1", '<p><span class="tag">#태그</span> 본문 <span class="tag">#a/b</span> C# #1</p>'),
    "wikilink": ("[[efs]]", '<p><a href="/notes/efs">efs!</a></p>'),
    "wikilink with an alias": ("[[efs|파일 `EFS`]]", '<p><a href="/notes/efs">파일 <code>EFS</code></a></p>'),
    "wikilink to a heading": ("[[efs#큰 제목]]", '<p><a href="/notes/efs#큰-제목">efs!</a></p>'),
    "wikilink to a block": ("[[efs#^efs-multi-az|여러 AZ]]", '<p><a href="/notes/efs#efs-multi-az">여러 AZ</a></p>'),
    "wikilink in this note": ("[[#큰 제목]]", '<p><a href="#큰-제목">큰 제목</a></p>'),
    "wikilink in a table": (
        "| a | b |\n|---|---|\n| [[efs\\|별칭]] | `x\\|y` |",
        '<div class="table-wrap" tabindex="0" role="region" aria-label="표 1: a, b"><table><thead><tr>'
        '<th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr>'
        '<td><a href="/notes/efs">별칭</a></td><td><code>x|y</code></td></tr></tbody></table></div>',
    ),
    "link to a note": ("[글](efs.md#제목)", '<p><a href="/notes/efs#제목">글</a></p>'),
    "link outside": ("[글](https://a.b 't')", '<p><a href="https://a.b" rel="noopener noreferrer">글</a></p>'),
    "address": (
        "https://a.b/c를 (<https://d.e>)",
        '<p><a href="https://a.b/c" rel="noopener noreferrer">https://a.b/c</a>를 '
        '(<a href="https://d.e" rel="noopener noreferrer">https://d.e</a>)</p>',
    ),
    "image": (
        "![[boat.png|배|300]]",
        '<figure class="image"><img src="/media/boat.png" alt="배" loading="lazy" width="300"></figure>',
    ),
    "image in words": (
        "앞 ![[boat.png|300x200]] ![돛](boat.png)",
        '<p>앞 <img src="/media/boat.png" alt="boat" loading="lazy" width="300" height="200"> '
        '<img src="/media/boat.png" alt="돛" loading="lazy"></p>',
    ),
    "embedded note": (
        "![[efs]]",
        '<div class="embed"><p class="embed-title"><a href="/notes/efs">efs!</a></p>'
        "<p>EFS는 <strong>파일 시스템</strong>입니다.</p></div>",
    ),
    "tasks": (
        "- [ ] 열림\n- [x] 닫힘",
        '<ul class="tasks"><li class="task"><span class="task-mark" aria-hidden="true">☐</span>'
        '<span class="visually-hidden">할 일: </span>열림</li><li class="task task-done">'
        '<span class="task-mark" aria-hidden="true">☑</span><span class="visually-hidden">완료: </span>닫힘</li></ul>',
    ),
    "callout": (
        "> [!exam] 제목 `c`\n> 본문",
        '<aside class="callout callout-exam" role="note"><p class="callout-title">제목 <code>c</code></p>'
        "<p>본문</p></aside>",
    ),
    "callout without a title": (
        "> [!beyond]\n> - 하나",
        '<aside class="callout callout-beyond" role="note"><p class="callout-title">노트 밖 이야기</p>'
        "<ul><li>하나</li></ul></aside>",
    ),
    "callout that folds": (
        "> [!tip]- 접힘\n> 본문",
        '<details class="callout callout-tip"><summary class="callout-title">접힘</summary><p>본문</p></details>',
    ),
    "callout unfolded": (
        "> [!faq]+ 펼침\n> 본문",
        '<details class="callout callout-question" open="open"><summary class="callout-title">펼침</summary>'
        "<p>본문</p></details>",
    ),
    "callout nobody knows": (
        "> [!recipe]\n> 본문",
        '<aside class="callout callout-note" role="note"><p class="callout-title">recipe</p><p>본문</p></aside>',
    ),
    "statement": ("요점이다. ^an-id", '<p id="an-id" class="statement">요점이다.</p>'),
    "statement in a list": ("- 하나 ^one\n- 둘", '<ul><li id="one" class="statement">하나</li><li>둘</li></ul>'),
    "id below a list": ("- 하나\n- 둘\n\n^both", '<ul id="both" class="statement"><li>하나</li><li>둘</li></ul>'),
    "id below a quotation": ("> 하나\n^q", '<blockquote id="q" class="statement"><p>하나</p></blockquote>'),
    "no id in the middle": ("a ^b c", "<p>a ^b c</p>"),
    "html": ('<div onclick="x()">H<sub>2</sub>O<br>끝 <b>굵게</b></div>', "<p>H<sub>2</sub>O<br>\n끝 <b>굵게</b></p>"),
    "what is no html": ("List<String> a < b", "<p>List&lt;String&gt; a &lt; b</p>"),
    "formula": ("$a_1*b*c$ 값은 $5와 $10", '<p><code class="math">a_1*b*c</code> 값은 $5와 $10</p>'),
    "formula block": ("$$\nx*y*z\n$$", '<div class="formula"><code class="math">x*y*z</code></div>'),
    "code": (
        "```python\nx = 1  # <b>\n```",
        '<div class="code"><pre tabindex="0"><code><span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span>  <span class="c1"># &lt;b&gt;</span></code></pre></div>',
    ),
    "code in no known language": (
        "```dataview\nTABLE a\n```",
        '<div class="code"><pre tabindex="0"><code>TABLE a</code></pre></div>',
    ),
    "properties": ("---\ntags: [a]\n---\n본문", "<p>본문</p>"),
    "footnote": (
        "글[^n] 또[^n]\n\n[^n]: 각주 **굵게**",
        '<p>글<sup id="fnref-1"><a href="#fn-1" class="footnote-ref">1</a></sup> '
        '또<sup><a href="#fn-1" class="footnote-ref">1</a></sup></p>\n'
        '<section class="footnotes" role="doc-endnotes" aria-label="각주"><ol><li id="fn-1">'
        "<p>각주 <strong>굵게</strong> "
        '<a href="#fnref-1" class="footnote-back" aria-label="본문으로 돌아가기">↩</a></p></li></ol></section>',
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_becomes(name: str) -> None:
    text, expected = CASES[name]
    assert html(text) == expected


def test_titles_speak_the_language_of_the_note() -> None:
    assert "Beyond the notes" in html("> [!beyond]\n> x", World("en"))
    assert "To do: " in html("- [ ] x", World("en"))


def test_headings_lie_below_the_pages_own_and_skip_no_level() -> None:
    found = shown("# 하나\n### 둘 **굵게**\n## 셋\n# 넷").headings
    assert found == (
        Heading("하나", "하나", 2),
        Heading("둘-굵게", "둘 굵게", 3),
        Heading("셋", "셋", 3),
        Heading("넷", "넷", 2),
    )


def test_a_note_that_begins_with_small_headings_begins_at_level_two() -> None:
    assert [h.level for h in shown("### 1. 하나\n#### 가\n### 2. 둘").headings] == [2, 3, 2]


def test_headings_of_the_same_words_get_different_ids() -> None:
    assert [h.id for h in shown("## 요점!\n## 요점\n## main\n## 🔑").headings] == [
        "요점",
        "요점-1",
        "main-1",
        "section",
    ]


def test_decomposed_hangul_is_the_same_word() -> None:
    text = unicodedata.normalize("NFD", "## 시작 유형\n[[#시작 유형]] ![[배.png]]")
    world = World(images={"배.png": "/b.png"})
    assert shown(text).headings[0].id == "시작-유형"
    assert 'href="#시작-유형"' in html(text, world)
    assert 'src="/b.png"' in html(text, world)


def test_a_quick_check_is_a_place_between_pieces() -> None:
    parts = shown(
        "앞\n\n![[launch-types.quiz#^lt-001]]\n\n뒤 [^1]\n\n![[launch-types.quiz#^lt-002]]\n\n[^1]: 각주"
    ).parts
    assert [part.check for part in parts] == ["", "lt-001", "", "lt-002", ""]
    assert parts[0] == Part("<p>앞</p>\n")
    assert "footnotes" in parts[-1].html


def test_a_diagram_is_drawn_in_the_language_of_the_note() -> None:
    drawn = html("![[roles.svg|두 역할]]")
    assert drawn.count("<svg ") == 2
    assert 'class="diagram-svg wide"' in drawn
    assert "<title>두 역할</title>" in drawn
    assert "Two roles" not in drawn
    assert "<figcaption>두 역할</figcaption>" in drawn


def test_an_svg_that_is_no_diagram_is_an_image() -> None:
    assert html("![[logo.svg]]", World(images={"logo.svg": "/l.svg"})).startswith(
        '<figure class="image"><img src="/l.svg"'
    )


def test_a_drawing_without_a_narrow_twin_stands_alone() -> None:
    assert html("![[a.svg]]", World(diagrams={"a.svg": (SVG, "")})).count("<svg ") == 1


def test_words_are_counted_as_a_reader_counts() -> None:
    assert shown("## 제목 하나\n\n**굵은** 말 [[efs|별칭]]\n\n- 끝", WORLD).words == 6
