"""Questions as CSV that a spreadsheet opens: a byte order mark for Korean, no cell it would run as a formula. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence

from quizzes.interchange.csv_answer import CIRCLED, named
from quizzes.interchange.csv_heads import LETTERS, NAMES
from quizzes.interchange.csv_rows import safe
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Sheet, Written
from quizzes.interchange.losses import kind_of, not_carried, unsaid
from quizzes.interchange.words import asked
from quizzes.marking.item import Item
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from quizzes.marking.settings import stated

WORDS = ("explain", "hint", "reasons", "cites", "heads")
CARRIED = (*WORDS, "topic", "difficulty", "tags", "points", "partial", "shuffle", "pilot", "beyond")
SETTINGS = ("points", "partial", "shuffle", "choose", "pilot", "beyond")
ALWAYS = ("id", "kind", "question", "option A", "option B", "option C", "option D", "answer")


def write(sheets: Sequence[Sheet], options: Options = USUAL) -> Written:
    """Return a CSV file of `sheets`, a row each, with the columns that any of them needs."""
    rows = [_row(sheet) for sheet in sheets]
    names = NAMES.get(options.language, NAMES["en"])
    used = [part for part in names if part in ALWAYS or any(row.get(part) for row in rows)]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([names[part] for part in used])
    writer.writerows([[safe(row.get(part, "")) for part in used] for row in rows])
    losses = [loss for sheet in sheets for loss in not_carried(sheet, unsaid(sheet, CARRIED))]
    return Written(b"\xef\xbb\xbf" + file.getvalue().encode(), tuple(losses))


def _row(sheet: Sheet) -> dict[str, str]:
    """Return the cells of one question by the names of their parts."""
    item = sheet.item
    settings = {key: line.partition(":: ")[2] for key, line in stated(item).items() if key in SETTINGS}
    return {
        **settings,
        **_options(item),
        "id": item.id,
        "kind": kind_of(sheet),
        "question": asked(item),
        "explain": item.explain,
        "hint": item.hint,
        "topic": sheet.topic,
        "difficulty": str(sheet.difficulty),
        "tags": ", ".join(sheet.tags),
    }


def _options(item: Item) -> dict[str, str]:
    body = item.body
    if isinstance(body, Matching):
        cells = {f"option {letter}": f"{left} => {right}".strip() for letter, (left, right) in _lettered(body.pairs)}
        return {**cells, "heads": " => ".join(body.heads)}
    steps = body.options if isinstance(body, Choice) else body.steps if isinstance(body, Ordering) else ()
    cells = {f"option {letter}": step.text for letter, step in _lettered(steps)}
    cells |= {f"reason {letter}": step.rationale for letter, step in _lettered(steps)}
    return {**cells, "answer": _answer(item.key(), body)} if isinstance(body, Choice) else cells


def _answer(key: Sequence[int], body: Choice) -> str:
    """Return the letters of the right options, numbers where the letters are also the words of an option."""
    texts = [option.text for option in body.options]
    places = range(1, len(texts) + 1)
    spelt = [",".join(signs[i] for i in key) for signs in (LETTERS, [*map(str, places)], CIRCLED)]
    return next((said for said in spelt if named(said, texts, places, numbered=False) == set(key)), spelt[0])


def _lettered[T](pieces: Sequence[T]) -> Iterator[tuple[str, T]]:
    return zip(LETTERS, pieces, strict=False)
