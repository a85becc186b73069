"""Our own format, `*.quiz.md`: what `quizzes.marking.bank` reads and writes, as the other formats are. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.decode import decode
from quizzes.interchange.formats import USUAL, Options
from quizzes.interchange.found import Found, Reading, Sheet, Written
from quizzes.interchange.ids import SLUG, slug_of
from quizzes.interchange.limits import MAX_QUESTIONS
from quizzes.interchange.losses import not_carried
from quizzes.marking import bank
from quizzes.marking.item import Bank, Case, Item, Section
from quizzes.marking.lines import numbered
from quizzes.marking.reader import HEADING

TAGS = N_("tags")
EMPTY = N_("No question was found in this file.")
FRONT = "---\ntype: quiz\nid: pasted\nlang: {language}\n---\n"


def read(data: bytes, options: Options = USUAL) -> Reading:
    """Return the questions of a file; one without properties, as when pasted, is read as if it had some."""
    decoded = decode(data, options.encoding)
    if decoded.text is None:
        return Reading(problems=decoded.problems)
    text = decoded.text.lstrip("\n")
    front = "" if text.startswith("---\n") else FRONT.format(language=options.language)
    above = decoded.text.count("\n") - text.count("\n") - front.count("\n")  # lines that the reader does not see
    reading = bank.read(front + text)
    problems = [replace(one, line=max(one.line + above, 1)) for one in reading.problems]
    return _reading(decoded.text, reading.bank, problems, above)


def _reading(text: str, held: Bank, problems: Sequence[Problem], above: int) -> Reading:
    """Give each problem to the question it stands in; those above all questions are the file's."""
    heads = {line.number: line.text for line in numbered(text, 1) if _asks(line.text) and not line.code}
    good = {item.line + above: item for item in held.items()}
    mine: dict[int, list[Problem]] = {}
    for problem in problems:
        head = max((line for line in heads if line <= problem.line), default=0)
        mine.setdefault(0 if head in good else head, []).append(problem)
    whole = mine.pop(0, [])
    found = [_found(item, line, held) for line, item in good.items()]
    found += [Found(head, heads[head][3:].strip()[:80], None, problems=tuple(said)) for head, said in mine.items()]
    if not found and not whole:
        whole = [Problem("", 0, EMPTY)]
    if len(found) > MAX_QUESTIONS:
        message = N_("The file holds more than %(limit)s questions; split it.")
        whole.append(Problem("", 0, message, {"limit": MAX_QUESTIONS}))
    return Reading(tuple(sorted(found, key=lambda one: one.line))[:MAX_QUESTIONS], tuple(whole))


def _asks(text: str) -> bool:
    return bool(HEADING.match(text)) and text.startswith("###")


def _found(item: Item, line: int, held: Bank) -> Found:
    return Found(
        line,
        item.stem[:80],
        replace(item, line=line),
        held.cases().get(item.id),
        held.topic_of(item),
        language=held.lang,
        difficulty=held.difficulty_of(item),
    )


def write(sheets: Sequence[Sheet], options: Options = USUAL) -> Written:
    """Return a file of `sheets`: first those without a case, then each case with its questions.

    The file's topic and difficulty are those of most items that say none; the others say theirs. Its id is the title's.
    """
    topic = _most([sheet.topic for sheet in sheets if not sheet.item.settings.topic]) or options.topic
    difficulty = _most([sheet.difficulty for sheet in sheets if not sheet.item.settings.difficulty])
    sections: dict[Case | None, list[Item]] = {None: []}
    for sheet in sheets:
        sections.setdefault(sheet.case, []).append(_placed(sheet, topic, difficulty))
    name = options.title if SLUG.fullmatch(options.title) else slug_of(options.title) or "questions"
    kept = tuple(Section(tuple(items), case) for case, items in sections.items() if items)
    text = bank.write(Bank(name, options.language, topic, difficulty, kept))
    losses = (loss for sheet in sheets if sheet.tags for loss in not_carried(sheet, [TAGS]))
    return Written(text.encode(), tuple(losses))


def _most[T](values: Sequence[T]) -> T | None:
    """Return the most frequent of `values`, the first of several."""
    return Counter(values).most_common(1)[0][0] if values else None


def _placed(sheet: Sheet, topic: str, difficulty: int | None) -> Item:
    """Return the item of `sheet`, saying its own topic and difficulty where the file says others."""
    settings = sheet.item.settings
    if sheet.topic and (settings.topic or topic) != sheet.topic:
        settings = replace(settings, topic=sheet.topic)
    if (settings.difficulty or difficulty) != sheet.difficulty:
        settings = replace(settings, difficulty=sheet.difficulty)
    return replace(sheet.item, settings=settings)
