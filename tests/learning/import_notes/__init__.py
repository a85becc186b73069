"""Importing notes, one file a way of doing it."""
