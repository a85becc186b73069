"""What is read of load balancers and listeners: found, assumed, or not in the file."""

import pytest

from tests.builder.export.templates import fields, resource, stack


def balanced(protocol: str, kind: str | None = None, port: object = 9000, **more: dict) -> dict:
    groups = [{"TargetGroupArn": {"Ref": "Group"}}]
    return stack(
        {"LoadBalancers": groups},
        {},
        Group=resource("ElasticLoadBalancingV2::TargetGroup", Protocol="HTTP" if kind != "network" else "TCP"),
        Listener=resource(
            "ElasticLoadBalancingV2::Listener",
            Protocol=protocol,
            Port=port,
            LoadBalancerArn={"Ref": "Balancer"},
            DefaultActions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}],
        ),
        Balancer=resource("ElasticLoadBalancingV2::LoadBalancer", **({"Type": kind} if kind else {})),
        **more,
    )


@pytest.mark.parametrize(
    ("protocol", "kind", "expected"),
    [
        ("HTTP", None, [("alb", "found"), ("http", "found")]),
        ("HTTPS", "application", [("alb", "found"), ("https", "found")]),
        ("TCP", "network", [("nlb", "found"), ("tcp", "found")]),
        ("UDP", "network", [("nlb", "found"), ("udp", "found")]),
        ("TLS", "network", [("nlb", "found"), ("https", "assumed")]),
        ("GENEVE", "gateway", [(None, "absent"), (None, "absent")]),
    ],
)
def test_the_load_balancer(protocol: str, kind: str | None, expected: list) -> None:
    assert fields(balanced(protocol, kind), "load_balancer", "listener") == expected


@pytest.mark.parametrize(
    ("protocol", "port", "expected"),
    [
        ("TCP", 80, ("http", "assumed")),
        ("TCP", "443", ("https", "assumed")),
        ("tls", 8443, ("https", "assumed")),
        ("TCP", 8080, ("tcp", "found")),
        ("TCP", {"Ref": "Nowhere"}, ("tcp", "found")),
        ("UDP", 443, ("udp", "found")),
    ],
)
def test_a_network_load_balancer_on_a_port_of_the_web(protocol: str, port: object, expected: tuple) -> None:
    assert fields(balanced(protocol, "network", port), "load_balancer", "listener") == [("nlb", "found"), expected]


def by_default(then: object, otherwise: object = "x") -> dict:
    """One of two values, by a condition that hangs on a parameter."""
    return {"Fn::If": ["Is", then, otherwise]}


DEFAULTS = {
    "_Parameters": {"On": {"Type": "String", "Default": "yes"}},
    "_Conditions": {"Is": {"Fn::Equals": [{"Ref": "On"}, "yes"]}},
}
GROUP = {"TargetGroupArn": {"Ref": "Group"}}
ASSUMED = [("alb", "assumed"), ("http", "assumed")]


@pytest.mark.parametrize(
    "entries",
    [by_default([GROUP]), [by_default(GROUP)], [{"TargetGroupArn": by_default({"Ref": "Group"})}]],
)
def test_a_load_balancer_that_is_there_by_default_is_assumed(entries: object) -> None:
    template = balanced("HTTP", **DEFAULTS)
    template["Resources"]["Service"]["Properties"]["LoadBalancers"] = entries
    assert fields(template, "load_balancer", "listener") == ASSUMED


def test_a_listener_that_leads_there_by_default_is_assumed() -> None:
    template = balanced("HTTP", **DEFAULTS)
    forward = [{"Type": "forward", "TargetGroupArn": by_default({"Ref": "Group"})}]
    template["Resources"]["Listener"]["Properties"]["DefaultActions"] = forward
    assert fields(template, "load_balancer", "listener") == ASSUMED


def test_a_protocol_by_default_is_assumed() -> None:
    template = balanced("HTTP", **DEFAULTS)
    template["Resources"]["Listener"]["Properties"]["Protocol"] = by_default("HTTP", "HTTPS")
    assert fields(template, "load_balancer", "listener") == [("alb", "found"), ("http", "assumed")]


def test_a_classic_load_balancer_by_default_is_assumed() -> None:
    template = stack(
        {"LoadBalancers": by_default([{"LoadBalancerName": {"Ref": "Old"}}])},
        Old=resource("ElasticLoadBalancing::LoadBalancer", Listeners=[{"Protocol": "HTTP"}]),
        **DEFAULTS,
    )
    assert fields(template, "load_balancer", "listener") == [("clb", "assumed"), ("http", "assumed")]


def test_of_two_listeners_https_counts() -> None:
    forward = [{"Type": "forward", "TargetGroupArn": {"Ref": "Group"}}]
    secure = resource(
        "ElasticLoadBalancingV2::Listener",
        Protocol="HTTPS",
        LoadBalancerArn={"Ref": "Balancer"},
        DefaultActions=[{"Type": "fixed-response"}],
    )
    rule = resource("ElasticLoadBalancingV2::ListenerRule", ListenerArn={"Ref": "Secure"}, Actions=forward)
    template = balanced("HTTP", Secure=secure, Rule=rule)
    assert fields(template, "load_balancer", "listener") == [("alb", "found"), ("https", "found")]


def test_a_load_balancer_of_another_stack_follows_from_the_target_group() -> None:
    template = balanced("HTTP")
    del template["Resources"]["Listener"]
    assert fields(template, "load_balancer", "listener") == [("alb", "assumed"), (None, "absent")]


def test_a_classic_load_balancer() -> None:
    template = stack(
        {"LoadBalancers": [{"LoadBalancerName": {"Ref": "Old"}}]},
        Old=resource("ElasticLoadBalancing::LoadBalancer", Listeners=[{"Protocol": "https", "InstancePort": 80}]),
    )
    assert fields(template, "load_balancer", "listener") == [("clb", "found"), ("https", "found")]


def test_no_load_balancer_follows_from_a_service_without_one() -> None:
    assert fields(stack(), "load_balancer", "listener") == [("none", "assumed"), ("none", "assumed")]
