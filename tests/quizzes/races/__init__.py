"""Races: what two requests at once must not do, each with a control that shows the check can fail."""
