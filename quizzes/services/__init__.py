"""Changes of several rows, one function each: verb first, keyword-only, atomic. Must not know requests nor pages."""

from quizzes.services.attempts import (
    Act,
    ClosedError,
    Place,
    RefusedError,
    StaleError,
    UnfitError,
    adopt,
    answer_quick_check,
    check_item,
    finish_attempt,
    record_answer,
    start_attempt,
)
from quizzes.services.stock import forget_stock, quick_card, quick_order, stock_of
from quizzes.services.sync import sync_files

__all__ = [
    "Act",
    "ClosedError",
    "Place",
    "RefusedError",
    "StaleError",
    "UnfitError",
    "adopt",
    "answer_quick_check",
    "check_item",
    "finish_attempt",
    "forget_stock",
    "quick_card",
    "quick_order",
    "record_answer",
    "start_attempt",
    "stock_of",
    "sync_files",
]
