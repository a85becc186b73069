"""Tests of browser, one file a user action."""
