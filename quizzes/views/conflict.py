"""The same question answered in two places: what both answers are, so that the learner can choose."""

import uuid
from collections.abc import Sequence
from typing import Any

from quizzes.models import AttemptItem
from quizzes.views.shown import open_card_of, words_of


def conflict_context(item: AttemptItem, given: Sequence[str]) -> dict[str, Any]:
    """Return what `quizzes/_conflict.html` needs; `item` tells the saved answer, `given` are the tokens sent here."""
    return {
        "conflict": True,
        "item": item,
        "operation": uuid.uuid4(),
        "theirs": words_of(open_card_of(item)),
        "mine": words_of(open_card_of(item, given)),
        "given": [("option", token) for token in given],
    }
