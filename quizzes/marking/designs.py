"""Options that are designs: the `design::` line below an option, read. Pure.

`launch=ec2 storage=efs azs=2 instances=registered profile=agent`, one service after another separated by ` ; `. What is
not said is as DEFAULTS have it. What the values mean, and which design is right for a scenario, the builder knows.
"""

from collections.abc import Mapping

from learning.catalogue.errors import N_
from quizzes.marking.lines import Report

DEFAULTS: Mapping[str, str] = {
    "launch": "fargate",
    "size": "set",
    "role": "none",
    "grants": "",
    "load_balancer": "none",
    "listener": "none",
    "storage": "container",
    "azs": "1",
    "instances": "none",
    "profile": "none",
}
CLUSTER = ("instances", "profile")  # said once a design, in any of its services

type Design = tuple[Mapping[str, str], ...]  # a service each, every key of DEFAULTS said


def read_design(text: str, line: int, report: Report) -> Design:
    """Read what stands after `design::`; report a key that is unknown, said twice or without a value."""
    services = [_service(part, line, report) for part in text.split(";")]
    cluster: dict[str, str] = {}
    for service in services:
        for key in CLUSTER:
            if key in service and cluster.setdefault(key, service[key]) != service[key]:
                report(line, N_("The services of a design share one cluster, but `%(key)s` differs."), key=key)
    return tuple({**DEFAULTS, **service, **cluster} for service in services)


def _service(text: str, line: int, report: Report) -> dict[str, str]:
    said: dict[str, str] = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if key not in DEFAULTS or not equals:
            message = N_("Expected `key=value` with one of the keys %(keys)s, found “%(found)s”.")
            report(line, message, keys=", ".join(DEFAULTS), found=word[:40])
        elif said.setdefault(key, value) != value:
            report(line, N_("`%(key)s` stands twice in this service of the design."), key=key)
    return said
