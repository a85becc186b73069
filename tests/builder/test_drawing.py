"""Whatever the design, the drawing is well laid out: nothing overlaps, leaves the picture or outgrows its box."""

from itertools import combinations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.drawing import Diagram, Place, draw, outline
from builder.drawing.shapes import Box, Label, Part
from builder.drawing.words import fitted, width_of
from builder.engine.design import (
    APIS,
    INSTANCES,
    LAUNCHES,
    LISTENERS,
    LOAD_BALANCERS,
    PROFILES,
    ROLES,
    SIZES,
    STORAGES,
    ZONES,
    Cluster,
    Design,
    Service,
)
from builder.views.spoken import say, spoken_outline

# As static/css/drawing.css sets them; the narrow ones are those of the smallest screen.
SIZES_IN_CSS = {"wide": {"title": 14.5, "small": 13.6}, "narrow": {"title": 14.3, "small": 14.3}}
NAMES = st.sampled_from(
    ["웹", "소개 페이지", "Page", "썸네일을 만드는 아주 이름이 긴 서비스", "A service with quite a long name"]
)
apis = st.frozensets(st.sampled_from(APIS))
services = st.builds(
    Service,
    launch=st.sampled_from(LAUNCHES),
    size=st.sampled_from(SIZES),
    role=st.sampled_from(ROLES),
    grants=apis,
    load_balancer=st.sampled_from(LOAD_BALANCERS),
    listener=st.sampled_from(LISTENERS),
    storage=st.sampled_from(STORAGES),
    azs=st.sampled_from(ZONES),
)
designs = st.builds(
    Design,
    st.builds(Cluster, st.sampled_from(INSTANCES), st.sampled_from(PROFILES)),
    st.lists(services, min_size=1, max_size=3).map(tuple),
).map(Design.normalised)
places = st.lists(st.builds(Place, NAMES, st.booleans(), apis), min_size=3, max_size=3)
many = settings(max_examples=150, deadline=None)


def drawings(design: Design, places: list[Place], marks: dict[str, str] | None = None) -> tuple[Diagram, Diagram]:
    return draw(design, places[: len(design.services)], marks)


def extent(label: Label, diagram: Diagram) -> tuple[float, float]:
    """Return where the words of `label` begin and end, in the active language."""
    width = width_of(say(label.said), SIZES_IN_CSS[diagram.name][label.size], bold=label.size == "title")
    begins = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return begins, begins + width


def linked(part: Part) -> bool:
    return bool(part.path) and not part.copy


@many
@given(designs, places)
def test_boxes_lie_inside_the_picture(design: Design, places: list[Place]) -> None:
    for diagram in drawings(design, places):
        picture = Box(0, 0, diagram.width, diagram.height)
        assert all(picture.holds(part.box) for part in diagram.parts)


@many
@given(designs, places)
def test_no_two_boxes_overlap_unless_one_holds_the_other(design: Design, places: list[Place]) -> None:
    for diagram in drawings(design, places):
        for one, other in combinations([part.box for part in diagram.parts], 2):
            assert not one.meets(other) or one.holds(other) or other.holds(one)


@many
@given(designs, places, st.sampled_from(["ko", "en"]))
def test_words_fit_their_boxes(design: Design, places: list[Place], language: str) -> None:
    with translation.override(language):
        for diagram in drawings(design, places):
            for part in diagram.parts:
                for label in part.labels:
                    begins, ends = extent(label, diagram)
                    assert ends - begins <= label.room, (say(label.said), diagram.name)
                    if part.kind != "users":
                        assert part.box.x <= begins
                        assert ends <= part.box.right
                        assert part.box.y < label.y < part.box.bottom


@many
@given(designs, places, st.sampled_from(["ko", "en"]))
def test_lines_cross_neither_words_nor_foreign_boxes(design: Design, places: list[Place], language: str) -> None:
    with translation.override(language):
        for diagram in drawings(design, places):
            for line in diagram.lines:
                for part in diagram.parts:
                    box = part.box
                    if box.x < line.x < box.right and line.top < box.bottom and box.y < line.bottom:
                        assert box.y <= line.top <= box.bottom or box.y <= line.bottom <= box.bottom, part
                    for label in part.labels:
                        begins, ends = extent(label, diagram)
                        level = line.top < label.y - 3 < line.bottom
                        assert not (level and begins - 2 < line.x < ends + 2), say(label.said)


@many
@given(designs, places)
def test_every_field_has_a_part_that_leads_to_it(design: Design, places: list[Place]) -> None:
    for diagram in drawings(design, places):
        paths = {part.path for part in diagram.parts if linked(part)}
        assert {"cluster.instances", "cluster.profile"} <= paths
        for index, service in enumerate(design.services):
            fields = {"launch", "size", "role", "load_balancer", "storage", "azs"}
            fields |= {"listener"} if service.load_balancer != "none" else set()
            assert {f"services.{index}.{name}" for name in fields} <= paths


@many
@given(designs, places, st.sampled_from(["must", "should", "note"]))
def test_a_mark_stands_on_the_part_that_failed(design: Design, places: list[Place], severity: str) -> None:
    paths = ["cluster.instances", "cluster.profile"]
    paths += [f"services.0.{name}" for name in ("launch", "size", "role", "load_balancer", "storage", "azs")]
    for diagram in drawings(design, places, dict.fromkeys(paths, severity)):
        marked = {part.path for part in diagram.parts if part.mark == severity}
        assert marked == set(paths)


@many
@given(designs, places)
def test_the_same_field_is_one_tab_stop_even_in_two_zones(design: Design, places: list[Place]) -> None:
    for diagram in drawings(design, places):
        tasks = [part for part in diagram.parts if part.kind == "task" and linked(part)]
        assert len(tasks) == len(design.services)


@many
@given(designs, places)
def test_the_outline_says_what_the_drawing_shows(design: Design, places: list[Place]) -> None:
    node = spoken_outline(outline(design, places[: len(design.services)]))
    assert len(node.children) == 2 + len(design.services)
    for index, service in enumerate(design.services):
        words = repr(node.children[2 + index])
        assert places[index].name in words
        assert ("EFS" in words) == (service.storage == "efs")
        assert (service.load_balancer.upper() in words) == (service.load_balancer != "none")
        assert all(name in words for api, name in (("s3", "S3"), ("dynamodb", "DynamoDB")) if api in service.grants)


def test_grants_that_are_wrong_mark_the_role_with_the_graver_sign() -> None:
    design = Design(services=(Service(role="own", grants=frozenset({"s3"})),))
    wide, _narrow = draw(design, [Place("web")], {"services.0.role": "note", "services.0.grants": "must"})
    assert [part.mark for part in wide.parts if part.kind == "role"] == ["must"]


def test_a_wrong_number_of_zones_is_marked_on_the_unused_one() -> None:
    wide, _narrow = draw(Design(), [Place("web")], {"services.0.azs": "must"})
    assert [part.empty for part in wide.parts if part.mark] == [True]


def test_a_zone_that_is_not_used_takes_little_room() -> None:
    for diagram in draw(Design(), [Place("web")]):
        used, unused = [part.box.w for part in diagram.parts if part.kind == "zone"]
        assert unused < used / 2
    for diagram in draw(Design(services=(Service(azs=2),)), [Place("web")]):
        one, other = [part.box.w for part in diagram.parts if part.kind == "zone"]
        assert one == other


def test_both_layouts_are_as_broad_as_promised() -> None:
    assert [diagram.width for diagram in draw(Design(), [Place("web")])] == [720, 340]


@pytest.mark.parametrize("text", ["", "웹", "a" * 300, "긴 이름 " * 40])
def test_names_are_cut_to_the_room_there_is(text: str) -> None:
    assert width_of(fitted(text, 14, 100), 14) <= 100
