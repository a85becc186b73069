"""The kinds of items: one module each, one line each here. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.marking.item import Body
from quizzes.marking.kinds import choice, matching, ordering
from quizzes.marking.lines import Line, Report

type Parser = Callable[[Sequence[Line], int, Report], tuple[Body | None, int]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is told from others in a file, and read."""

    starts: Callable[[str], bool]
    parse: Parser


KINDS: Mapping[str, Kind] = {
    "choice": Kind(choice.starts, choice.parse),
    "ordering": Kind(ordering.starts, ordering.parse),
    "matching": Kind(matching.starts, matching.parse),
}


def kind_of(text: str) -> Kind | None:
    """Return the kind whose body begins with the line `text`."""
    return next((kind for kind in KINDS.values() if kind.starts(text)), None)
