"""Moodle XML, read: `<quiz>` with a `<question type="…">` each. Writing it: `moodle_xml_out`. Pure.

Choice (multichoice, truefalse, the all-or-nothing kind), matching and ordering become items; a description is the case
of the questions with its tag `case:…`; every other kind is listed by its name. A description without such a tag is the
case of the questions below it, up to the next category, unless the category is sorted by kind, as Moodle's own export
sorts it: there its place says nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.fitting import NOT_A_KIND, Noted, joined, sheltered, stemmed
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found, Reading
from quizzes.interchange.ids import slug_of
from quizzes.interchange.leaving import title
from quizzes.interchange.moodle_node import (
    BOOLEAN_NO,
    FEEDBACKS,
    WHOLE,
    difficulty_of,
    fraction_of,
    name_of,
    note_unknown,
    own_tags_of,
    plain_of,
    points_of,
    raw_of,
    shuffle_of,
    tags_of,
    words_of,
)
from quizzes.interchange.moodle_xml_out import CASE, NAME_LENGTH, write
from quizzes.interchange.spoken import heads, true_false
from quizzes.interchange.words import from_plain, one_line
from quizzes.interchange.xml_tree import Node, XmlError, parse
from quizzes.marking.item import Body, Case, Item, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

__all__ = ["read", "write"]

COSTS_ALL = Decimal(-99)
NEAR = Decimal("0.01")  # Moodle writes 33.33333
COMMON = frozenset(
    ["name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags", "hint"]
)
SHOWN = frozenset(["shownumcorrect", "showstandardinstruction", "correctresponsesfeedback", *FEEDBACKS])


@dataclass(slots=True)
class _Kind:
    """How a kind is read, and which elements of it are understood."""

    body: "Callable[[Node, Noted, Options], tuple[Body, Settings] | None]"
    known: frozenset[str]


@dataclass(slots=True)
class _State:
    """Where the reader is: what holds for the questions to come."""

    options: Options
    topic: str = ""
    case: Case | None = None
    waiting: Found | None = None  # the description that no question has followed yet
    in_order: bool = False  # whether the place of a description says anything
    tagged: dict[str, Case] = field(default_factory=dict)
    lonely: dict[str, Found] = field(default_factory=dict)  # descriptions whose tag no question has had yet
    done: list[Found] = field(default_factory=list)


def read(data: bytes, options: Options) -> Reading:
    """Return the questions of a Moodle XML file."""
    try:
        root = parse(data, without=("file", "image_base64"))
    except XmlError as error:
        return Reading(problems=(error.problem,))
    if root.tag != "quiz" or root.space:
        message = N_("Expected <quiz> as the first element, as Moodle writes it; found <%(found)s>.")
        return Reading(problems=(Problem("", root.line, message, {"found": root.tag[:40]}),))
    state = _State(options)
    for category in _categories(root):
        _take_all(category, state)
    problems = () if state.done else (Problem("", root.line, N_("There is no question in this file.")),)
    return Reading(tuple(state.done), problems)


def _take_all(category: list[Node], state: _State) -> None:
    state.in_order = not _is_sorted(category)
    _find_tagged(category, state)
    for node in category:
        _take(node, state)
    _close_case(state)
    state.done += [replace(found, topic=state.topic) for found in state.lonely.values()]


def _take(node: Node, state: _State) -> None:
    kind = node.attributes.get("type", "")
    if node.tag != "question":
        noted = Noted(node.line)
        noted.wrong(N_("Expected <question>, found <%(found)s>."), found=node.tag[:40])
        state.done.append(noted.found(None, node.tag))
    elif kind == "category":
        state.topic = _category(node)
    elif kind == "description":
        _close_case(state)
        _describe(node, state)
    else:
        found = _question(node, kind, state)
        if found.item:
            _asked(node, state)
        state.done.append(found)


def _categories(root: Node) -> list[list[Node]]:
    """Return what stands in each category, which is named first."""
    categories: list[list[Node]] = [[]]
    for node in root.children():
        if node.attributes.get("type") == "category":
            categories.append([])
        categories[-1].append(node)
    return categories


def _is_sorted(category: list[Node]) -> bool:
    kinds = [node.attributes.get("type", "") for node in category]
    kinds = [kind for kind in kinds if kind != "category"]
    return kinds == sorted(kinds)


def _find_tagged(category: list[Node], state: _State) -> None:
    """Find the descriptions that say by a tag which questions of the category are theirs."""
    state.tagged, state.lonely = {}, {}
    for node in category:
        tag = _case_tag(node) if node.attributes.get("type") == "description" else ""
        if tag and tag not in state.tagged:
            state.tagged[tag], state.lonely[tag] = _case(node)


def _case_tag(node: Node) -> str:
    return next((tag for tag in tags_of(node) if tag.startswith(CASE)), "")


def _case_of(node: Node, state: _State) -> Case | None:
    return next((state.tagged[tag] for tag in tags_of(node) if tag in state.tagged), state.case)


def _asked(node: Node, state: _State) -> None:
    """Note that the case of a question has been followed by one."""
    tag = next((tag for tag in tags_of(node) if tag in state.tagged), "")
    if tag:
        state.lonely.pop(tag, None)
    else:
        state.waiting = None


def _category(node: Node) -> str:
    """Return the path of a category without where Moodle hangs it: "$course$/top/…"."""
    holder = node.child("category")
    path = (raw_of(holder) if holder else "").strip()
    steps = [step.strip() for step in path.split("/")]
    while steps and (steps[0].startswith("$") or steps[0] in ("top", "")):
        steps.pop(0)
    return "/".join(steps)


def _describe(node: Node, state: _State) -> None:
    if _case_tag(node):
        return
    if state.in_order:
        state.case, found = _case(node)
        state.waiting = replace(found, topic=state.topic)
    else:
        noted = Noted(node.line)
        noted.wrong(NOT_A_KIND, kind="description")
        state.done.append(noted.found(None, name_of(node), topic=state.topic))


def _case(node: Node) -> tuple[Case, Found]:
    """Return a description as a case, and as what it is without a question."""
    noted = Noted(node.line)
    name = name_of(node)
    text = sheltered(words_of(node.child("questiontext"), noted))
    slug = slug_of(plain_of(node, "idnumber") or name or str(node.line))
    note_unknown(node, COMMON, noted)
    noted.wrong(N_("This text stands before no question that could be taken over."))
    return Case(one_line(from_plain(name)) or "…", slug, text, node.line), noted.found(None, name)


def _close_case(state: _State) -> None:
    """End the reach of a description; one that no question has followed is listed."""
    if state.waiting:
        state.done.append(state.waiting)
    state.case = state.waiting = None


def _question(node: Node, name: str, state: _State) -> Found:
    noted = Noted(node.line)
    kind, label = KINDS.get(name), name_of(node)
    around: dict[str, object] = {
        "topic": state.topic,
        "tags": tuple(tag for tag in own_tags_of(node) if tag not in state.tagged),
        "case": _case_of(node, state),
        "difficulty": difficulty_of(node),
    }
    if kind is None:
        noted.wrong(NOT_A_KIND, kind=NAMES.get(name, name[:40]))
        return noted.found(None, label or name, **around)
    made = kind.body(node, noted, state.options)
    note_unknown(node, kind.known, noted)
    item = _item(node, made, noted) if made else None
    return noted.found(item, label or (item.stem if item else name), **around)


def _item(node: Node, made: tuple[Body, Settings], noted: Noted) -> Item:
    body, settings = made
    name = name_of(node)
    stem, text = stemmed(words_of(node.child("questiontext"), noted), name)
    if name and title(stem, NAME_LENGTH) != name:
        noted.lost(N_("the question's own name"), name=name)
    return Item(
        id=slug_of(plain_of(node, "idnumber")),
        stem=stem,
        body=body,
        text=text,
        settings=replace(settings, points=points_of(node, noted)),
        explain=words_of(node.child("generalfeedback"), noted),
        hint=joined(words_of(hint, noted) for hint in node.children("hint")),
    )


# --- the kinds


def _multichoice(node: Node, noted: Noted, options: Options) -> tuple[Body, Settings] | None:
    answers = list(node.children("answer"))
    fractions = [fraction_of(answer, noted) for answer in answers]
    single = plain_of(node, "single") not in BOOLEAN_NO[1:]
    right = [value == WHOLE if single else value > 0 for value in fractions]
    if single and sum(right) > 1:
        noted.wrong(N_("Several options earn everything, but only one can be chosen."))
    elif not any(right):
        noted.wrong(N_("No option is right: none has the fraction 100."))
    partial = None if single else _partial(fractions)
    if not _fits(fractions, right, partial):
        noted.lost(N_("marks of single options (fractions)"))
    body = Choice(tuple(map(_option, answers, right, [noted] * len(answers))), None)
    choose = None if single or sum(right) > 1 else 1
    return replace(body, choose=choose), Settings(shuffle=shuffle_of(node), partial=partial)


def _multichoiceset(node: Node, noted: Noted, options: Options) -> tuple[Body, Settings] | None:
    """The all-or-nothing multiple choice, which many Moodles have added."""
    answers = list(node.children("answer"))
    right = [fraction_of(answer, noted) > 0 for answer in answers]
    body = Choice(tuple(map(_option, answers, right, [noted] * len(answers))), None if sum(right) > 1 else 1)
    return body, Settings(shuffle=shuffle_of(node))


def _truefalse(node: Node, noted: Noted, options: Options) -> tuple[Body, Settings] | None:
    truth = true_false(options.language)
    pieces: dict[bool, Option] = {}
    for number, answer in enumerate(node.children("answer")):
        said = raw_of(answer).strip().lower()
        value = said == "true" if said in ("true", "false") else number == 0
        reason = words_of(answer.child("feedback"), noted)
        pieces[value] = Option(truth[not value], reason, right=fraction_of(answer, noted) == WHOLE)
    if sum(option.right for option in pieces.values()) != 1 or len(pieces) != 2:
        noted.wrong(N_("Expected “true” and “false”, one of them right."))
        return None
    return Choice((pieces[True], pieces[False])), Settings(shuffle=False)


def _matching(node: Node, noted: Noted, options: Options) -> tuple[Body, Settings] | None:
    pairs = []
    for row in node.children("subquestion"):
        answer = row.child("answer")
        right = one_line(from_plain(raw_of(answer).strip())) if answer else ""
        pairs.append((one_line(words_of(row, noted)), right))
    if plain_of(node, "shuffleanswers") in BOOLEAN_NO[1:]:
        noted.lost(N_("a fixed order of what is matched"))
    return Matching(heads(options.language), tuple(pairs)), Settings(partial=True)


def _ordering(node: Node, noted: Noted, options: Options) -> tuple[Body, Settings] | None:
    steps = tuple(
        Step(one_line(words_of(answer, noted)), words_of(answer.child("feedback"), noted))
        for answer in node.children("answer")
    )
    if plain_of(node, "selecttype") not in ("ALL", "EXACT"):
        noted.lost(N_("a part of the steps drawn by chance"))
    marking = plain_of(node, "gradingtype")
    if marking not in ("ALL_OR_NOTHING", "ABSOLUTE_POSITION"):
        noted.lost(N_("the way of marking"), name=marking)
    return Ordering(steps), Settings(partial=None if marking == "ALL_OR_NOTHING" else True)


_CHOICE = COMMON | SHOWN | {"single", "shuffleanswers", "answernumbering", "answer"}
_STEPS = {"layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle", "answer"}
KINDS: Mapping[str, _Kind] = {
    "multichoice": _Kind(_multichoice, _CHOICE),
    "multichoiceset": _Kind(_multichoiceset, _CHOICE),
    "truefalse": _Kind(_truefalse, COMMON | {"answer"}),
    "matching": _Kind(_matching, COMMON | SHOWN | {"shuffleanswers", "subquestion"}),
    "ordering": _Kind(_ordering, COMMON | SHOWN | _STEPS),
}
NAMES: Mapping[str, str] = {
    "shortanswer": N_("short answer"),
    "numerical": N_("number"),
    "essay": N_("essay"),
    "cloze": N_("cloze (embedded answers)"),
    "calculated": N_("calculated"),
    "calculatedsimple": N_("calculated"),
    "calculatedmulti": N_("calculated"),
    "ddwtos": N_("drag and drop into text"),
    "gapselect": N_("select missing words"),
    "ddimageortext": N_("drag and drop onto image"),
    "ddmarker": N_("drag and drop markers"),
    "randomsamatch": N_("random short-answer matching"),
}


# --- the parts


def _option(answer: Node, right: bool, noted: Noted) -> Option:
    text = one_line(words_of(answer, noted))
    return Option(text, words_of(answer.child("feedback"), noted), right=right)


def _partial(fractions: list[Decimal]) -> bool | None:
    """Return whether several right options earn by parts: they do unless each wrong one costs everything."""
    several = sum(value > 0 for value in fractions) > 1
    return True if several and any(value > COSTS_ALL for value in fractions if value <= 0) else None


def _fits(fractions: list[Decimal], right: list[bool], partial: bool | None) -> bool:
    """Return whether our marking gives what the fractions say, or what stands for all or nothing."""
    count = sum(right) or 1
    for value, is_right in zip(fractions, right, strict=True):
        wanted = WHOLE / count if is_right else (-WHOLE / count if partial else None)
        if wanted is not None and abs(value - wanted) >= NEAR:
            return False
        if wanted is None and not is_right and value not in (0, -WHOLE):
            return False
    return True
