"""Questions as rows of a spreadsheet: a column for each part, heads in Korean or English; writing: `csv_out`. Pure.

`question, option A … option I, answer` are enough; `reason A`, `explanation`, `id` and others may follow, in any order.
The answer names letters, numbers or the words of options; for ordering the options stand in their right order, for
matching an option says `left => right`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.csv_answer import TWOFOLD, named
from quizzes.interchange.csv_heads import LETTERS, NAMES, ORDINAL, column, known, numbered
from quizzes.interchange.csv_out import write
from quizzes.interchange.csv_rows import Row, split
from quizzes.interchange.decode import decode
from quizzes.interchange.fitting import NOT_A_KIND, Noted
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Found, Reading
from quizzes.interchange.ids import slug_of
from quizzes.interchange.limits import MAX_QUESTIONS
from quizzes.interchange.spoken import heads as usual_heads
from quizzes.interchange.words import one_line, stem_and_text
from quizzes.marking.item import Body, Item, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from quizzes.marking.lines import Report
from quizzes.marking.settings import READERS

__all__ = ["read", "write"]

ARROW = "=>"
YES = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "o": "yes", "예": "yes", "네": "yes", "참": "yes"}
NO = {"no": "no", "n": "no", "false": "no", "0": "no", "x": "no", "아니요": "no", "아니오": "no", "거짓": "no"}
FLAGS = {**YES, **NO}
KINDS = {
    **dict.fromkeys(["choice", "multiple choice", "객관식"], "choice"),  # as many right as the answer names
    **dict.fromkeys(["single", "single choice", "단일", "단일 선택"], "single"),
    **dict.fromkeys(["multiple", "multiple response", "복수", "복수 선택", "다중 선택"], "multiple"),
    **dict.fromkeys(["ordering", "order", "순서", "순서 맞추기", "배열"], "ordering"),
    **dict.fromkeys(["matching", "match", "짝짓기", "짝 맞추기", "연결"], "matching"),
}
YES_OR_NO = ("partial", "shuffle", "pilot")
SETTINGS = ("difficulty", "points", "partial", "shuffle", "pilot", "choose", "beyond")


def read(data: bytes, options: Options = USUAL) -> Reading:
    """Return the questions of a CSV file, a row each."""
    decoded = decode(data, options.encoding)
    if decoded.text is None:
        return Reading(problems=decoded.problems)
    table = split(decoded.text, known)
    if not table.rows:
        return Reading(problems=table.problems or (Problem("", 0, N_("No question was found in this file.")),))
    head, *rows = table.rows
    columns, problems = _columns(head)
    problems = [*table.problems, *problems]
    if len(rows) > MAX_QUESTIONS:
        message = N_("The file holds more than %(limit)s questions; split it.")
        problems.append(Problem("", rows[MAX_QUESTIONS].line, message, {"limit": MAX_QUESTIONS}))
    if not rows and not problems:
        problems.append(Problem("", head.line, N_("There is no row below the heads.")))
    usable = "question" in columns
    found = tuple(_found(row, columns, head, options) for row in rows[:MAX_QUESTIONS] if usable)
    return Reading(found, tuple(sorted(problems, key=lambda problem: problem.line)))


def _columns(head: Row) -> tuple[dict[str, int], list[Problem]]:
    """Return where each part stands, and what is wrong with the heads."""
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for at, name in enumerate(head.cells):
        part = column(name)
        if part == ORDINAL:
            continue
        if part is None and name:
            message = N_("The column “%(name)s” is not known and not taken over.")
            problems.append(Problem("", head.line, message, {"name": name[:60]}, "warning"))
        elif part in columns:
            problems.append(Problem("", head.line, N_("The column “%(name)s” stands twice."), {"name": name[:60]}))
        elif part:
            columns[part] = at
    if "question" not in columns or "option A" not in columns:
        message = N_("The first row must name the columns; expected at least: %(names)s.")
        wanted = ", ".join(NAMES["en"][part] for part in ("question", "option A", "option B", "answer"))
        problems.append(Problem("", head.line, message, {"names": wanted}))
    return columns, problems


@dataclass(slots=True)
class _Cells:
    """The cells of one row by the names of their parts."""

    row: Row
    columns: Mapping[str, int]
    head: Row
    noted: Noted

    def get(self, part: str) -> str:
        at = self.columns.get(part)
        return self.row.cells[at] if at is not None and at < len(self.row.cells) else ""

    def filled(self) -> list[str]:
        """Return the options that say something."""
        return [text for letter in LETTERS if (text := self.get(f"option {letter}"))]

    def options(self) -> list[str]:
        """Return the options up to the last one; one left empty between others is reported."""
        texts = [self.get(f"option {letter}") for letter in LETTERS]
        count = max((i + 1 for i, text in enumerate(texts) if text), default=0)
        for letter, text in zip(LETTERS, texts[:count], strict=False):
            if not text:
                self.noted.wrong(N_("Option %(letter)s is empty, but later ones are not."), letter=letter)
        return [one_line(text) for text in texts[:count]]


def _found(row: Row, columns: Mapping[str, int], head: Row, options: Options) -> Found:
    noted, width = Noted(row.line), len(head.cells)
    cells = _Cells(row, columns, head, noted)
    if len(row.cells) > width and any(row.cells[width:]):
        message = N_("This row has %(count)s cells below %(heads)s heads: does a cell lack its quotation marks?")
        noted.wrong(message, count=len(row.cells), heads=width)
    settings = _settings(cells)
    body = _body(cells, options)
    stem, text = stem_and_text(cells.get("question"))
    text = "\n\n".join(part for part in (text, cells.get("text")) if part)
    if not stem:
        noted.wrong(N_("This row has no question."))
    settings.pop("choose", None)
    kept = Settings(**settings)  # type: ignore[arg-type]  # READERS give each key its type
    slug = slug_of(cells.get("id"))
    item = Item(slug, stem, body, text, kept, cells.get("explain"), cells.get("hint")) if body else None
    tags = tuple(tag.strip() for tag in re.split("[,;]", cells.get("tags")) if tag.strip())
    difficulty = _number(cells.get("difficulty"))
    return noted.found(
        item, stem, topic=cells.get("topic"), tags=tags, difficulty=difficulty, language=_language(cells)
    )


def _language(cells: _Cells) -> str:
    said = cells.get("language").lower()
    return said if re.fullmatch("[a-z]{2}", said) else ""


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else None


def _settings(cells: _Cells) -> dict[str, object]:
    values: dict[str, object] = {}
    for key in SETTINGS:
        said = cells.get(key)
        if said:
            report = Report("")
            said = FLAGS.get(said.lower(), said) if key in YES_OR_NO else said
            values[key] = READERS[key](key, said, cells.row.line, report)
            cells.noted.problems += report.problems
    values.pop("difficulty", None)  # said beside the item
    return values


def _body(cells: _Cells, options: Options) -> Body | None:
    said = cells.get("kind").lower()
    kind = KINDS.get(said, "" if said else _guessed(cells))
    texts = cells.options()
    if not kind:
        cells.noted.wrong(NOT_A_KIND, kind=said[:40])
        return None
    if len(texts) < 2:
        cells.noted.wrong(N_("Expected at least two options."))
        return None
    if kind == "matching":
        return _matching(cells, texts, options.language)
    reasons = [cells.get(f"reason {letter}") for letter in LETTERS]
    if kind == "ordering":
        return Ordering(tuple(Step(text, reason) for text, reason in zip(texts, reasons, strict=False)))
    right = _right(cells, texts)
    choose = _choose(cells, kind, len(right))
    return Choice(tuple(Option(text, reasons[i], right=i in right) for i, text in enumerate(texts)), choose)


def _choose(cells: _Cells, kind: str, right: int) -> int | None:
    """Return how many options the row asks for, None when their right ones say it: one is a single choice then."""
    said = _number(cells.get("choose"))
    if kind == "single":
        if right > 1:
            cells.noted.wrong(N_("Several options are right, but only one can be chosen."))
        return None if said == 1 else said
    return said or (1 if kind == "multiple" and right == 1 else None)


def _guessed(cells: _Cells) -> str:
    """Return the kind of a row that does not say it."""
    options = cells.filled()
    if options and not cells.get("answer") and all(ARROW in text for text in options):
        return "matching"
    return "choice"


def _matching(cells: _Cells, texts: Sequence[str], language: str) -> Body:
    pairs = []
    for letter, text in zip(LETTERS, texts, strict=False):
        left, arrow, right = text.partition(ARROW)
        if not arrow or not right.strip():
            cells.noted.wrong(
                N_("Expected “left => right” in option %(letter)s of a matching question."), letter=letter
            )
        pairs.append((left.strip(), right.strip()))
    left, arrow, right = cells.get("heads").partition(ARROW)
    return Matching((left.strip(), right.strip()) if arrow else usual_heads(language), tuple(pairs))


def _right(cells: _Cells, texts: Sequence[str]) -> set[int]:
    """Return the positions of the right options: by letters, by numbers, or by their words."""
    said = cells.get("answer")
    right = named(said, texts, range(1, len(texts) + 1), numbered=numbered(cells.head.cells))
    if right is None:
        cells.noted.wrong(TWOFOLD, found=said[:60])
    elif not right:
        message = N_("Expected letters of options as the answer, such as B or A,C; found “%(found)s”.")
        cells.noted.wrong(message, found=said[:60])
    return right or set()
