"""The builder's rules and scores. Pure: no Django, no clock, no randomness, no settings, no gettext."""
