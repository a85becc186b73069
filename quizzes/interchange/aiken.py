"""Aiken, the simplest format there is: a question, lettered options, `ANSWER: B`. Pure.

Read as Moodle reads it, and a little more kindly: the question may take several lines, several right letters may stand
after ANSWER, and the lines `ANSWER_EXPLANATION:` and `TAGS:` of Chamilo, `FEEDBACK:` and `해설:` are understood below
it. All words are plain text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.decode import decode
from quizzes.interchange.fitting import Noted, stemmed
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Found, Reading, Sheet, Written
from quizzes.interchange.limits import MAX_QUESTIONS
from quizzes.interchange.losses import left_out, not_carried, unsaid
from quizzes.interchange.words import asked, from_plain, one_line, to_plain
from quizzes.marking.item import Item, Option
from quizzes.marking.kinds.choice import Choice

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OPTION = re.compile(r"([A-Z])[.)](\s*)(.*)$")
ANSWER = re.compile(r"(?:ANSWER|정답)\s*[:：]\s*(.*)$")
EXTRA = re.compile(r"(ANSWER_EXPLANATION|TAGS|SCORE)\s*[:：]\s*(.*)$")
EXPLAIN = re.compile(r"(EXPLANATION|FEEDBACK|해설|풀이|설명)\s*[:：]\s*(.*)$", re.IGNORECASE)
AHEAD = 50  # lines looked at for options below an explanation
RIGHT = re.compile(r"[A-Z](?:[ ,;&+]*[A-Z])*")
UNANSWERED = N_("Expected `ANSWER:` and a letter after the options of this question.")
UNASKED = N_("Expected a question before this line.")
FORMATTING = N_("formatting")


@dataclass(slots=True)
class _Open:
    """The question that is being read."""

    noted: Noted
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    right: str = ""
    explain: list[str] = field(default_factory=list)
    explaining: bool = False
    tags: tuple[str, ...] = ()


def read(data: bytes, options: Options = USUAL) -> Reading:
    """Return the questions of an Aiken file."""
    decoded = decode(data, options.encoding)
    if decoded.text is None:
        return Reading(problems=decoded.problems)
    found: list[Found] = []
    for question in _questions(decoded.text):
        if len(found) == MAX_QUESTIONS:
            message = N_("The file holds more than %(limit)s questions; split it.")
            problem = Problem("", question.noted.line, message, {"limit": MAX_QUESTIONS})
            return Reading(tuple(found), (problem,))
        found.append(_found(question))
    return Reading(tuple(found), () if found else (Problem("", 0, N_("No question was found in this file.")),))


def _questions(text: str) -> Iterator[_Open]:
    """Yield each question as it stands; one without an answer ends where the next begins."""
    now: _Open | None = None
    blank = True
    lines = [line.strip() for line in text.split("\n")]
    for at, line in enumerate(lines):
        extra = _extra(lines, at, explaining=now.explaining) if now and now.right else None
        if now and extra:
            _take_extra(now, extra[1], extra[2], alone=now.explaining or _alone(lines, at + 1))
        elif now and line and now.explaining and not OPTION.match(line):
            now.explain.append(line)
        elif line:
            if now and (now.right or (blank and now.options and not _goes_on(line))):
                yield _ended(now)
                now = None
            now = now or _Open(Noted(at + 1))
            _take(now, line, at + 1)
        elif now:
            now.explaining = False
        blank = not line
    if now:
        yield _ended(now)


def _extra(lines: Sequence[str], at: int, *, explaining: bool) -> re.Match[str] | None:
    """Return what the line `at` says of the question before it; what has options below it is a question itself."""
    extra, explain = EXTRA.match(lines[at]), EXPLAIN.match(lines[at])
    if extra or explaining or not explain:
        return extra or explain
    asked_here = OPTION.match(lines[at + 1]) if at + 1 < len(lines) else None
    return explain if _alone(lines, at + 1) or (lines[at - 1] and not asked_here) else None


def _alone(lines: Sequence[str], start: int) -> bool:
    """Return whether the lines from `start` to the next blank one have no option."""
    rest = (lines[at] for at in range(start, min(start + AHEAD, len(lines))))
    return not any(OPTION.match(line) for line in takewhile(bool, rest))


def _goes_on(line: str) -> bool:
    return bool(OPTION.match(line) or ANSWER.match(line))


def _ended(question: _Open) -> _Open:
    if not question.right and not question.noted.problems:
        question.noted.wrong(UNANSWERED)
    return question


def _take_extra(question: _Open, name: str, words: str, *, alone: bool) -> None:
    """Take a line below the answer; an explanation that stands `alone` may go on in the lines below it."""
    if name not in ("TAGS", "SCORE"):
        question.explain.append(words)
        question.explaining = alone
    elif name == "TAGS":
        question.tags = tuple(tag.strip() for tag in words.split(",") if tag.strip())
    elif words.strip() not in ("", "1"):
        question.noted.lost(N_("points"))


def _take(question: _Open, line: str, number: int) -> None:
    answer, option = ANSWER.match(line), OPTION.match(line)
    wanted = LETTERS[min(len(question.options), 25)]
    if answer:
        _take_answer(question, answer[1].strip(), number)
    elif option and (option[1] == wanted or (option[2] and question.stem)):
        if not question.stem:
            question.noted.wrong(UNASKED, number)
        if option[1] != wanted:
            message = N_("Expected option %(wanted)s here, found %(found)s.")
            question.noted.wrong(message, number, wanted=wanted, found=option[1])
        if not option[3]:
            question.noted.wrong(N_("Expected the words of this option."), number)
        question.options.append(option[3])
    elif question.options:
        question.noted.wrong(
            N_("Expected the next option or `ANSWER:` here, found “%(found)s”."), number, found=line[:60]
        )
    else:
        question.stem.append(line)


def _take_answer(question: _Open, words: str, number: int) -> None:
    letters = re.sub(r"[ ,;&+]", "", words)
    if not question.stem:
        question.noted.wrong(UNASKED, number)
    elif len(question.options) < 2:
        question.noted.wrong(N_("Expected at least two options before the answer."), number)
    elif not RIGHT.fullmatch(words) or len(set(letters)) != len(letters):
        message = N_("Expected a letter of an option after `ANSWER:`, found “%(found)s”.")
        question.noted.wrong(message, number, found=words[:40])
    elif max(letters) > LETTERS[len(question.options) - 1]:
        message = N_("There is no option %(found)s; the last one is %(last)s.")
        question.noted.wrong(message, number, found=max(letters), last=LETTERS[len(question.options) - 1])
    question.right = letters or "?"


def _found(question: _Open) -> Found:
    words = "\n".join(question.stem)
    stem, text = stemmed(from_plain(words), words)
    choice = Choice(
        tuple(
            Option(one_line(from_plain(said)), right=letter in question.right)
            for letter, said in zip(LETTERS, question.options, strict=False)
        )
    )
    item = Item("", stem, choice, text, explain=from_plain("\n".join(question.explain)))
    label = words or " ".join(question.options)
    return question.noted.found(None if question.noted.problems else item, label, tags=question.tags)


def write(sheets: Sequence[Sheet], options: Options = USUAL) -> Written:
    """Return an Aiken file of the single choices among `sheets`."""
    blocks: list[str] = []
    losses: list[Problem] = []
    for sheet in sheets:
        body = sheet.item.body
        if not isinstance(body, Choice) or body.multiple:
            losses.append(left_out(sheet))
        else:
            blocks.append(_block(sheet.item, body))
            losses += not_carried(sheet, [*unsaid(sheet), *_plainer(sheet.item, body)])
    return Written("\n".join(blocks).encode(), tuple(losses))


def _block(item: Item, body: Choice) -> str:
    lines = [_flat(asked(item))]
    lines += [f"{letter}. {_flat(option.text)}" for letter, option in zip(LETTERS, body.options, strict=False)]
    return "\n".join([*lines, f"ANSWER: {LETTERS[item.key()[0]]}", ""])


def _flat(words: str) -> str:
    return " ".join(to_plain(words).split())


def _plainer(item: Item, body: Choice) -> list[str]:
    """Return that words lose their form where plain text on one line cannot hold it."""
    texts = (asked(item), *(option.text for option in body.options))
    return [FORMATTING] if any(from_plain(_flat(text)) != text for text in texts) else []
