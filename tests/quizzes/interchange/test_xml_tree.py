"""XML from strangers: bounded, with lines, and refused in words."""

import pytest

from quizzes.interchange.xml_tree import MAX_DEPTH, MAX_ELEMENTS, XmlError, parse

KOREAN = "<?xml version='1.0' encoding='{}'?>\n<quiz>\n<text>나루 배</text></quiz>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))


def test_it_works() -> None:
    root = parse(b"<quiz>\n<a x='1'>one<b/>two</a>\n\n<a/></quiz>")
    first, second = root.children("a")
    assert (root.line, first.line, second.line) == (1, 2, 4)
    assert (first.attributes, first.text(), [b.tag for b in root.every("b")]) == ({"x": "1"}, "onetwo", ["b"])


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (KOREAN.format("utf-8"), "utf-8"),
        (KOREAN.format("utf-8"), "utf-8-sig"),
        (KOREAN.format("utf-16"), "utf-16"),
        (KOREAN.format("utf-16"), "utf-16-le"),
        (KOREAN.format("utf-16"), "utf-16-be"),
        (KOREAN.format("euc-kr"), "cp949"),
        (KOREAN.format("ks_c_5601-1987"), "cp949"),
    ],
)
def test_it_reads_the_encodings_of_exports(data: str, encoding: str) -> None:
    root = parse(data.encode(encoding))
    assert (root.text().strip(), root.line) == ("나루 배", 2)


REFUSED = [
    (f"<!DOCTYPE q [{LAUGHS}]><q>&a8;</q>", 1, "DOCTYPE"),
    ('<q>\n<!DOCTYPE q SYSTEM "http://example.com/x.dtd">', 2, "well-formed"),
    ('<!DOCTYPE q SYSTEM "http://example.com/x.dtd"><q/>', 1, "DOCTYPE"),
    ('<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><q>&x;</q>', 1, "DOCTYPE"),
    ('<!DOCTYPE q [<!ENTITY % x SYSTEM "http://example.com/x">%x;]><q/>', 1, "DOCTYPE"),
    ("<q>\n\n&x;</q>", 3, "undefined entity"),
    ("<q>\n<a></q>", 2, "mismatched tag"),
    ("<q>" * (MAX_DEPTH + 1), 1, f"deeper than {MAX_DEPTH}"),
    ("<q>" * MAX_ELEMENTS, 1, f"deeper than {MAX_DEPTH}"),
    (f"<q>{'<a/>' * MAX_ELEMENTS}</q>", 1, f"more than {MAX_ELEMENTS} elements"),
    ("<q>a\x00b</q>", 1, "NUL"),
    ("<q>&#0;</q>", 1, "invalid character"),
    ("", 1, "no element found"),
    ("no xml", 1, "syntax error"),
    (" \n<?xml version='1.0'?><q/>", 2, "not at start"),
    ("<?xml version='1.0' encoding='utf-7'?><q/>", 1, "utf-7, which is not read"),
    ("<?xml version='1.0' encoding='base64'?><q/>", 1, "base64, which is not read"),
    ("<?xml version='1.0' encoding='x'?><q/>", 1, "x, which is not read"),
]


@pytest.mark.parametrize(("data", "line", "why"), REFUSED, ids=[f"{line}-{why[:20]}" for _, line, why in REFUSED])
def test_it_refuses_in_words_with_the_line(data: str, line: int, why: str) -> None:
    with pytest.raises(XmlError) as caught:
        parse(data.encode())
    assert caught.value.problem.line == line
    assert why in caught.value.problem.text()


@pytest.mark.parametrize(
    ("data", "line"),
    [(KOREAN.format("utf-8").encode("cp949"), 3), (KOREAN.format("ascii").encode(), 3), (b"<q>\n\xff\xfe</q>", 2)],
)
def test_an_encoding_that_is_not_so_is_said(data: bytes, line: int) -> None:
    with pytest.raises(XmlError, match="says that it is written in") as caught:
        parse(data)
    assert caught.value.problem.line == line


def test_nothing_is_fetched_or_run() -> None:
    root = parse(
        b"<?php echo 1 ?><q xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd'/>"
        b"<![CDATA[x]]]]><![CDATA[>y]]></q>"
    )
    assert (root.text(), [part.tag for part in root.children()]) == ("x]]>y", ["include"])


def test_what_is_not_wanted_is_not_kept() -> None:
    root = parse(f"<q><file>{'A' * 5_000_000}</file>b</q>".encode(), without=["file"])
    assert root.text() == "b"
