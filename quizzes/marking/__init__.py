"""Items, their file format and their marking. Pure: no Django, no clock, no unseeded randomness, no gettext."""
