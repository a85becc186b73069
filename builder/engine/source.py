"""Read a YAML course file strictly, remembering the line of everything in it.

Pure. A file becomes `Node`s; a `Reading` asks them for what it expects and collects every problem with file, line and
field instead of stopping at the first. It knows YAML, and nothing of rules or scenarios.
Plain `true`, `false` and whole numbers are themselves; everything else is text (so `no` stays a word).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import yaml

from learning.catalogue.errors import N_, Problem

MAX_CHARS = 256 * 1024
MAX_DEPTH = 20

type Scalar = str | int | bool
type Value = Scalar | list[Node] | dict[str, Node]


@dataclass(slots=True)
class Node:
    """One value of the file; `line` counts from 1; `where` is its path, such as `clb-not-recommended.fix.ko`."""

    value: Value
    line: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the languages of the interface."""

    ko: str
    en: str

    def of(self, language: str) -> str:
        """The text in `language` (`ko`, `ko-kr`, `en` ...); English for any other."""
        return self.ko if language.startswith("ko") else self.en


class _RefusedError(Exception):
    def __init__(self, line: int, message: str, **params: object) -> None:
        super().__init__(message)
        self.line, self.message, self.params = line, message, params


def load(text: str, path: str) -> "tuple[Node | None, Reading]":
    """Parse `text`. The node is None when it is no acceptable YAML; the reading then holds why."""
    reading = Reading(path)
    try:
        node = _parse(text)
    except _RefusedError as refused:
        reading.problems.append(Problem(path, refused.line, refused.message, refused.params))
        return None, reading
    except yaml.YAMLError as error:
        reading.problems.append(_syntax_problem(path, error))
        return None, reading
    _name(node, "")
    return node, reading


def _syntax_problem(path: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return Problem(path, mark.line + 1 if mark else 0, N_("This is not YAML: %(reason)s."), {"reason": reason})


def _parse(text: str) -> Node:
    if len(text) > MAX_CHARS:
        raise _RefusedError(0, N_("The file has more than %(most)s characters."), most=MAX_CHARS)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = yaml.parse(text, Loader=loader)
    content = (e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent)))
    first = next(content)
    if isinstance(first, yaml.StreamEndEvent):
        raise _RefusedError(0, N_("The file is empty."))
    node = _node(first, content, 1)
    next(content)  # the end of this document
    after = next(content)
    if not isinstance(after, yaml.StreamEndEvent):
        raise _RefusedError(_line(after), N_("The file holds a second document; keep one."))
    return node


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError(line, N_("Anchors and aliases (& and *) are not allowed; write the value out."))
    if getattr(event, "tag", None):
        raise _RefusedError(line, N_("Tags (!) are not allowed."))
    if depth > MAX_DEPTH:
        raise _RefusedError(line, N_("The file is nested more than %(most)s levels deep."), most=MAX_DEPTH)
    if isinstance(event, yaml.ScalarEvent):
        return Node(_scalar(event), line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node([_node(item, events, depth + 1) for item in _until(events, yaml.SequenceEndEvent)], line)
    return Node(_mapping(events, depth), line)


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
    result: dict[str, Node] = {}
    for key in _until(events, yaml.MappingEndEvent):
        line = _line(key)
        if not isinstance(key, yaml.ScalarEvent) or getattr(key, "anchor", None):
            raise _RefusedError(line, N_("A field's name must be plain text."))
        if key.value in result:
            raise _RefusedError(line, N_("“%(key)s” is written twice."), key=key.value)
        result[key.value] = _node(next(events), events, depth + 1)
        result[key.value].line = line
    return result


def _until(events: Iterator[yaml.Event], end: type[yaml.Event]) -> Iterator[yaml.Event]:
    return iter(partial(_next_or, events, end), None)


def _next_or(events: Iterator[yaml.Event], end: type[yaml.Event]) -> yaml.Event | None:
    event = next(events)
    return None if isinstance(event, end) else event


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    text: str = event.value
    if event.style:
        return text
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _name(node: Node, where: str) -> None:
    """Give every node its path; an item of a list goes by its `id` where it has one."""
    node.where = where
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            _name(child, f"{where}.{key}" if where else key)
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            _name(child, _item_id(child) or f"{where}.{index}")


def _item_id(node: Node) -> str:
    named = node.value.get("id") if isinstance(node.value, dict) else None
    return named.value if named is not None and isinstance(named.value, str) else ""


@dataclass(slots=True)
class Reading:
    """What was found wrong in one file. Each reader notes a problem and returns something harmless to go on with."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: Node, message: str, **params: object) -> None:
        """Note a problem at `node`; `message` says it of `%(field)s`."""
        self.problems.append(Problem(self.path, node.line, message, {"field": node.where or "file", **params}))

    def fields(self, node: Node | None, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Node]:
        """The mapping's fields; unknown and missing ones are problems."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.problem(node, N_("%(field)s: give a mapping of fields."))
            return {}
        for key, child in node.value.items():
            if key not in required and key not in optional:
                message = N_("%(field)s: there is no such field. Known here: %(known)s.")
                self.problem(child, message, known=", ".join(required + optional))
        for key in required:
            if key not in node.value:
                self.problem(node, N_("%(field)s: “%(key)s” is missing."), key=key)
        return node.value

    def items(self, node: Node | None) -> list[Node]:
        """The list's items."""
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.problem(node, N_("%(field)s: give a list."))
        return []

    def each[T](self, node: Node | None, read: Callable[[Node], T]) -> tuple[T, ...]:
        """`read` applied to the list's items."""
        return tuple(read(item) for item in self.items(node))

    def text(self, node: Node | None) -> str:
        """A text that is not empty."""
        if node is None:
            return ""
        if isinstance(node.value, str) and node.value.strip():
            return node.value.strip()
        self.problem(node, N_("%(field)s: give a text."))
        return ""

    def id(self, node: Node | None) -> str:
        """A kebab-case id."""
        value = self.text(node)
        if node is not None and value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            message = N_("%(field)s: “%(value)s” is no id; use small letters, digits and single hyphens.")
            self.problem(node, message, value=value)
        return value

    def words(self, node: Node | None) -> Words:
        """`{ko: ..., en: ...}`, both written."""
        found = self.fields(node, ("ko", "en"))
        return Words(self.text(found.get("ko")), self.text(found.get("en")))

    def one_of[T: str | int](self, node: Node | None, choices: tuple[T, ...], otherwise: T) -> T:
        """One of `choices`; `otherwise` when it is absent or wrong."""
        if node is None:
            return otherwise
        for choice in choices:
            if type(node.value) is type(choice) and node.value == choice:
                return choice
        self.problem(node, N_("%(field)s: give one of %(known)s."), known=", ".join(str(choice) for choice in choices))
        return otherwise

    def flag(self, node: Node | None, otherwise: bool = False) -> bool:
        """`true` or `false`."""
        if node is None or isinstance(node.value, bool):
            return otherwise if node is None else bool(node.value)
        self.problem(node, N_("%(field)s: give true or false."))
        return otherwise
