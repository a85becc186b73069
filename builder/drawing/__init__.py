"""A design as a drawing and as an outline: pure values that templates turn into SVG and lists.

Pure: no Django, no gettext. Words are `Said` values (an English msgid and parameters); whoever shows them translates.
"""

from builder.drawing.block import Place
from builder.drawing.diagram import draw
from builder.drawing.outline import Node, outline
from builder.drawing.shapes import Diagram, Part, anchor
from builder.drawing.words import Said

__all__ = ["Diagram", "Node", "Part", "Place", "Said", "anchor", "draw", "outline"]
