"""Our own format among the others: byte for byte there and back, pasted without its properties, faults by question."""

import re
from pathlib import Path

import pytest

from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Sheet

QUIZMD = FORMATS["quizmd"]
TEXT = """\
---
type: quiz
id: boats
lang: en
topic: efs
difficulty: 2
---

### Which one? ^b-1
- [x] Right
  > Yes. [[efs#^efs-multi-az]]
- [ ] Wrong

### Which other? ^b-2
difficulty:: 4
- [x] Right
- [ ] Wrong

> [!hint]
> Think.

## A shop ^case-shop
A shop.

### What first? ^b-3
1. This
2. That

topic:: iam-roles
"""


def again(data: bytes) -> bytes:
    found = QUIZMD.read(data).questions
    made = [Sheet(q.item, q.case, q.topic, q.difficulty or 3) for q in found if q.item]
    title = re.search(rb"^id: (.+)$", data, re.MULTILINE)
    assert title
    return QUIZMD.write(made, Options(found[0].language, title=title[1].decode())).data


def test_it_works() -> None:
    reading = QUIZMD.read(TEXT.encode())
    assert [(q.line, q.item and q.item.id, q.topic, q.difficulty) for q in reading.questions] == [
        (9, "b-1", "efs", 2),
        (14, "b-2", "efs", 4),
        (25, "b-3", "iam-roles", 2),
    ]
    assert reading.questions[2].case
    assert {q.language for q in reading.questions} == {"en"}


def test_there_and_back_is_the_same_byte_for_byte() -> None:
    assert again(TEXT.encode()) == TEXT.encode()


@pytest.mark.parametrize("name", ["efs.ko", "iam-roles.en"])
def test_a_shipped_file_is_the_same_after_its_first_writing(name: str) -> None:
    folder = Path(__file__).resolve().parents[3] / "content/ecs/questions"
    written = again((folder / f"{name}.quiz.md").read_bytes())
    assert again(written) == written


@pytest.mark.parametrize("above", ["", "\n\n\n"])
def test_pasted_questions_need_no_properties(above: str) -> None:
    body = TEXT.split("---\n\n")[1]
    reading = QUIZMD.read((above + body).encode(), Options("ko"))
    assert next((q.line, q.language) for q in reading.questions) == (1 + len(above), "ko")
    assert reading.problems == ()


def test_a_fault_belongs_to_its_question_and_keeps_its_line() -> None:
    reading = QUIZMD.read(TEXT.replace("difficulty:: 4", "difficulty:: 9").encode())
    assert [bool(q.item) for q in reading.questions] == [True, False, True]
    assert [problem.line for problem in reading.questions[1].problems] == [15]
    assert reading.questions[1].label.startswith("Which other?")


@pytest.mark.parametrize("text", ["", "just words\n", "---\ntype: quiz\n---\n"])
def test_a_file_without_questions_says_so(text: str) -> None:
    reading = QUIZMD.read(text.encode())
    assert reading.problems
    assert not reading.questions
