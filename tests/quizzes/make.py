"""Plain functions that make what a test sends: an answer form, right or wrong."""

import uuid

from quizzes.models import Answer, AttemptItem

type Form = dict[str, object]


def right_tokens(item: AttemptItem) -> list[str]:
    """Return the tokens of the right options."""
    return [item.tokens[position] for position in item.revision.secret["key"]]


def wrong_tokens(item: AttemptItem) -> list[str]:
    """Return as many tokens as the item asks for, at least one of them wrong."""
    key = item.revision.secret["key"]
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
