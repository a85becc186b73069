"""What a note refers to and is not there is said in its place, in the note's language, and reported with its line."""

import pytest

from tests.learning.catalogue.notes import SVG, World, html, shown

NOTE = """---
title: x
---
첫 줄
둘째 줄 [[없음]] 과 ![[없다.png]]

![[없다.png|설명|300]]

- 하나
- [[efs#^x]]
  [[없음2#제목|별칭]]

| a |
|---|
| [[없음3]] |

![[no.svg]]
![[gone]] [^none]
![[gone]]
"""


def lines(text: str, world: World = World()) -> list[tuple[int, str]]:  # noqa: B008 - frozen
    return [(problem.line, problem.text()) for problem in shown(text, world).problems]


def test_every_missing_thing_is_reported_with_its_line() -> None:
    assert lines(NOTE) == [
        (5, "The link leads nowhere: 없음"),
        (5, "The image is missing: 없다.png"),
        (7, "The image is missing: 없다.png"),
        (10, "The link leads nowhere: efs#^x"),
        (11, "The link leads nowhere: 없음2#제목"),
        (15, "The link leads nowhere: 없음3"),
        (17, "The diagram is missing: no.svg"),
        (18, "The link leads nowhere: gone"),
        (18, "The footnote is missing: none"),
        (19, "The link leads nowhere: gone"),
    ]


def test_lines_count_from_where_the_body_begins() -> None:
    problem = shown("하나\n[[없음]]", path="a/b.md", first_line=7).problems[0]
    assert (problem.path, problem.line, problem.severity) == ("a/b.md", 8, "warning")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("[[없음]]", "ko", '<p><span class="missing">없음 <small>(없는 노트)</small></span></p>'),
        ("[[x#y|alias]]", "en", '<p><span class="missing">alias <small>(no such note: x#y)</small></span></p>'),
        (
            "[[x|**a**]]",
            "en",
            '<p><span class="missing"><strong>a</strong> <small>(no such note: x)</small></span></p>',
        ),
        ("![[a.png]]", "ko", '<figure class="missing"><p>이미지가 없습니다: a.png</p></figure>'),
        ("![[a.svg|cap]]", "en", '<figure class="missing"><p>The diagram is missing: a.svg<br>\ncap</p></figure>'),
        ("a ![[a.png]]", "en", '<p>a <span class="missing">The image is missing <small>(a.png)</small></span></p>'),
        (
            "![[a.pdf]]",
            "en",
            '<p><span class="missing">A file that cannot be shown here <small>(a.pdf)</small></span></p>',
        ),
    ],
)
def test_it_is_said_in_its_place(text: str, language: str, expected: str) -> None:
    assert html(text, World(language)) == expected


def test_an_image_elsewhere_is_linked_and_never_loaded() -> None:
    shown_html = html("![배](https://a.b/c.png)", World("en"))
    assert "<img" not in shown_html
    assert '<a href="https://a.b/c.png" rel="noopener noreferrer">배 (image on another site)</a>' in shown_html


def test_an_image_in_a_link_is_seen_to_as_well() -> None:
    assert "<img" not in html("[![배](https://a.b/c.png)](https://d.e)")
    linked = html("[![배](boat.png) 타기](https://d.e)", World(images={"boat.png": "/b.png"}))
    assert (
        '<a href="https://d.e" rel="noopener noreferrer"><img src="/b.png" alt="배" loading="lazy"> 타기</a>' in linked
    )


def test_footnotes_and_links_share_a_paragraph() -> None:
    result = shown("[글](https://a.b) [[efs]]와[^1] [[없음]]\n\n[^1]: 각주 [글](https://a.b)[^1]")
    assert '<a href="#fn-1" class="footnote-ref">1</a>' in result.parts[0].html
    assert [problem.text() for problem in result.problems] == ["The link leads nowhere: 없음"]


def test_a_quick_check_inside_a_list_is_refused() -> None:
    result = shown("- ![[a.quiz#^b-1]]")
    assert [part.check for part in result.parts] == [""]
    assert "A question must stand" in result.problems[0].text()


def test_a_note_that_embeds_itself_is_unfolded_once() -> None:
    world = World(notes={"a": "가 ![[a]]\n\n![[b]]", "b": "나\n\n![[a]]"})
    assert html("![[a]]", world).count('class="embed"') == 2


def test_embedding_ends_after_three_notes() -> None:
    world = World(notes={str(n): f"{n}\n\n![[{n + 1}]]" for n in range(9)})
    assert html("![[0]]", world).count('class="embed"') == 3


def test_embedding_many_times_over_ends() -> None:
    world = World(notes={"a": "![[b]]\n" * 30, "b": "![[c]]\n" * 30, "c": "다 [[없음]]"})
    result = shown("![[a]]\n" * 30, world)
    assert sum(part.html.count('class="embed"') for part in result.parts) <= 40
    assert any("too many" in problem.text() for problem in result.problems) or len(result.problems) == 0


def test_an_embedded_note_brings_no_ids_headings_or_problems_of_its_own() -> None:
    result = shown("## 위\n\n![[a]]", World(notes={"a": "## 위\n\n요점 ^s\n\n[[없음]] [^1]\n\n[^1]: 각주"}))
    assert [h.id for h in result.headings] == ["위"]
    assert result.problems == ()
    assert "<h3>위</h3>" in result.parts[0].html
    assert 'id="s"' not in result.parts[0].html
    assert 'id="fn-1"' in result.parts[0].html


@pytest.mark.parametrize(
    "svg",
    [
        "<svg",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        "<svg>" + "<g>" * 40 + "</g>" * 40 + "</svg>",
        "<svg>" + "<g/>" * 4000 + "</svg>",
        "<svg>" + " " * 300_000 + "</svg>",
        "<svg>\0</svg>",
    ],
)
def test_a_drawing_that_cannot_be_read_is_missing(svg: str) -> None:
    result = shown("![[a.svg]]", World(diagrams={"a.svg": (svg, "")}))
    assert 'class="missing"' in result.parts[0].html
    assert "cannot be shown" in result.problems[0].text()


def test_more_diagrams_than_there_are_places_for_are_refused() -> None:
    result = shown("![[a.svg]]\n" * 60, World(diagrams={"a.svg": (SVG, "")}))
    assert result.parts[0].html.count("<svg ") == 40
    assert result.parts[0].html.count('class="missing"') == 20
