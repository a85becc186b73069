"""What a template's values come to with its own defaults: Ref, Fn::If, Fn::FindInMap, conditions and the like.

Pure. Bounded: so many levels of what stands for something else, so many steps in all, a cycle of conditions is
unknown. It knows how CloudFormation computes, and nothing of ECS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from builder.export.tree import Node

MAX_LEVELS = 40
MAX_WORK = 20_000  # steps of one template: what names something twice that names something twice doubles each time
EXACT = "${"
STORED = "AWS::SSM::Parameter::Value<"  # a parameter of this type: its default is where the value stands
MOST_JOINED = 200  # characters of each piece: names and ARNs are shorter
MOST_FIELDS = 200  # of a mapping that is searched by small letters


class Gap(Enum):
    """Why there is no value: the property is not there; or it is, but what it comes to is not in this file."""

    ABSENT = "absent"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Reference:
    """Stands for a resource of the template, or an attribute of it."""

    name: str


type Resolved = Node | Reference | Gap


@dataclass(slots=True)
class Values:
    """Computes. `assumed` turns true as soon as a default was used; whoever reads a field sets it back before."""

    top: Node
    assumed: bool = False
    levels: int = 0
    work: int = 0
    known: dict[str, bool | None] = field(default_factory=dict)
    sections: dict[str, dict[str, Node]] = field(default_factory=dict)

    def section(self, name: str) -> dict[str, Node]:
        """Return one of the template's sections, or nothing."""
        if name not in self.sections:
            found = child(self.top, name)
            self.sections[name] = found.value if found and isinstance(found.value, dict) else {}
        return self.sections[name]

    def get(self, node: Resolved, *path: str) -> Resolved:
        """Return what stands under `path`, computed at each step."""
        for name in path:
            node = self.resolve(node)
            if not isinstance(node, Node):
                return node
            node = child(node, name) or Gap.ABSENT
        return self.resolve(node)

    def items(self, node: Resolved) -> list[Resolved] | None:
        """Return a list's items; those that are not there left out. None when the list is not in this file."""
        node = self.resolve(node)
        if node is Gap.ABSENT:
            return []
        if not isinstance(node, Node):
            return None
        if not isinstance(node.value, list):
            return [node]
        self.work += len(node.value)
        found = [self.resolve(one) for one in node.value]
        return [one for one in found if one is not Gap.ABSENT]

    def text(self, node: Resolved) -> str | None:
        """Return a scalar as text, or None."""
        node = self.resolve(node)
        if not isinstance(node, Node) or isinstance(node.value, (dict, list)) or node.value is None:
            return None
        return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)

    def resolve(self, node: Resolved) -> Resolved:
        """Return what `node` comes to; parts of a mapping or list are not computed yet."""
        if not isinstance(node, Node):
            return node
        if node.value is None:
            return Gap.ABSENT
        if not isinstance(node.value, dict) or len(node.value) != 1:
            return node
        [(name, argument)] = node.value.items()
        if name != "Ref" and not name.startswith("Fn::"):
            return node
        if self.levels >= MAX_LEVELS or self.work >= MAX_WORK:
            return Gap.OUTSIDE
        self.levels += 1
        self.work += 1
        try:
            return self._function(name, argument)
        finally:
            self.levels -= 1

    def _function(self, name: str, argument: Node) -> Resolved:
        if name == "Ref":
            return self._ref(argument.value)
        known: dict[str, Callable[[Node], Resolved]] = {
            "Fn::GetAtt": self._attribute,
            "Fn::If": self._if,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Base64": self.resolve,
            "Fn::FindInMap": self._find,
            "Fn::Select": self._select,
        }
        return known[name](argument) if name in known else Gap.OUTSIDE

    def _ref(self, name: object) -> Resolved:
        if name == "AWS::NoValue":
            return Gap.ABSENT
        if not isinstance(name, str):
            return Gap.OUTSIDE
        if name in self.section("Resources"):
            return Reference(name)
        parameter = self.section("Parameters").get(name)
        kind, default = child(parameter, "Type"), child(parameter, "Default")
        if default is None or (kind and str(kind.value).startswith(STORED)):
            return Gap.OUTSIDE
        self.assumed = True
        return Node("", default.line) if default.value is None else default

    def _attribute(self, argument: Node) -> Resolved:
        parts = argument.value if isinstance(argument.value, list) else [argument]
        name = parts[0].value if parts else None
        if isinstance(name, str) and (name := name.partition(".")[0]) in self.section("Resources"):
            return Reference(name)
        return Gap.OUTSIDE

    def _if(self, argument: Node) -> Resolved:
        parts = argument.value
        if not isinstance(parts, list) or len(parts) != 3:
            return Gap.OUTSIDE
        holds = self.condition(parts[0].value)
        return Gap.OUTSIDE if holds is None else self.resolve(parts[1 if holds else 2])

    def _sub(self, argument: Node) -> Resolved:
        """Text with its ${...} left in; where it is nothing but one of them, what that stands for."""
        first = argument.value[0] if isinstance(argument.value, list) and argument.value else argument
        text = first.value
        if not isinstance(text, str):
            return Gap.OUTSIDE
        if text.startswith(EXACT) and text.endswith("}") and text.count(EXACT) == 1:
            name = text[2:-1].partition(".")[0].strip()
            return self._ref(name) if first is argument else Gap.OUTSIDE
        return first

    def _join(self, argument: Node) -> Resolved:
        """Text, with ${} for what is not in this file."""
        parts = argument.value if isinstance(argument.value, list) else []
        items = self.items(parts[1]) if len(parts) == 2 else None
        if items is None:
            return Gap.OUTSIDE
        between = (self.text(parts[0]) or "")[:MOST_JOINED]
        return Node(between.join((self.text(one) or "${}")[:MOST_JOINED] for one in items), argument.line)

    def _find(self, argument: Node) -> Resolved:
        parts = argument.value if isinstance(argument.value, list) else []
        names = [self.text(one) for one in parts[:3]]
        if len(names) < 3 or None in names:
            return Gap.OUTSIDE
        found = self.section("Mappings").get(str(names[0]))
        for name in names[1:]:
            found = child(found, str(name)) if found else None
        return self.resolve(found) if found else Gap.OUTSIDE

    def _select(self, argument: Node) -> Resolved:
        parts = argument.value if isinstance(argument.value, list) else []
        if len(parts) != 2:
            return Gap.OUTSIDE
        index, items = self.text(parts[0]), self.items(parts[1])
        if items is None or index is None or not index.isascii() or not index.isdigit() or len(index) > 3:
            return Gap.OUTSIDE
        return items[int(index)] if int(index) < len(items) else Gap.OUTSIDE

    def condition(self, name: object) -> bool | None:
        """Whether a condition holds with the defaults; None when that is not in this file (or it asks itself)."""
        if not isinstance(name, str) or name not in self.section("Conditions"):
            return None
        self.assumed = True
        if name not in self.known:
            self.known[name] = None  # asked again while it is being asked: a cycle
            self.known[name] = self._holds(self.section("Conditions")[name])
        return self.known[name]

    def _holds(self, node: Node) -> bool | None:
        if not isinstance(node.value, dict) or len(node.value) != 1 or self.levels >= MAX_LEVELS:
            return None
        [(name, argument)] = node.value.items()
        self.levels += 1
        try:
            return self._judge(name, argument)
        finally:
            self.levels -= 1

    def _judge(self, name: str, argument: Node) -> bool | None:
        if name == "Condition":
            return self.condition(argument.value)
        parts = argument.value if isinstance(argument.value, list) else [argument]
        if name == "Fn::Equals" and len(parts) == 2:
            left, right = self.text(parts[0]), self.text(parts[1])
            return None if left is None or right is None else left == right
        answers = [self._holds(one) for one in parts]
        if name == "Fn::Not" and len(answers) == 1:
            return None if answers[0] is None else not answers[0]
        if name in ("Fn::And", "Fn::Or"):
            decisive = name == "Fn::Or"
            if decisive in answers:
                return decisive
            return None if None in answers else not decisive
        return None


def child(node: Node | None, name: str) -> Node | None:
    """Return a mapping's field; task definitions write names with a small letter first."""
    if node is None or not isinstance(node.value, dict):
        return None
    if name in node.value:
        return node.value[name]
    if len(node.value) > MOST_FIELDS:
        return None
    return next((one for key, one in node.value.items() if key.lower() == name.lower()), None)


def words_in(node: Node) -> Iterator[str]:
    """Yield every text under `node`."""
    if isinstance(node.value, str):
        yield node.value
    elif isinstance(node.value, (list, dict)):
        for one in node.value if isinstance(node.value, list) else node.value.values():
            yield from words_in(one)


def same_text(node: Node) -> object:
    """Return `node` as something to compare by, without lines."""
    if isinstance(node.value, dict):
        return ("map", *sorted((key, same_text(one)) for key, one in node.value.items()))
    if isinstance(node.value, list):
        return ("list", *(same_text(one) for one in node.value))
    return str(node.value)
