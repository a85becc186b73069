"""Tests of the pure core of quizzes."""
