"""The level check: which topic to ask of next, which of its questions, when to stop, where to begin. Pure.

What a topic is worth is a Beta as in `learning.mastery.readiness`. A topic is settled once its 95 % range is at most
TIGHT wide: two answers alike do, of mixed ones it takes three. So somebody whom all topics are new to is asked two
questions of each, and a third goes to where the answers differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learning.mastery.beta import interval
from learning.mastery.readiness import Shape
from learning.mastery.rules import LEVEL

MOST = 12  # questions
TIGHT = 0.75  # how wide a range may be left
HOME = 0.65  # a mean from which on a topic is known well enough to begin elsewhere


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one stands in a topic: the mean and the range of the share right, between 0 and 1."""

    topic: str
    mean: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether to begin elsewhere."""
        return self.mean >= HOME


def widest(shapes: Mapping[str, Shape], asked: int) -> str | None:
    """Return the topic with the widest range among `shapes` (those that can be asked of), the first of equals.

    None when all are settled, or `asked` questions are as many as there may be.
    """
    wide = {topic: round(high - low, 9) for topic, (low, high) in _ranges(shapes).items()}
    topic = max(wide, key=lambda one: wide[one], default=None)
    return topic if topic is not None and asked < MOST and wide[topic] > TIGHT else None


def balanced(difficulties: Sequence[int], asked: Sequence[int], whole: float) -> int:
    """Return the place of the question after which those `asked` are as hard, on average, as the topic (`whole`).

    Choosing harder questions for who answers well would make their share right say less than it seems. Of equals the
    first: the caller puts them in order.
    """
    after = [abs((sum(asked) + each) / (len(asked) + 1) - whole) for each in difficulties]
    return after.index(min(after))


def placed(shapes: Mapping[str, Shape]) -> list[Placed]:
    """Return where one stands, topic by topic."""
    ranges = _ranges(shapes)
    return [Placed(topic, a / (a + b), *ranges[topic]) for topic, (a, b) in shapes.items()]


def begin_with(places: Sequence[Placed], weights: Mapping[str, int]) -> Placed | None:
    """Return the topic to begin with: the weakest, of equals the heaviest in the exam; None when all are known."""
    open_ = [place for place in places if not place.known]
    return min(open_, key=lambda place: (round(place.mean, 9), -weights.get(place.topic, 0)), default=None)


def _ranges(shapes: Mapping[str, Shape]) -> dict[str, tuple[float, float]]:
    return {topic: interval(a, b, LEVEL) for topic, (a, b) in shapes.items()}
