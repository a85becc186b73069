"""Broken and odd texts made of real templates: pieces of text cut, doubled and put in; parts of the tree replaced."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy

import yaml

from tests.builder.export.designs import best_designs, exported, passing_designs

ODD_TEXT = (
    "!Ref ", "!Sub ", "!If [a, b, c]", "&a ", "*a", "<<: ", "- ", "  ", "\t", ": ", "{", "}", "[", "]", '"', "'", "~",
    "!!python/object:os.system ", "!Foo ", "---\n", "...\n", "|", ">", "#", "%", "@", "\0", "\u202e", "\ud800", "한글",
    "9" * 400, '{"Ref": "AWS::NoValue"}', "${", "\n", "\r", "\ufeff", "\x85", "\u2028", "? ", ",", "1e999", "NaN",
)  # fmt: skip
ODD_VALUES = (
    None, True, -1, 1.5, "", "x" * 300, "FARGATE", "fargate", "${", "${A}", "*", [], {}, [[]], [None], {"": ""},
    {"Ref": "AWS::NoValue"}, {"Ref": "Cluster"}, {"Ref": []}, {"Ref": {"Ref": "VpcId"}}, {"Fn::If": []},
    {"Fn::If": ["A", "FARGATE", "EC2"]}, {"Fn::GetAtt": "Cluster.Arn"}, {"Fn::GetAtt": [[], 1]}, {"Fn::Sub": []},
    {"Fn::Sub": ["${a}", {"a": 1}]}, {"Fn::Join": ["", ["a", {"Ref": "x"}]]}, {"Fn::Join": 3}, {"Fn::Select": [0, [1]]},
    {"Fn::Select": ["x", {}]}, {"Fn::FindInMap": ["A", "B", "C"]}, {"Fn::Foo": 1}, {"Condition": "A"}, {"Type": []},
    {"Fn::Base64": {"Fn::Base64": {"Ref": "Self"}}}, {"Properties": 3}, {"Fn::ImportValue": "x"},
)  # fmt: skip


def texts() -> list[str]:
    templates = [exported(task, design) for task, design in [*best_designs(), *passing_designs(20, 9)]]
    return [write(one) for one in templates for write in (json.dumps, yaml.safe_dump, _indented)]


def _indented(template: object) -> str:
    return json.dumps(template, indent=1)


def torn(count: int, seed: int) -> Iterator[str]:
    """Yield texts with a few pieces cut, doubled or put in."""
    chance, sources = random.Random(seed), texts()  # noqa: S311 - repeatable choices of a test, no secret
    for _ in range(count):
        text = chance.choice(sources)
        for _change in range(chance.choice((1, 1, 1, 2, 3, 6))):
            at = chance.randrange(len(text) + 1)
            end = min(len(text), at + chance.randint(1, 80))
            middle = chance.choice((chance.choice(ODD_TEXT) + text[at:end], "", text[at:end] * 3))
            text = text[:at] + middle + text[end:]
        yield text


def mixed(count: int, seed: int) -> Iterator[str]:
    """Yield JSON that can be read, with a few values replaced by odd ones or by other parts of the template."""
    chance = random.Random(seed)  # noqa: S311 - repeatable choices of a test, no secret
    sources = [text for text in texts() if text.startswith("{")]
    for _ in range(count):
        top = json.loads(chance.choice(sources)) | {"Conditions": {"A": {"Fn::Not": [{"Condition": "A"}]}}}
        for _change in range(chance.choice((1, 2, 4, 8))):
            places = list(_places(top))
            place, key = chance.choice(places)
            other, name = chance.choice(places)
            place[key] = deepcopy(chance.choice((chance.choice(ODD_VALUES), other[name])))
        yield json.dumps(top)


def _places(value: object) -> Iterator[tuple[object, object]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
