"""Plain functions that make evidence as data."""

from learning.mastery import Seen
from learning.mastery.rules import DAY

TODAY = 20_000
NOW = TODAY * DAY + 12_345


def seen(number: int, *, correct: bool = True, days: int = 0, **changes: object) -> Seen:
    """Return a row of evidence of `days` ago; each number is a response and a question of its own."""
    values = {
        "act": f"a/{number}",
        "statement": "alb-http",
        "topic": "load-balancers",
        "source": "practice",
        "subject": f"item:{number}",
        "version": "1",
        "confidence": "",
        "first": True,
        "undoes": None,
    }
    return Seen(number=number, correct=correct, at=NOW - days * DAY, **{**values, **changes})


def answers(right: int, wrong: int, **changes: object) -> list[Seen]:
    """Return so many rows, the right ones first."""
    start = int(str(changes.pop("start", 1)))
    marks = [True] * right + [False] * wrong
    return [seen(start + i, correct=mark, **changes) for i, mark in enumerate(marks)]
