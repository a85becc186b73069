"""Changes of several rows, one function each: verb first, keyword-only, atomic. Must not know pages nor upper apps."""

from learning.services.catalogue import CatalogueSync, retire_courses, sync_catalogue
from learning.services.evidence import record_evidence, undo_evidence
from learning.services.learners import adopt_guest, mark_read
from learning.services.rows import Changes

__all__ = [
    "CatalogueSync",
    "Changes",
    "adopt_guest",
    "mark_read",
    "record_evidence",
    "retire_courses",
    "sync_catalogue",
    "undo_evidence",
]
