"""Moodle XML, written: as Moodle's own export has it, so that its importer takes it as it is. Pure.

Cases are descriptions before their questions, topics are categories, the id of a question is its idnumber.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from itertools import groupby

from learning.catalogue.errors import N_
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Sheet, Written
from quizzes.interchange.leaving import Left, bare, fit, title
from quizzes.interchange.losses import unsaid
from quizzes.interchange.spoken import heads
from quizzes.interchange.words import asked, to_plain
from quizzes.marking.item import Case, Item
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from quizzes.marking.mark import shuffles

CARRIED = frozenset(
    ["explain", "hint", "reasons", "case", "topic", "difficulty", "tags", "points", "partial", "shuffle", "heads"]
)
ALL_OR_NOTHING = N_("all-or-nothing marking: Moodle gives part marks here")
FORMATTED = N_("bold, code and the like in what is matched")
NEW_MOODLE = N_("ordering, in a Moodle without that kind (core since 4.4, a plugin before)")
HEADS = N_("heads of the columns")
HUNDRED = Decimal(100)
NAME_LENGTH = 255
CASE = "case:"
TAG_LENGTH = 50  # where Moodle cuts


def write(sheets: Sequence[Sheet], options: Options) -> Written:
    """Return a Moodle XML file of `sheets`, those without a case first in each topic."""
    left = Left()
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for topic, of_topic in groupby(sorted(sheets, key=_topic_order(sheets)), key=lambda sheet: sheet.topic):
        lines += _category(topic, options)
        for case, of_case in groupby(of_topic, key=lambda sheet: sheet.case):
            lines += _description(case) if case else []
            for sheet in of_case:
                lines += _question(sheet, left, options)
    return Written("\n".join([*lines, "</quiz>", ""]).encode(), tuple(left.problems))


def _topic_order(sheets: Sequence[Sheet]):  # type: ignore[no-untyped-def]  # a sort key
    """Topics and cases in the order they first come; a description would else reach too far."""
    topics = list(dict.fromkeys(sheet.topic for sheet in sheets))
    cases = list(dict.fromkeys(sheet.case for sheet in sheets if sheet.case))
    return lambda sheet: (topics.index(sheet.topic), cases.index(sheet.case) if sheet.case else -1)


def _category(topic: str, options: Options) -> list[str]:
    path = "/".join(filter(None, ("$course$/top", topic.replace("/", "//"))))
    return ['  <question type="category">', f"    <category>{_text(path)}</category>", "  </question>"]


def _description(case: Case) -> list[str]:
    return [
        '  <question type="description">',
        f"    <name>{_text(title(case.title, NAME_LENGTH))}</name>",
        _html("questiontext", case.text),
        _html("generalfeedback", ""),
        "    <defaultgrade>0</defaultgrade>",
        "    <penalty>0</penalty>",
        f"    <idnumber>{_plain(case.id)}</idnumber>",
        _tags(*_case_tag(case)),
        "  </question>",
    ]


def _question(sheet: Sheet, left: Left, options: Options) -> Iterator[str]:
    item = sheet.item
    left.behind(sheet, [*unsaid(sheet, CARRIED), *_losses(sheet, options)])
    kind, body = _body(item)
    yield f'  <question type="{kind}">'
    yield f"    <name>{_text(title(item.stem, NAME_LENGTH))}</name>"
    yield _html("questiontext", asked(item))
    yield _html("generalfeedback", item.explain)
    yield f"    <defaultgrade>{item.settings.points or 1}</defaultgrade>"
    yield "    <penalty>0</penalty>"
    yield "    <hidden>0</hidden>"
    yield f"    <idnumber>{_plain(item.id)}</idnumber>"
    yield from body
    yield from [_html("hint", item.hint)] if item.hint else []
    yield _tags(*sheet.tags, f"difficulty:{sheet.difficulty}", *_case_tag(sheet.case))
    yield "  </question>"


def _case_tag(case: Case | None) -> list[str]:
    """Return the tag of a case and its questions: Moodle sorts them by kind, so that their places say nothing."""
    return [f"{CASE}{fit(case.id)}"[:TAG_LENGTH]] if case and case.id else []


def _tags(*tags: str) -> str:
    return f"    <tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in tags)}</tags>"


def _losses(sheet: Sheet, options: Options) -> Iterator[str]:
    """Yield what Moodle's own kinds do otherwise."""
    item, body = sheet.item, sheet.item.body
    several = isinstance(body, Choice) and len(item.key()) > 1
    if not item.settings.partial and (several or isinstance(body, Matching)):
        yield ALL_OR_NOTHING
    if isinstance(body, Ordering):
        yield NEW_MOODLE
    if isinstance(body, Matching):
        yield from [HEADS] if body.heads != heads(options.language) else []
        formatted = any(bare(right) != escape(to_plain(right), quote=False) for _, right in body.pairs)
        yield from [FORMATTED] if formatted else []


def _body(item: Item) -> tuple[str, list[str]]:
    body = item.body
    if isinstance(body, Choice):
        return "multichoice", _choice(item, body)
    if isinstance(body, Ordering):
        return "ordering", _ordering(item, body)
    if isinstance(body, Matching):
        return "matching", _matching(body)
    raise TypeError(body.kind)  # a new kind has to be given its place here


def _choice(item: Item, body: Choice) -> list[str]:
    right = sum(option.right for option in body.options)
    wrong = Decimal(0)
    if body.multiple:
        wrong = -HUNDRED / right if item.settings.partial else -HUNDRED
    share = HUNDRED / right
    answers = [
        _answer(option.text, option.rationale, share if option.right else wrong) for option in body.options
    ]  # fmt: skip
    return [
        f"    <single>{'false' if body.multiple else 'true'}</single>",
        f"    <shuffleanswers>{'true' if shuffles(item) else 'false'}</shuffleanswers>",
        "    <answernumbering>abc</answernumbering>",
        *answers,
    ]


def _answer(text: str, reason: str, fraction: Decimal) -> str:
    share = f"{fraction.quantize(Decimal('0.00001'), ROUND_HALF_UP).normalize():f}"
    return (
        f'    <answer fraction="{share}" format="html">{_text(bare(text))}'
        f'<feedback format="html">{_text(bare(reason))}</feedback></answer>'
    )


def _ordering(item: Item, body: Ordering) -> list[str]:
    marking = "ABSOLUTE_POSITION" if item.settings.partial else "ALL_OR_NOTHING"
    answers = (_answer(step.text, step.rationale, Decimal(place)) for place, step in enumerate(body.steps, start=1))
    return [
        "    <layouttype>VERTICAL</layouttype>",
        "    <selecttype>ALL</selecttype>",
        f"    <selectcount>{len(body.steps)}</selectcount>",
        f"    <gradingtype>{marking}</gradingtype>",
        "    <showgrading>SHOW</showgrading>",
        "    <numberingstyle>none</numberingstyle>",
        *answers,
    ]


def _matching(body: Matching) -> list[str]:
    rows = (
        f'    <subquestion format="html">{_text(bare(stem))}<answer>{_text(to_plain(right))}</answer></subquestion>'
        for stem, right in body.pairs
    )
    return ["    <shuffleanswers>true</shuffleanswers>", *rows]


def _html(tag: str, words: str) -> str:
    return f'    <{tag} format="html">{_text(bare(words))}</{tag}>'


def _text(words: str) -> str:
    return f"<text>{_plain(words)}</text>"


def _plain(words: str) -> str:
    return escape(fit(words), quote=False)
