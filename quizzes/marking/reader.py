"""Reading `*.quiz.md` by lines. Pure.

Every error is reported with its line and what was expected; the good questions of a file with bad ones are kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from learning.catalogue import frontmatter
from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import read_text, shown
from quizzes.marking.item import Bank, Body, Case, Item, Section
from quizzes.marking.kinds import kind_of
from quizzes.marking.lines import (
    CALLOUT,
    FIELD,
    Line,
    Report,
    normal,
    numbered,
    paragraphs,
    quoted,
    report_unfit,
)
from quizzes.marking.settings import Given, read_number, read_slug, settle
from quizzes.marking.writer import BLANK, canonical

HEADING = re.compile(r"#{2,3}[ \t]")
BLOCK_ID = re.compile(r"\^([A-Za-z0-9][A-Za-z0-9-]{0,79})")
PROPERTIES = ("type", "id", "lang", "topic", "difficulty")
CALLOUTS = ("explain", "hint")
MAX_CHARS = 1_048_576


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file: a bank of its good questions, and everything that is wrong with it."""

    bank: Bank
    problems: tuple[Problem, ...]


def read_file(path: Path) -> Reading:
    """Read the file at `path`."""
    text, problems = read_text(path)
    if text is None:
        return Reading(Bank("", "", path=shown(path)), tuple(problems))
    reading = read(text, shown(path))
    return replace(reading, problems=(*problems, *reading.problems))


def read(text: str, path: str = "") -> Reading:
    """Read a bank from the text of a file; problems name the file `path`."""
    report = Report(path)
    if len(text) > MAX_CHARS:
        report(1, N_("The file is longer than %(limit)s characters; split it."), limit=MAX_CHARS)
        return Reading(Bank("", "", path=path), tuple(report.problems))
    front, problems = frontmatter.read(normal(text), path)
    report.problems += problems
    bank = _properties(front, report)
    sections = _sections(numbered(front.body, front.body_line), report)
    problems = sorted(report.problems, key=lambda problem: problem.line)
    return Reading(replace(bank, sections=sections, path=path), tuple(problems))


def _properties(front: frontmatter.FrontMatter, report: Report) -> Bank:
    """Return an empty bank with the properties of the file."""
    for key in front.values:
        if key not in PROPERTIES:
            message = N_("Unknown property `%(key)s`. Expected: %(keys)s.")
            report(front.lines.get(key, 1), message, key=key, keys=", ".join(PROPERTIES))
    if front.text("type") != "quiz":
        report(front.lines.get("type", 1), N_("Expected the property `type: quiz`."))
    if not re.fullmatch(r"[a-z]{2}", front.text("lang")):
        report(front.lines.get("lang", 1), N_("Expected the property `lang`, such as `lang: ko`."))
    slug = read_slug("id", front.text("id"), front.lines.get("id", 1), report)
    topic = difficulty = None
    if "topic" in front.values:
        topic = read_slug("topic", front.text("topic"), front.lines["topic"], report)
    if "difficulty" in front.values:
        difficulty = read_number(1, 5)("difficulty", front.text("difficulty"), front.lines["difficulty"], report)
    return Bank(slug or "", front.text("lang"), topic or "", difficulty)


def _sections(lines: Sequence[Line], report: Report) -> tuple[Section, ...]:
    sections: list[Section] = [Section(())]
    seen: set[str] = set()
    for head, block in _blocks(lines, report):
        if head.text.startswith("###"):
            item = _item(head, block, report)
            if item and item.id in seen:
                report(head.number, N_("The id ^%(id)s stands twice in this file."), id=item.id)
            elif item:
                seen.add(item.id)
                sections[-1] = replace(sections[-1], items=(*sections[-1].items, item))
        else:
            sections.append(Section((), _case(head, block, report)))
    return tuple(section for section in sections if section.items or section.case)


def _blocks(lines: Sequence[Line], report: Report) -> Iterator[tuple[Line, list[Line]]]:
    """Yield each `##` and `###` heading with the lines below it."""
    head: Line | None = None
    block: list[Line] = []
    for line in lines:
        if HEADING.match(line.text) and not line.code:
            if head:
                yield head, block
            head, block = line, []
        elif head:
            block.append(line)
        elif not line.blank:
            report(line.number, N_("Expected a question (`### …? ^id`) or a case (`## … ^id`) here."))
    if head:
        yield head, block


def _case(head: Line, block: Sequence[Line], report: Report) -> Case:
    report_unfit([head, *block], report)
    title, slug = _titled(head.text[2:])
    return Case(title, slug, paragraphs(block), line=head.number)


def _titled(text: str) -> tuple[str, str]:
    """Return what a heading says and its block id, or ""."""
    words = text.split()
    match = BLOCK_ID.fullmatch(words[-1]) if words else None
    return (text.strip().removesuffix(match[0]).rstrip(), match[1]) if match else (text.strip(), "")


def _item(head: Line, block: Sequence[Line], report: Report) -> Item | None:
    """Return the question, or None after reporting everything that is wrong with it."""
    before = len(report.problems)
    report_unfit([head, *block], report)
    stem, slug = _titled(head.text[3:])
    if not stem or not slug:
        report(head.number, N_("Expected a question and its id at the end of the line: `### Which …? ^lt-001`."))
    start = next((i for i, line in enumerate(block) if _opens(line)), len(block))
    parts = _parts(block, start, report)
    if parts.body is None and len(report.problems) == before:
        message = N_("Expected options (`- [x] …`), steps (`1. …`) or a table below the question.")
        report(head.number, message)
    if parts.body is None or not slug:
        return None
    body, settings = settle(parts.body, parts.given, report)
    if len(report.problems) > before:
        return None
    text, said = paragraphs(block[:start]), parts.callouts
    explain, hint = said.get("explain", ""), said.get("hint", "")
    item = Item(slug, stem, body, text, settings, explain, hint, line=head.number)
    return replace(item, layout=_layout(item, block[:start], parts.layout))


def _layout(item: Item, above: Sequence[Line], below: Sequence[str]) -> tuple[str, ...]:
    """Return where the file put what, runs of blank lines as one; () when that is the canonical layout."""
    names = [BLANK if line.blank else "text" for line in above]
    if "text" in names:
        last = len(names) - 1 - names[::-1].index("text")
        names = [*names[: names.index("text")], "text", *names[last + 1 :]]
    names += below
    while names and names[-1] == BLANK:
        names.pop()
    layout = tuple(name for i, name in enumerate(names) if name != BLANK or names[i - 1 : i] != [BLANK])
    return () if layout == canonical(item) else layout


def _opens(line: Line) -> bool:
    """Return whether the text of a question ends before `line`."""
    known = FIELD.match(line.text) or CALLOUT.match(line.text) or kind_of(line.text)
    return bool(known) and not line.code


@dataclass(slots=True)
class _Parts:
    """What stands below a question, as far as it has been read."""

    given: Given
    callouts: dict[str, str]
    layout: list[str]
    body: Body | None = None


def _parts(block: Sequence[Line], at: int, report: Report) -> _Parts:
    parts = _Parts(Given(), {}, [])
    while at < len(block):
        line = block[at]
        if line.blank:
            parts.layout.append(BLANK)
            at += 1
        elif setting := FIELD.match(line.text):
            parts.given.take(setting[1], setting[2] or "", line.number, report)
            parts.layout.append(setting[1])
            at += 1
        elif callout := CALLOUT.match(line.text):
            at = _callout(callout, block, at, parts, report)
        else:
            at = _body(block, at, parts, report)
    return parts


def _callout(match: re.Match[str], block: Sequence[Line], at: int, parts: _Parts, report: Report) -> int:
    said, end = quoted(block, at + 1)
    name, line = match[1], block[at].number
    if name not in CALLOUTS or match[2]:
        report(line, N_("Expected `> [!explain]` or `> [!hint]` alone on its line."))
    elif name in parts.callouts:
        report(line, N_("`[!%(name)s]` stands twice in this question."), name=name)
    elif not "".join(said).strip():
        report(line, N_("Expected `> …` lines below `[!%(name)s]`."), name=name)
    else:
        parts.callouts[name] = "\n".join(said).strip("\n")
        parts.layout.append(name)
    return end


def _body(block: Sequence[Line], at: int, parts: _Parts, report: Report) -> int:
    kind = kind_of(block[at].text)
    if kind is None or parts.body is not None:
        message = N_("Expected an option with its `  > reason`, a `key:: value` line or a callout; found “%(found)s”.")
        report(block[at].number, message, found=block[at].text.strip()[:60])
        return at + 1
    parts.body, end = kind.parse(block, at, report)
    parts.layout.append("body")
    return end
