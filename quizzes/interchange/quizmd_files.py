"""Questions that stand alone, put into files of the course folder so that each says there what it said alone. Pure.

A question takes topic and difficulty from its file where it says none of its own; so those of a topic share a file as
far as that is the same for all, and a file of its own holds the rest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.marking import bank
from quizzes.marking.item import Bank, Case, Item, Section


@dataclass(frozen=True, slots=True)
class Alone:
    """A question in all its languages, each a bank of this one item; `shelf` is the name of the file it belongs in."""

    shelf: str
    banks: Mapping[str, Bank]


def written(questions: Sequence[Alone]) -> dict[str, str]:
    """Return the texts of files by their names, "efs.ko.quiz.md"."""
    usual = _usual_difficulties(questions)
    files: dict[tuple[str, str], list[Bank]] = {}
    for question in questions:
        for lang, alone in sorted(question.banks.items()):
            name = question.shelf if _fits(alone, usual[question.shelf]) else f"{question.shelf}-{alone.difficulty}"
            files.setdefault((name, lang), []).append(alone)
    return {
        f"{name}.{lang}.quiz.md": bank.write(_together(name, alones, usual)) for (name, lang), alones in files.items()
    }


def _usual_difficulties(questions: Sequence[Alone]) -> dict[str, int | None]:
    """Return the difficulty that most questions of a shelf take from their file, or, when none does, that most have."""
    taking: dict[str, Counter[int | None]] = {}
    having: dict[str, Counter[int | None]] = {}
    for question in questions:
        for alone in question.banks.values():
            having.setdefault(question.shelf, Counter())[alone.difficulty] += 1
            taking.setdefault(question.shelf, Counter())[alone.difficulty] += not _only(alone).settings.difficulty
    return {
        shelf: (taking[shelf] if any(taking[shelf].values()) else counted).most_common(1)[0][0]
        for shelf, counted in having.items()
    }


def _fits(alone: Bank, usual: int | None) -> bool:
    return bool(_only(alone).settings.difficulty) or alone.difficulty == usual


def _only(alone: Bank) -> Item:
    return alone.items()[0]


def _together(name: str, alones: Sequence[Bank], usual: Mapping[str, int | None]) -> Bank:
    first = alones[0]
    difficulty = usual.get(name, first.difficulty)
    return Bank(name, first.lang, first.topic, difficulty, tuple(_sections(alones)))


def _sections(alones: Sequence[Bank]) -> Iterable[Section]:
    """Return the items in their order, those without a case first; the questions of a case under one heading."""
    held: dict[Case | None, list[Item]] = {None: []}
    for alone in alones:
        held.setdefault(alone.sections[0].case, []).append(_only(alone))
    return (Section(tuple(items), case) for case, items in held.items() if items)
