"""What `check_content` says of questions beyond their syntax (the list of docs/authoring-questions.md). Pure.

Errors are things a learner would be misled by; warnings are habits that give answers away.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from learning.catalogue.errors import N_, Problem
from quizzes.marking.item import Bank, Item, cites, unlinked
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.mark import mark, shuffles
from quizzes.marking.pairs import Pair, disagreements, pair, twice

AWS_PAGE = re.compile(r"https://(?:docs\.aws\.amazon\.com|aws\.amazon\.com)/")
ALL_OF_THESE = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the )?(?:above|these|options)"
    r"|\b(?:both|neither) [a-e] (?:and|or|nor) [a-e]\b"
    r"|(?<![가-힣])(?:위|앞|보기|다음)의? ?(?:보기 ?|선택지 ?)?(?:모두|전부)"
    r"|(?:모두|전부) ?(?:정답|해당)|정답 ?없음|해당 ?(?:사항 ?)?없음",
    re.IGNORECASE,
)
RUN = 4  # so many keys in one place in a row are a habit
LONGEST_PERIOD = 4
FEWEST = 4  # single-choice items below which a file's key positions and lengths say nothing

# What a question of the course must have, and one written or brought in on the site should have.
REASONS = (
    N_("Option %(number)s of ^%(id)s has no rationale (`  > why`)."),
    N_("The rationale of option %(number)s of ^%(id)s cites no statement (`[[lesson#^statement]]`)."),
    N_("The explanation of ^%(id)s cites no statement (`[[lesson#^statement]]`)."),
)

type Rule = Callable[[Bank, Item], Iterator[Problem]]


def lint(
    banks: Sequence[Bank], *, statements: Collection[str], topics: Sequence[str], languages: Sequence[str]
) -> list[Problem]:
    """Return every problem of `banks` in a course with these statements and topics, in the order of the files."""
    problems = [problem for bank in banks for problem in _bank(bank, frozenset(statements), topics)]
    problems += twice(banks)
    pairs = pair(banks)
    for found in pairs.values():
        problems += disagreements(found, languages)
    asked = {slug for found in pairs.values() for entry in found.values() for slug in entry.item.cites()}
    problems += _gaps({e.topic for p in pairs.values() for e in p.values()}, asked, statements, topics)
    return problems


def lint_question(
    found: Pair, statements: Collection[str], topics: Sequence[str], languages: Sequence[str]
) -> list[Problem]:
    """Return every problem of one question of the site in all its languages.

    Missing reasons, citations and languages are warnings only: what comes from elsewhere can be asked at once and be
    completed later. In the files of the course they are errors.
    """
    known = frozenset(statements)
    alone = [(entry.bank.path, entry.alone()) for entry in found.values()]
    problems = [replace(_softened(one), path=path) for path, bank in alone for one in _bank(bank, known, topics)]
    said = [lang for lang in languages if lang in found]
    problems += disagreements(found, said)
    return problems + _unsaid(found, [lang for lang in languages if lang not in found])


def _softened(problem: Problem) -> Problem:
    return replace(problem, severity="warning") if problem.message in REASONS else problem


def _unsaid(found: Pair, missing: Sequence[str]) -> list[Problem]:
    first = next(iter(found.values()))
    message = N_("There are no words in: %(languages)s. Who reads that language sees the other one.")
    params = {"languages": ", ".join(missing)}
    return [Problem(first.bank.path, first.item.line, message, params, "warning")] if missing else []


def _bank(bank: Bank, statements: frozenset[str], topics: Sequence[str]) -> Iterator[Problem]:
    for item in bank.items():
        if bank.topic_of(item) not in topics:
            message = N_("The question ^%(id)s belongs to no topic of the course; expected one of: %(topics)s.")
            yield _at(bank, item, message, topics=", ".join(topics))
        for rule in ITEM_RULES:
            yield from rule(bank, item)
        for slug in item.cites():
            if slug not in statements:
                yield _at(bank, item, N_("The question ^%(id)s cites ^%(slug)s, which no lesson states."), slug=slug)
    yield from _same_stem(bank)
    yield from _cases(bank)
    singles = [(item, item.body) for item in bank.items() if isinstance(item.body, Choice) and not item.body.multiple]
    if len(singles) >= FEWEST:
        yield from _key_positions(bank, singles)
        yield from _long_keys(bank, singles)


def _at(bank: Bank, item: Item, message: str, *, warning: bool = False, **params: object) -> Problem:
    severity = "warning" if warning else "error"
    return Problem(bank.path, item.line, message, {"id": item.id, **params}, severity)  # type: ignore[arg-type]


def _rationales(bank: Bank, item: Item) -> Iterator[Problem]:
    """Every option says why, and cites a statement or (in an item marked `beyond::`) an AWS page."""
    beyond = item.settings.beyond
    silent, uncited, unexplained = REASONS
    for number, step in enumerate(item.told(), start=1):
        if not unlinked(step.rationale):
            yield _at(bank, item, silent, number=number)
        elif not step.cites and not (beyond and (beyond.url or AWS_PAGE.search(step.rationale))):
            yield _at(bank, item, uncited, number=number)
    if not item.told() and not cites(item.explain) and not beyond:
        yield _at(bank, item, unexplained)
    if beyond and beyond.url and not AWS_PAGE.match(beyond.url):
        yield _at(bank, item, N_("The page that ^%(id)s goes beyond the notes with is not one of AWS."))


def _choose(bank: Bank, item: Item) -> Iterator[Problem]:
    """`choose::` and the key say the same number."""
    body = item.body
    if isinstance(body, Choice) and body.choose is not None and body.choose != len(item.key()):
        message = N_("^%(id)s says `choose:: %(choose)s`, but %(right)s options are right.")
        yield _at(bank, item, message, choose=body.choose, right=len(item.key()))


def _key_marks_full(bank: Bank, item: Item) -> Iterator[Problem]:
    if not mark(item, item.key()).full:
        yield _at(bank, item, N_("The key of ^%(id)s does not earn full marks."))


def _same_options(bank: Bank, item: Item) -> Iterator[Problem]:
    view = item.body.public_view(item.id)
    for texts in (view.pieces, getattr(view, "rows", ())):
        for text in _repeated(texts):
            yield _at(bank, item, N_("^%(id)s has the option “%(text)s” twice."), text=text)


def _all_of_these(bank: Bank, item: Item) -> Iterator[Problem]:
    """Options that point at other options make no sense in another order."""
    for text in item.body.public_view(item.id).pieces:
        if shuffles(item) and ALL_OF_THESE.search(text):
            message = N_("“%(text)s” in ^%(id)s points at other options, but options are shuffled (`shuffle:: no`).")
            yield _at(bank, item, message, text=text)


def _designs(bank: Bank, item: Item) -> Iterator[Problem]:
    """A scenario and the designs of all options go together."""
    options = item.body.options if isinstance(item.body, Choice) else ()
    for number, option in enumerate(options, start=1):
        if bool(option.design) != bool(item.settings.scenario):
            message = (
                N_("Option %(number)s of ^%(id)s has a `design::`, but the question names no `scenario::`.")
                if option.design
                else N_("Option %(number)s of ^%(id)s has no `design::`, but the question names a `scenario::`.")
            )
            yield _at(bank, item, message, number=number)


ITEM_RULES: tuple[Rule, ...] = (_rationales, _choose, _key_marks_full, _same_options, _all_of_these, _designs)


def _repeated(texts: Sequence[str]) -> list[str]:
    plain = [" ".join(text.split()).casefold() for text in texts]
    return [text for i, text in enumerate(texts) if plain[i] in plain[:i]]


def _cases(bank: Bank) -> Iterator[Problem]:
    """Questions of a case are drawn together: by its id, and from one topic."""
    for section in bank.sections:
        case, topics = section.case, {bank.topic_of(item) for item in section.items}
        if case and section.items and not case.id:
            yield Problem(bank.path, case.line, N_("A case needs an id at the end of its line: `## … ^case-shop`."))
        if case and len(topics) > 1:
            message = N_("The questions of the case ^%(id)s belong to several topics.")
            yield Problem(bank.path, case.line, message, {"id": case.id})


def _same_stem(bank: Bank) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], str] = {}
    cases = bank.cases()
    for item in bank.items():
        case = cases.get(item.id)
        stem = (" ".join(item.stem.split()).casefold(), item.text, case.text if case else "")
        first = seen.setdefault(stem, item.id)
        if first != item.id:
            yield _at(bank, item, N_("^%(id)s asks the same as ^%(other)s."), other=first)


def _key_positions(bank: Bank, singles: Sequence[tuple[Item, Choice]]) -> Iterator[Problem]:
    places = [item.key()[0] for item, _ in singles]
    for i in range(len(places) - RUN + 1):
        if len(set(places[i : i + RUN])) == 1:
            message = N_("From ^%(id)s on, %(run)s keys in a row stand in one place.")
            yield _at(bank, singles[i][0], message, warning=True, run=RUN)
            return
    for period in range(2, LONGEST_PERIOD + 1):
        repeats = all(places[i] == places[i - period] for i in range(period, len(places)))
        if repeats and len(places) >= 2 * period:
            message = N_("From ^%(id)s on, the places of the keys repeat every %(period)s questions.")
            yield _at(bank, singles[0][0], message, warning=True, period=period)
            return


def _long_keys(bank: Bank, singles: Sequence[tuple[Item, Choice]]) -> Iterator[Problem]:
    given_away = [item for item, body in singles if _key_is_longest(item, body)]
    if 2 * len(given_away) > len(singles):
        message = N_("The key is the longest option in %(count)s of %(of)s single-choice questions, first in ^%(id)s.")
        yield _at(bank, given_away[0], message, warning=True, count=len(given_away), of=len(singles))


def _key_is_longest(item: Item, body: Choice) -> bool:
    lengths = [len(option.text) for option in body.options]
    return lengths.count(max(lengths)) == 1 and lengths.index(max(lengths)) == item.key()[0]


def _gaps(
    used: Collection[str], asked: Collection[str], wanted: Collection[str], topics: Sequence[str]
) -> list[Problem]:
    folder = "questions"
    missing = [
        # A warning: an imported course is read and studied before it has questions.
        Problem(folder, 0, N_("The topic %(topic)s has no question."), {"topic": t}, "warning")
        for t in topics
        if t not in used
    ]
    unasked = N_("No question cites the statement ^%(slug)s.")
    return missing + [
        Problem(folder, 0, unasked, {"slug": slug}, "warning") for slug in sorted(wanted) if slug not in asked
    ]
