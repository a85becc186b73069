"""What one side has and the other has not, by name: the same words for every format. Pure.

Names stand in the parameter `what` as English msgids; whoever shows a problem translates that too.
"""

from collections.abc import Collection, Iterable, Iterator

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.found import Sheet
from quizzes.marking.item import cites
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.mark import shuffles

NOT_TAKEN = N_("Not taken over: %(what)s.")
NOT_CARRIED = N_("^%(id)s loses: %(what)s.")
LEFT_OUT = N_("^%(id)s is left out: this format has no %(what)s.")
KINDS = {
    "single": N_("single choice"),
    "multiple": N_("multiple response"),
    "ordering": N_("ordering"),
    "matching": N_("matching"),
}


def not_taken(line: int, names: Iterable[str]) -> tuple[Problem, ...]:
    """Return a loss of reading for each name, once."""
    return tuple(Problem("", line, NOT_TAKEN, {"what": what}, "warning") for what in dict.fromkeys(names))


def not_carried(sheet: Sheet, names: Iterable[str]) -> tuple[Problem, ...]:
    """Return a loss of writing for each name, once."""
    return tuple(Problem("", 0, NOT_CARRIED, {"id": sheet.item.id, "what": n}, "warning") for n in dict.fromkeys(names))


def left_out(sheet: Sheet) -> Problem:
    """Return that `sheet` is not in the file at all, because of its kind."""
    return Problem("", 0, LEFT_OUT, {"id": sheet.item.id, "what": KINDS[kind_of(sheet)]})


def kind_of(sheet: Sheet) -> str:
    """Return "single", "multiple", "ordering" or "matching"."""
    body = sheet.item.body
    if isinstance(body, Choice):
        return "multiple" if body.multiple else "single"
    return body.kind


def unsaid(sheet: Sheet, carried: Collection[str] = ()) -> list[str]:
    """Return the names of what `sheet` says and a format that carries `carried` besides words and key does not."""
    return [name for what, name in _said(sheet) if what not in carried]


def _said(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield what the sheet says beside its words and key: the word a format names it by, and its name."""
    item, settings = sheet.item, sheet.item.settings
    told = item.told()
    yield from [("explain", N_("explanation"))] if item.explain else []
    yield from [("hint", N_("hint"))] if item.hint else []
    yield from [("reasons", N_("reasons of the options"))] if any(step.rationale for step in told) else []
    cited = [cites(text) for text in (item.explain, item.hint, item.stem, item.text, *(s.rationale for s in told))]
    yield from [("cites", N_("links to statements"))] if any(cited) else []
    yield from [("case", N_("shared text of the case"))] if sheet.case else []
    yield from [("topic", N_("topic"))] if sheet.topic else []
    yield from [("difficulty", N_("difficulty"))] if sheet.difficulty != 3 else []
    yield from [("tags", N_("tags"))] if sheet.tags else []
    yield from [("points", N_("points"))] if (settings.points or 1) != 1 else []
    yield from [("partial", N_("partial marks"))] if settings.partial else []
    yield from [("shuffle", N_("fixed order of options"))] if not shuffles(item) else []
    yield from [("pilot", N_("pilot"))] if settings.pilot else []
    yield from [("beyond", N_("“beyond the notes”"))] if settings.beyond else []
    yield from [("scenario", N_("scenario and designs"))] if settings.scenario else []
    yield from [("erratum", N_("erratum"))] if settings.erratum else []
    if isinstance(item.body, Matching):
        yield from [("heads", N_("heads of the columns"))] if any(item.body.heads) else []
