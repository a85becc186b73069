"""Drawing and outline in the active language, as plain values for the templates. Knows no rows and no requests."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from builder.drawing import Diagram, Node, Part, Said
from builder.drawing.shapes import Box, Label, Line

CORNERS = {"service": 14, "zone": 12, "instance": 11, "task": 10, "balancer": 10, "efs": 10, "api": 10}


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A part with its words; numbers are written as SVG wants them. `words` name it to a screen reader."""

    part: Part
    box: dict[str, str]
    labels: list[dict[str, str]]
    words: str
    mark_at: str

    @property
    def classes(self) -> str:
        """What CSS draws it by."""
        return f"dp {self.part.kind}" + (" empty" if self.part.empty else "") + (" wrong" if self.part.mark else "")


@dataclass(frozen=True, slots=True)
class SpokenDiagram:
    """A drawing with its words. `description` says it all in sentences."""

    name: str
    size: str
    title: str
    description: str
    parts: list[SpokenPart]
    lines: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class SpokenNode:
    """A line of the outline in words."""

    text: str
    anchor: str
    severity: str
    mark: str
    children: "list[SpokenNode]"


def say(said: Said) -> str:
    """Return what is said, in the active language."""
    return gettext(said.msgid) % {k: say(v) if isinstance(v, Said) else v for k, v in said.params.items()}


def spoken_outline(node: Node) -> SpokenNode:
    """Return the outline in the active language."""
    children = [spoken_outline(one) for one in node.children]
    return SpokenNode(say(node.said), node.anchor, node.mark, mark_word(node.mark), children)


def spoken_diagram(diagram: Diagram, title: str, outline: SpokenNode) -> SpokenDiagram:
    """Return a drawing in the active language, described by its `outline`."""
    return SpokenDiagram(
        diagram.name,
        f"{diagram.width:g} {diagram.height:g}",
        title,
        ". ".join(_sentences(outline)) + ".",
        [_part(one) for one in diagram.parts],
        [_line(one) for one in diagram.lines],
    )


def mark_word(mark: str) -> str:
    """Return how grave a mark is, in words; "" for none."""
    words = {
        "must": gettext("must be put right"),
        "should": gettext("should be better"),
        "note": gettext("could be simpler"),
    }
    return words.get(mark, "")


def _sentences(node: SpokenNode) -> Iterator[str]:
    yield node.text + (f" ({node.mark})" if node.mark else "")
    for child in node.children:
        yield from _sentences(child)


def _part(part: Part) -> SpokenPart:
    labels = [_label(one) for one in part.labels]
    spoken = [one["text"] for one in labels] + ([f"({mark_word(part.mark)})"] if part.mark else [])
    at = f"{part.box.right - 1:g} {part.box.y + 1:g}" if part.mark else ""
    return SpokenPart(part, _box(part.box, CORNERS.get(part.kind, 8)), labels, " ".join(spoken), at)


def _box(box: Box, corner: int) -> dict[str, str]:
    numbers = {"x": box.x, "y": box.y, "w": box.w, "h": box.h, "r": corner, "middle": box.middle, "bottom": box.bottom}
    numbers["head"] = box.y + 8
    return {name: f"{value:g}" for name, value in numbers.items()}


def _label(label: Label) -> dict[str, str]:
    return {
        "text": say(label.said),
        "x": f"{label.x:g}",
        "y": f"{label.y:g}",
        "size": "t" if label.size == "title" else "s",
        "anchor": label.anchor,
    }


def _line(line: Line) -> dict[str, str]:
    return {
        "classes": f"dl {line.kind}" + (" broken" if line.broken else ""),
        "d": f"M{line.x:g} {line.top:g}V{line.bottom:g}",
        "head": f"M{line.x:g} {line.bottom:g}l-4.5 -8h9z",
    }
