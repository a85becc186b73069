"""Template filters of the ground floor."""
