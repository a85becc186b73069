"""Designs out as CloudFormation and as a drawing of its own; templates and task definitions in.

Pure: no Django, no clock. Words are English msgids in `N_()`, translated by a function that the caller gives.
"""

from builder.export.cloudformation import cloudformation
from builder.export.reading import MAX_BYTES, Field, How, Note, Reading, read_bytes, read_template
from builder.export.svg import standalone

__all__ = [
    "MAX_BYTES",
    "Field",
    "How",
    "Note",
    "Reading",
    "cloudformation",
    "read_bytes",
    "read_template",
    "standalone",
]
