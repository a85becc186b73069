"""A drawing as a file of its own: the SVG of the page with its colours inside.

Pure. Colours are those of the light scheme (static/css/tokens.css), written out: programs that open SVG files know
neither custom properties nor light-dark(). A test holds them against the style sheets.
"""

FONT = "Pretendard, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"
COLOURS = {
    "paper": "#faf9f6",
    "panel": "#fff",
    "sunk": "#f2f0ea",
    "ink": "#18202c",
    "soft": "#566173",
    "line": "#e3dfd5",
    "blue": "#1d5bb8",
    "blue-wash": "#e9f0fb",
    "buoy": "#a84709",
    "buoy-wash": "#fcefe4",
    "right": "#0a6e53",
    "right-wash": "#e4f4ee",
    "wrong": "#b02c2c",
}
# As static/css/drawing.css draws the parts, without what answers a pointer.
RULES = (
    ("text", f"font-family: {FONT}"),
    (".t", "fill: ink; font-size: 14.5px; font-weight: 650"),
    (".s", "fill: soft; font-size: 13.6px"),
    (".dp rect", "fill: panel; stroke: soft; stroke-width: 1.4"),
    (".dp.service rect", "fill: sunk; fill-opacity: .45; stroke: line"),
    (".dp.zone rect", "fill: panel; stroke: soft; stroke-opacity: .55; stroke-dasharray: 5 5"),
    (".dp.balancer rect, .dp.task rect", "fill: blue-wash; stroke: blue"),
    (".dp.instance rect", "fill: sunk"),
    (".dp.role rect, .dp.profile rect", "fill: buoy-wash; stroke: buoy"),
    (".dp.role .t, .dp.profile .t", "fill: buoy"),
    (".dp.efs rect", "fill: right-wash; stroke: right"),
    (".dp.listener rect, .dp.size rect, .dp.disk rect", "fill: panel; stroke: soft; stroke-opacity: .6"),
    (".dp.listener .s, .dp.size .s, .dp.disk .s", "fill: ink"),
    (".dp.users circle, .dp.users path", "fill: panel; stroke: soft; stroke-width: 1.6; stroke-linecap: round"),
    (".dp.empty rect", "fill: panel; stroke: soft; stroke-opacity: .7; stroke-dasharray: 4 4"),
    (".dp.empty.zone rect", "fill: none"),
    (".dp.empty .s, .dp.empty .t", "fill: soft"),
    (".dp.empty.users circle, .dp.empty.users path", "stroke-dasharray: 3 3"),
    (".dp.wrong rect", "stroke-width: 2.2"),
    (".dl", "fill: none; stroke: soft; stroke-width: 1.6"),
    (".dl.data", "stroke: right"),
    (".dl.call", "stroke: buoy"),
    (".dl.broken", "stroke-dasharray: 4 4"),
    (".dl.head", "fill: soft; stroke: none"),
    (".dl.data.head", "fill: right"),
    (".dl.call.head", "fill: buoy"),
    (".dm circle", "fill: buoy; stroke: panel; stroke-width: 1.5"),
    (".dm path", "fill: none; stroke: panel; stroke-width: 2.2; stroke-linecap: round"),
    (".dm.must circle", "fill: wrong"),
)


def standalone(svg: str, width: float, height: float) -> str:
    """Return the page's `<svg …>…</svg>`, `width` by `height` units, as a whole SVG file."""
    start = svg.index("<svg ") + len("<svg ")
    attributes = f'xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
    open_end = svg.index(">", start) + 1
    paper = f'<rect width="{width:g}" height="{height:g}" fill="{COLOURS["paper"]}"/>'
    body = svg[open_end : svg.rindex("</svg>")]
    return f"<svg {attributes}{svg[start:open_end]}<style>{_sheet()}</style>{paper}{body}</svg>\n"


def _sheet() -> str:
    return " ".join(f"{selector} {{ {_coloured(style)} }}" for selector, style in RULES)


def _coloured(style: str) -> str:
    parts = [part.split(": ", 1) for part in style.split("; ")]
    return "; ".join(f"{name}: {COLOURS.get(value, value)}" for name, value in parts)
