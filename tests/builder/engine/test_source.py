"""Reading YAML strictly: what is refused, and that every problem knows its line."""

import pytest

from builder.engine.source import MAX_CHARS, Node, Reading, Words, load

DEEP = "[" * 30 + "]" * 30


def test_it_works():
    node, reading = load("a: 1\nb: [true, no, '2']\n", "x.yaml")
    assert node is not None
    assert reading.problems == []
    assert node.value["a"].value == 1
    assert [item.value for item in node.value["b"].value] == [True, "no", "2"]
    assert (node.value["b"].line, node.value["b"].value[1].where) == (2, "b.1")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "empty"),
        ("a: 1\nb: ]\n", 2, "not YAML"),
        ("a: 1\na: 2\n", 2, "twice"),
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("b: *x\n", 1, "Anchors"),
        ("a: 1\nb: !!python/object:os.system 2\n", 2, "Tags"),
        ("a: 1\n---\nb: 2\n", 3, "second document"),
        ("? [a]\n: 1\n", 1, "name"),
        ("? &x a\n: 1\n", 1, "name"),
        (DEEP, 1, "levels"),
        ("a: " + "x" * MAX_CHARS, 0, "characters"),
        ("a: \x00", 0, "not YAML"),
    ],
)
def test_it_refuses(text, line, says):
    node, reading = load(text, "x.yaml")
    assert node is None
    [problem] = reading.problems
    assert (problem.path, problem.line) == ("x.yaml", line)
    assert says in problem.text()


def test_an_alias_bomb_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "\n".join(f"b{i}: &b{i} [*a, *a]" for i in range(50))
    assert load(bomb, "x.yaml")[0] is None


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda r, n: r.fields(n, ("a",)), "mapping"),
        (lambda r, n: r.items(n), "list"),
        (lambda r, n: r.text(n), "text"),
        (lambda r, n: r.words(n), "mapping"),
        (lambda r, n: r.flag(n), "true or false"),
        (lambda r, n: r.one_of(n, ("x", "y"), "x"), "x, y"),
    ],
)
def test_each_reader_says_what_it_wants(read, says):
    reading = Reading("x.yaml")
    read(reading, Node(7, 3, "here.it"))
    assert reading.problems[0].line == 3
    assert reading.problems[0].text().startswith("here.it: ")
    assert says in reading.problems[0].text()


def test_an_id_is_kebab_case():
    reading = Reading("x.yaml")
    reading.id(Node("Not_an id", 1, "id"))
    assert "Not_an id" in reading.problems[0].text()


def test_words_speak_the_language_asked_for():
    words = Words("한국어", "English")
    assert [words.of(code) for code in ("ko", "ko-kr", "en", "fr")] == ["한국어", "한국어", "English", "English"]
