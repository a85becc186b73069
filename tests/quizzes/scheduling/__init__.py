"""The pure core of review."""
