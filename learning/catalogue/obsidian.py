"""What Obsidian adds to Markdown, as data: wikilinks, embeds, sizes of images, kinds of callouts. Pure."""

import re
from dataclasses import dataclass

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg")

_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?")
_ALIAS = re.compile(r"\\?\|")

# Obsidian's names for the same thing.
_ALIASES = {
    "summary": "abstract", "tldr": "abstract", "hint": "tip", "check": "success", "done": "success", "help": "question",
    "faq": "question", "caution": "warning", "attention": "warning", "fail": "failure", "missing": "failure",
    "error": "danger", "cite": "quote",
}  # fmt: skip

CALLOUTS = frozenset({
    "exam", "beyond", "goals", "example", "note", "abstract", "info", "todo", "tip", "important", "success", "question",
    "warning", "failure", "danger", "bug", "quote",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wikilink:
    """What `[[target#heading|alias]]` says; `block` for `[[target#^block]]`. An empty target means the same note."""

    target: str
    heading: str = ""
    block: str = ""
    alias: str = ""

    @property
    def words(self) -> str:
        """What a reader sees when there is no alias: Obsidian's "target > heading"."""
        return self.alias or " > ".join(filter(None, (self.target, self.heading))) or self.block

    @property
    def check(self) -> str:
        """The item id, when this embeds a question (`topic.quiz#^item`), else ""."""
        return self.block if self.target.removesuffix(".md").endswith(".quiz") else ""

    @property
    def is_image(self) -> bool:
        """Whether the target is an image file."""
        return self.target.lower().endswith(IMAGES)

    @property
    def is_note(self) -> bool:
        """Whether the target can be a note: `x`, `x.md` or `v1.2 plan`, but not `x.pdf`."""
        return not re.search(r"\.(?!md$)[A-Za-z][A-Za-z0-9]{1,11}$", self.target)


def wikilink(inner: str) -> Wikilink:
    """Read what stands between `[[` and `]]`."""
    place, *alias = _ALIAS.split(inner, maxsplit=1)
    target, *path = (part.strip() for part in place.split("#"))
    last = path[-1] if path else ""
    heading, block = ("", last[1:]) if last.startswith("^") else (last, "")
    return Wikilink(target.removesuffix(".md"), heading, block, alias[0].strip() if alias else "")


def size(alias: str) -> tuple[str, dict[str, str]]:
    """Split the alias of an image into its words and its size: "a boat|300x200" -> ("a boat", {width, height})."""
    words, _, last = alias.rpartition("|")
    found = _SIZE.fullmatch(last.strip())
    if not found:
        return alias.strip(), {}
    return words.strip(), {"width": found[1], "height": found[2]} if found[2] else {"width": found[1]}


def callout_kind(name: str) -> str:
    """Return the kind of callout that `> [!name]` makes: one of CALLOUTS, "note" for names nobody knows."""
    kind = _ALIASES.get(name, name)
    return kind if kind in CALLOUTS else "note"
