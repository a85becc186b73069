"""Designs out as CloudFormation and as a drawing of its own; templates and task definitions in.

Pure: no Django, no clock. Words are English msgids in `N_()`, translated by a function that the caller gives.
"""

from builder.export.cloudformation import cloudformation

__all__ = ["cloudformation"]
