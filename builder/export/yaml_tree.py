"""YAML with CloudFormation's short tags, as a tree. Pure. `!Ref x` becomes `{"Ref": x}`, `!Sub x` `{"Fn::Sub": x}`."""

import re
from collections.abc import Iterator
from functools import partial

import yaml

from builder.export.tree import (
    ALIAS,
    EMPTY,
    NO_TEXT,
    NO_YAML,
    ODD_KEY,
    SECOND,
    TAB,
    TAG,
    Bounds,
    Node,
    Note,
    RefusedError,
    Value,
    plain,
)

CORE = "tag:yaml.org,2002:"
CORE_TAGS = frozenset(CORE + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))
BARE_TAGS = frozenset({"Ref", "Condition"})
FUNCTIONS = re.compile(
    "And|Base64|Cidr|Contains|EachMemberEquals|EachMemberIn|Equals|FindInMap|GetAZs|GetAtt|If|ImportValue|Join|Length|Not|"
    "Or|RefAll|Select|Split|Sub|ToJsonString|Transform|ValueOf|ValueOfAll"
)
UNKNOWN = "Fn::Unknown"


class YamlTree:
    """Reads YAML event by event, so that bounds hold before anything is built."""

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text, self.bounds = text, Bounds()
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=loader))

    def read(self) -> tuple[Node, list[Note]]:
        """Return the first document, and what was odd. Raises `RefusedError`."""
        try:
            return self._document(), self.bounds.notes
        except yaml.reader.ReaderError:
            raise RefusedError(0, NO_TEXT) from None
        except yaml.YAMLError as error:
            raise self._broken(error) from None

    def _broken(self, error: yaml.YAMLError) -> RefusedError:
        mark = getattr(error, "problem_mark", None)
        lines = self.text.split("\n")
        line = min(mark.line + 1, len(lines)) if mark else 0
        here = lines[line - 1] if 0 < line <= len(lines) else ""
        return RefusedError(line, TAB if "\t" in here[: len(here) - len(here.lstrip())] else NO_YAML)

    def _document(self) -> Node:
        next(self.events)  # the stream's start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise RefusedError(0, EMPTY)
        node = self._node(next(self.events), 1)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.bounds.notes.append(Note(_line(after), SECOND))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        self.bounds.enter(depth, line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError(line, ALIAS)
        name = self._function(event, line)
        node = Node(self._value(event, depth), line)
        if not name:
            return node
        if name == "Fn::GetAtt" and isinstance(node.value, str):
            resource, _dot, attribute = node.value.partition(".")
            node.value = [Node(resource, line), Node(attribute, line)]
        return Node({name: node}, line)

    def _function(self, event: yaml.Event, line: int) -> str:
        """The long name of a short tag, or "" for an ordinary value."""
        tag: str = getattr(event, "tag", None) or ""
        if not tag or tag in CORE_TAGS or tag == "!":
            return ""
        if not tag.startswith("!"):
            raise RefusedError(line, TAG)  # such as !!python/object
        name = tag.removeprefix("!")
        if name in BARE_TAGS:
            return name
        if FUNCTIONS.fullmatch(name):
            return f"Fn::{name}"
        self.bounds.notes.append(Note(line, TAG))
        return UNKNOWN

    def _value(self, event: yaml.Event, depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]
        mapping: dict[str, Node] = {}
        for key in self._until(yaml.MappingEndEvent):
            if isinstance(key, yaml.AliasEvent) or getattr(key, "anchor", None) or getattr(key, "value", "") == "<<":
                raise RefusedError(_line(key), ALIAS)
            if not isinstance(key, yaml.ScalarEvent) or key.tag:
                raise RefusedError(_line(key), ODD_KEY)
            self.bounds.put(mapping, key.value, self._node(next(self.events), depth + 1), _line(key))
        return mapping

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        return iter(partial(self._next_or, end), None)

    def _next_or(self, end: type[yaml.Event]) -> yaml.Event | None:
        event = next(self.events)
        return None if isinstance(event, end) else event


def _scalar(event: yaml.ScalarEvent) -> Value:
    text: str = event.value
    return text if event.style or event.tag == f"{CORE}str" else plain(text)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
