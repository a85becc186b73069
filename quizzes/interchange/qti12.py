"""QTI 1.2, as Canvas and older systems write it: multiple choice is read, all else listed by its name. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from html import escape

from learning.catalogue.errors import N_
from quizzes.interchange.fitting import NOT_A_KIND, Noted, joined, stemmed
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found
from quizzes.interchange.ids import slug_of
from quizzes.interchange.spoken import heads
from quizzes.interchange.words import one_line
from quizzes.interchange.xml_tree import Node
from quizzes.marking.item import Item, Option, Settings
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching

FULL = Decimal(100)
NEAR = 100  # scores that are this part of the whole apart are alike: 33.34 and 33.33
MATCHES = "matching_question"  # as Canvas names it
BLANKS = ("fill_in_multiple_blanks_question", "multiple_dropdowns_question")  # of Canvas: words with gaps
GENERAL = ("general_fb", "general", "feedback_all")


def read_old(root: Node, options: Options) -> Iterator[Found]:
    """Yield the questions of a <questestinterop>."""
    items = list(root.every("item"))
    for item in items:
        yield _question(item, options)
    if not items:
        noted = Noted(root.line)
        noted.wrong(N_("There is no question in this file."))
        yield noted.found(None, root.tag)


def _question(node: Node, options: Options) -> Found:
    noted = Noted(node.line)
    said = dict(_metadata(node))
    kind = said.get("question_type") or said.get("cc_profile") or said.get("qmd_itemtype", "")
    title = node.attributes.get("title", "") or node.attributes.get("ident", "")
    presentation = node.child("presentation")
    asked = list(presentation.every("response_lid", "response_str", "response_num", "response_xy", "response_grp")) \
        if presentation else []  # fmt: skip
    if presentation is None or not _is_here(node, kind, asked):
        noted.wrong(NOT_A_KIND, kind=kind or (asked[0].tag if asked else "item"))
        return noted.found(None, title)
    item = (_item if len(asked) == 1 else _matching)(node, presentation, asked, noted, options)
    points = _points(said.get("points_possible") or said.get("cc_weighting", ""), noted)
    return noted.found(_with_points(item, points), title)


def _is_here(node: Node, kind: str, asked: list[Node]) -> bool:
    """Return whether it is choice or matching; of a kind unknown, several responses are that only when alike."""
    if not asked or kind in BLANKS or any(part.tag != "response_lid" for part in asked):
        return False
    return len(asked) == 1 or kind == MATCHES or _alike(node, asked)


def _alike(node: Node, asked: list[Node]) -> bool:
    """Return whether every response offers the same, and one of it earns."""
    offered = [{label.attributes.get("ident", "") for label in part.every("response_label")} for part in asked]
    earning = (condition for condition in node.every("respcondition") if _score(condition) > 0)
    earned = Counter(
        part.attributes.get("respident", "") for condition in earning for part in condition.every("varequal")
    )
    once = all(earned[part.attributes.get("ident", "")] == 1 for part in asked)
    return once and all(one == offered[0] for one in offered)


def _with_points(item: Item, points: int | None) -> Item:
    return replace(item, settings=replace(item.settings, points=points))


def _item(node: Node, presentation: Node, asked: list[Node], noted: Noted, options: Options) -> Item:
    (response,) = asked
    labels = list(response.every("response_label"))
    several = response.attributes.get("rcardinality", "Single") == "Multiple"
    right, partly = _right(node, several=several)
    if partly:
        noted.lost(N_("marks of single options (fractions)"))
    reasons = {feedback.attributes.get("ident", ""): _words(feedback, noted) for feedback in node.every("itemfeedback")}
    pieces = []
    for label in labels:
        key = label.attributes.get("ident", "")
        reason = joined(reasons.pop(name, "") for name in (f"{key}_fb", key))
        pieces.append(Option(one_line(_words(label, noted)), reason, right=key in right))
    if not any(piece.right for piece in pieces):
        noted.wrong(N_("The question does not say what is right."))
    explain = joined(reasons.pop(name, "") for name in GENERAL)
    for name, words in reasons.items():
        if words:
            noted.lost(N_("feedback of no option"), name=name)
    if not several and sum(piece.right for piece in pieces) > 1:
        noted.wrong(N_("Several options earn everything, but only one can be chosen."))
    choose = 1 if several and sum(piece.right for piece in pieces) == 1 else None
    shuffled = any(part.attributes.get("shuffle", "").lower() == "no" for part in response.every("render_choice"))
    stem, text = stemmed(_asked(presentation, noted), node.attributes.get("title", ""))
    settings = Settings(shuffle=False if shuffled else None)
    return Item(slug_of(node.attributes.get("ident", "")), stem, Choice(tuple(pieces), choose), text, settings, explain)


def _matching(node: Node, presentation: Node, asked: list[Node], noted: Noted, options: Options) -> Item:
    """Return what Canvas calls matching: a response for each row, with the cells to choose from."""
    keys = {part.attributes.get("respident", ""): part.text().strip()
            for condition in node.every("respcondition") if _score(condition) > 0
            for part in condition.every("varequal")}  # fmt: skip
    cells = {label.attributes.get("ident", ""): one_line(_words(label, noted))
             for response in asked for label in response.every("response_label")}  # fmt: skip
    pairs = []
    for response in asked:
        material = response.child("material")
        right = keys.get(response.attributes.get("ident", ""), "")
        pairs.append((one_line(_material(material, noted)) if material else "", cells.get(right, "")))
    used = {right for _, right in pairs}
    pairs += [("", words) for words in dict.fromkeys(cells.values()) if words not in used]
    material = presentation.child("material")
    stem, text = stemmed(_material(material, noted) if material else "", node.attributes.get("title", ""))
    body = Matching(heads(options.language), tuple(pairs))
    return Item(slug_of(node.attributes.get("ident", "")), stem, body, text, Settings(partial=True))


def _right(node: Node, *, several: bool) -> tuple[set[str], bool]:
    """Return the idents that earn everything, and whether the file also gives a part for some, or takes it.

    Canvas names them in one condition (`<and>`, the wrong ones in `<not>`); others add up one condition an option.
    """
    scored = [(_score(condition), _named(condition)) for condition in node.every("respcondition")]
    earning = [(score, named) for score, named in scored if score > 0 and named]
    best, full = max((score for score, _ in earning), default=Decimal(0)), _full(node)
    adding = several and best < full
    right = {one for score, named in earning if adding or score == best for one in named}
    uneven = any(best - score > full / NEAR for score, _ in earning)
    return right, uneven or any(score < 0 and named for score, named in scored)


def _full(node: Node) -> Decimal:
    """Return the most that can be earned."""
    most = max((_number(part.attributes.get("maxvalue", "")) for part in node.every("decvar")), default=Decimal(0))
    return most if most > 0 else FULL


def _score(condition: Node) -> Decimal:
    return max((_change(part) for part in condition.every("setvar")), default=Decimal(0))


def _change(setvar: Node) -> Decimal:
    value = _number(setvar.text())
    return -value if setvar.attributes.get("action") == "Subtract" else value


def _named(condition: Node) -> set[str]:
    denied = {part.text().strip() for inner in condition.every("not") for part in inner.every("varequal")}
    return {part.text().strip() for part in condition.every("varequal")} - denied


def _metadata(node: Node) -> Iterator[tuple[str, str]]:
    for field in node.every("qtimetadatafield"):
        label, entry = field.child("fieldlabel"), field.child("fieldentry")
        if label and entry:
            yield label.text().strip(), entry.text().strip()
    for old in node.every("qmd_itemtype"):
        yield "qmd_itemtype", old.text().strip()


def _points(said: str, noted: Noted) -> int | None:
    value = _number(said or "1")
    if value == value.to_integral_value() and 2 <= value <= 10:
        return int(value)
    if value not in (0, 1):
        noted.lost(N_("points"), name=said)
    return None


def _number(said: str) -> Decimal:
    try:
        value = Decimal(said.strip()) if len(said) < 20 else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and abs(value) <= 1000 else Decimal(0)


def _asked(presentation: Node, noted: Noted) -> str:
    """Return the words before the options: all material that stands in no option."""
    return joined(_material(part, noted) for part in _outside(presentation))


def _outside(node: Node) -> Iterator[Node]:
    for part in node.children():
        if part.tag == "material":
            yield part
        elif part.tag != "render_choice":
            yield from _outside(part)


def _words(node: Node, noted: Noted) -> str:
    return joined(_material(part, noted) for part in node.every("material"))


def _material(material: Node, noted: Noted) -> str:
    said = []
    for part in material.children():
        if part.tag == "mattext":
            raw = part.text()
            is_html = part.attributes.get("texttype", "text/plain") == "text/html"
            said.append(noted.html(raw if is_html else escape(raw), part.line))
        elif part.tag != "matbreak":
            noted.lost(N_("a file"), part.line, name=part.attributes.get("uri", part.tag))
    return joined(said)
