"""How well the site has foretold exams, and how well the learner has judged their own answers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from learning.mastery.calibration import brier


@dataclass(frozen=True, slots=True)
class Record:
    """Of the `of` exams that a range was given for before, `held` came to lie in it.

    `brier`: the mean square of the probabilities of passing against what came, 0 best, 0.25 for always saying one half.
    None without any.
    """

    held: int
    of: int
    brier: float | None


def record(lines: Iterable[tuple[float | None, bool, bool | None]]) -> Record:
    """Return the record of exams, each (probability foretold or None, passed, range held or None without one)."""
    told = list(lines)
    held = [one for _, _, one in told if one is not None]
    stated = [(probability, passed) for probability, passed, _ in told if probability is not None]
    return Record(sum(held), len(held), brier(stated))
