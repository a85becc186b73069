"""How well statements and topics are known: a Beta posterior over weighted, fading answers. Pure.

share ~ Beta(PRIOR + right, PRIOR + wrong), where right and wrong are sums of `weight` x `fading` over the answers. The
mean is the chance of a right answer to a new question today. With time the sums fade, and the range widens towards
what is assumed of a stranger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learning.mastery.beta import interval
from learning.mastery.rules import DAY, ENOUGH_STATEMENT, ENOUGH_TOPIC, LEVEL, PRIOR, STEP
from learning.mastery.seen import Seen, fading, weight


@dataclass(frozen=True, slots=True)
class Mastery:
    """What is known of one statement or topic; shares between 0 and 1.

    `n`: the answers it rests on, weighted and faded; `answers`: how many they are. Below a stated `n` there is not
    `enough` to show the numbers. `trend`: how the mean moved in the last STEP days; None if there was too little.
    """

    mean: float
    low: float
    high: float
    n: float
    answers: int
    enough: bool
    trend: float | None

    @property
    def width(self) -> float:
        """How wide the range is."""
        return self.high - self.low


class Tally:
    """Weighted answers, right and wrong, as of a day and as of STEP days before it."""

    __slots__ = ("answers", "before", "now")

    def __init__(self) -> None:
        self.answers = 0
        self.now = [0.0, 0.0]  # wrong, right
        self.before = [0.0, 0.0]

    def add(self, correct: bool, value: float, earlier: float) -> None:
        """Count an answer worth `value` today and `earlier` then."""
        self.answers += 1
        self.now[correct] += value
        self.before[correct] += earlier

    def mastery(self, enough: float) -> Mastery:
        """Return what the answers say."""
        wrong, right = self.now
        low, high = interval(PRIOR + right, PRIOR + wrong, LEVEL)
        mean = _mean(wrong, right)
        trend = mean - _mean(*self.before) if sum(self.before) >= enough else None
        return Mastery(mean, low, high, wrong + right, self.answers, wrong + right >= enough, trend)


def _mean(wrong: float, right: float) -> float:
    return (PRIOR + right) / (2 * PRIOR + wrong + right)


UNKNOWN = Tally().mastery(ENOUGH_STATEMENT)  # nothing has been seen


def of_statements(rows: Iterable[Seen], now: int) -> dict[str, Mastery]:
    """Return the mastery of each statement that `rows` (as `kept` returns them) bear on; `now`: seconds since 1970."""
    return {slug: tally.mastery(ENOUGH_STATEMENT) for slug, tally in _tallied(rows, "statement", now).items()}


def of_topics(rows: Iterable[Seen], now: int) -> dict[str, Mastery]:
    """Return the mastery of each topic; a response counts once, however many statements it bears on."""
    once = {(row.act, row.topic): row for row in rows}
    return {slug: tally.mastery(ENOUGH_TOPIC) for slug, tally in _tallied(once.values(), "topic", now).items()}


def _tallied(rows: Iterable[Seen], name: str, now: int) -> Mapping[str, Tally]:
    today = now // DAY
    worth: dict[int, tuple[float, float]] = {}  # by day: what is left of a weight today, and what was left then
    found: dict[str, Tally] = {}
    for row in rows:
        day = row.at // DAY
        if day not in worth:
            worth[day] = fading(today - day), fading(today - STEP - day) if day <= today - STEP else 0.0
        value, (left, earlier) = weight(row), worth[day]
        slug = row.statement if name == "statement" else row.topic
        tally = found.get(slug) or found.setdefault(slug, Tally())
        tally.add(row.correct, value * left, value * earlier)
    return found
