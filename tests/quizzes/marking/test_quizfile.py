"""`quizzes/*.yaml`: read strictly, with the line of what is wrong."""

import pytest

from quizzes.marking.quizfile import read

TEXT = """\
# A comment.
id: practice
mode: practice
title: {ko: 연습, en: Practice}
summary:
  ko: 한 문항씩
  en: One at a time
topics: [efs, iam-roles]
count: 12
"""


def test_it_reads_a_quiz() -> None:
    quiz, problems = read(TEXT, "x.yaml")
    assert problems == []
    assert quiz
    assert (quiz.id, quiz.topics, quiz.count, quiz.title["ko"]) == ("practice", ("efs", "iam-roles"), 12, "연습")
    assert quiz.minutes is None


def test_it_reads_an_exam() -> None:
    quiz, problems = read(TEXT.replace("mode: practice", "mode: exam\nminutes: 40"), "x.yaml")
    assert problems == []
    assert quiz
    assert (quiz.mode, quiz.minutes) == ("exam", 40)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("id: practice", "id: Practice!", 2, "small letters"),
        ("mode: practice", "mode: exma", 3, "`mode`"),
        ("{ko: 연습, en: Practice}", "{ko: 연습}", 4, "Korean and English"),
        ("{ko: 연습, en: Practice}", "Practice", 4, "Korean and English"),
        ("[efs, iam-roles]", "[efs, efs]", 8, "each once"),
        ("[efs, iam-roles]", "efs", 8, "each once"),
        ("count: 12", "count: many", 9, "from 1 to 65"),
        ("count: 12", "count: 12\ncolour: red", 10, "Unknown property `colour`"),
        ("count: 12", "count: 12\ncount: 13", 10, "twice"),
        ("topics: [efs, iam-roles]", "topics: [efs", 9, "YAML"),
        ("count: 12", "count: 12\nminutes: 40", 10, "goes with `mode: exam` only"),
        ("mode: practice", "mode: exam\nminutes: 0", 4, "from 1 to 300"),
        ("mode: practice", "mode: exam", 1, "after `minutes`"),
    ],
)
def test_it_names_the_line_and_what_was_expected(old: str, new: str, line: int, expected: str) -> None:
    quiz, problems = read(TEXT.replace(old, new), "x.yaml")
    assert quiz is None
    assert (problems[0].path, problems[0].line) == ("x.yaml", line), problems
    assert expected in problems[0].text()
