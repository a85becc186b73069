"""A drawing of the simulation: bars of how often ranges held, and dots of what was foretold against what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LOWEST, HIGHEST = 80, 100  # percent, of the bars
AIM = (93, 97)
COLOURS = ("#1f5fbf", "#d9742b", "#3f8f5f")
NAMES = ("facts", "topics", "score")


@dataclass(frozen=True)
class Dot:
    """Foretold and come, between 0 and 1, of how many; `kind` is the place of its learners among the bars."""

    foretold: float
    came: float
    count: int
    kind: int


@dataclass(frozen=True)
class Chart:
    """Both drawings side by side. `bars`: for each kind its name and the three shares in percent."""

    bars: Sequence[tuple[str, Sequence[float]]]
    dots: Sequence[Dot]

    def svg(self) -> str:
        """Return it."""
        body = "\n".join([*self._bars(), *self._dots()])
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 400" font-family="sans-serif" font-size="12">\n'
            "<title>Simulated learners: how often ranges held, and passing as foretold and as it came</title>\n"
            f'<rect width="900" height="400" fill="#fff"/>\n{body}\n</svg>\n'
        )

    def _bars(self) -> Iterator[str]:
        yield _text(40, 24, "Ranges that held, % (95 is meant, 93-97 the aim)", bold=True)
        low, high = (_height(share) for share in AIM)
        yield f'<rect x="40" y="{high}" width="380" height="{low - high}" fill="#d8ead8"/>'
        for tick in range(LOWEST, HIGHEST + 1, 5):
            yield _text(34, _height(tick) + 4, str(tick), anchor="end")
        for number, (kind, shares) in enumerate(self.bars):
            left = 46 + number * 126
            yield _text(left + 55, 370, kind, anchor="middle")
            for place, share in enumerate(shares):
                top, paint = _height(share), f'fill="{COLOURS[number]}" opacity="{1 - place / 4}"'
                x = left + place * 40
                yield f'<rect x="{x}" y="{top}" width="30" height="{340 - top}" {paint}/>'
                yield _text(x + 15, top - 4, f"{share:.1f}", anchor="middle")
                yield _text(x + 15, 354, NAMES[place], anchor="middle")

    def _dots(self) -> Iterator[str]:
        yield _text(500, 24, "Passing: foretold (across) and come (up), %", bold=True)
        yield '<rect x="500" y="40" width="300" height="300" fill="none" stroke="#999"/>'
        yield '<line x1="500" y1="340" x2="800" y2="40" stroke="#999" stroke-dasharray="4"/>'
        for share in (0, 50, 100):
            yield _text(500 + 3 * share, 356, str(share), anchor="middle")
            yield _text(494, 344 - 3 * share, str(share), anchor="end")
        for dot in self.dots:
            across, up, size = 500 + 300 * dot.foretold, 340 - 300 * dot.came, 2 + dot.count**0.5 / 3
            yield f'<circle cx="{across:.0f}" cy="{up:.0f}" r="{size:.1f}" fill="{COLOURS[dot.kind]}" opacity="0.7"/>'
        for number, (kind, _) in enumerate(self.bars):
            yield f'<circle cx="{510 + number * 100}" cy="380" r="6" fill="{COLOURS[number]}"/>'
            yield _text(520 + number * 100, 384, kind)


def _height(share: float) -> int:
    return round(340 - 300 * (max(LOWEST, share) - LOWEST) / (HIGHEST - LOWEST))


def _text(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{weight}>{words}</text>'
