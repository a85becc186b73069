"""Valid files of many questions, and one known fault put into a line of them: what the trials of line numbers use."""

from collections.abc import Callable
from random import Random

type Lines = list[str]
type Fault = Callable[[Lines, int, Random], int | None]  # spoils the question at a line; the line to be reported


def gift(count: int) -> tuple[Lines, list[int]]:
    """Return the lines of a GIFT file, and where each question begins (from 0)."""
    lines: Lines = []
    starts: list[int] = []
    for n in range(count):
        starts.append(len(lines))
        lines += [f"::Q{n}::What is number {n}?{{", f"  =one {n}#yes", f"  ~two {n}#no", f"  ~three {n}", "}", ""]
        lines += ["// a comment", ""] if n % 7 == 0 else []
    return lines, starts


def aiken(count: int) -> tuple[Lines, list[int]]:
    """Return the lines of an Aiken file, and where each question begins."""
    lines: Lines = []
    starts: list[int] = []
    for n in range(count):
        starts.append(len(lines))
        lines += [f"What is number {n}?", f"A. one {n}", f"B. two {n}", f"C. three {n}", "ANSWER: B", ""]
    return lines, starts


def csv(count: int) -> tuple[Lines, list[int]]:
    """Return the lines of a CSV file, and where each question begins; some rows take two lines."""
    lines = ["question,option A,option B,option C,answer,explanation"]
    starts: list[int] = []
    for n in range(count):
        starts.append(len(lines))
        lines += [f'"What is number {n},', f'really?",one,two,three,B,"so, {n}"'] if n % 5 == 0 else []
        lines += [] if n % 5 == 0 else [f"What is number {n}?,one,two,three,B,because"]
    return lines, starts


def quizmd(count: int) -> tuple[Lines, list[int]]:
    """Return the lines of a file of ours, and where each question begins."""
    lines = ["---", "type: quiz", "id: many", "lang: en", "topic: efs", "---", ""]
    starts: list[int] = []
    for n in range(count):
        starts.append(len(lines))
        lines += [f"### What is number {n}? ^q-{n}", "- [x] one", "  > yes", "- [ ] two", "", "difficulty:: 2", ""]
    return lines, starts


def replaced(offset: int, new: str) -> Fault:
    """Return a fault that puts `new` in place of the line `offset` below a question's first; that line is reported."""

    def spoil(lines: Lines, start: int, random: Random) -> int:
        lines[start + offset] = new
        return start + offset

    return spoil


def _gift_unclosed(lines: Lines, start: int, random: Random) -> int:
    lines[start + 4] = ""
    return start  # the brace that stays open


def _gift_merged(lines: Lines, start: int, random: Random) -> int | None:
    if lines[start + 6].startswith("//"):
        return None  # another blank line follows the comment
    del lines[start + 5]  # the blank line behind
    return start + 5


def _gift_torn(lines: Lines, start: int, random: Random) -> int:
    lines.insert(start + 2, "")
    return start + 2


def _aiken_unanswered(lines: Lines, start: int, random: Random) -> int:
    del lines[start + 4]
    return start


def _csv_row(new: str) -> Fault:
    def spoil(lines: Lines, start: int, random: Random) -> int | None:
        if lines[start].startswith('"'):
            return None
        lines[start] = new
        return start

    return spoil


FILES: dict[str, Callable[[int], tuple[Lines, list[int]]]] = {
    "gift": gift,
    "aiken": aiken,
    "csv": csv,
    "quizmd": quizmd,
}
FAULTS: dict[str, list[Fault]] = {
    "gift": [
        _gift_unclosed,
        _gift_merged,
        _gift_torn,
        replaced(1, "  ~%200%one"),
        replaced(2, "  ~two { three"),
        replaced(3, "  ~"),
        replaced(2, "  ~%NaN%two"),
    ],
    "aiken": [
        _aiken_unanswered,
        replaced(4, "ANSWER: Z"),
        replaced(4, "ANSWER: none"),
        replaced(2, "C. two"),
        replaced(3, "not an option"),
        replaced(2, "B."),
    ],
    "csv": [
        _csv_row("What?,one,two,three,Z,because"),
        _csv_row('"What?,one,two,three,B,because'),
        _csv_row("What?,one,two,three,B,because,more,and more"),
        _csv_row(",one,two,three,B,because"),
        _csv_row("What?,one,,three,B,because"),
        _csv_row('What?,"on"e,two,three,B,because'),
    ],
    "quizmd": [
        replaced(0, "### What is it?"),
        replaced(5, "difficulty:: 9"),
        replaced(5, "colour:: blue"),
        replaced(2, "> yes"),
        replaced(3, "- [?] two"),
        replaced(4, "what is this"),
    ],
}


def spoiled(form: str, count: int, random: Random) -> tuple[bytes, int, int]:
    """Return a file with one fault, the line (from 1) that should be reported, and how many lines it has."""
    while True:
        lines, starts = FILES[form](count)
        line = random.choice(FAULTS[form])(lines, random.choice(starts[:-1]), random)
        if line is not None:
            return "\n".join(lines).encode(), line + 1, len(lines)
