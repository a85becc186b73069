"""Plain functions that make what a test sends: an answer form, right or wrong."""

import uuid
from datetime import datetime

from quizzes.models import Answer, Attempt, AttemptItem
from quizzes.services import Act, Place, record_answer

type Form = dict[str, object]


def right_tokens(item: AttemptItem) -> list[str]:
    """Return the tokens of the right answer, of whatever kind the item is."""
    return [item.tokens[position] for position in item.revision.secret["key"]]


def wrong_tokens(item: AttemptItem) -> list[str]:
    """Return as many tokens as the item asks for, at least one of them wrong."""
    key = item.revision.secret["key"]
    if item.revision.kind != "choice":
        return [item.tokens[position] for position in [*key[1:], key[0]]]
    others = [position for position in range(len(item.tokens)) if position not in key]
    return [item.tokens[position] for position in [others[0], *key][: len(key)]]


def form(tokens: list[str], revision: int = 0, operation: object = None) -> Form:
    """Return what a browser sends: the options chosen, on top of which revision, under which name."""
    return {"option": tokens, "revision": revision, "operation": str(operation or uuid.uuid4())}


def address(item: AttemptItem, act: str = "", language: str = "ko") -> str:
    """Return the address of an item, or of an act on it ("answer", "mark")."""
    return f"/{language}/attempts/{item.attempt_id}/{item.number}/{act + '/' if act else ''}"


def saved(item: AttemptItem) -> list[list[int]]:
    """Return the responses that were current so far, oldest first; those refused are not among them."""
    counted = Answer.objects.filter(item=item, revision__isnull=False)
    return list(counted.order_by("revision").values_list("response", flat=True))


def act(now: datetime, base: int = 0, operation: uuid.UUID | None = None) -> Act:
    """Return an act of saving."""
    return Act(operation or uuid.uuid4(), base, now)


def place(item: AttemptItem) -> Place:
    """Return where an item stands."""
    return Place(item.attempt_id, item.number)


def save(item: AttemptItem, now: datetime, *, right: bool = True, base: int = 0) -> AttemptItem:
    """Save a right or a wrong answer to an item as its learner does."""
    tokens = right_tokens(item) if right else wrong_tokens(item)
    return record_answer(learner=item.attempt.learner, place=place(item), tokens=tokens, act=act(now, base))


def answer_all(attempt: Attempt, now: datetime, *, right: int) -> list[AttemptItem]:
    """Answer every item of `attempt`, the first `right` of them rightly."""
    items = list(attempt.items.with_answers().select_related("revision__question__topic", "attempt__learner"))
    for number, item in enumerate(items):
        save(item, now, right=number < right)
    return items
