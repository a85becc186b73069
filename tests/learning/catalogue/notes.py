"""A world of notes for the renderer's tests: what links, images, diagrams and embeds it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from learning.catalogue.anchors import slug
from learning.catalogue.markdown import LinkTarget, Rendered, render

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 100" role="img" class="diagram-svg">'
    '<title lang="ko">두 역할</title><title lang="en">Two roles</title>'
    '<text class="d-t" lang="ko" x="1" y="2">역할</text><text class="d-t" lang="en" x="1" y="2">role</text>'
    '<rect class="d-box evil" width="10" height="10" onclick="alert(1)" style="fill:red" fill="red"/></svg>'
)


@dataclass(frozen=True)
class World:
    """A context with few things in it."""

    language: str = "ko"
    notes: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    diagrams: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def link(self, target: str, heading: str, block: str) -> LinkTarget | None:
        if target and target not in self.notes:
            return None
        place = block or (slug(heading) if heading else "")
        return LinkTarget(f"/notes/{target}" * bool(target) + f"#{place}" * bool(place), f"{target}!" if target else "")

    def image(self, name: str) -> LinkTarget | None:
        return LinkTarget(self.images[name]) if name in self.images else None

    def diagram(self, name: str) -> tuple[str, str] | None:
        return self.diagrams.get(name)

    def note(self, target: str, heading: str, block: str) -> str | None:
        return self.notes.get(target)


WORLD = World(
    notes={"efs": "EFS는 **파일 시스템**입니다.", "a b": "x"},
    images={"boat.png": "/media/boat.png"},
    diagrams={"roles.svg": (SVG, SVG)},
)


def shown(text: str, world: World = WORLD, *, path: str = "n.md", first_line: int = 1) -> Rendered:
    """Render `text` in `world`."""
    return render(text, world, path=path, first_line=first_line)


def html(text: str, world: World = WORLD) -> str:
    """Return the HTML of `text`, which places no quick check."""
    return "".join(part.html for part in shown(text, world).parts).strip()
