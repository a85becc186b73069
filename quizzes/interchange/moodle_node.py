"""What the elements of a Moodle question say: names, words, tags, points, and what has no place here. Pure."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from learning.catalogue.errors import N_
from quizzes.interchange.fitting import Noted
from quizzes.interchange.words import from_plain
from quizzes.interchange.xml_tree import Node

WHOLE = Decimal(100)
USUAL_PENALTIES = {"", "0", "0.1", "0.3333333", "1"}
FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
HINTED = ("shownumcorrect", "clearwrong", "options")
BOOLEAN_NO = ("", "0", "false")


def fraction_of(answer: Node, noted: Noted) -> Decimal:
    """Return how much of the points an answer is worth, in percent; 0, noted as wrong, for what is no such number."""
    said = answer.attributes.get("fraction", "0").strip()
    try:
        value = Decimal(said) if len(said) < 20 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > WHOLE:
        message = N_("Expected a fraction from -100 to 100, found “%(found)s”.")
        noted.wrong(message, answer.line, found=said[:40])
        return Decimal(0)
    return value


def shuffle_of(node: Node) -> bool | None:
    """Return False where the options keep their order, which in Moodle they do unless told otherwise."""
    return False if plain_of(node, "shuffleanswers") in BOOLEAN_NO else None


def points_of(node: Node, noted: Noted) -> int | None:
    """Return the points where Naru has them: whole ones from 2 to 10."""
    said = plain_of(node, "defaultgrade") or "1"
    whole = said.rstrip("0").rstrip(".") if "." in said else said
    if whole == "1":
        return None
    if whole.isdecimal() and whole.isascii() and len(whole) < 3 and 1 <= int(whole) <= 10:
        return int(whole)
    noted.lost(N_("points"), name=said)
    return None


def difficulty_of(node: Node) -> int | None:
    """Return how hard its tag says it is."""
    return next((int(tag[-1]) for tag in tags_of(node) if _is_difficulty(tag)), None)


def _is_difficulty(tag: str) -> bool:
    return tag in {f"difficulty:{number}" for number in range(1, 6)}


def tags_of(node: Node) -> tuple[str, ...]:
    """Return the tags."""
    holder = node.child("tags")
    return tuple(filter(None, (raw_of(tag).strip() for tag in holder.children("tag")))) if holder else ()


def own_tags_of(node: Node) -> tuple[str, ...]:
    """Return the tags without the one that says how hard it is."""
    return tuple(tag for tag in tags_of(node) if not _is_difficulty(tag))


def note_unknown(node: Node, known: frozenset[str], noted: Noted) -> None:
    """Note by name what a question says that has no place here."""
    for part in node.children():
        if part.tag not in known:
            noted.lost(N_("a setting"), part.line, name=part.tag)
        elif part.tag in FEEDBACKS and part.text().strip():
            noted.lost(N_("words for right, partly right and wrong answers"), part.line)
        elif part.tag == "hint" and any(part.children(*HINTED)):
            noted.lost(N_("settings of hints"), part.line)
    if plain_of(node, "penalty").rstrip("0").rstrip(".") not in USUAL_PENALTIES:
        noted.lost(N_("the penalty for further tries"), name=plain_of(node, "penalty"))
    if plain_of(node, "hidden") == "1":
        noted.lost(N_("that it is hidden"))


def name_of(node: Node) -> str:
    """Return the name, on one line."""
    holder = node.child("name")
    return " ".join(raw_of(holder).split()) if holder else ""


def plain_of(node: Node, tag: str) -> str:
    """Return what the element `tag` of a question says; "" without one."""
    part = node.child(tag)
    return part.text().strip() if part else ""


def raw_of(holder: Node) -> str:
    """Return what the first <text> in `holder` says, or `holder` itself as old files have it."""
    text = holder.child("text")
    return (text or holder).text()


def words_of(holder: Node | None, noted: Noted) -> str:
    """Return a text of the file as Markdown, in whatever form it is in."""
    if holder is None:
        return ""
    if len(list(holder.children("text"))) > 1:
        noted.doubtful(N_("<text> stands twice; only the first is read."), holder.line)
    for file in holder.children("file"):
        noted.lost(N_("a file"), file.line, name=file.attributes.get("name", ""))
    raw = raw_of(holder).strip() if holder.child("text") else "".join(_own(holder)).strip()
    form = holder.attributes.get("format", "html")
    if form == "markdown":
        return "\n".join(line.rstrip() for line in raw.split("\n"))
    if form == "plain_text":
        return from_plain(raw)
    return noted.html(raw.replace("\n", "<br>\n") if form == "moodle_auto_format" else raw, holder.line)


def _own(holder: Node) -> Iterator[str]:
    return (part for part in holder.parts if isinstance(part, str))
