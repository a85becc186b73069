"""What is known of a learner, derived from evidence alone. Pure: no Django, no clock, no chance."""

from learning.mastery.observation import Observation

__all__ = ["Observation"]
