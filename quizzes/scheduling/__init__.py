"""When a question comes again. Knows no Django, no clock and no chance: time is a parameter."""
