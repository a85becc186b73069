"""Tests of the services below the pages of quizzes, one file a user action."""
