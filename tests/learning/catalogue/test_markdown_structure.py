"""Lists, quotations, tables and code come out as markdown-it-py reads them too."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning.catalogue.notes import html
from tests.learning.catalogue.oracle import commonmark, tree

SAMPLES = {
    "list after a paragraph": "준비물입니다.\n- 물\n- 소금\n\n끝.",
    "tabs": "- 배\n\t- 돛\n\t\t- 밧줄\n\t- 닻\n- 노",
    "two spaces": "- 배\n  - 돛\n    - 밧줄\n  - 닻\n- 노",
    "four spaces": "* 배\n    * 돛\n        * 밧줄\n* 노",
    "mixed indents": "- 배\n    - 돛\n  - 닻\n\t- 키\n- 노",
    "loose": "- 배\n\n- 노\n\n  노는 둘이다.\n\n- 돛",
    "loose with spaces in empty lines": (
        "- **배:** 탄다.\n    \n- **노:**\n    \n    1. 젓는다.\n    \n    2. 쉰다.\n    \n- 끝"
    ),
    "loose outside, tight inside": "1. 하나\n\n   - 가\n   - 나\n\n2. 둘",
    "numbers": "3. 셋\n4. 넷\n\n그리고\n\n1) 하나\n2) 둘",
    "number does not interrupt": "2024년에는\n2. 둘째 문장이다.",
    "bullets in numbers": "1. 하나\n   - 가\n   - 나\n2. 둘\n\t- 다",
    "other bullet, other list": "- 가\n- 나\n* 다\n+ 라",
    "lazy line": "- 가\n나\n- 다",
    "code in a list": "- 가\n\n  ```sh\n  ls\n\n  pwd\n  ```\n- 나",
    "code after tight words": "- 가\n  ```\n  코드\n  ```\n  끝말\n- 나",
    "indented code": "앞\n\n    if a:\n        b\n\n뒤",
    "no code in a paragraph": "앞\n    뒤",
    "quotation": "> 가\n> 나\n\n> 다\n라\n",
    "list in a quotation": "> - 가\n>   - 나\n> - 다\n>\n> 끝",
    "quotation in a list": "- 가\n  > 나\n  > - 다\n- 라",
    "table": "| 가 | 나 |\n|:--|--:|\n| 1 | 2 |\n| 3 |\n| 4 | 5 | 6 |\n\n끝",
    "table after words": "표:\n| 가 | 나 |\n|---|---|\n| `x` | **y** |\n",
    "table in a list": "- 표\n\n  | 가 | 나 |\n  |---|---|\n  | 1 | 2 |\n- 끝",
    "no table": "가 | 나\n--- | --- | ---\n",
    "headings": "# 하나\n## 둘 ##\n셋\n===\n넷\n---\n#다섯\n####### 여섯",
    "rules": "가\n\n---\n***\n_ _ _\n- - -\n- 나\n---\n",
    "fences": "```\n- 가\n```\n~~~~\n```\n~~~~\n````\n가",
    "empty items": "-\n- 가\n-\n\n1.\n2. 나",
    "deep": "- 1\n  - 2\n    - 3\n      - 4\n        - 5\n  - 6",
    "hard breaks": "가  \n나\\\n다\n라",
    "references": "[가][r] [r][] [r] [`x`][r] [없음]\n\n[r]: https://example.org/a_b 'T'",
    "escapes": r"\*가\* \[나\](다) \# 라 \`마\` &copy; &amp; &#42;바&#42; &#x3c;",
    "code spans": "`` ` `` `a\nb` ` c ` `` d ` `**e**` \\`f`",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_agrees_with_the_oracle(name: str) -> None:
    assert tree(html(SAMPLES[name])) == tree(commonmark(SAMPLES[name]))


BOLD = [
    "**EFS(Elastic File System)**를 쓴다.",
    "두 가지 **시작 유형(Launch Type)**을 제공한다.",
    '**"따옴표"**는 굵고 **[대괄호]**도 굵고 **100%**만 굵다.',
    "**`awsvpc`**는 **네트워크 모드**다.",
    "이것**만** 굵고 *기울임*은 *(괄호)*도 된다.",
    "**굵은 *기울임* 안**에 ***둘 다***를",
    "2 * 3 * 4 그리고 a * b",
    "snake_case_name 과 __init__ 그리고 _기울임_",
    "~~지운 말(옛)~~은 지운다",
]


def emphasised(tag: str, html: str) -> list[str]:
    """Return the words inside each element `tag`."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return ["".join(element.itertext()) for element in root.iter(tag)]


def agree_on_emphasis(text: str) -> None:
    ours, theirs = html(text), commonmark(text)
    for tag in ("strong", "em", "s"):
        assert emphasised(tag, ours) == emphasised(tag, theirs)


@pytest.mark.parametrize("text", BOLD)
def test_emphasis_stands_beside_korean_particles(text: str) -> None:
    agree_on_emphasis(text)


inside = st.sampled_from(["굵게", "EFS(Elastic File System)", '"따옴표"', "[괄호]", "100%", "`코드`", "끝!", "a b"])
after = st.sampled_from(["는 ", "를 ", "에서, ", "(과) ", ". ", "\n"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["**", "*", "~~"]), inside, after), min_size=1, max_size=6))
def test_marks_around_words_agree_with_the_oracle(spans: list[tuple[str, str, str]]) -> None:
    agree_on_emphasis("".join(f"{mark}{words}{mark}{rest}" for mark, words, rest in spans))


words = st.sampled_from(["가나", "b", "**굵게**는", "`x`", "c d"])
marks = st.sampled_from(["- ", "* ", "1. ", "2. ", "-   ", "10. ", ""])


@st.composite
def nested_lists(draw: st.DrawFn) -> str:
    """A note of list items that go in by tabs, by two or by four spaces, with empty lines here and there."""
    step = draw(st.sampled_from(["\t", "  ", "    "]))
    depth, lines = 0, []
    for _ in range(draw(st.integers(1, 10))):
        mark = draw(marks)
        lines.append(step * depth + mark + draw(words))
        lines += [""] * draw(st.sampled_from([0, 0, 0, 1]))
        depth = draw(st.integers(0, min(depth + 1, 4))) if mark else 0
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(nested_lists())
def test_nested_lists_agree_with_the_oracle(text: str) -> None:
    assert tree(html(text)) == tree(commonmark(text))
