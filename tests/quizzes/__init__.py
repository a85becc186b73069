"""Tests of quizzes, one file a user action."""
