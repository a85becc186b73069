"""The nine operators that rules are made of: all, any, not, eq, in, subset, nonempty, ge, same.

Pure data and its interpreter; nothing is ever evaluated as code. `holds` answers True, False or None (unknown) by
Kleene's three-valued logic: a missing fact is unknown, and an unknown part matters only where it could decide.
A tenth operator needs a decision record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import override

from builder.engine.facts import CHOICES, SETS, Fact, Facts
from builder.engine.source import Node, Reading
from learning.catalogue.errors import N_

type Truth = bool | None
type Condition = All | AnyOf | Not | Eq | In | Subset | Nonempty | Ge | Same


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator; immutable."""

    def holds(self, facts: Facts) -> Truth:
        """Whether it is so by these facts; None when they do not tell."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class All(Operator):
    """Every part holds; `All(())` always holds."""

    parts: tuple[Condition, ...]

    @override
    def holds(self, facts: Facts) -> Truth:
        answer: Truth = True
        for part in self.parts:
            truth = part.holds(facts)
            if truth is False:
                return False
            if truth is None:
                answer = None
        return answer


@dataclass(frozen=True, slots=True)
class AnyOf(Operator):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    @override
    def holds(self, facts: Facts) -> Truth:
        answer: Truth = False
        for part in self.parts:
            truth = part.holds(facts)
            if truth is True:
                return True
            if truth is None:
                answer = None
        return answer


@dataclass(frozen=True, slots=True)
class Not(Operator):
    """The part does not hold."""

    part: Condition

    @override
    def holds(self, facts: Facts) -> Truth:
        truth = self.part.holds(facts)
        return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class Eq(Operator):
    """The field has this value."""

    field: str
    value: Fact

    @override
    def holds(self, facts: Facts) -> Truth:
        value = facts.get(self.field)
        return None if value is None else value == self.value


@dataclass(frozen=True, slots=True)
class In(Operator):
    """The field has one of these values."""

    field: str
    values: frozenset[Fact]

    @override
    def holds(self, facts: Facts) -> Truth:
        value = facts.get(self.field)
        return None if value is None else value in self.values


@dataclass(frozen=True, slots=True)
class Subset(Operator):
    """Everything in the set `left` is in the set `right`."""

    left: str
    right: str

    @override
    def holds(self, facts: Facts) -> Truth:
        left, right = facts.get(self.left), facts.get(self.right)
        if isinstance(left, frozenset) and isinstance(right, frozenset):
            return left <= right
        return None


@dataclass(frozen=True, slots=True)
class Nonempty(Operator):
    """The set has a member."""

    field: str

    @override
    def holds(self, facts: Facts) -> Truth:
        value = facts.get(self.field)
        return None if value is None else bool(value)


@dataclass(frozen=True, slots=True)
class Ge(Operator):
    """The number `left` is at least the number `right`."""

    left: str
    right: str

    @override
    def holds(self, facts: Facts) -> Truth:
        left, right = facts.get(self.left), facts.get(self.right)
        if isinstance(left, int) and isinstance(right, int):
            return left >= right
        return None


@dataclass(frozen=True, slots=True)
class Same(Operator):
    """Both fields have the same value."""

    left: str
    right: str

    @override
    def holds(self, facts: Facts) -> Truth:
        left, right = facts.get(self.left), facts.get(self.right)
        return None if left is None or right is None else left == right


ALWAYS = All(())
PAIRS: Mapping[str, type[Subset | Ge | Same]] = {"subset": Subset, "ge": Ge, "same": Same}


def fields(condition: Condition) -> tuple[str, ...]:
    """The fields the condition looks at, in reading order, each once."""
    match condition:
        case All(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(name for part in parts for name in fields(part)))
        case Not(part):
            return fields(part)
        case Subset(left, right) | Ge(left, right) | Same(left, right):
            return (left, right)
        case Eq(field) | In(field) | Nonempty(field):
            return (field,)


def read_condition(node: Node | None, reading: Reading) -> Condition:
    """`{service.launch: ec2}` is eq, a list is in, several entries are all; `any`, `not`, `subset` ... by name."""
    if node is None:
        return ALWAYS
    if not isinstance(node.value, dict):
        reading.problem(node, N_("%(field)s: give a condition, such as {service.launch: ec2}."))
        return ALWAYS
    parts = tuple(_part(name, child, reading) for name, child in node.value.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(name: str, node: Node, reading: Reading) -> Condition:
    match name:
        case "all":
            return All(reading.each(node, lambda part: read_condition(part, reading)))
        case "any":
            return AnyOf(reading.each(node, lambda part: read_condition(part, reading)))
        case "not":
            return Not(read_condition(node, reading))
        case "nonempty":
            return Nonempty(reading.one_of(node, tuple(SETS), "brief.api"))
        case "subset" | "ge" | "same":
            return _pair(name, node, reading)
    return _comparison(name, node, reading)


def _pair(name: str, node: Node, reading: Reading) -> Condition:
    known = {"subset": tuple(SETS), "ge": ("service.azs", "brief.azs"), "same": (*CHOICES, *SETS)}[name]
    names = reading.each(node, lambda item: reading.one_of(item, known, known[0]))
    if len(names) != 2:
        reading.problem(node, N_("%(field)s: give two fields."))
        return ALWAYS
    return PAIRS[name](names[0], names[1])


def _comparison(name: str, node: Node, reading: Reading) -> Condition:
    if name not in CHOICES:
        message = N_("%(field)s: “%(name)s” is neither an operator nor a field that holds one value.")
        reading.problem(node, message, name=name)
        return ALWAYS
    if isinstance(node.value, list):
        return In(name, frozenset(read_value(name, item, reading) for item in node.value))
    return Eq(name, read_value(name, node, reading))


def read_value(name: str, node: Node, reading: Reading) -> Fact:
    """A value of the field `name`: one of its choices, or for a set field a list of its members."""
    if name in SETS:
        members = SETS[name]
        return frozenset(reading.one_of(item, members, members[0]) for item in reading.items(node))
    choices = CHOICES[name]
    for choice in choices:
        if type(node.value) is type(choice) and node.value == choice:
            return choice
    known = ", ".join(str(choice).lower() for choice in choices)
    reading.problem(node, N_("%(field)s: give one of %(known)s."), known=known)
    return choices[0]
