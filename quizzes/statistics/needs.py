"""Which statements are most missed, and who needs help with what. Pure.

Most missed: by the lower end of the 95 % range of the share that missed it, so that two misses of two do not come
before thirty of forty; shown from FEWEST responses on. Whoever asks gives each learner's first response to an item
only: knowing an item again is not knowing its statement.

Who needs help: a learner whose share of right answers lies surely below what passing asks for (the upper end of its
95 % range, FEWEST answers or more); and whoever missed a statement twice and has not got it right since. With what: the
statements whose last answer of theirs was wrong, those missed most often first. All their answers are taken, in order.
What rules find in a design bears on statements as an answer does, and is in no share of right answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.statistics.rates import Rate, rate

FEWEST = 5  # responses below which nothing is said of a statement or a learner
TWICE = 2  # misses in a row that ask for help
MOST_TOLD = 5  # statements told of one learner


@dataclass(frozen=True, slots=True)
class Sign:
    """A learner's answer bore on some statements: they were known, or not. `person` stands for a learner.

    `answer`: whether it is one to a question. What rules find in a design bears on statements only, on no share.
    """

    person: int
    statements: tuple[str, ...]
    right: bool
    answer: bool = True


@dataclass(frozen=True, slots=True)
class Missed:
    """How often a statement was missed: `missed` of `rate.n`; `people` of those who met it missed it at least once."""

    statement: str
    missed: int
    rate: Rate
    people: int


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody needs help. `rate`: their share of right answers, None without any.

    `below`: it lies surely below what passing asks for.

    `statements`: with what, each with how often it was missed since it was last known.
    """

    person: int
    right: int
    rate: Rate | None
    below: bool
    statements: tuple[tuple[str, int], ...]


def most_missed(signs: Iterable[Sign]) -> list[Missed]:
    """Return the statements that were missed at all, FEWEST responses or more, the most missed first."""
    outcomes: dict[str, list[bool]] = {}
    people: dict[str, set[int]] = {}
    for sign in signs:
        for statement in sign.statements:
            outcomes.setdefault(statement, []).append(sign.right)
            people.setdefault(statement, set()).update(() if sign.right else (sign.person,))
    found = [
        Missed(statement, seen.count(False), share, len(people[statement]))
        for statement, seen in outcomes.items()
        if len(seen) >= FEWEST and not all(seen) and (share := rate([float(not right) for right in seen]))
    ]
    return sorted(found, key=lambda one: (-one.rate.low, one.statement))


def needs(signs: Sequence[Sign], passing: float) -> list[Need]:
    """Return who needs help, the lowest share first. `signs` in the order of time; `passing`: a share, 0 to 1."""
    theirs: dict[int, list[Sign]] = {}
    for sign in signs:
        theirs.setdefault(sign.person, []).append(sign)
    found = [need for person, own in theirs.items() if (need := _need(person, own, passing))]
    return sorted(found, key=lambda one: (not one.below, one.rate.high if one.rate else 1.0, one.person))


def _need(person: int, signs: Sequence[Sign], passing: float) -> Need | None:
    answers = [sign.right for sign in signs if sign.answer]
    share = rate([float(right) for right in answers])
    lacking = missed_since(signs)
    below = share is not None and len(answers) >= FEWEST and share.high < passing
    if not below and max(lacking.values(), default=0) < TWICE:
        return None
    told = sorted(lacking.items(), key=lambda one: (-one[1], one[0]))[:MOST_TOLD]
    return Need(person, sum(answers), share, below, tuple(told))


def missed_since(signs: Iterable[Sign]) -> Mapping[str, int]:
    """Return how often each statement was missed since it was last known; those known last are not there."""
    found: dict[str, int] = {}
    for sign in signs:
        for statement in sign.statements:
            if sign.right:
                found.pop(statement, None)
            else:
                found[statement] = found.get(statement, 0) + 1
    return found
