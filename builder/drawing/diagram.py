"""A whole design as a diagram, for wide and for narrow screens. Pure.

Wide (720 units): one service as broad as the drawing, two side by side, a third under them. Narrow (340): one under
the other. A cluster in which nothing runs on EC2 shows its instances and their profile at the bottom.
"""

from collections.abc import Mapping, Sequence

from builder.drawing.block import Block, Place, put_block
from builder.drawing.chips import idle_chip, profile_chip, put_row
from builder.drawing.shapes import ROOMY, TIGHT, Box, Canvas, Diagram, Label, Part
from builder.drawing.words import fitted, plain
from builder.engine.design import Design

WIDE, NARROW = 720, 340
MARGIN, NARROW_MARGIN = 12, 5
FRAME = 6
FRAME_HEAD = 32
STRONGER = {"": 0, "note": 1, "should": 2, "must": 3}


def draw(design: Design, places: Sequence[Place], marks: Mapping[str, str] | None = None) -> tuple[Diagram, Diagram]:
    """Return the wide and the narrow drawing. `marks` are severities of what is wrong, by path of the design."""
    blocks = [Block(design, index, place) for index, place in enumerate(places)]
    settled = _settled(marks or {})
    columns = 1 if len(blocks) == 1 else 2
    return _wide(blocks, settled, columns), _narrow(blocks, settled)


def _settled(marks: Mapping[str, str]) -> dict[str, str]:
    """A role and what it grants are one part; the graver mark counts."""
    settled: dict[str, str] = {}
    for path, mark in marks.items():
        path = path.replace(".grants", ".role")
        settled[path] = max(settled.get(path, ""), mark, key=STRONGER.__getitem__)
    return settled


def _wide(blocks: Sequence[Block], marks: dict[str, str], columns: int) -> Diagram:
    canvas, y = Canvas(marks, ROOMY if columns == 1 else TIGHT), float(MARGIN)
    for start in range(0, len(blocks), columns):
        y = _put_row(canvas, blocks[start : start + columns], WIDE, y, framed=len(blocks) > 1)
    return _finished("wide", canvas, blocks, WIDE, y)


def _narrow(blocks: Sequence[Block], marks: dict[str, str]) -> Diagram:
    canvas, y = Canvas(marks), float(MARGIN)
    for block in blocks:
        y = _put_row(canvas, [block], NARROW, y, framed=len(blocks) > 1)
    return _finished("narrow", canvas, blocks, NARROW, y)


def _put_row(canvas: Canvas, blocks: Sequence[Block], width: int, y: float, framed: bool) -> float:
    """Put services side by side from `y` downwards; return where the next row may start."""
    side = NARROW_MARGIN if width == NARROW else MARGIN
    each = (width - side * (len(blocks) + 1)) / len(blocks)
    boxes = [Box(side + i * (each + side), y, each, 0) for i in range(len(blocks))]
    if not framed:
        return put_block(canvas, blocks[0], boxes[0].x, y, each) + MARGIN
    under = len(canvas.parts)
    placed = list(zip(blocks, boxes, strict=True))
    inside = each - 2 * FRAME
    end = max(put_block(canvas, one, box.x + FRAME, y + FRAME_HEAD, inside) for one, box in placed)
    for one, box in placed:
        canvas.put(_frame(one, Box(box.x, y, each, end + FRAME - y)), under)
    return end + FRAME + MARGIN


def _frame(block: Block, box: Box) -> Part:
    name = plain(fitted(block.place.name, 14.5, box.w - 24, bold=True))
    return Part("service", box, labels=(Label(name, box.x + 12, box.y + 22, box.w - 24, "title", "start"),))


def _finished(name: str, canvas: Canvas, blocks: Sequence[Block], width: int, y: float) -> Diagram:
    design = blocks[0].design
    if not design.any_ec2:
        y = _put_cluster(canvas, design, width, y)
    return Diagram("wide" if name == "wide" else "narrow", width, y, tuple(canvas.parts), tuple(canvas.lines))


def _put_cluster(canvas: Canvas, design: Design, width: int, y: float) -> float:
    side = NARROW_MARGIN if width == NARROW else MARGIN
    chips = idle_chip(design.cluster), profile_chip(design.cluster)
    return put_row(canvas, chips, Box(side, y, width - 2 * side, 0)) + MARGIN
