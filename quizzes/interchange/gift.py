"""GIFT, Moodle's text format, read as Moodle reads it; writing: `gift_out`. Pure.

What Moodle takes without a word and no teacher wants (two questions that merge, a question that a blank line tears
apart) is reported. Kinds that Naru has not are named.
"""

import re
from dataclasses import dataclass, field, replace

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.decode import decode
from quizzes.interchange.fitting import Noted, stemmed
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Found, Reading
from quizzes.interchange.gift_answers import answers
from quizzes.interchange.gift_blocks import CATEGORY, Block, Piece, blocks
from quizzes.interchange.gift_out import write
from quizzes.interchange.gift_words import Words, label_of, unescaped
from quizzes.interchange.ids import slug_of
from quizzes.interchange.limits import MAX_QUESTIONS
from quizzes.marking.item import Case, Item

__all__ = ["read", "write"]

BLANK = "_____"  # where the word of a missing-word question is missing
FEEDBACK = "####"
UNCLOSED = N_("Expected } after this {: the answers are never closed.")
UNOPENED = N_("Found } without a { before it; write \\} for the sign itself.")
TORN = N_("A blank line stands inside the braces of this question; GIFT ends a question at a blank line. Remove it.")
MERGED = N_("Expected a blank line here: two questions without one between them are read as one.")
NESTED = N_("Found { inside the answers; write \\{ for the sign itself.")
DESCRIPTION = N_(
    "This text has no answers in braces. If a blank line has torn it from the question below, remove that line."
)
TOO_MANY = N_("The file holds more than %(limit)s questions; split it.")
EMPTY = N_("No question was found in this file.")


@dataclass(slots=True)
class _State:
    """What the blocks above say about those to come."""

    options: Options
    topic: str = ""
    cases: dict[str, Case] = field(default_factory=dict)


def read(data: bytes, options: Options = USUAL) -> Reading:
    """Return the questions of a GIFT file."""
    decoded = decode(data, options.encoding)
    if decoded.text is None:
        return Reading(problems=decoded.problems)
    state, found = _State(options), list[Found]()
    for block in blocks(decoded.text):
        if len(found) == MAX_QUESTIONS:
            problem = Problem("", block.piece.line, TOO_MANY, {"limit": MAX_QUESTIONS})
            return Reading(tuple(found), (problem,))
        question = _block(block, state)
        found += [question] if question else []
    return Reading(tuple(found), () if found else (Problem("", 0, EMPTY),))


def _block(block: Block, state: _State) -> Found | None:
    """Return the question of a block, or None after noting what else it is."""
    piece, marks = block.piece, dict(block.marks)
    if piece.raw.startswith(CATEGORY):
        state.topic = piece.raw.removeprefix(CATEGORY).strip()
        return None
    noted = Noted(piece.line)
    name, rest = _name(piece)
    if "case" in marks and "{" not in rest.masked:
        words = Words(noted, rest.raw)
        state.cases[marks["case"]] = _case(marks["case"], name, words.text(rest))
        return None
    tags = tuple(value.strip() for kind, value in block.marks if kind == "tag")
    case = state.cases.get(marks.get("case", ""))
    item = _question(rest, block, noted, state)
    if item:
        item = replace(item, id=slug_of(marks.get("id", "")))
    asked = rest.raw[: (rest.masked + "{").index("{")]
    return noted.found(item, name or label_of(asked or rest.raw), case=case, topic=state.topic, tags=tags)


def _case(slug: str, name: str, words: str) -> Case:
    title = name or slug
    return Case(title, slug_of(slug), words)


def _name(piece: Piece) -> tuple[str, Piece]:
    """Return the name between `::` and `::`, or "", and what follows."""
    end = piece.masked.find("::", 2)
    if not piece.masked.startswith("::") or end < 0:
        return "", piece
    return " ".join(unescaped(piece.raw[2:end]).split()), piece.part(end + 2)


def _question(piece: Piece, block: Block, noted: Noted, state: _State) -> Item | None:
    start, end = piece.masked.find("{"), piece.masked.find("}")
    if block.blank:
        noted.wrong(TORN, block.blank)
    elif start < 0 and end < 0:
        noted.wrong(DESCRIPTION)
    elif start < 0 or 0 <= end < start:
        noted.wrong(UNOPENED, piece.line_at(end))
    elif end < 0:
        noted.wrong(UNCLOSED, piece.line_at(start))
    elif "{" in piece.masked[start + 1 : end]:
        noted.wrong(NESTED, piece.line_at(piece.masked.index("{", start + 1)))
    elif {"{", "}"} & set(piece.masked[end + 1 :]):
        noted.wrong(MERGED, _second(piece, end))
    else:
        return _whole(piece, start, end, noted, state)
    return None


def _second(piece: Piece, end: int) -> int:
    """Return the line on which a second question begins, which follows the first that ends at `end`."""
    sign = re.search("[{}]", piece.masked[end + 1 :])
    until = end + 1 + (sign.start() if sign else 0)
    newline = piece.raw.find("\n", end, until)
    return piece.part(newline if newline >= 0 else until).line


def _whole(piece: Piece, start: int, end: int, noted: Noted, state: _State) -> Item | None:
    """Return the question of a piece whose answers stand between `start` and `end`."""
    after = piece.raw[end + 1 :].strip()
    asked = replace(piece, raw=piece.raw[:start] + (f"{BLANK}{piece.raw[end + 1 :]}" if after else ""))
    inside, said = _feedback(piece.part(start + 1, end))
    words = Words(noted, asked.raw)
    body, settings = answers(inside, words, state.options.language)
    stem, text = stemmed(words.text(asked), label_of(asked.raw))
    if not asked.raw.strip():
        noted.wrong(N_("Expected the words of the question before its answers."))
    explain = words.text(said) if said else ""
    return Item("", stem, body, text, settings, explain) if body else None


def _feedback(inside: Piece) -> tuple[Piece, Piece | None]:
    """Return the answers, and the feedback to all of them."""
    at = inside.masked.rfind(FEEDBACK)
    return (inside.part(0, at), inside.part(at + len(FEEDBACK))) if at >= 0 else (inside, None)
