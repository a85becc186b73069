"""How dates and times are written, a module a language."""
