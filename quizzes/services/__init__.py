"""Changes of several rows, one function each: verb first, keyword-only, atomic. Must not know requests nor pages."""

from quizzes.services.acts import (
    Act,
    ClosedError,
    LateError,
    Note,
    Place,
    RefusedError,
    SealedError,
    StaleError,
    UnfitError,
    Wish,
)
from quizzes.services.answers import answer_quick_check, check_item, note_item, record_answer, report_problem
from quizzes.services.attempts import (
    adopt,
    allow_extra_time,
    finish_attempt,
    grant_extra_time,
    settle,
    settle_due,
    start_attempt,
)
from quizzes.services.draws import Preview, preview, sealed_questions
from quizzes.services.grading import Corrected, Sight, errata_for, grade_of, grading_of, regrade, sights_of
from quizzes.services.stock import forget_stock, quick_card, quick_order, stock_of
from quizzes.services.sync import sync_files

__all__ = [
    "Act",
    "ClosedError",
    "Corrected",
    "LateError",
    "Note",
    "Place",
    "Preview",
    "RefusedError",
    "SealedError",
    "Sight",
    "StaleError",
    "UnfitError",
    "Wish",
    "adopt",
    "allow_extra_time",
    "answer_quick_check",
    "check_item",
    "errata_for",
    "finish_attempt",
    "forget_stock",
    "grade_of",
    "grading_of",
    "grant_extra_time",
    "note_item",
    "preview",
    "quick_card",
    "quick_order",
    "record_answer",
    "regrade",
    "report_problem",
    "sealed_questions",
    "settle",
    "settle_due",
    "sights_of",
    "start_attempt",
    "stock_of",
    "sync_files",
]
