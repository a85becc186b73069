"""What a dry run shows: files as they were read, and each question with what becomes of it, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.catalogue.errors import Problem
from quizzes.interchange.decode import begins
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.losses import KINDS
from quizzes.models import Upload
from quizzes.services.import_plan import Plan, Planned
from quizzes.services.uploads import encoding_of
from quizzes.views.author.importforms import ENCODING_NAMES, LANGUAGE_NAMES, SaidForm
from quizzes.views.author.seen import in_words

PREVIEW_LINES = 12
PREVIEW_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to know of a file or question, in the reader's language. `line`: 0 where there is none."""

    file: str
    line: int
    words: str
    error: bool


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of the batch as it was read, with the form to read it otherwise. `lines`: its first ones, of a text."""

    name: str
    format: str
    encoding: str
    sure: bool
    lines: str
    questions: int
    form: SaidForm


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A question of a file and what becomes of it."""

    planned: Planned
    kind: str
    language: str
    told: list[Told]
    lost: list[Told]


def told(problem: Problem) -> Told:
    """Return a problem in the reader's language."""
    return Told(problem.path, problem.line, in_words(problem), problem.severity == "error")


def shown_files(uploads: Sequence[Upload], plan: Plan, forms: Sequence[SaidForm]) -> list[ShownFile]:
    """Return the files of a batch."""
    return [_shown_file(upload, plan, form) for upload, form in zip(uploads, forms, strict=True)]


def _shown_file(upload: Upload, plan: Plan, form: SaidForm) -> ShownFile:
    found = FORMATS.get(upload.wish["found"])
    encoding, sure = encoding_of(upload)
    questions = sum(row.file == upload.name for row in plan.rows)
    lines = begins(bytes(upload.data), upload.wish["encoding"]) if encoding else ""
    first = "\n".join(line[:PREVIEW_WIDTH] for line in lines.split("\n")[:PREVIEW_LINES])
    name = ENCODING_NAMES.get(encoding, encoding.upper())
    return ShownFile(upload.name, found.title if found else "", str(name), sure, first, questions, form)


def ordered(rows: Sequence[Planned]) -> list[Planned]:
    """Return the questions: first those that cannot be taken in, then those with something to know, then the others."""
    return sorted(rows, key=lambda row: 0 if not row.good else 1 if row.problems or row.row.losses else 2)


def shown_row(row: Planned) -> ShownRow:
    """Return a question as the page lists it."""
    kind, name = KINDS.get(row.row.kind, ""), LANGUAGE_NAMES.get(row.language, row.language)
    lost = [told(one) for one in row.row.losses]
    return ShownRow(row, _(kind) if kind else "", str(name), [told(one) for one in row.problems], lost)
