"""Changes of several rows, one function each: verb first, keyword-only, atomic. Must not know pages nor upper apps."""

from learning.services.learners import adopt_guest, mark_read, record_evidence

__all__ = ["adopt_guest", "mark_read", "record_evidence"]
