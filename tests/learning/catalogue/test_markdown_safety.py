"""Nothing but the allow-list leaves the renderer, whatever a note holds."""

import re
from typing import Any

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from learning.catalogue.diagrams import ATTRIBUTES as SVG_ATTRIBUTES
from learning.catalogue.diagrams import TAGS as SVG_TAGS
from learning.catalogue.sanitise import ATTRIBUTES, TAGS, clean, with_drawings
from tests.learning.catalogue.notes import SVG, World, html, shown

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt\n>alert(1)</sCrIpT >",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style>*{x}</style><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a> <iframe src=//e.x></iframe> <base href=//e.x>",
    "<form action=/x><input name=csrfmiddlewaretoken><button data-hx-post=/x>go</button></form>",
    "<div id=main class=card hx-get=/x data-hx-get=/x x-data style='color:red'>x</div>",
    "<meta http-equiv=refresh content='0;url=//e.x'><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><p>x</template> <textarea></textarea><title></title> <!--[if IE]><b>x</b><![endif]--> <![CDATA[x]]>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](<java\tscript:alert(1)>) [d](&#106;avascript:alert(1))",
    "[a](data:text/html,x) [b](vbscript:x) [c](//e.x/y) [d](\\\\e.x) [e](file:///etc/passwd) [f]( javascript:x)",
    "[a]: javascript:alert(1)\n\n[a] [x][a] ![x][a]",
    "![x](javascript:alert(1)) ![x](data:image/svg+xml,x) ![](//e.x/a.png) ![](file:///a.png)",
    "[![x](https://e.x/a.png)](https://a.b) [a ![x](boat.png) **![y](//e.x/b.png)**](javascript:x)",
    '<javascript:alert(1)> <data:x> <x@y.z> <https://a.b"onclick="x>',
    '[a](https://a.b "x\\" onclick=alert(1) \\"") [b](https://a.b/"onclick="x)',
    '[[x" onclick="alert(1)|<b onclick=x>y]] ![[x" onerror="y.png]]',
    '> [!x" onclick="y] <script>x</script>\n> y',
    '```python" onclick="x\n</code></pre><script>x</script>\n```',
    '| <script>x</script> | a" onclick="b |\n|---|---|\n| `</td><script>` | [x](javascript:y) |',
    '# <img src=x onerror=y> "quoted" onclick=x\n\n[[#" onclick="x]]',
    '<hr class="slot-0"> &lt;hr class="slot-0"&gt; `<hr class="slot-0">` ![<hr class="slot-0">](boat.png)',
    "\x02klzzwxh:0000\x03 \x02t0\x03 \x02o0\x03x\x02c0\x03 \x0260\x03script\x0262\x03 &#2;t0&#3; wzxhzdk:0",
    'x ^" onclick="y\n\n- y ^<b>',
    '[^a" onclick="x]: y\n\nz[^a" onclick="x]',
    '#tag"onclick=x #<b>x</b>',
    "$<script>x</script>$\n\n$$\n</code><script>x</script>\n$$",
]

world = World(notes={"efs": "<script>x</script>"}, images={"boat.png": "/b.png"}, diagrams={"a.svg": (SVG, SVG)})
FLAGS = {"hidden", "open"}


def elements(text: str) -> list[Any]:
    root = html5lib.parseFragment(text, namespaceHTMLElements=False)
    return [element for element in root.iter() if element is not root]


def check(text: str) -> None:
    """Parse what a note became as a browser does, and look at every element and attribute."""
    for part in shown(text, world).parts:
        for element in elements(part.html):
            check_element(element.tag, dict(element.attrib))


def check_element(tag: object, attributes: dict[str, str]) -> None:
    assert isinstance(tag, str), "a comment"
    name = tag.removeprefix("{http://www.w3.org/2000/svg}")
    if name != tag or name in SVG_TAGS - TAGS:
        assert name in SVG_TAGS
        assert set(attributes) <= SVG_ATTRIBUTES
        return
    assert name in TAGS
    assert set(attributes) <= ATTRIBUTES.get(name, set()) | {"class"}
    assert re.match(r"(?:https?:|mailto:|/(?!/)|#|$)", attributes.get("href", ""), re.IGNORECASE)
    assert re.match(r"/(?!/)|$", attributes.get("src", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_only_the_allow_list_comes_out(text: str) -> None:
    check(text)
    check(f"> [!note] {text}\n> {text}\n\n- {text}\n\n| a |\n|---|\n| {text} |")


MARKS = """< > " ' & ` ``` > - [[ ]] ![[a.svg]] | \\ ** == ~~ _ %% <!-- --> $ [^1] [^1]: ^id # [!note] <b> </b> 가"""
pieces = st.sampled_from([*HOSTILE, *MARKS.split(" "), "\n", "\n\n", "> ", "- ", "# ", "```\n", "    ", "\t"])
hostile_notes = st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(hostile_notes)
def test_only_the_allow_list_comes_out_of_any_note(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(hostile_notes)
@example("[a [b](https://a.b)](https://c.d) <b><i>x</b></i>")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    rendered = shown(text).parts
    assert all(clean(part.html) == part.html for part in rendered)


def test_ids_come_from_headings_statements_and_footnotes_only() -> None:
    text = "<p id=main>x</p>\n\n# 제목\n\n요점 ^s-1\n\n각주[^1]\n\n[^1]: x\n\n[x](y){#z} ![[boat.png]]{#q}"
    assert re.findall(r'id="([^"]*)"', html(text)) == ["제목", "s-1", "fnref-1", "fn-1"]


def test_no_note_can_stand_in_for_a_drawing() -> None:
    text = '![[a.svg]]\n\n<hr class="slot-0">\n\n`<hr class="slot-0">`\n\n&lt;hr class=&quot;slot-0&quot;&gt;'
    assert html(text, world).count("<svg ") == 2
    assert (
        with_drawings('<img alt="&lt;hr class=&quot;slot-0&quot;&gt;"><hr class="slot-7">', ["<svg></svg>"]).count(
            "svg"
        )
        == 0
    )


def test_a_drawing_keeps_allowed_things_only() -> None:
    drawn = html("![[a.svg]]", world)
    for forbidden in ("onclick", "style", "fill", "evil", "xmlns"):
        assert forbidden not in drawn


def test_a_drawing_loses_scripts_links_and_foreign_parts() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><script>x</script>'
        '<a xlink:href="javascript:x"><text>t</text></a><use href="#x"/><image href="//e.x"/><foreignObject><p>x</p>'
        '</foreignObject><rect class="d-box card" id="main" x="1" height="url(//e.x)"/><!-- c -->'
        "<text>a&lt;b&gt;</text></svg>"
    )
    figure = html("![[a.svg]]", World(diagrams={"a.svg": (svg, "")}))
    assert figure == (
        '<figure class="diagram"><svg class="wide" role="img"><rect class="d-box" x="1"></rect>'
        "<text>a&lt;b&gt;</text></svg></figure>"
    )
