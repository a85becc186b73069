"""Marking an item, and what a learner may see of it before. Pure."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from quizzes.marking.item import BodyView, Case, Item, Mark, Response

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PublicItem:
    """An item as it may be shown before it is marked. It has no field for a key, a rationale or a weight."""

    id: str
    stem: str
    text: str
    case_title: str
    case_text: str
    hint: str
    partial: bool
    shuffle: bool
    body: BodyView


def public_view(item: Item, case: Case | None = None) -> PublicItem:
    """Return what a learner may see of `item`, which stands in `case`."""
    return PublicItem(
        id=item.id,
        stem=item.stem,
        text=item.text,
        case_title=case.title if case and case.text else "",
        case_text=case.text if case else "",
        hint=item.hint,
        partial=bool(item.settings.partial),
        shuffle=shuffles(item),
        body=item.body.public_view(item.id),
    )


def mark(item: Item, response: Response) -> Mark:
    """Return what `response` earns: all or nothing, or by its share where the item says `partial:: yes`.

    A response the body does not accept earns nothing.
    """
    of = Decimal(item.settings.points or 1)
    share = item.body.share(response, item.id) if item.body.accepts(response) else Fraction(0)
    if not item.settings.partial:
        share = Fraction(share == 1)
    points = of * share.numerator / share.denominator
    return Mark(points.quantize(HUNDREDTH, ROUND_DOWN), of)


def shuffles(item: Item) -> bool:
    """Return whether the pieces of `item` may be shown in any order."""
    return item.settings.shuffle is not False
