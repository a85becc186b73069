"""GIFT, written so that Moodle reads it: words as Markdown, every control sign escaped, never a blank line. Pure."""

from collections.abc import Iterator, Sequence

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Sheet, Written
from quizzes.interchange.gift_words import FORMAT
from quizzes.interchange.losses import not_carried, unsaid
from quizzes.interchange.words import asked, to_plain
from quizzes.marking.item import Item, unlinked
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

ESCAPES = str.maketrans({**{sign: f"\\{sign}" for sign in "\\~=#{}:"}, "\n": "\\n"})
CARRIED = ("explain", "reasons", "topic", "tags", "case", "partial")
ALL_OR_NOTHING = N_("all-or-nothing marking")
FORMATTING = N_("formatting")
PARTIAL = N_("partial marks")
REASONS = N_("reasons of the options")


def write(sheets: Sequence[Sheet], options: Options = USUAL) -> Written:
    """Return a GIFT file of `sheets`."""
    lines: list[str] = []
    losses: list[Problem] = []
    topic, told = "", set[str]()
    for sheet in sheets:
        if sheet.topic != topic:
            topic = sheet.topic
            lines += [f"$CATEGORY: {_flat(topic)}", ""]
        if sheet.case and sheet.case.id not in told:
            told.add(sheet.case.id)
            lines += [*_case(sheet), ""]
        lines += [*_comments(sheet), *_question(sheet.item), ""]
        losses += not_carried(sheet, _lost(sheet))
    return Written("\n".join(lines).encode(), tuple(losses))


def escape(text: str) -> str:
    """Return words with every sign that GIFT would take for its own escaped, on one line."""
    return text.translate(ESCAPES)


def _words(text: str) -> str:
    """Return Markdown without links to statements, escaped."""
    return escape(unlinked(text))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _comments(sheet: Sheet) -> list[str]:
    marks = [("id", sheet.item.id), *(("tag", tag) for tag in sheet.tags)]
    marks += [("case", sheet.case.id)] if sheet.case else []
    told = [f"[{name}:{_flat(value)}]" for name, value in marks if value and not {"[", "]"} & set(value)]
    return [f"// {' '.join(told)}"] if told else []


def _case(sheet: Sheet) -> list[str]:
    """Return the shared text of a case as a description, which learners of Moodle read before its questions."""
    case = sheet.case
    if case is None:
        return []
    return [
        f"// [case:{case.id}]",
        f"::{escape(case.title or case.id)}::[markdown]{_words(case.text) or _words(case.title)}",
    ]


def _question(item: Item) -> list[str]:
    head = f"::{escape(item.id)}::[markdown]{_words(asked(item))}{{"
    explain = [f"\t####{_words(item.explain)}"] if item.explain else []
    return [head, *_answers(item), *explain, "}"]


def _answers(item: Item) -> Iterator[str]:
    body = item.body
    if isinstance(body, Choice):
        for sign, option in zip(_signs(item, body), body.options, strict=True):
            reason = _words(option.rationale)
            yield f"\t{sign}{_guarded(_words(option.text))}{f'#{_guarded(reason)}' if reason else ''}"
    elif isinstance(body, Matching):
        for left, right in body.pairs:
            arrowless = _words(left).replace("->", "-&gt;")
            yield f"\t={_guarded(arrowless)} -> {escape(to_plain(right))}"
    elif isinstance(body, Ordering):
        marked = "ABSOLUTE_POSITION" if item.settings.partial else "ALL_OR_NOTHING"
        yield f">{len(body.steps)} ALL VERTICAL {marked} SHOW none"
        for step in body.steps:
            yield _guarded(_words(step.text))


def _signs(item: Item, body: Choice) -> list[str]:
    """Return what stands before each option: its sign, and its weight where several are right."""
    if not body.multiple:
        return ["=" if option.right else "~" for option in body.options]
    share = f"{100 / len(item.key()):.5f}".rstrip("0").rstrip(".")  # as Moodle writes them
    wrong = f"~%-{share if item.settings.partial else 100}%"
    return [f"~%{share}%" if option.right else wrong for option in body.options]


def _guarded(text: str) -> str:
    """Return words that begin with nothing GIFT would read as a format or a weight."""
    return f"[markdown]{text}" if FORMAT.match(text) or text.startswith("%") else text


def _lost(sheet: Sheet) -> list[str]:
    item, body = sheet.item, sheet.item.body
    lost = unsaid(sheet, CARRIED)
    if isinstance(body, Choice) and body.multiple and len(item.key()) < len(body.options) and len(item.key()) > 1:
        lost += [] if item.settings.partial else [ALL_OR_NOTHING]
    elif isinstance(body, Matching):
        lost += [] if item.settings.partial else [ALL_OR_NOTHING]
        lost += [FORMATTING] if any(to_plain(right) != right for _, right in body.pairs) else []
    elif isinstance(body, Ordering):
        lost += [REASONS] if any(step.rationale for step in body.steps) else []
    elif item.settings.partial:
        lost.append(PARTIAL)
    return lost
