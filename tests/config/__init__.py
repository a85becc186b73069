"""Tests of how the site is set up and served."""
