"""What reading a foreign file gives, and what writing one gives: the same for every format. Pure."""

from dataclasses import dataclass, field

from learning.catalogue.errors import Problem
from quizzes.marking.item import Case, Item


@dataclass(frozen=True, slots=True)
class Found:
    """One question of a file: the item it becomes (None when it cannot be one) and what was met on the way.

    `line`: where it begins in the file, from 1; 0 where a format has no lines. `label`: its name or first words.
    `problems`: why it is no item, or what is doubtful. `losses`: what the format says of it and Naru has no place for,
    by name. `topic`: the format's category or the like, as it stands there. `language` and `difficulty` (1 to 5) only
    where the file says them.
    """

    line: int
    label: str
    item: Item | None
    case: Case | None = None
    topic: str = ""
    tags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    losses: tuple[Problem, ...] = ()
    language: str = ""
    difficulty: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its questions in order, and what is wrong with it as a whole."""

    questions: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question to be written, in one language, with what stands around it."""

    item: Item
    case: Case | None = None
    topic: str = ""
    difficulty: int = 3
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file as written, and what it could not carry, by name and item."""

    data: bytes
    losses: tuple[Problem, ...] = field(default=())
