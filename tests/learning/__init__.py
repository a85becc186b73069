"""Tests of learning, one file a user action."""
