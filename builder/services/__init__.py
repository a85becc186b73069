"""Changes of several rows, one function each, and the course's rules and scenarios. Must not know pages."""

from builder.services.derive import derive
from builder.services.designs import adopt, carried, dropped, save_draft, start_over, submit_design
from builder.services.library import Quote, Shelf, quotes_of, read_files, shelf_of, unknown_statements
from builder.services.reports import Given, given, given_task

__all__ = [
    "Given",
    "Quote",
    "Shelf",
    "adopt",
    "carried",
    "derive",
    "dropped",
    "given",
    "given_task",
    "quotes_of",
    "read_files",
    "save_draft",
    "shelf_of",
    "start_over",
    "submit_design",
    "unknown_statements",
]
