"""The properties at the top of a note: YAML between two `---` lines, read safely, within bounds, with line numbers.

Pure. Every scalar stays a string as it was typed, so `no` and `12:30` mean themselves. Aliases, anchors, deep or huge
YAML are refused before anything is built of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from learning.catalogue.errors import N_, Problem

MAX_CHARS = 16_384
MAX_DEPTH = 8

# Plain strings only; by libyaml, ten times as fast, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

type Value = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The properties of a note with the line of each, and the body below them with its first line (from 1)."""

    values: Mapping[str, Value] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def text(self, key: str) -> str:
        """Return the property `key` when it is plain text, else ""."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ""


class _UnfitError(Exception):
    """The YAML is not what a note's properties may be."""

    def __init__(self, line: int, message: str, **params: object) -> None:
        super().__init__(message)
        self.line, self.message, self.params = line, message, params


def read(text: str, path: str) -> tuple[FrontMatter, list[Problem]]:
    """Return front matter and body of a note (lines ending in "\\n"); a note without properties has none of either."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter(body=text), []
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        return FrontMatter(body=text), [Problem(path, 1, N_("The properties begin with --- but never end with ---."))]
    rest = FrontMatter(body="\n".join(lines[end + 1 :]), body_line=end + 2)
    try:
        values, places = _properties("\n".join(lines[1:end]))
    except _UnfitError as unfit:
        return rest, [Problem(path, unfit.line, unfit.message, unfit.params)]
    return FrontMatter(values, places, rest.body, rest.body_line), []


def _properties(source: str) -> tuple[dict[str, Value], dict[str, int]]:
    if len(source) > MAX_CHARS:
        raise _UnfitError(1, N_("The properties are longer than %(limit)s characters."), limit=MAX_CHARS)
    try:
        _refuse_bombs(source)
        root = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        message = N_("The properties are not readable YAML: %(reason)s.")
        raise _UnfitError(_line(error.problem_mark), message, reason=error.problem) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML lets chr() fail on "\\UFFFFFFFF"
        raise _UnfitError(1, N_("The properties hold a character that may not be there.")) from error
    if root is None:
        return {}, {}
    if not isinstance(root, yaml.MappingNode):
        raise _UnfitError(2, N_("The properties must be lines of the form `key: value`."))
    return _mapping(root), {str(key.value): key.start_mark.line + 2 for key, _ in root.value}


def _refuse_bombs(source: str) -> None:
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _UnfitError(_line(event.start_mark), N_("The properties may not use YAML anchors and aliases."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _UnfitError(_line(event.start_mark), N_("The properties are nested too deeply."))


def _line(mark: Any) -> int:
    """Return the line in the file; YAML counts from 0 and begins below the `---`."""
    return mark.line + 2 if mark else 1


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in node.value):
        raise _UnfitError(node.start_mark.line + 2, N_("The properties hold a character that may not be there."))
    return str(node.value)


def _mapping(node: yaml.MappingNode) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise _UnfitError(line, N_("A property's name must be plain text."))
        if key.value in values:
            raise _UnfitError(line, N_("The property `%(key)s` stands twice."), key=key.value)
        values[key.value] = _value(value)
    return values
