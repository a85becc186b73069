"""Whatever is pasted: an answer and never an error, values of the model's own, and the same answer every time."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.engine.design import from_dict, to_dict
from builder.engine.scenario import empty_design
from builder.export import read_template
from tests.builder.export.fuzzing import mixed, torn

COUNT, SEED = 250, 20


def check(text: str, services: int = 2) -> str:
    reading = read_template(text, services)
    assert reading == read_template(text, services)
    if reading.kind == "none":
        assert reading.notes
        assert not reading.fields
        return "none"
    design = reading.design(empty_design(services))
    assert from_dict(to_dict(design)) == design
    for note in reading.notes:
        assert note.message % note.params
        assert 0 <= note.line <= text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + 1
    return reading.kind


def test_torn_texts() -> None:
    assert {check(text) for text in torn(COUNT, SEED)} == {"none", "template"}


def test_templates_with_odd_values() -> None:
    assert "template" in {check(text) for text in mixed(COUNT, SEED)}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["Resources", "Type", "Properties", "Ref", "Fn::If", "Fn::Sub", "Conditions", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=30,
    )
)
def test_any_tree(tree: object) -> None:
    check(json.dumps({"Resources": {"Service": {"Type": "AWS::ECS::Service", "Properties": tree}, "Other": tree}}))
