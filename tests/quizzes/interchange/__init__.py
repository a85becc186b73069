"""Tests of reading and writing questions in other formats."""
