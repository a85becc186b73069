"""HTML that may have been written to be slow, made so that the standard library's reader takes linear time. Pure.

Comments, declarations and processing instructions go, no one sees them; a `<` that begins no tag becomes a character.
"""

import re

LONGEST_TAG = 4_096  # characters; what goes on longer without a ">" is no tag
_TAG = re.compile(r"</?[A-Za-z]")


def tamed(markup: str) -> str:
    """Return `markup` with nothing in it but text and tags that end."""
    kept: list[str] = []
    done = 0
    while (place := markup.find("<", done)) >= 0:
        kept.append(markup[done:place])
        piece, done = _piece(markup, place)
        kept.append(piece)
    return "".join([*kept, markup[done:]])


def _piece(markup: str, place: int) -> tuple[str, int]:
    """Return what stands for the `<` at `place`, and where the text goes on."""
    if markup.startswith("<!--", place):
        end = markup.find("-->", place + 4)
        return "", len(markup) if end < 0 else end + 3
    end = markup.find(">", place, place + LONGEST_TAG)
    if end < 0:
        return "&lt;", place + 1
    if markup.startswith(("<!", "<?"), place):
        return "", end + 1
    return ("<" if _TAG.match(markup, place) else "&lt;"), place + 1
