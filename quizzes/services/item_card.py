"""What is known of one question: its numbers, what is worth a look, what learners said of it. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.marking.responses import kind_of
from quizzes.models import Question
from quizzes.services.results import pieces, responses_to
from quizzes.statistics.flags import Flag, flags
from quizzes.statistics.items import ItemNumbers, item_numbers


@dataclass(frozen=True, slots=True)
class ItemCard:
    """The numbers of a question as it stands today, and what is worth a look.

    `left_out`: learners whose first answer was to a version with other pieces.
    """

    numbers: ItemNumbers
    flags: Sequence[Flag]
    left_out: int


def item_card(question: Question) -> ItemCard | None:
    """Return the card of `question`, whose `current` is loaded; None of one that was never published. Four queries."""
    current = question.current
    if current is None:
        return None
    found = responses_to([question.pk])[question.pk]
    numbers = item_numbers(found.seen, pieces(current))
    choice = kind_of(current.any_public) == "choice"
    return ItemCard(numbers, flags(numbers, choice=choice, pilot=question.pilot), found.left_out)
