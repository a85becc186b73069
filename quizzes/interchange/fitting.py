"""What readers of foreign formats share: notes on a question as it is read, and whether it fits our own file. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.found import Found
from quizzes.interchange.fromhtml import plain_of
from quizzes.interchange.losses import NOT_TAKEN
from quizzes.interchange.words import from_html, from_plain, stem_and_text
from quizzes.marking import bank
from quizzes.marking.item import Bank, Case, Item, Section
from quizzes.marking.kinds import kind_of
from quizzes.marking.lines import CALLOUT, FIELD, numbered

NOT_A_KIND = N_("Questions of the kind “%(kind)s” cannot be taken over; there are choice, ordering and matching here.")
HEADING = re.compile(r"#{2,3}[ \t]")
_BLOCK = re.compile(r"```|~~~|[-*+>][ \t]|\||[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]")
_PLACE = "x-placeholder"  # stands for the id of an item that has none yet
MAX_WORDS = 200_000  # characters of one text; longer ones are no words for people
MAX_LABEL = 80


@dataclass(slots=True)
class Noted:
    """What was met in one question: problems that a person must know, losses by name."""

    line: int
    problems: list[Problem] = field(default_factory=list)
    losses: list[Problem] = field(default_factory=list)

    def wrong(self, message: str, line: int = 0, **params: object) -> None:
        """Note why this can be no question."""
        self.problems.append(Problem("", line or self.line, message, params))

    def doubtful(self, message: str, line: int = 0, **params: object) -> None:
        """Note what a person should look at."""
        self.problems.append(Problem("", line or self.line, message, params, "warning"))

    def lost(self, what: str, line: int = 0, name: str = "") -> None:
        """Note that `what` (an English msgid) has no place here; `name` is what the file calls it."""
        message = N_("Not taken over: %(what)s (%(name)s).") if name else NOT_TAKEN
        problem = Problem(
            "", line or self.line, message, {"what": what, **({"name": name[:80]} if name else {})}, "warning"
        )
        if problem not in self.losses:
            self.losses.append(problem)

    def html(self, markup: str, line: int = 0) -> str:
        """Return HTML as Markdown, noting what is lost."""
        if len(markup) > MAX_WORDS:
            self.wrong(N_("This text is longer than %(limit)s characters."), line, limit=MAX_WORDS)
            return ""
        taken = from_html(markup)
        for what in taken.lost:
            self.lost(what, line)
        return taken.text

    def plain(self, markup: str) -> str:
        """Return what HTML shows, on one line."""
        return " ".join(plain_of(markup[:MAX_WORDS]).split())

    def found(self, item: Item | None, label: str, **around: object) -> Found:
        """Return the question, with its item when that fits our own file and nothing was wrong."""
        case = around.get("case")
        wrong = any(problem.severity == "error" for problem in self.problems)
        fitted = None if item is None or wrong else self._fitted(item, case if isinstance(case, Case) else None)
        label = " ".join(label.split())[:MAX_LABEL]
        return Found(self.line, label, fitted, problems=tuple(self.problems), losses=tuple(self.losses), **around)  # type: ignore[arg-type]  # the fields of Found

    def _fitted(self, item: Item, case: Case | None) -> Item | None:
        """Return `item` when our own file can hold it as it is; else say what does not fit."""
        item = replace(item, text=sheltered(item.text), line=self.line)
        whole = Bank("x", "en", "x", 3, (Section((replace(item, id=item.id or _PLACE),), case),))
        reading = bank.read(bank.write(whole))
        if reading.problems:
            self.problems += [Problem("", self.line, p.message, p.params) for p in reading.problems[:3]]
            return None
        if [replace(found, id=item.id, layout=()) for found in reading.bank.items()] != [replace(item, layout=())]:
            self.wrong(N_("This question cannot be written in the form of questions here."))
            return None
        return item


def stemmed(words: str, name: str) -> tuple[str, str]:
    """Return Markdown of a question as its stem and the text below; `name` is the stem where no line can be one."""
    stem, text = stem_and_text(words)
    if not stem or _BLOCK.match(stem):
        return from_plain(" ".join(name.split())) or "…", words.strip("\n")
    return stem, text


def sheltered(text: str) -> str:
    """Return the text of a question or case with a space before each line that would be read as something else."""
    return "\n".join(
        f" {line.text}" if not line.code and _clashes(line.text) else line.text for line in numbered(text, 1)
    )


def _clashes(line: str) -> bool:
    return bool(FIELD.match(line) or CALLOUT.match(line) or HEADING.match(line) or kind_of(line))


def joined(texts: Iterable[str]) -> str:
    """Return texts as paragraphs of one."""
    return "\n\n".join(text for text in texts if text)
