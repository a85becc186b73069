"""Changes of several rows, one function each, and the course's rules and scenarios. Must not know pages."""

from builder.services.carrying import carried, dropped
from builder.services.derive import derive
from builder.services.drafts import choose_mode, note_hints, redo_change, save_draft, start_over, undo_change
from builder.services.explaining import explained
from builder.services.half_built import half_built
from builder.services.hints import MENDED, SEARCHES, Hint, hints_told, next_hint, place_of, search_key
from builder.services.library import Quote, Shelf, quotes_of, read_files, shelf_of, unknown_statements
from builder.services.reports import Given, given, given_finding, given_task
from builder.services.submissions import adopt, show_name, submit_design

__all__ = [
    "MENDED",
    "SEARCHES",
    "Given",
    "Hint",
    "Quote",
    "Shelf",
    "adopt",
    "carried",
    "choose_mode",
    "derive",
    "dropped",
    "explained",
    "given",
    "given_finding",
    "given_task",
    "half_built",
    "hints_told",
    "next_hint",
    "note_hints",
    "place_of",
    "quotes_of",
    "read_files",
    "redo_change",
    "save_draft",
    "search_key",
    "shelf_of",
    "show_name",
    "start_over",
    "submit_design",
    "undo_change",
    "unknown_statements",
]
