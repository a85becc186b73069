"""Text as a tree: short tags, lines, bounds; what is refused and where."""

import pytest
import yaml

from builder.export.parsing import parse
from builder.export.tree import (
    ALIAS,
    EMPTY,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    NO_JSON,
    NO_TEXT,
    NO_YAML,
    ODD_KEY,
    SECOND,
    TAB,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY,
    TWICE,
    Node,
    RefusedError,
)


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(one) for key, one in node.value.items()}
    return [plain(one) for one in node.value] if isinstance(node.value, list) else node.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!GetAtt [A, B]", {"Fn::GetAtt": ["A", "B"]}),
        ("!If [A, !Ref B, 1]", {"Fn::If": ["A", {"Ref": "B"}, 1]}),
        ("!Sub 'x${A}'", {"Fn::Sub": "x${A}"}),
        ("Fn::Join: ['', [a, b]]", {"Fn::Join": ["", ["a", "b"]]}),
        ("!Transform {Name: x}", {"Fn::Transform": {"Name": "x"}}),
        ("a: 2010-09-09", {"a": "2010-09-09"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: no", {"a": "no"}),
        ("a: true", {"a": True}),
        ("a: '1'", {"a": "1"}),
        ("a: 010", {"a": 10}),
        ("a:", {"a": None}),
        ("a: 1.5", {"a": "1.5"}),
        ("a: " + "9" * 5000, {"a": "9" * 5000}),
        ('{"a": [1, -2.5, true, null, "\\u00e9"]}', {"a": [1, "-2.5", True, None, "é"]}),
        ('{\t"a":\t1}', {"a": 1}),
        ("{a: 1}", {"a": 1}),
        ('{"a": 1,}', {"a": 1}),  # no JSON, but YAML
        ("\ufeffa: 1", {"a": 1}),
        ("a: !!str 1", {"a": "1"}),
    ],
)
def test_what_is_read(text: str, value: object) -> None:
    tree, notes = parse(text)
    assert plain(tree) == value
    assert notes == []


def test_every_short_tag_of_cloudformation_is_known() -> None:
    for name in (
        "And",
        "Base64",
        "Cidr",
        "Equals",
        "FindInMap",
        "GetAZs",
        "ImportValue",
        "Join",
        "Not",
        "Or",
        "Select",
    ):
        assert plain(parse(f"!{name} [a]")[0]) == {f"Fn::{name}": ["a"]}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, EMPTY),
        ("# only this", 0, EMPTY),
        ("a: &x 1", 1, ALIAS),
        ("a: 1\nb: *x", 2, ALIAS),
        ("a: 1\n<<: {b: 2}", 2, ALIAS),
        ("&x a: 1", 1, ALIAS),
        ("a:\n- &a [*a]", 2, ALIAS),
        ("a: !!python/object/apply:os.system [x]", 1, TAG),
        ("? [a]\n: 1", 1, ODD_KEY),
        ("a: 1\n\tb: 2", 2, TAB),
        ("a: 'x\nb: 1", 2, NO_YAML),
        ("a: [1, 2", 1, NO_YAML),
        ('{\n"a": 1\n"b": 2}', 3, NO_JSON),
        ('{"a": 1 /* one */ "b": 2}', 1, NO_JSON),
        ('{"a": "\n"\n ]', 1, NO_JSON),
        ("a: \0", 0, NO_TEXT),
        ("a: \ud800", 0, NO_TEXT),
        ("[" * (MAX_DEPTH + 1), 1, TOO_DEEP),
        ("- " * (MAX_DEPTH + 1), 1, TOO_DEEP),
        ("[" + "1," * MAX_NODES + "1]", 1, TOO_MANY),
        ("a: [" + "1," * MAX_NODES + "1]", 1, TOO_MANY),
        ("é" * (MAX_BYTES // 2 + 1), 0, TOO_LARGE),
    ],
)
def test_what_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(text)
    assert (refused.value.note.line, refused.value.note.message) == (line, message)


def test_a_tag_that_cloudformation_does_not_know_is_said() -> None:
    _tree, notes = parse("a: 1\nb: !Foo x")
    assert [(one.line, one.message) for one in notes] == [(2, TAG)]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", '{"a": 1,\n"b": 2,\n"a": 3}'])
def test_a_name_that_stands_twice_is_said(text: str) -> None:
    tree, notes = parse(text)
    assert plain(tree) == {"a": 3, "b": 2}
    assert [(one.line, one.message) for one in notes] == [(3, TWICE)]


def test_a_second_document_is_said() -> None:
    tree, notes = parse("a: 1\n---\nb: 2")
    assert plain(tree) == {"a": 1}
    assert [(one.line, one.message) for one in notes] == [(2, SECOND)]


@pytest.mark.parametrize("text", ["a:\n  b: 1\n  c:\n    - d", '{"a": {\n"b": 1,\n"c": [\n"d"]}}'])
def test_lines_are_those_of_the_text(text: str) -> None:
    tree, _notes = parse(text)
    inner = tree.value["a"].value
    assert [inner["b"].line, inner["c"].value[0].line] == [2, 4]


def test_it_works_without_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert plain(parse("a: !Ref B")[0]) == {"a": {"Ref": "B"}}
    for text in ("a: *x", "a: 'x", "a: \0"):
        with pytest.raises(RefusedError):
            parse(text)
