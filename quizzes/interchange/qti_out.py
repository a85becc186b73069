"""QTI 2.1, written: a package with a manifest and an item a question. Pure.

Every item says its own response processing (all or nothing by <match>, in parts by <mapResponse>), shows the reason of
each option chosen and the explanation as modal feedback, and repeats its case, for which QTI items have no place.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from learning.catalogue.errors import N_
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Sheet, Written
from quizzes.interchange.leaving import OLD, Left, bare, fit, title
from quizzes.interchange.losses import unsaid
from quizzes.interchange.words import asked
from quizzes.interchange.zips import pack
from quizzes.marking.item import Case, Item, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from quizzes.marking.mark import shuffles

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")  # the words of LOM, 1 to 5
TOPIC = "topic: "
CASE = "naru-case"
EXPLAIN = "EXPLAIN"
CARRIED = frozenset(["explain", "reasons", "case", "topic", "difficulty", "tags", "points", "partial", "shuffle"])
IN_PARTS = N_("part marks of an ordering")
STRUCK = N_("words struck out, underlined or marked")
REPEATED = N_("the case as one text of several questions: each repeats it")
_STRUCK = re.compile(r"<(?:s|u|mark|ins|del)[ >]")
_BLOCKS = re.compile(r"<(?:p|ul|ol|table|pre|blockquote|h[2-6]|hr)[ />]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write(sheets: Sequence[Sheet], options: Options) -> Written:
    """Return a package of `sheets`."""
    left = Left()
    files: dict[str, bytes] = {}
    resources: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        name = f"items/{sheet.item.id or number}.xml"
        resources.append(_resource(sheet, name, f"item-{number}", options))
        files[name] = "\n".join(_item(sheet, left, options)).encode()
    manifest = "\n".join(_manifest(resources, options))
    return Written(pack({"imsmanifest.xml": manifest.encode(), **files}), tuple(left.problems))


def _manifest(resources: Sequence[str], options: Options) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<manifest xmlns="{PACKAGE}" identifier="naru-questions">'
    yield "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>"
    yield "<organizations/>"
    yield from ["<resources>", *resources, "</resources>", "</manifest>", ""]


def _resource(sheet: Sheet, name: str, identifier: str, options: Options) -> str:
    words = [*([TOPIC + sheet.topic] if sheet.topic else []), *sheet.tags]
    language = f' language="{options.language}"'
    keywords = "".join(f"<keyword><string{language}>{_plain(word)}</string></keyword>" for word in words)
    level = DIFFICULTIES[sheet.difficulty - 1]
    return (
        f'<resource identifier="{identifier}" type="imsqti_item_xmlv2p1" href="{name}"><metadata>'
        f'<lom xmlns="{LOM}"><general>{keywords}</general><educational><difficulty><source>LOMv1.0</source>'
        f"<value>{level}</value></difficulty></educational></lom></metadata>"
        f'<file href="{name}"/></resource>'
    )


def _item(sheet: Sheet, left: Left, options: Options) -> Iterator[str]:
    item = sheet.item
    left.behind(sheet, [*unsaid(sheet, CARRIED), *_losses(sheet)])
    named = _attribute(title(item.stem, 255))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<assessmentItem xmlns="{SPACE}" identifier="{_attribute(item.id or "question")}" title="{named}" '
        f'adaptive="false" timeDependent="false" xml:lang="{options.language}">'
    )
    yield from _declarations(item)
    yield "<itemBody>"
    yield from _case(sheet.case) if sheet.case else []
    yield _flow(asked(item))
    yield from _interaction(item)
    yield "</itemBody>"
    yield from _processing(item)
    yield from _feedback(item)
    yield "</assessmentItem>"


def _losses(sheet: Sheet) -> Iterator[str]:
    item = sheet.item
    told = [step.rationale for step in item.told()] + [step.text for step in item.told()]
    if item.body.kind == "ordering" and item.settings.partial:
        yield IN_PARTS
    if sheet.case:
        yield REPEATED
    if any(_STRUCK.search(bare(text)) for text in (item.stem, item.text, item.explain, *told)):
        yield STRUCK


# --- response


def _declarations(item: Item) -> Iterator[str]:
    body, of = item.body, item.settings.points or 1
    values = "".join(f"<value>{value}</value>" for value in _right(item))
    cardinality, base = {
        "ordering": ("ordered", "identifier"),
        "matching": ("multiple", "directedPair"),
    }.get(body.kind, ("multiple" if isinstance(body, Choice) and body.multiple else "single", "identifier"))
    yield f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
    yield f"<correctResponse>{values}</correctResponse>"
    yield from _mapping(item, of) if _maps(item) else []
    yield "</responseDeclaration>"
    for name, value in (("SCORE", 0), ("MAXSCORE", of)):
        yield f'<outcomeDeclaration identifier="{name}" cardinality="single" baseType="float">'
        yield f"<defaultValue><value>{value}</value></defaultValue></outcomeDeclaration>"
    for name, cardinality in (("FEEDBACK", "multiple"), (EXPLAIN, "single")):
        yield f'<outcomeDeclaration identifier="{name}" cardinality="{cardinality}" baseType="identifier"/>'


def _right(item: Item) -> list[str]:
    body = item.body
    if isinstance(body, Choice):
        return [letter for letter, option in zip(_LETTERS, body.options, strict=False) if option.right]
    if isinstance(body, Ordering):
        return [_LETTERS[i] for i in range(len(body.steps))]
    assert isinstance(body, Matching)  # noqa: S101 - for the types; a new kind is to be given its place here
    cells = _cells(body)
    rows = [right for left, right in body.pairs if left]
    return [f"R{number} C{cells.index(right) + 1}" for number, right in enumerate(rows, start=1)]


def _cells(body: Matching) -> list[str]:
    return list(dict.fromkeys(right for _, right in body.pairs))


def _maps(item: Item) -> bool:
    return bool(item.settings.partial) and item.body.kind != "ordering"


def _mapping(item: Item, of: int) -> Iterator[str]:
    right = _right(item)
    share = f"{of / len(right):.6g}"
    wrong = f"-{share}" if isinstance(item.body, Choice) else "0"
    yield f'<mapping lowerBound="0" upperBound="{of}" defaultValue="{wrong}">'
    yield from (f'<mapEntry mapKey="{key}" mappedValue="{share}"/>' for key in right)
    yield "</mapping>"


def _processing(item: Item) -> Iterator[str]:
    yield "<responseProcessing>"
    if _maps(item):
        yield '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
    else:
        yield '<responseCondition><responseIf><match><variable identifier="RESPONSE"/>'
        yield '<correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE">'
        yield f'<baseValue baseType="float">{item.settings.points or 1}</baseValue>'
        yield "</setOutcomeValue></responseIf></responseCondition>"
    if item.told():
        yield f'<setOutcomeValue identifier="FEEDBACK">{_shown(item)}</setOutcomeValue>'
    if item.explain:
        yield f'<setOutcomeValue identifier="{EXPLAIN}"><baseValue baseType="identifier">{EXPLAIN}</baseValue>'
        yield "</setOutcomeValue>"
    yield "</responseProcessing>"


def _shown(item: Item) -> str:
    """Return which reasons are shown: those of the options chosen, of an ordering those of all steps."""
    if isinstance(item.body, Ordering):
        values = (f'<baseValue baseType="identifier">{key}</baseValue>' for key in _right(item))
        return f"<multiple>{''.join(values)}</multiple>"
    variable = '<variable identifier="RESPONSE"/>'
    multiple = isinstance(item.body, Choice) and item.body.multiple
    return variable if multiple else f"<multiple>{variable}</multiple>"


# --- words


def _case(case: Case) -> Iterator[str]:
    yield f'<div class="{CASE}" label="{_attribute(case.id)}"><h2>{_inline(case.title)}</h2>{_flow(case.text)}</div>'


def _interaction(item: Item) -> Iterator[str]:
    body, shuffle = item.body, "true" if shuffles(item) else "false"
    common = f'responseIdentifier="RESPONSE" shuffle="{shuffle}"'
    if isinstance(body, Choice):
        most = (body.choose or 0) if body.multiple else 1
        yield f'<choiceInteraction {common} maxChoices="{most}">'
        yield from _choices(body.options)
        yield "</choiceInteraction>"
    elif isinstance(body, Ordering):
        yield f"<orderInteraction {common}>"
        yield from _choices(body.steps)
        yield "</orderInteraction>"
    elif isinstance(body, Matching):
        rows = [left for left, _ in body.pairs if left]
        yield f'<matchInteraction {common} maxAssociations="{len(rows)}">'
        yield from _match_set("R", rows, 1)
        yield from _match_set("C", _cells(body), 0)
        yield "</matchInteraction>"


def _choices(steps: Sequence[Step]) -> Iterator[str]:
    for letter, step in zip(_LETTERS, steps, strict=False):
        yield f'<simpleChoice identifier="{letter}">{_inline(step.text)}</simpleChoice>'


def _match_set(letter: str, texts: Sequence[str], most: int) -> Iterator[str]:
    yield "<simpleMatchSet>"
    for number, text in enumerate(texts, start=1):
        choice = f'<simpleAssociableChoice identifier="{letter}{number}" matchMax="{most}">'
        yield f"{choice}{_inline(text)}</simpleAssociableChoice>"
    yield "</simpleMatchSet>"


def _feedback(item: Item) -> Iterator[str]:
    body = item.body
    steps: Sequence[Step] = (
        body.options if isinstance(body, Choice) else body.steps if isinstance(body, Ordering) else ()
    )  # fmt: skip
    for letter, step in zip(_LETTERS, steps, strict=False):
        if step.rationale:
            yield from _modal("FEEDBACK", letter, step.rationale)
    if item.explain:
        yield from _modal(EXPLAIN, EXPLAIN, item.explain)


def _modal(outcome: str, identifier: str, words: str) -> Iterator[str]:
    yield f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{identifier}" showHide="show">'
    yield f"{_flow(words)}</modalFeedback>"


def _flow(words: str) -> str:
    """Return Markdown as blocks of XHTML."""
    markup = _inline(words)
    return markup if not markup or _BLOCKS.match(markup) else f"<p>{markup}</p>"


def _inline(words: str) -> str:
    return bare(words, OLD).replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", "\u00a0")


def _plain(words: str) -> str:
    return escape(fit(words), quote=False)


def _attribute(words: str) -> str:
    return escape(fit(words))
