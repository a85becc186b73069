"""The statements of a lesson: blocks that end in an id, as plain text; and the quick checks placed in it. Pure."""

import html
import re

from learning.catalogue.blocks import Block, blocks
from learning.catalogue.errors import N_, Problem
from learning.catalogue.obsidian import wikilink
from learning.catalogue.schema import StatementText

MAX_ID = 120

_TICKS = re.compile(r"(`+)")
_WORD = re.compile(r"\w")
# Each pattern excludes its own opening mark inside, so that a run of marks cannot make it search again and again.
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"%%[^%]*%%", ""),
        (r"<!--[^<>]*-->", ""),
        (r"</?[A-Za-z][^<>]*>", ""),
        (r"!\[\[[^\[\]]*\]\]", ""),
        (r"!\[([^\[\]]*)\]\([^()\s]*\)", ""),
        (r"\[\[[^\[\]|]*\|([^\[\]|]*)\]\]", r"\1"),
        (r"\[\[#?\^?([^\[\]|]*)\]\]", r"\1"),
        (r"\[\^[^\[\]]*\]", ""),
        (r"\[([^\[\]]*)\]\([^()]*\)", r"\1"),
        (r"(?<![\\*])(\*{1,3})(?=\S)([^*]+)\1", r"\2"),
        (r"(?<![\\*])(\*{1,3})(?=\S)([^*]+)\1", r"\2"),  # once more: bold around italics
        (r"(?<![\\\w])(_{1,3})(?=\S)([^_]+)\1(?!\w)", r"\2"),
        (r"==([^=]+)==", r"\1"),
        (r"~~([^~]+)~~", r"\1"),
        (r"\\([!-/:-@\[-`{-~])", r"\1"),
    )
)


def plain(text: str) -> str:
    """Return `text` as a reader hears it: without Markdown marks, on one line."""
    pieces = split_code(text)
    # Marks may enclose code (`**the `id` of**`), so code is set aside by a character that no mark knows.
    words = "\0".join(pieces[::2])
    for mark, replacement in _MARKS:
        words = mark.sub(replacement, words)
    kept = iter(code.strip("`") for code in pieces[1::2])
    words = "".join(part if i == 0 else next(kept, "") + part for i, part in enumerate(words.split("\0")))
    return " ".join(html.unescape(words).split())


def split_code(text: str) -> list[str]:
    """Return prose, code, prose, …, with the backticks: a code span ends at the next run of as many backticks."""
    parts = _TICKS.split(text)
    last = {len(ticks): i for i, ticks in enumerate(parts) if i % 2}
    pieces, i = [parts[0]], 1
    while i < len(parts):
        end = i
        if last[len(parts[i])] > i:
            end = next(j for j in range(i + 2, len(parts), 2) if len(parts[j]) == len(parts[i]))
            pieces += ["".join(parts[i : end + 1]), parts[end + 1]]
        else:
            pieces[-1] += parts[i] + parts[i + 1]
        i = end + 2
    return pieces


def statements(body: str, *, path: str, first_line: int) -> tuple[tuple[StatementText, ...], list[Problem]]:
    """Return the statements of a lesson in order, and what is wrong with them."""
    found: dict[str, StatementText] = {}
    problems: list[Problem] = []
    for block in blocks(body, first_line):
        problem = _problem(block, found, path)
        if problem:
            problems.append(problem)
        elif block.id and block.kind in ("paragraph", "item"):
            found[block.id] = StatementText(block.id, plain(block.text), block.line)
    return tuple(found.values()), problems


def _problem(block: Block, found: dict[str, StatementText], path: str) -> Problem | None:
    name = {"id": block.id}
    if block.stray:
        message = N_("An id stands in the middle of this block: a statement must end with its id.")
        return Problem(path, block.stray, message, severity="warning")
    if not block.id or block.kind not in ("paragraph", "item"):
        return None
    if block.id in found:
        message = N_("The statement `%(id)s` stands twice; first in line %(first)s.")
        return Problem(path, block.line, message, {"id": block.id, "first": found[block.id].line})
    if not _WORD.search(plain(block.text)):
        return Problem(path, block.line, N_("The statement `%(id)s` has no words."), name)
    if len(block.id) > MAX_ID:
        return Problem(path, block.line, N_("The id `%(id)s` is too long."), name)
    if block.callout == "beyond":
        message = N_("The statement `%(id)s` stands in a `beyond` callout, which is never scored.")
        return Problem(path, block.line, message, name)
    return None


def checks(body: str, first_line: int = 1) -> tuple[str, ...]:
    """Return the ids of the quick checks placed in a lesson, in order."""
    embeds = (block.text for block in blocks(body, first_line) if block.kind == "embed")
    return tuple(check for embed in embeds if (check := wikilink(embed).check))
