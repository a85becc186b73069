"""From pasted text to a tree, whichever of the two languages it is written in. Pure."""

from builder.export.json_tree import JsonTree
from builder.export.tree import NO_JSON, Node, Note, RefusedError, check_text
from builder.export.yaml_tree import YamlTree


def parse(text: str) -> tuple[Node, list[Note]]:
    """Return the tree and what was odd in it. Raises `RefusedError`."""
    text = text.removeprefix("\ufeff")
    check_text(text)
    if text.lstrip()[:1] not in ("{", "["):
        return YamlTree(text).read()
    try:
        return JsonTree(text).read()
    except RefusedError as refused:
        if refused.note.message != NO_JSON:
            raise
        try:
            return YamlTree(text).read()
        except RefusedError:
            raise refused from None
