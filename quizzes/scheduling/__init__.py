"""When to meet a question again: what is remembered, which day, in which order. Pure; time is a parameter.

No Django, no clock, no chance. What it says of memory is FSRS's (the package `fsrs`), with fixed parameters.
"""
