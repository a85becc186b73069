"""Results to take along, as CSV and for Excel: of a quiz, of a class, of one learner of a class.

No cell is ever a formula: in CSV what begins like one gets an apostrophe, in a workbook every text is written as text.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import xlsxwriter
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.activities import class_work
from learning.models import Classroom, Membership, said
from quizzes.models import Attempt, Quiz
from quizzes.services.attempts import settle_all
from quizzes.services.class_designs import design_rows
from quizzes.services.class_results import assignments_of, class_attempts, members_of, settle_class
from quizzes.services.sheets import Cell, Rows, answer_rows, attempt_rows, learners_of
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.learners import own_class

BOM = "\ufeff"  # without it Excel reads UTF-8 as the encoding of the machine
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_CELL = 32_767  # characters a cell of Excel holds
MOST_ROWS = 100_000


def attempt_heads() -> list[str]:
    """Return the heads of `attempt_rows`."""
    return [
        _("Class"),
        _("Learner"),
        _("Quiz"),
        _("Attempt"),
        _("Begun at"),
        _("Ended"),
        _("Minutes"),
        _("State"),
        _("Score"),
        _("Range from"),
        _("Range to"),
        _("Pass mark"),
        _("Passed (1 or 0)"),
        _("Right answers"),
        _("Questions"),
        _("Late answers"),
        _("Stale answers"),
        _("Times graded again"),
        _("Reason"),
        _("Attempt id"),
    ]


def answer_heads() -> list[str]:
    """Return the heads of `answer_rows`."""
    return [
        _("Learner"),
        _("Attempt id"),
        _("No."),
        _("Question id"),
        _("Version"),
        _("Kind"),
        _("Pilot (1 or 0)"),
        _("Right answer"),
        _("Answer"),
        _("Points"),
        _("Possible points"),
        _("How sure"),
        _("Seconds"),
        _("Answered"),
        _("What became of it"),
    ]


def design_heads() -> list[str]:
    """Return the heads of `design_rows`."""
    return [
        _("Class"),
        _("Learner"),
        _("Scenario"),
        _("Design"),
        _("Handed in"),
        _("Score"),
        _("Findings"),
        _("What was wrong"),
        _("Statements missed"),
        _("Report id"),
    ]


@require_safe
@never_cache
@instructor_required
def quiz_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the attempts of a quiz, or every answer; names are those of one's own classes only."""
    user = author_of(request)
    quiz = Quiz.objects.seen_by(user).filter(pk=pk).first()
    if quiz is None:
        raise Http404
    attempts = Attempt.objects.filter(quiz=quiz)
    settle_all(attempts, timezone.now())
    return _sheet(request, user, attempts, said(quiz.title), kind)


@require_safe
@never_cache
@instructor_required
def class_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give what a class did for it."""
    classroom = own_class(request, pk)
    if request.GET.get("rows") == "designs":
        return _designs(classroom, members_of(classroom), classroom.name, kind)
    settle_class(classroom, timezone.now())
    return _sheet(request, author_of(request), class_attempts(classroom), classroom.name, kind)


@require_safe
@never_cache
@instructor_required
def learner_download(request: HttpRequest, pk: int, member: int, kind: str) -> HttpResponse:
    """Give every answer of one learner of a class."""
    classroom = own_class(request, pk)
    found = classroom.memberships.filter(pk=member, left_at=None).first()
    if found is None:
        raise Http404
    if request.GET.get("rows") == "designs":
        return _designs(classroom, [found], found.name, kind)
    settle_class(classroom, timezone.now())
    attempts = class_attempts(classroom).filter(learner=found.learner_id)
    return _sheet(request, author_of(request), attempts, found.name, kind)


def _sheet(request: HttpRequest, user: User, attempts: QuerySet[Attempt], name: str, kind: str) -> HttpResponse:
    """Return the rows asked for as a file of `kind`, called after what they are of and the day."""
    learners = learners_of(user, attempts, lambda number: _("learner %(number)s") % {"number": number})
    answers = request.GET.get("rows") == "answers"
    heads = answer_heads() if answers else attempt_heads()
    rows = answer_rows(attempts, learners) if answers else attempt_rows(attempts, learners)
    return _file(heads, rows, name, kind)


def _designs(classroom: Classroom, members: Sequence[Membership], name: str, kind: str) -> HttpResponse:
    """Return the designs `members` handed in for the class."""
    work = class_work(assignments_of(classroom), members, timezone.now())
    return _file(design_heads(), design_rows(classroom.name, members, work), name, kind)


def _file(heads: Sequence[str], rows: Rows, name: str, kind: str) -> HttpResponse:
    """Return rows as a file of `kind`."""
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(heads, _bounded(rows)), content_type=content_type)
    filename = f"{name} {timezone.localdate().isoformat()}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return response


def _bounded(rows: Rows) -> Rows:
    """Yield at most MOST_ROWS, and say so where there are more."""
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        yield (_("There are more rows: only the first %(n)s are here.") % {"n": MOST_ROWS},)


def as_csv(heads: Sequence[str], rows: Rows) -> bytes:
    """Return the rows as CSV in UTF-8 with a mark that Excel reads, times as local "2026-11-22 12:31:00"."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return f"{BOM}{kept.getvalue()}".encode()


def _plain(cell: Cell) -> str | int | float:
    """Return a cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M:%S}"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def as_xlsx(heads: Sequence[str], rows: Rows) -> bytes:
    """Return the rows as a workbook of one sheet: texts as texts, numbers and local times as such."""
    kept = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, place, column, cell, moment)
    return kept.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, moment: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, timezone.localtime(cell).replace(tzinfo=None), moment)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell[:MOST_CELL])
    elif cell is not None:
        sheet.write_number(row, column, cell)


type Writer = Callable[[Sequence[str], Rows], bytes]

WRITERS: Mapping[str, tuple[Writer, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
