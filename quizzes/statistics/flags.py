"""What is worth a look at an item, said as a code with its numbers: the pages have the words. Pure.

A flag asks somebody to look; it decides nothing. Each waits until chance alone would seldom raise it:

* `check-key`: of the best third, more chose a wrong option than a right one (30 learners with a rest score)
* `negative`: the correlation is below zero by more than its standard error (30)
* `unchosen`: nobody of all took a wrong option (20: were it chosen by 14 % or more, somebody nearly surely had)
* `too-easy`, `too-hard`: the whole 95 % range of the facility lies above 0.85, or below 0.4 (10)
* `sure-wrong`: of those who said how sure they were, surely more than a tenth were sure and wrong (10)
* `slow`: the median time is over two minutes, the share of an exam's time that a question has (10)
* `pilot-ready`: an item on trial that tells learners apart (correlation above 0.2, and by more than its error above 0),
  is neither too easy nor too hard, and has no key to check (30)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quizzes.statistics.items import ItemNumbers, Piece

ENOUGH_CHOICES = 20  # learners before an option that nobody takes is told
EASY, HARD = 0.85, 0.4  # facility
SURE_WRONG = 0.1  # share
SLOW = 120  # seconds
TELLING = 0.2  # correlation


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at. `params` fill its words; `piece` is the position it speaks of, if it speaks of one."""

    code: str
    params: dict[str, float] = field(default_factory=dict)
    piece: int | None = None


def flags(item: ItemNumbers, *, choice: bool, pilot: bool = False) -> list[Flag]:
    """Return what is worth a look, the most pressing first. `choice`: whether its pieces are options to choose from."""
    found = [*_keys(item, choice), *_correlation(item), *_facility(item), *_manner(item), *_unchosen(item, choice)]
    if pilot and _ready(item, found) and item.discrimination:
        found.append(Flag("pilot-ready", {"n": item.n, "value": item.discrimination.value}))
    return found


def _keys(item: ItemNumbers, choice: bool) -> Iterator[Flag]:
    if not choice or item.discrimination is None or item.thirds is None:
        return
    least = min((piece.top for piece in item.pieces if piece.right), default=0)
    worst = max((piece for piece in item.pieces if not piece.right), key=lambda piece: piece.top, default=None)
    if worst and worst.top > least:
        yield Flag("check-key", {"top": worst.top, "right": least, "of": item.thirds.top}, worst.position)


def _correlation(item: ItemNumbers) -> Iterator[Flag]:
    found = item.discrimination
    if found and found.value + found.error < 0:
        yield Flag("negative", {"value": found.value, "low": found.low, "high": found.high, "n": found.n})


def _facility(item: ItemNumbers) -> Iterator[Flag]:
    found = item.facility
    if found and found.low > EASY:
        yield Flag("too-easy", {"share": found.share, "low": found.low, "n": found.n})
    if found and found.high < HARD:
        yield Flag("too-hard", {"share": found.share, "high": found.high, "n": found.n})


def _manner(item: ItemNumbers) -> Iterator[Flag]:
    if item.sure_wrong and item.sure_wrong.low > SURE_WRONG:
        yield Flag("sure-wrong", {"share": item.sure_wrong.share, "n": item.told})
    if item.seconds is not None and item.seconds > SLOW:
        yield Flag("slow", {"seconds": item.seconds, "n": item.timed})


def _unchosen(item: ItemNumbers, choice: bool) -> Iterator[Flag]:
    if choice and item.n >= ENOUGH_CHOICES:
        yield from (Flag("unchosen", {"n": item.n}, piece.position) for piece in item.pieces if _idle(piece))


def _idle(piece: Piece) -> bool:
    return not piece.right and piece.all == 0


def _ready(item: ItemNumbers, found: list[Flag]) -> bool:
    related, against = item.discrimination, {"check-key", "negative", "too-easy", "too-hard"}
    tells = related is not None and related.value > TELLING and related.value > related.error
    return tells and not any(flag.code in against for flag in found)
