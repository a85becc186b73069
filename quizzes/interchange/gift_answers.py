"""What stands between the braces of a GIFT question, as the body of an item. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learning.catalogue.errors import N_
from quizzes.interchange.fitting import NOT_A_KIND
from quizzes.interchange.gift_blocks import Piece
from quizzes.interchange.gift_words import Words
from quizzes.interchange.spoken import heads, true_false
from quizzes.marking.item import Body, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

SIGN = re.compile("[~=]")
WEIGHT = re.compile(r"%([^%\n]{1,30})%")
NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{0,9})?")
TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
ORDER = re.compile(r">[ \t]*[0-9]{0,3}[ \t]*([A-Z_ \t]*?(?:none|abc|ABCD|123|iii|III)?)[ \t]*\n")
NEAR = 1.0  # of a hundred: 33.3 is a third
WEIGHTS = N_("weights of the options")
ENOUGH = N_("that one of several right options is enough")
MANY = 100  # answers of one question; a choice here has fewer anyway

type Answers = tuple[Body | None, Settings]


def answers(inside: Piece, words: Words, language: str) -> Answers:
    """Return the body that the answers of a question say, with its settings; None after saying what it is instead."""
    masked, noted = inside.masked, words.noted
    truth = TRUTH.match(masked)
    if masked.startswith(">"):
        return _ordering(inside, words)
    if "~" in masked and not masked.startswith("#"):
        return _choice(_entries(inside, "~=", words), words)
    if truth:
        return _truth(truth[1].upper().startswith("T"), inside, words, language), Settings()
    if "=" in masked and "->" in masked and not masked.startswith("#"):
        pairs = _entries(inside, "=", words, feedback=False)
        return _matching(pairs, words, language), Settings(partial=True)  # as Moodle marks them
    kind = N_("essay") if not masked else N_("number") if masked.startswith("#") else N_("short answer")
    noted.wrong(NOT_A_KIND, kind=kind)
    return None, Settings()


@dataclass(frozen=True, slots=True)
class _Entry:
    sign: str
    words: Piece
    feedback: Piece | None
    weight: float = 0.0


def _entries(inside: Piece, signs: str, words: Words, *, feedback: bool = True) -> list[_Entry]:
    """Return the answers that begin with one of `signs`, or say where none does."""
    starts = [match.start() for match in SIGN.finditer(inside.masked) if match[0] in signs]
    if starts[0] > 0 and inside.part(0, starts[0]):
        words.noted.wrong(N_("Expected ~ or = before this answer."), inside.line)
    if len(starts) > MANY:
        words.noted.wrong(N_("Expected at most %(limit)s answers."), inside.line, limit=MANY)
        return []
    ends = [*starts[1:], len(inside.raw)]
    return [_entry(inside, start, end, words, feedback=feedback) for start, end in zip(starts, ends, strict=True)]


def _entry(inside: Piece, start: int, end: int, words: Words, *, feedback: bool) -> _Entry:
    sign, said = inside.raw[start], inside.part(start + 1, end)
    weight = 100.0 if sign == "=" else 0.0
    given = WEIGHT.match(said.masked) if sign == "~" else None
    if given and (re.search(r"[0-9]", given[1]) or given[1].strip().lower() in ("nan", "inf", "-inf")):
        weight = _weight(given[1].strip(), said, words)
        said = said.part(given.end())
    at = said.masked.find("#") if feedback else -1
    told = said.part(at + 1) if at >= 0 else None
    said = said.part(0, at) if at >= 0 else said
    if not said:
        words.noted.wrong(N_("Expected the words of this answer."), inside.line_at(start))
    return _Entry(sign, said, told, weight)


def _weight(text: str, said: Piece, words: Words) -> float:
    if NUMBER.fullmatch(text) and abs(float(text)) <= 100:
        return float(text)
    words.noted.wrong(N_("Expected a weight from -100 to 100, found “%(found)s”."), said.line, found=text[:20])
    return 0.0


def _choice(entries: Sequence[_Entry], words: Words) -> Answers:
    single = any(entry.sign == "=" for entry in entries)
    right = [entry.weight >= 100 if single else entry.weight > 0 for entry in entries]
    if not entries:
        return None, Settings()
    if not any(right):
        if words.noted.problems:
            return None, Settings()  # a weight that could not be read: said already
        words.noted.wrong(N_("Expected a right answer: = or a weight above 0."), entries[0].words.line)
        return None, Settings()
    settings = _single(entries, right, words) if single else _multiple(entries, right, words)
    options = tuple(
        Option(words.line(e.words), words.text(e.feedback) if e.feedback else "", right=is_right)
        for e, is_right in zip(entries, right, strict=True)
    )
    return Choice(options, None if single or sum(right) > 1 else 1), settings


def _single(entries: Sequence[_Entry], right: Sequence[bool], words: Words) -> Settings:
    if any(entry.weight not in (0, 100) for entry in entries):
        words.noted.lost(WEIGHTS)
    if sum(right) > 1:
        words.noted.lost(ENOUGH)
    return Settings()


def _multiple(entries: Sequence[_Entry], right: Sequence[bool], words: Words) -> Settings:
    """All or nothing where a wrong one costs all, else partial marks; weights that are not even are lost."""
    share = 100 / sum(right)
    wrong = [entry.weight for entry, is_right in zip(entries, right, strict=True) if not is_right]
    even = all(abs(e.weight - share) < NEAR for e, is_right in zip(entries, right, strict=True) if is_right)
    if all(weight <= -99 for weight in wrong):
        partial = None
        fair = even
    else:
        partial = True
        fair = even and all(abs(weight + share) < NEAR for weight in wrong)
    if not fair:
        words.noted.lost(WEIGHTS)
    return Settings(partial=partial)


def _truth(true: bool, inside: Piece, words: Words, language: str) -> Choice:
    """Feedback of a true/false question: first to the wrong answer, then to the right one."""
    parts = [at for at, sign in enumerate(inside.masked) if sign == "#"][:2]
    ends = [*parts, len(inside.raw)][1:]
    told = [inside.part(start + 1, end) for start, end in zip(parts, ends, strict=True)]
    wrong, right = [*(words.text(piece) if piece else "" for piece in told), "", ""][:2]
    yes, no = true_false(language)
    return Choice(
        (Option(yes, right if true else wrong, right=true), Option(no, wrong if true else right, right=not true))
    )


def _matching(entries: Sequence[_Entry], words: Words, language: str) -> Matching | None:
    pairs = []
    for entry in entries:
        at = entry.words.masked.find("->")
        left, right = entry.words.part(0, max(at, 0)), entry.words.part(at + 2)
        if at < 0 or not right:
            words.noted.wrong(N_("Expected “left -> right” in every line of a matching question."), entry.words.line)
        pairs.append((words.line(left) if left else "", words.plain(right)))
    return Matching(heads(language), tuple(pairs)) if pairs else None


def _ordering(inside: Piece, words: Words) -> Answers:
    """Moodle's ordering: `{>3 ALL VERTICAL ABSOLUTE_POSITION` and a step a line."""
    head = ORDER.match(f"{inside.masked}\n")
    if not head:
        words.noted.wrong(NOT_A_KIND, inside.line, kind=N_("ordering with unknown settings"))
        return None, Settings()
    said = head[1].upper().split()
    if {"EXACT", "RANDOM", "REL", "CONTIGUOUS", "CONTIG"} & set(said):
        words.noted.lost(N_("that only some of the steps are shown"))
    if not {"ALL_OR_NOTHING", "ABSOLUTE_POSITION", "ABSOLUTE", "ABS"} & set(said):
        words.noted.lost(N_("how the order is marked"))
    steps, at = [], min(head.end(), len(inside.raw))
    for line in inside.raw[at:].split("\n"):
        piece = inside.part(at, at + len(line))
        at += len(line) + 1
        steps += [Step(words.line(piece))] if piece else []
    partial = None if "ALL_OR_NOTHING" in said else True
    return Ordering(tuple(steps)), Settings(partial=partial)
