"""Designs out as CloudFormation and as a drawing of its own; templates and task definitions in.

Pure: no Django, no clock. Words are English msgids in `N_()`, translated by a function that the caller gives.
"""

from builder.export.cloudformation import cloudformation
from builder.export.reading import Reading, read_template

__all__ = ["Reading", "cloudformation", "read_template"]
