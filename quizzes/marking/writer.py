"""Writing `*.quiz.md`. Pure.

Each item is written in the layout its file had; an item that was made or changed elsewhere, in the canonical one:
text, `choose::`, the body, then the other settings, the explanation and the hint, each after a blank line.
"""

from quizzes.marking.item import Bank, Case, Item
from quizzes.marking.settings import stated

BLANK = ""  # in a layout: an empty line


def write(bank: Bank) -> str:
    """Return the text of the file."""
    front = {"type": "quiz", "id": bank.id, "lang": bank.lang, "topic": bank.topic, "difficulty": bank.difficulty}
    properties = [f"{key}: {value}" for key, value in front.items() if value]
    blocks = [["---", *properties, "---"]]
    for section in bank.sections:
        blocks += [_case(section.case)] if section.case else []
        blocks += [_item(item) for item in section.items]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def canonical(item: Item) -> tuple[str, ...]:
    """Return the names of what `item` consists of, in the canonical layout."""
    settings = list(stated(item))
    above = ["choose"] if "choose" in settings else []
    below = [key for key in settings if key != "choose"]
    layout = ["text", BLANK] if item.text else []
    layout += [*above, "body"]
    layout += [BLANK, *below] if below else []
    layout += [BLANK, "explain"] if item.explain else []
    layout += [BLANK, "hint"] if item.hint else []
    return tuple(layout)


def _case(case: Case) -> list[str]:
    head = f"## {case.title} ^{case.id}" if case.id else f"## {case.title}"
    return [head, case.text] if case.text else [head]


def _item(item: Item) -> list[str]:
    pieces = {key: [line] for key, line in stated(item).items()}
    pieces["body"] = item.body.lines()
    pieces |= {"text": [item.text]} if item.text else {}
    pieces |= {name: _callout(name, said) for name in ("explain", "hint") if (said := getattr(item, name))}
    pieces[BLANK] = [""]
    standard = canonical(item)
    layout = item.layout if {BLANK, *item.layout} == {BLANK, *standard} else standard
    return [f"### {item.stem} ^{item.id}", *(line for name in layout for line in pieces[name])]


def _callout(name: str, said: str) -> list[str]:
    return [f"> [!{name}]", *(f"> {line}".rstrip() for line in said.split("\n"))]
