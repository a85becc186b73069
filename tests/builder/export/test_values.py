"""What a template's values come to: bounded work, whatever is written."""

import json

import pytest

from builder.export.parsing import parse
from builder.export.tree import Node
from builder.export.values import MAX_WORK, Gap, Values

LEVELS = 17  # each doubles the work of the one before


def values_of(**sections: object) -> Values:
    return Values(parse(json.dumps(sections))[0])


def ref(name: str) -> Node:
    return Node({"Ref": Node(name, 1)}, 1)


def twice(one: object) -> dict[str, object]:
    return {"Fn::Join": ["", [one, one]]}


def in_map(name: str) -> dict[str, object]:
    return {"Fn::FindInMap": [name, "a", "b"]}


def mappings() -> Values:
    chain = {f"M{i}": {"a": {"b": twice(in_map(f"M{i + 1}"))}} for i in range(LEVELS)}
    last = {f"M{LEVELS}": {"a": {"b": "x"}}}
    return values_of(Mappings=chain | last, Parameters={"P0": {"Default": in_map("M0")}})


def joined_defaults() -> Values:
    return values_of(Parameters={f"P{i}": {"Default": twice({"Ref": f"P{i + 1}"})} for i in range(LEVELS)})


def searched() -> Values:
    """Mappings whose names are found in mappings, three times each."""
    chain = {f"M{i}": {"a": {"b": {"Fn::FindInMap": [in_map(f"M{i + 1}")] * 3}}} for i in range(LEVELS)}
    ends = {f"M{LEVELS}": {"a": {"b": "x"}}, "x": {"x": {"x": "x"}}}
    return values_of(Mappings=chain | ends, Parameters={"P0": {"Default": in_map("M0")}})


def wide() -> Values:
    """A long list that is joined as often as it is long."""
    many = 2000
    inner = {"M": {"a": {"b": {"Fn::Join": ["", ["x"] * many]}}}}
    return values_of(Mappings=inner, Parameters={"P0": {"Default": {"Fn::Join": ["", [in_map("M")] * many]}}})


@pytest.mark.parametrize("bomb", [mappings, joined_defaults, searched, wide])
def test_what_multiplies_itself_ends_at_the_bound(bomb) -> None:
    values = bomb()
    values.text(values.resolve(ref("P0")))  # a default is computed by who reads it
    assert MAX_WORK <= values.work < 2 * MAX_WORK


def test_what_is_plain_is_still_told_beyond_the_bound() -> None:
    values = values_of(Parameters={"P": {"Default": "x"}})
    values.work = MAX_WORK
    assert values.text(Node("x", 1)) == "x"
    assert values.resolve(ref("P")) is Gap.OUTSIDE


@pytest.mark.parametrize("kind", ["AWS::SSM::Parameter::Value<String>", "AWS::SSM::Parameter::Value<List<String>>"])
def test_a_parameter_of_the_parameter_store_has_no_value_here(kind: str) -> None:
    """Its default is where the value stands, not the value."""
    values = values_of(Parameters={"P": {"Type": kind, "Default": "/a/path"}})
    assert values.resolve(ref("P")) is Gap.OUTSIDE
    assert not values.assumed
