"""Aiken: read kindly, faults with their line, and what plain text can carry is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.interchange.formats import FORMATS
from quizzes.interchange.found import Found, Sheet
from quizzes.marking.item import Item, Option
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.ordering import Ordering, Step
from tests.quizzes.interchange.sheets import PLAIN, choices, items, sheets

AIKEN = FORMATS["aiken"]
GOOD = "Where is the harbour?\nA. Seoul\nB) Busan\nC. Daegu\nANSWER: B\n"


def read(text: str) -> list[Found]:
    return list(AIKEN.read(text.encode()).questions)


def test_it_works() -> None:
    first, second = read(f"{GOOD}\n{GOOD}")
    assert (first.line, second.line) == (1, 7)
    assert first.item
    assert first.item.stem == "Where is the harbour?"
    assert first.item.body == Choice((Option("Seoul"), Option("Busan", right=True), Option("Daegu")))


def test_words_are_plain_text() -> None:
    (found,) = read("Is *this* <b>bold</b> & [a link]?\nA. `yes`\nB. 1 * 2\nANSWER: A\n")
    assert found.item
    assert found.item.stem == r"Is \*this\* \<b>bold\</b> & \[a link]?"


def test_what_others_write_is_understood() -> None:
    text = "Two lines\nof a question?\nA)no space\nB)here\nANSWER: A\nANSWER_EXPLANATION: Because.\nTAGS: one, two\n"
    (found,) = read(text)
    assert found.item
    assert (found.item.stem, found.item.text) == ("Two lines", "of a question?")
    assert (found.item.explain, found.tags) == ("Because.", ("one", "two"))
    (korean,) = read("어디?\nA. 서울\nB. 부산\n정답: B\n")
    assert korean.item
    (several,) = read("Which two?\nA. a\nB. b\nC. c\nANSWER: A, C\n")
    assert several.item
    assert several.item.key() == (0, 2)


EXPLAINED = ["해설", "풀이", "설명", "FEEDBACK", "EXPLANATION", "Explanation", "ANSWER_EXPLANATION"]


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_explanation_below_the_answer_is_of_that_question(name: str) -> None:
    first, second, third = read(f"{GOOD}{name}： By the sea.\n{GOOD}\n{name} : Here.\n\n{GOOD}{name}: One.\nTwo.\n")
    assert [found.item and found.item.stem for found in (first, second, third)] == ["Where is the harbour?"] * 3
    assert [found.item and found.item.explain for found in (first, second, third)] == [
        "By the sea.",
        "Here.",
        "One.\nTwo.",
    ]


@pytest.mark.parametrize("before", ["", GOOD, f"{GOOD}\n"])
def test_a_question_may_begin_like_an_explanation(before: str) -> None:
    *_, found = read(f"{before}설명: 다음을 읽으세요.\nA. a\nB. b\nANSWER: A\n")
    assert found.item
    assert found.item.stem == "설명: 다음을 읽으세요."


def test_after_a_blank_line_what_has_options_below_it_is_a_question() -> None:
    first, found = read(f"{GOOD}\nFeedback: what is it?\nChoose.\nA. a\nB. b\nANSWER: A\n")
    assert first.item
    assert found.item
    assert (first.item.explain, found.item.stem) == ("", "Feedback: what is it?")


def test_options_below_a_long_explanation_are_not_swallowed() -> None:
    first, second = read(f"{GOOD}해설: long\n{'more\n' * 60}A. a\nB. b\nANSWER: A\n")
    assert first.item
    assert second.problems[0].text() == "Expected a question before this line."


def test_questions_need_no_blank_line_between_them() -> None:
    assert [bool(found.item) for found in read(GOOD + GOOD)] == [True, True]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("What?\nA. only\nANSWER: A\n", 3, "at least two options"),
        ("A. nothing asked\nB. b\nANSWER: A\n", 1, "Expected a question"),
        ("ANSWER: A\n", 1, "Expected a question"),
        ("What?\nA. a\nB. b\n", 1, "Expected `ANSWER:`"),
        (f"What?\nA. a\nB. b\n\n{GOOD}", 1, "Expected `ANSWER:`"),
        ("What?\nA. a\nC. c\nANSWER: A\n", 3, "Expected option B here, found C"),
        ("What?\nA. a\nB. b\nANSWER: D\n", 4, "no option D; the last one is B"),
        ("What?\nA. a\nB. b\nANSWER: a\n", 4, "found “a”"),
        ("What?\nA. a\nB. b\nANSWER: AA\n", 4, "found “AA”"),
        ("What?\nA. a\ngoes on\nB. b\nANSWER: A\n", 3, "found “goes on”"),
        ("What?\nA.\nB. b\nANSWER: A\n", 2, "words of this option"),
    ],
)
def test_faults_are_reported_with_their_line(text: str, line: int, words: str) -> None:
    problems = [problem for found in read(text) for problem in found.problems]
    assert any(problem.line == line and words in problem.text() for problem in problems), problems


def test_a_file_without_questions_says_so() -> None:
    assert AIKEN.read(b"\n\n").problems


def test_what_it_cannot_carry_is_named() -> None:
    sheets = [
        Sheet(Item("q-1", "Order?", Ordering((Step("a"), Step("b"))))),
        Sheet(Item("q-2", "**Which?**", Choice((Option("a", "why", right=True), Option("b"))))),
    ]
    written = AIKEN.write(sheets)
    assert [(loss.params["id"], loss.params["what"]) for loss in written.losses] == [
        ("q-1", "ordering"),
        ("q-2", "reasons of the options"),
        ("q-2", "formatting"),
    ]
    assert written.data.decode().startswith("Which?\nA. a\n")


SINGLE = choices(PLAIN, st.just(""), multiple=False)


@given(sheets(items(SINGLE, PLAIN.filter(lambda t: not t.startswith(("ANSWER", "TAGS"))), st.just("")), st.just("")))
def test_what_is_written_is_read_back(made: list[Sheet]) -> None:
    found = read(AIKEN.write(made).data.decode())
    assert [one.item and (one.item.stem, one.item.body) for one in found] == [(s.item.stem, s.item.body) for s in made]


@given(st.text("ABC.)ANSWER: \nab?", max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    for found in read(text):
        assert found.item or found.problems
