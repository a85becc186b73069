"""Designs: their JSON form, what settles itself, and changing a field."""

import json

import pytest
from hypothesis import given

from builder.engine.design import Cluster, Design, DesignError, Service, changed, from_dict, to_dict
from tests.builder.engine.space import designs, one_service_designs

S3 = frozenset({"s3"})


def test_it_works():
    design = Design(Cluster("registered", "agent"), (Service("ec2", "set", "own", S3, "alb", "https", "efs", 2),))
    assert from_dict(json.loads(json.dumps(to_dict(design)))) == design


@given(designs())
def test_reading_what_was_written_gives_the_same(design):
    assert from_dict(json.loads(json.dumps(to_dict(design)))) == design


@given(designs())
def test_normalising_twice_is_normalising_once(design):
    assert design.normalised() == design.normalised().normalised()


def test_the_model_holds_9360_designs_with_one_service_and_all_are_settled():
    space = one_service_designs()
    assert len(set(space)) == 9360
    assert all(design.normalised() == design for design in space)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Service(listener="http"), Service()),
        (Service(load_balancer="alb"), Service(load_balancer="alb", listener="http")),
        (Service(load_balancer="nlb"), Service(load_balancer="nlb", listener="tcp")),
        (Service(grants=S3), Service()),
        (Service(role="shared", grants=S3), Service(role="own", grants=S3)),
    ],
)
def test_impossible_combinations_settle(before, after):
    assert Design(services=(before,)).normalised().services == (after,)


def test_those_who_share_a_role_share_its_grants():
    design = Design(services=(Service(role="shared", grants=S3), Service(role="shared"), Service(role="own")))
    assert [service.grants for service in design.normalised().services] == [S3, S3, frozenset()]


def good() -> dict:
    return to_dict(Design())


def with_service(**fields) -> dict:
    data = good()
    data["services"][0].update(fields)
    return data


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "design"),
        ({**good(), "note": 1}, "design.note"),
        ({"cluster": good()["cluster"]}, "design.services"),
        ({**good(), "cluster": {"instances": "none"}}, "cluster.profile"),
        ({**good(), "cluster": {"instances": "many", "profile": "none"}}, "cluster.instances"),
        ({**good(), "services": []}, "services"),
        ({**good(), "services": good()["services"] * 4}, "services"),
        ({**good(), "services": ["web"]}, "services.0"),
        (with_service(colour="red"), "services.0.colour"),
        (with_service(launch="lambda"), "services.0.launch"),
        (with_service(azs="2"), "services.0.azs"),
        (with_service(azs=True), "services.0.azs"),
        (with_service(grants="s3"), "services.0.grants"),
        (with_service(grants=[["s3"]]), "services.0.grants"),
    ],
)
def test_anything_else_is_refused_by_field(data, field):
    with pytest.raises(DesignError) as error:
        from_dict(data)
    assert error.value.field == field
    assert field in str(error.value)


def test_changed_sets_fields_and_settles_the_rest():
    design = changed(Design(), {"services.0.load_balancer": "alb", "cluster.profile": "agent"})
    assert design.services[0].listener == "http"
    assert design.cluster.profile == "agent"
    assert changed(design, {"services.0.load_balancer": "none"}).services[0].listener == "none"


def test_changed_narrows_a_shared_role_for_all_who_share_it():
    both = Design(services=(Service(role="shared", grants=frozenset({"s3", "dynamodb"})),) * 2).normalised()
    assert [one.grants for one in changed(both, {"services.1.grants": ["s3"]}).services] == [S3, S3]


@pytest.mark.parametrize("path", ["services.1.azs", "services.0.colour", "cluster.colour", "services", "x.0.azs"])
def test_changed_refuses_what_is_not_there(path):
    with pytest.raises(DesignError):
        changed(Design(), {path: 1})
