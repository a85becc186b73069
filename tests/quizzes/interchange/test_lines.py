"""A known fault at some line of a long file is reported at that line, and the other questions stay good."""

from random import Random

import pytest

from quizzes.interchange.formats import FORMATS
from tests.quizzes.interchange.faults import FILES, spoiled


def reported(form: str, data: bytes) -> tuple[set[int], int]:
    """Return the lines of all errors, and how many questions are good."""
    reading = FORMATS[form].read(data)
    problems = [*reading.problems, *(problem for question in reading.questions for problem in question.problems)]
    lines = {problem.line for problem in problems if problem.severity == "error"}
    return lines, sum(question.item is not None for question in reading.questions)


@pytest.mark.parametrize("form", list(FILES))
def test_it_works(form: str) -> None:
    lines, _ = FILES[form](50)
    assert reported(form, "\n".join(lines).encode()) == (set(), 50)


@pytest.mark.parametrize("form", list(FILES))
def test_the_line_of_a_fault_is_right(form: str) -> None:
    random = Random(form)  # noqa: S311 - repeatable choices of a test, no secret
    for _ in range(60):
        data, line, last = spoiled(form, 60, random)
        lines, good = reported(form, data)
        assert line in lines, (line, lines)
        assert max(lines) <= last
        assert good >= 58


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("form", list(FILES))
def test_lines_are_counted_alike_whatever_ends_them(form: str, ending: str) -> None:
    data, line, _ = spoiled(form, 40, Random(form))  # noqa: S311 - repeatable, no secret
    assert reported(form, data.replace(b"\n", ending.encode())) == reported(form, data)
    mixed = data.replace(b"\n", b"\r\n", 30)
    assert line in reported(form, mixed)[0]
