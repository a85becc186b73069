"""One item of QTI 2: its words, its interaction and its response processing into ours. Pure; knows no package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import escape

from learning.catalogue.errors import N_
from learning.catalogue.schema import LANGUAGES
from quizzes.interchange.fitting import NOT_A_KIND, Noted, joined, stemmed
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found
from quizzes.interchange.ids import slug_of
from quizzes.interchange.qti_out import CASE, EXPLAIN
from quizzes.interchange.spoken import heads
from quizzes.interchange.words import one_line
from quizzes.interchange.xml_tree import Node
from quizzes.marking.item import Body, Case, Item, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

KINDS = ("choiceInteraction", "orderInteraction", "matchInteraction")
FEEDBACK = ("feedbackInline", "feedbackBlock")
SKIPPED = (*FEEDBACK, "rubricBlock", "templateBlock", "templateInline", "infoControl")
MAX_POINTS = 10
UNREAD = frozenset(
    ["templateDeclaration", "templateProcessing", "stylesheet", "assessmentStimulusRef", "apipAccessibility"]
)
NEAR = Decimal("0.001")


@dataclass(slots=True)
class _Marking:
    """What the item says is right, and how it is marked."""

    right: list[str] = field(default_factory=list)
    mapped: dict[str, Decimal] = field(default_factory=dict)
    default: Decimal = Decimal(0)
    maps: bool = False
    points: int | None = None


def read_item(root: Node, noted: Noted, options: Options) -> Found:
    """Return the question of an <assessmentItem>."""
    title = root.attributes.get("title", "") or root.attributes.get("identifier", "")
    body = root.child("itemBody")
    found = list(body.every(*_interactions(body))) if body else []
    if body is None or len(found) != 1 or found[0].tag not in KINDS:
        kinds = ", ".join(dict.fromkeys(node.tag for node in found)) or "–"
        noted.wrong(NOT_A_KIND if len(found) < 2 else SEVERAL, kind=kinds)
        return noted.found(None, title)
    case = _case(body, noted)
    item = _item(root, body, found[0], noted, options)
    return noted.found(item, title, case=case, language=_language(root))


def _language(root: Node) -> str:
    """Return the language that the item says it is in, where it is one of ours."""
    said = root.attributes.get("lang", "")[:2].lower()
    return said if said in LANGUAGES else ""


SEVERAL = N_("Several interactions in one question (%(kind)s) cannot be taken over.")


def _interactions(body: Node | None) -> tuple[str, ...]:
    return tuple({node.tag for node in _all(body) if node.tag.endswith("Interaction")}) if body else ()


def _all(node: Node) -> Iterator[Node]:
    for part in node.children():
        yield part
        yield from _all(part)


def _item(root: Node, body: Node, interaction: Node, noted: Noted, options: Options) -> Item | None:
    marking = _marking(root, interaction, noted)
    reasons, explain = _reasons(root, interaction, noted)
    read = {"choiceInteraction": _choice, "orderInteraction": _ordering, "matchInteraction": _matching}
    made, settings = read[interaction.tag](root, interaction, marking, reasons, noted, options)
    _unread(root, body, noted)
    words = noted.html(_markup(body), body.line)
    stem, text = stemmed(words, root.attributes.get("title", ""))
    identifier = root.attributes.get("identifier", "")
    return Item(slug_of(identifier), stem, made, text, settings, explain)


# --- the kinds

type _Made = tuple[Body, Settings]


def _choice(
    root: Node, interaction: Node, marking: _Marking, reasons: Mapping[str, str], noted: Noted, options: Options
) -> _Made:
    choices = list(interaction.children("simpleChoice"))
    right = set(marking.right or [key for key, value in marking.mapped.items() if value > 0])
    pieces = tuple(
        Option(_line(choice, noted), reasons.get(_id(choice), ""), right=_id(choice) in right) for choice in choices
    )
    _known(right, choices, noted)
    count = sum(piece.right for piece in pieces)
    several = interaction.attributes.get("maxChoices", "1") != "1" or _cardinality(root, interaction) == "multiple"
    if not several and count > 1:
        noted.wrong(N_("Several options are right, but only one can be chosen."))
    partial = _partial(marking, [_id(choice) for choice in choices], right, noted)
    _fixed(interaction, choices, noted)
    body = Choice(pieces, _choose(interaction, count) if several else None)
    return body, Settings(shuffle=_shuffle(interaction), partial=partial if several else None, points=marking.points)


def _choose(interaction: Node, right: int) -> int | None:
    """Return the number to choose where the item says it, or one where only a single of several is right."""
    return right if interaction.attributes.get("maxChoices") == str(right) or right == 1 else None


def _ordering(
    root: Node, interaction: Node, marking: _Marking, reasons: Mapping[str, str], noted: Noted, options: Options
) -> _Made:
    choices = {_id(choice): choice for choice in interaction.children("simpleChoice")}
    _known(marking.right, list(choices.values()), noted)
    if sorted(marking.right) != sorted(choices):
        noted.wrong(N_("The right order does not name each step once."))
    if marking.maps:
        noted.lost(N_("the way of marking"), name="mapResponse")
    steps = tuple(
        Step(_line(choices[key], noted), reasons.get(key, "")) for key in marking.right if key in choices
    )  # fmt: skip
    return Ordering(steps), Settings(points=marking.points)


def _matching(
    root: Node, interaction: Node, marking: _Marking, reasons: Mapping[str, str], noted: Noted, options: Options
) -> _Made:
    sets = [list(part.children("simpleAssociableChoice")) for part in interaction.children("simpleMatchSet")]
    rows, cells = [*sets, [], []][:2]
    words = {_id(choice): _line(choice, noted) for choice in (*rows, *cells)}
    right = [key.split() for key in (marking.right or [k for k, value in marking.mapped.items() if value > 0])]
    given: dict[str, list[str]] = {}
    for pair in right:
        if len(pair) == 2:
            given.setdefault(pair[0], []).append(pair[1])
    if any(len(given.get(_id(row), [])) != 1 or given[_id(row)][0] not in words for row in rows):
        noted.wrong(N_("Each row has to match one cell."))
        return Matching(heads(options.language), ()), Settings()
    pairs = [(words[_id(row)], words[given[_id(row)][0]]) for row in rows]
    used = {right for _, right in pairs}
    pairs += [("", words[_id(cell)]) for cell in cells if words[_id(cell)] not in used]
    partial = _all_alike(marking, noted)
    return Matching(heads(options.language), tuple(pairs)), Settings(partial=partial, points=marking.points)


def _all_alike(marking: _Marking, noted: Noted) -> bool | None:
    """Return whether a matching is marked row by row."""
    if not marking.maps:
        return None
    values = {value for value in marking.mapped.values() if value > 0}
    if len(values) > 1 or any(value < 0 for value in marking.mapped.values()) or marking.default != 0:
        noted.lost(N_("marks of single options (fractions)"))
    return True


def _partial(marking: _Marking, keys: Sequence[str], right: set[str], noted: Noted) -> bool | None:
    """Return whether right minus wrong is what the mapping comes to; else note that its marks are lost."""
    if not marking.maps:
        return None
    values = {key: marking.mapped.get(key, marking.default) for key in keys}
    best = {values[key] for key in right if key in values}
    rest = {values[key] for key in keys if key not in right}
    if len(best) == 1 and rest and all(abs(value + next(iter(best))) < NEAR for value in rest):
        return True
    if not (len(right) == 1 and rest <= {Decimal(0)}):
        noted.lost(N_("marks of single options (fractions)"))
    return None


# --- marking


def _marking(root: Node, interaction: Node, noted: Noted) -> _Marking:
    marking = _Marking()
    declared = _declaration(root, interaction)
    for part in declared.children() if declared else ():
        if part.tag == "correctResponse":
            marking.right = [" ".join(value.text().split()) for value in part.children("value")]
        elif part.tag == "mapping":
            marking.default = _number(part.attributes.get("defaultValue", "0"), noted)
            for entry in part.children("mapEntry"):
                key = " ".join(entry.attributes.get("mapKey", "").split())
                marking.mapped[key] = _number(entry.attributes.get("mappedValue", "0"), noted)
    _processing(root, marking, noted)
    if not marking.right and not any(value > 0 for value in marking.mapped.values()):
        noted.wrong(N_("The question does not say what is right."))
    return marking


def _declaration(root: Node, interaction: Node) -> Node | None:
    name = interaction.attributes.get("responseIdentifier", "RESPONSE")
    return next((n for n in root.children("responseDeclaration") if n.attributes.get("identifier") == name), None)


def _cardinality(root: Node, interaction: Node) -> str:
    declared = _declaration(root, interaction)
    return declared.attributes.get("cardinality", "single") if declared else "single"


def _processing(root: Node, marking: _Marking, noted: Noted) -> None:
    """Learn from the response processing whether the mapping marks, and what a full mark is worth."""
    processing = root.child("responseProcessing")
    if processing is None:
        return
    template = processing.attributes.get("template", "").rpartition("/")[2].removesuffix(".xml")
    inner = list(_all(processing))
    marking.maps = template == "map_response" or any(node.tag == "mapResponse" for node in inner)
    matches = template == "match_correct" or any(node.tag == "correct" for node in inner)
    if (not marking.maps and not matches) or any(node.tag == "responseElseIf" for node in inner):
        noted.lost(N_("the way of marking"), name=template)
    _worth(root, marking, noted)


def _worth(root: Node, marking: _Marking, noted: Noted) -> None:
    """Take the worth of a full mark: as declared, or the most that the processing gives."""
    declared = (n.text() for n in root.children("outcomeDeclaration") if n.attributes.get("identifier") == "MAXSCORE")
    given = [part.text() for part in _scores(root)]
    said = " ".join(next(declared, "").split()) or max(given, key=lambda text: _number(text, noted), default="1")
    worth = _number(said, noted)
    if worth == worth.to_integral_value() and 2 <= worth <= MAX_POINTS:
        marking.points = int(worth)
    elif worth not in (0, 1):
        noted.lost(N_("points"), name=said)


def _scores(root: Node) -> Iterator[Node]:
    for setting in root.every("setOutcomeValue"):
        if setting.attributes.get("identifier") == "SCORE":
            yield from setting.children("baseValue")


def _number(said: str, noted: Noted) -> Decimal:
    try:
        value = Decimal(said.strip()) if len(said) < 20 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 1000:
        noted.wrong(N_("Expected a number, found “%(found)s”."), found=said[:40])
        return Decimal(0)
    return value


def _known(right: Sequence[str] | set[str], choices: Sequence[Node], noted: Noted) -> None:
    unknown = sorted(set(right) - {_id(choice) for choice in choices})
    if unknown:
        noted.wrong(N_("What is right names “%(found)s”, which is no option."), found=unknown[0][:40])


def _fixed(interaction: Node, choices: Sequence[Node], noted: Noted) -> None:
    if _shuffle(interaction) is None and any(choice.attributes.get("fixed") == "true" for choice in choices):
        noted.lost(N_("the fixed place of single options"))


def _shuffle(interaction: Node) -> bool | None:
    return None if interaction.attributes.get("shuffle") == "true" else False


# --- words


def _reasons(root: Node, interaction: Node, noted: Noted) -> tuple[dict[str, str], str]:
    """Return the reason of each choice, by its identifier, and the explanation; other feedback is noted as lost."""
    choices = {_id(choice): choice for choice in interaction.every("simpleChoice", "simpleAssociableChoice")}
    said: dict[str, list[str]] = {key: [] for key in choices}
    explain: list[str] = []
    for key, choice in choices.items():
        said[key] += [noted.html(_markup(part), part.line) for part in choice.children(*FEEDBACK)]
    for modal in root.children("modalFeedback"):
        key, words = _id(modal), noted.html(_markup(modal), modal.line)
        if key == EXPLAIN:
            explain.append(words)
        elif key in said and modal.attributes.get("showHide", "show") == "show":
            said[key].append(words)
        elif words:
            noted.lost(N_("feedback of no option"), modal.line, name=key)
    return {key: joined(texts) for key, texts in said.items()}, joined(explain)


def _case(body: Node, noted: Noted) -> Case | None:
    """Return the case that our own packages put before a question."""
    holder = next((node for node in body.children("div") if node.attributes.get("class") == CASE), None)
    head = holder.child("h2") if holder else None
    if holder is None or head is None:
        return None
    title = one_line(noted.html(_markup(head), head.line))
    rest = "".join(_element(part) for part in holder.parts if part is not head)
    return Case(title, slug_of(holder.attributes.get("label", "")), noted.html(rest, holder.line), holder.line)


def _line(choice: Node, noted: Noted) -> str:
    return one_line(noted.html(_markup(choice), choice.line))


def _id(node: Node) -> str:
    return " ".join(node.attributes.get("identifier", "").split())


def _markup(node: Node) -> str:
    """Return what stands in `node` as HTML: interactions by their prompts only, feedback not at all."""
    return "".join(_element(part) for part in node.parts)


def _element(part: "Node | str") -> str:
    if isinstance(part, str):
        return escape(part)
    if part.tag in SKIPPED or part.attributes.get("class") == CASE:
        return ""
    if part.tag.endswith("Interaction"):
        prompt = part.child("prompt")
        return f"<p>{_markup(prompt)}</p>" if prompt else ""
    given = {key: value for key, value in part.attributes.items() if key in ("href", "alt", "src", "style")}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<{part.tag}{attributes}>{_markup(part)}</{part.tag}>" if part.parts else f"<{part.tag}{attributes}/>"


def _unread(root: Node, body: Node, noted: Noted) -> None:
    """Note by name what an item says that has no place here."""
    for node in (*root.children(), *_all(body)):
        if node.tag in UNREAD or node.tag in ("rubricBlock", "templateBlock", "printedVariable", "include"):
            noted.lost(N_("a setting"), node.line, name=node.tag)
        elif node.tag == "object":
            noted.lost(N_("a file"), node.line, name=node.attributes.get("data", ""))
    for feedback in body.children(*FEEDBACK):
        noted.lost(N_("feedback of no option"), feedback.line, name=_id(feedback))
    if root.attributes.get("adaptive") == "true":
        noted.lost(N_("several attempts inside one question"))
