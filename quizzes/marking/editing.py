"""One question as an instructor types it: its block of the file, without the properties, a text a language. Pure.

The properties (topic, difficulty) stand in fields beside the text; the id may be typed at the end of the heading or
left out. What comes of it is the same `Pair` that files give, so that rows and files speak one format.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from learning.catalogue.errors import N_, Problem
from learning.catalogue.schema import LANGUAGES
from quizzes.marking import bank
from quizzes.marking.derived import Derive, underived
from quizzes.marking.item import Bank, Item
from quizzes.marking.kinds import choice
from quizzes.marking.lines import Line, normal, numbered
from quizzes.marking.lint import lint_question
from quizzes.marking.pairs import Entry, Pair
from quizzes.marking.reader import BLOCK_ID

HEADING = re.compile(r"###[ \t]")
MAX_TEXT = 20_000  # characters of one question in one language
MAX_LINES = 600
FRONT = "---\ntype: quiz\nid: question\nlang: {lang}\n---\n\n"
FRONT_LINES = FRONT.count("\n")


@dataclass(frozen=True, slots=True)
class Writing:
    """What is typed: a text a language ("" for none), and the fields beside it. `topic` is a topic's id."""

    texts: Mapping[str, str]
    topic: str
    difficulty: int = 3

    @property
    def said(self) -> dict[str, str]:
        """The texts that say anything, as lines end in files."""
        texts = {lang: normal(self.texts.get(lang, "")).strip("\n") for lang in sorted(LANGUAGES)}
        return {lang: text for lang, text in texts.items() if text.strip()}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text came to: the question as far as it can be read, and what is wrong, by language (`path`) and line."""

    pair: Pair
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands in the way of publishing."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at."""
        return tuple(problem for problem in self.problems if problem.severity != "error")


def typed_id(texts: Mapping[str, str]) -> str:
    """Return the id typed at the end of a heading of any of `texts`, or ""."""
    found = (_id_of(head.text) for text in texts.values() for head in _headings(normal(text)))
    return next((slug for slug in found if slug), "")


def compose(
    slug: str, writing: Writing, *, statements: Collection[str], topics: Sequence[str], derive: Derive
) -> Draft:
    """Read what is typed as the question `slug` of a course with these statements and topics; never raises.

    `derive` tells which designs are right for a scenario of the course.
    """
    problems: list[Problem] = []
    pair: dict[str, Entry] = {}
    for lang, text in writing.said.items():
        entry, found = _read(slug, writing, lang, text)
        problems += found
        if entry:
            pair[lang] = entry
    if not writing.said:
        problems.append(Problem("", 0, N_("Nothing is written yet.")))
    if pair:
        unread = writing.said.keys() - pair.keys()  # there are words, with errors of their own
        found = lint_question(pair, statements, topics, [lang for lang in LANGUAGES if lang not in unread])
        found += underived([entry.bank for entry in pair.values()], derive)
        problems += [_at_its_line(_placed(one), writing.said.get(one.path, "")) for one in found]
    problems.sort(key=lambda problem: (problem.severity != "error", problem.path, problem.line))
    return Draft(pair, tuple(problems))


def parted(source: Mapping[str, str]) -> Writing:
    """Return the source of a revision, by language, as an instructor edits it."""
    banks = {lang: bank.read(text).bank for lang, text in source.items()}
    first = next(iter(banks.values()), Bank("", ""))
    return Writing({lang: block(text) for lang, text in source.items()}, first.topic, first.difficulty or 3)


def block(text: str) -> str:
    """Return the text of a file without its properties."""
    return text.split("\n---\n", 1)[-1].strip("\n")


def pair_of(source: Mapping[str, str], *, slug: str = "", topic: str = "") -> Pair:
    """Return the stored source of a revision as a pair; under another id or topic where one is given."""
    banks = [bank.read(text).bank for text in source.values()]
    return {one.lang: Entry(one.items()[0], one) for one in (_moved(b, slug, topic) for b in banks)}


def heading_of(text: str) -> str:
    """Return what the first heading of `text` says, as typed, without its id; "" when there is none."""
    heads = _headings(unnamed(text))
    return heads[0].text.removeprefix("###").strip() if heads else ""


def with_line(text: str, key: str, value: str) -> str:
    """Return `text` with the line `key:: value` at its end, in place of any there was."""
    kept = [line.text for line in numbered(text, 1) if line.code or not line.text.startswith(f"{key}::")]
    return "\n".join(kept).rstrip("\n") + f"\n\n{key}:: {' '.join(value.split())}"


def unnamed(text: str) -> str:
    """Return `text` without the id at the end of its heading."""
    lines = text.split("\n")
    for head in _headings(text):
        if slug := _id_of(head.text):
            lines[head.number - 1] = head.text.removesuffix(f"^{slug}").rstrip()
    return "\n".join(lines)


def _moved(found: Bank, slug: str, topic: str) -> Bank:
    def item(one: Item) -> Item:
        settings = replace(one.settings, topic=None) if topic else one.settings
        return replace(one, id=slug or one.id, settings=settings)

    sections = tuple(replace(section, items=tuple(item(one) for one in section.items)) for section in found.sections)
    return replace(found, id=slug or found.id, topic=topic or found.topic, sections=sections)


def _headings(text: str) -> list[Line]:
    return [line for line in numbered(text, 1) if HEADING.match(line.text) and not line.code]


def _id_of(heading: str) -> str:
    words = heading.split()
    match = BLOCK_ID.fullmatch(words[-1]) if words else None
    return match[1] if match else ""


def _read(slug: str, writing: Writing, lang: str, text: str) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of one language, or None, and what is wrong with its form."""
    if len(text) > MAX_TEXT:
        return None, [Problem(lang, 1, N_("The text is longer than %(limit)s characters."), {"limit": MAX_TEXT})]
    if text.count("\n") >= MAX_LINES:
        return None, [Problem(lang, MAX_LINES, N_("The text has more than %(limit)s lines."), {"limit": MAX_LINES})]
    named, problems = _named(slug, lang, text)
    reading = bank.read(FRONT.format(lang=lang) + named, lang)
    problems += [_placed(one) for one in reading.problems]
    items = reading.bank.items()
    if problems or len(items) != 1:
        return None, problems
    item = items[0]
    said = item.settings.difficulty
    if said and said != writing.difficulty:
        message = N_("The line `difficulty:: %(said)s` counts, not the field beside the text.")
        problems.append(Problem(lang, item.line - FRONT_LINES, message, {"said": said}, "warning"))
    return Entry(item, replace(reading.bank, topic=writing.topic, difficulty=writing.difficulty)), problems


def _named(slug: str, lang: str, text: str) -> tuple[str, list[Problem]]:
    """Return `text` with the id in its heading, and what is wrong with its headings."""
    heads = _headings(text)
    if len(heads) != 1:
        message = N_("Expected one question here: one line that begins with `### `.")
        return text, [Problem(lang, heads[1].number if heads else 1, message)]
    lines, head = text.split("\n"), heads[0]
    said = _id_of(head.text)
    if said and said != slug:
        message = N_("This question is ^%(id)s; write that id at the end of the line, or none.")
        return text, [Problem(lang, head.number, message, {"id": slug})]
    if not said:
        lines[head.number - 1] = f"{head.text} ^{slug}"
    return "\n".join(lines), []


def _placed(problem: Problem) -> Problem:
    """Return the problem at its line of the typed text; what is wrong with the properties stands at line 1."""
    return replace(problem, line=max(problem.line - FRONT_LINES, 1))


def _at_its_line(problem: Problem, text: str) -> Problem:
    """Return a problem of the whole question at the line it speaks of, where that can be told."""
    params, lines = problem.params, numbered(text, 1)
    if "number" in params:
        options = [at for at, line in enumerate(lines) if choice.starts(line.text) and not line.code]
        end = _design_of if "scenario" in params else _end_of
        spoken_of = [end(lines, at) for at in options[int(str(params["number"])) - 1 :]]
        return replace(problem, line=spoken_of[0]) if spoken_of else problem
    words = f"^{params['slug']}]]" if "slug" in params else str(params.get("text", ""))
    if "scenario" in params:
        words = "scenario::"
    spoken_of = [line.number for line in lines if words and words in line.text]
    return replace(problem, line=spoken_of[0]) if spoken_of else problem


def _design_of(lines: Sequence[Line], at: int) -> int:
    """Return the number of the line of the design below the option at `at`; it stands right there."""
    return lines[at + 1].number


def _end_of(lines: Sequence[Line], at: int) -> int:
    """Return the number of the last line of the reason below the option at `at`, or of the option."""
    while at + 1 < len(lines) and lines[at + 1].text.lstrip().startswith((">", "design::")):
        at += 1
    return lines[at].number
