"""Pages of instructors: who writes, gives and learns from results."""
