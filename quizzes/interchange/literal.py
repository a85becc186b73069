"""Plain text as Markdown that shows it as it is: only what would be read as markup is escaped. Pure."""

import re

# What the renderer of notes and the reader of `*.quiz.md` take for markup, in the middle of a line …
INLINE = re.compile(
    r"\\(?=[^\w\s]|$)"  # a backslash that would escape, or break the line
    r"|[`*\[$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is none
    r"|<(?=[A-Za-z/!?])"
    r"|(?:~(?=~)|=(?==))"
    r"|(?<!\S)#(?=\w)"
    r"|(?<!\S)\^(?=[A-Za-z0-9-]+$)"
)
ENTITY = re.compile(r"&(?=#?\w+;)")
# … and at its start.
BLOCK = re.compile(r"(?=[-+>|#^]|~~~|=+$|:)")
NUMBER = re.compile(r"([0-9]{1,9})(?=[.)](?:\s|$))")
FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(?=:(?:\s|$))")


def from_plain(text: str) -> str:
    """Return Markdown that shows exactly `text`, line breaks included; spaces at the ends of lines go."""
    return "\n".join(_line(line.strip()) for line in text.strip().split("\n"))


def escaped(text: str) -> str:
    """Return a piece of a line as Markdown that shows it; what stands at a line's start is left to `guarded`."""
    text = INLINE.sub(lambda match: f"\\{match[0]}", ENTITY.sub("&amp;", text))
    # Comments are taken out before a backslash counts.
    return text.replace("%%", "%&#37;").replace("\\<!--", "&lt;!--")


def guarded(line: str) -> str:
    """Return an escaped line that begins no list, heading, quotation, table or setting."""
    line = FIELD.sub(r"\1&#58;", line, count=1) if FIELD.match(line) else line
    if NUMBER.match(line):
        return NUMBER.sub(r"\1\\", line, count=1)
    return f"\\{line}" if line and BLOCK.match(line) else line


def _line(line: str) -> str:
    return guarded(escaped(line))
