"""What a drawing is made of, as plain values: parts (boxes with words in them) and the lines between them.

Pure. All lengths are in units of the SVG's viewBox; y grows downwards. It knows nothing of designs.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from builder.drawing.words import Said

type Size = Literal["title", "small"]
type Anchor = Literal["start", "middle", "end"]
type Outer = Literal["service", "zone", "users", "balancer", "listener", "instance"]
type Kind = Outer | Literal["task", "size", "role", "disk", "profile", "efs", "api"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The x of its centre."""
        return self.x + self.w / 2

    def holds(self, other: "Box") -> bool:
        """Whether `other` lies inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point inside in common."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point of the baseline; `room` is how wide they may be."""

    said: Said
    x: float
    y: float
    room: float
    size: Size = "small"
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing drawn. `path` is the field it shows, such as `services.0.launch`; "" when none decides it.

    `empty`: a place where nothing is, drawn dashed. `copy`: shows the same field again in the second zone.
    `mark`: severity of what is wrong with it, or "". Only one kind of part of a field is `marked` at a time.
    """

    kind: Kind
    box: Box
    path: str = ""
    labels: tuple[Label, ...] = ()
    empty: bool = False
    copy: bool = False
    mark: str = ""

    @property
    def anchor(self) -> str:
        """The id of its control in the form."""
        return anchor(self.path) if self.path else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line downwards from one part to another."""

    x: float
    top: float
    bottom: float
    kind: Literal["traffic", "data", "call"] = "traffic"
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole drawing, containers before what they hold."""

    name: Literal["wide", "narrow"]
    width: float
    height: float
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances: inside a box, between boxes, for a line; and heights: of titles, of boxes with one and two lines."""

    pad: int
    gap: int
    step: int
    title: int
    one_line: int
    two_lines: int


TIGHT = Spacing(pad=6, gap=6, step=24, title=44, one_line=28, two_lines=44)
ROOMY = Spacing(pad=12, gap=8, step=34, title=52, one_line=32, two_lines=48)


@dataclass(slots=True)
class Canvas:
    """Where parts and lines are put down while a drawing is made. `marks` are severities by path."""

    marks: dict[str, str] = field(default_factory=dict)
    spacing: Spacing = TIGHT
    parts: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def put(self, part: Part, at: int | None = None, marked: bool = True) -> None:
        """Add `part` on top, or under what was put since there were `at` parts."""
        mark = self.marks.get(part.path, "") if marked else ""
        self.parts.insert(len(self.parts) if at is None else at, replace(part, mark=mark))


def anchor(path: str) -> str:
    """Return the id of a field's control in the form: for `services.0.launch` it is `field-services-0-launch`."""
    return "field-" + path.replace(".", "-").replace("_", "-")
