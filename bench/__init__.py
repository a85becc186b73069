"""Benchmarks, each repeatable with one command. The site itself must not import from here."""
