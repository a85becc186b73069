"""Tests of builder, one file a user action."""
