"""The seventeen scenarios of the design as data: requirements, a best design, tempting wrong designs and their scores.

`FULL_MARKS` counts the best designs among all 9,360 with one service; both were computed by an engine before this one.
"""

from dataclasses import dataclass, field

from builder.engine.design import Api, Cluster, Design, Listener, Service, changed
from builder.engine.facts import Requirement
from builder.engine.scenario import Scenario, empty_design
from builder.engine.source import Words

NAME = Words("서비스", "Service")
AGENTS = Cluster("registered", "agent")
S3: frozenset[Api] = frozenset({"s3"})
DYNAMODB: frozenset[Api] = frozenset({"dynamodb"})
BOTH = S3 | DYNAMODB
TO_EC2 = {"services.0.launch": "ec2", "cluster.instances": "registered", "cluster.profile": "agent"}
TO_FARGATE = {
    "services.0.launch": "fargate",
    "services.0.size": "set",
    "cluster.instances": "none",
    "cluster.profile": "none",
}


def need(traffic: Listener = "none", **rest) -> Requirement:
    return Requirement(NAME, exposed=traffic != "none", traffic=traffic, **rest)


def fargate(**rest) -> Service:
    return Service(launch="fargate", size="set", **_role(rest))


def ec2(**rest) -> Service:
    return Service(launch="ec2", **_role(rest))


def _role(fields: dict) -> dict:
    if "grants" in fields:
        return {"role": "own", **fields}
    return fields


def alb(listener: Listener) -> dict:
    return {"load_balancer": "alb", "listener": listener}


def nlb(listener: Listener) -> dict:
    return {"load_balancer": "nlb", "listener": listener}


@dataclass(frozen=True)
class Row:
    id: str
    needs: tuple[Requirement, ...]
    best: tuple[Design, ...]
    wrong: tuple[tuple[str, dict[str, object], int], ...]
    mandatory: frozenset[str] = frozenset()
    full_marks: int | None = None
    start: Design | None = field(default=None)

    @property
    def scenario(self) -> Scenario:
        wrong = tuple((self.design(changes), score) for _, changes, score in self.wrong)
        start = self.start or empty_design(len(self.needs))
        words = Words(self.id, self.id)
        return Scenario(self.id, 1, words, words, (), self.needs, self.mandatory, start, self.best, wrong)

    def design(self, changes: dict[str, object]) -> Design:
        return changed(self.best[0], changes)


OLD_SHOP = Design(AGENTS, (ec2(load_balancer="clb", listener="http"),))
ISOLATE = frozenset({"task-roles-separate-when-needs-differ"})


def shared(*indexes: int) -> dict[str, object]:
    roles: dict[str, object] = {f"services.{index}.role": "shared" for index in indexes}
    return roles


TABLE = [
    Row(
        "company-page",
        (need("http", ops="hands-off"),),
        (Design(Cluster(), (fargate(**alb("http")),)),),
        (
            ("NLB", {"services.0.load_balancer": "nlb"}, 80),
            ("EFS for nothing", {"services.0.storage": "efs"}, 95),
            ("EC2 and ALB", TO_EC2, 59),
            ("CLB", {"services.0.load_balancer": "clb"}, 59),
            ("no load balancer", {"services.0.load_balancer": "none"}, 59),
            ("an instance profile", {"cluster.profile": "agent"}, 59),
            ("size left empty", {"services.0.size": "unset"}, 59),
        ),
        full_marks=4,
    ),
    Row(
        "nightly-batch",
        (need(billing="pay-per-use"),),
        (Design(Cluster(), (fargate(),)),),
        (("EC2 fleet", TO_EC2, 80), ("an ALB", {"services.0.load_balancer": "alb"}, 95)),
        full_marks=4,
    ),
    Row(
        "host-agent",
        (need(ops="host-control"),),
        (Design(AGENTS, (ec2(),)),),
        (
            ("Fargate", TO_FARGATE, 59),
            ("no profile", {"cluster.profile": "none"}, 59),
            ("no instances", {"cluster.instances": "none"}, 59),
        ),
        full_marks=8,
    ),
    Row(
        "either-is-fine",
        (need("http"),),
        (Design(AGENTS, (ec2(**alb("http")),)), Design(Cluster(), (fargate(**alb("http")),))),
        (("EC2 and CLB", {"services.0.load_balancer": "clb"}, 80),),
        full_marks=12,
    ),
    Row(
        "photo-upload-api",
        (need("https", ops="hands-off", api=S3),),
        (Design(Cluster(), (fargate(**alb("https"), grants=S3),)),),
        (
            ("a role for S3 and DynamoDB", {"services.0.grants": ["s3", "dynamodb"]}, 80),
            ("no role", {"services.0.role": "none"}, 59),
            ("S3 in an instance profile", {"services.0.role": "none", "cluster.profile": "agent+app"}, 0),
            (
                "EC2 with S3 in the profile, no role",
                {**TO_EC2, "cluster.profile": "agent+app", "services.0.role": "none"},
                0,
            ),
        ),
        full_marks=2,
    ),
    Row(
        "gpu-inference",
        (need("https", ops="host-control", api=S3),),
        (Design(AGENTS, (ec2(**alb("https"), grants=S3),)),),
        (
            ("S3 also in the profile", {"cluster.profile": "agent+app"}, 80),
            ("Fargate", TO_FARGATE, 59),
            ("S3 only in the profile", {"cluster.profile": "agent+app", "services.0.role": "none"}, 40),
        ),
        full_marks=4,
    ),
    Row(
        "clb-retirement",
        (need("http", ops="hands-off"),),
        (Design(Cluster(), (fargate(**alb("http")),)),),
        (
            ("Fargate keeps the CLB", {"services.0.load_balancer": "clb"}, 59),
            ("EC2 and ALB", TO_EC2, 59),
            ("Fargate and NLB", {"services.0.load_balancer": "nlb"}, 80),
            ("unchanged", {**TO_EC2, "services.0.load_balancer": "clb"}, 40),
        ),
        full_marks=4,
        start=OLD_SHOP,
    ),
    Row(
        "realtime-game",
        (need("udp", ops="hands-off"),),
        (Design(Cluster(), (fargate(**nlb("udp")),)),),
        (
            ("NLB/tcp", {"services.0.listener": "tcp"}, 59),
            ("ALB", {"services.0.load_balancer": "alb", "services.0.listener": "http"}, 59),
            ("ALB/udp", {"services.0.load_balancer": "alb"}, 59),
            ("EC2 and CLB", {**TO_EC2, "services.0.load_balancer": "clb"}, 40),
        ),
        full_marks=4,
    ),
    Row(
        "journal-worker",
        (need(persist=True),),
        (Design(AGENTS, (ec2(storage="efs"),)), Design(Cluster(), (fargate(storage="efs"),))),
        (
            ("EC2 host disk", {"services.0.storage": "instance"}, 80),
            ("container", {"services.0.storage": "container"}, 59),
            ("Fargate and host disk", {**TO_FARGATE, "services.0.storage": "instance"}, 59),
        ),
        full_marks=12,
    ),
    Row(
        "device-gateway",
        (need("tcp", ops="host-control", api=DYNAMODB),),
        (Design(AGENTS, (ec2(**nlb("tcp"), grants=DYNAMODB),)),),
        (
            ("CLB/tcp", {"services.0.load_balancer": "clb"}, 80),
            ("ALB", {"services.0.load_balancer": "alb", "services.0.listener": "http"}, 59),
            ("a role for S3", {"services.0.grants": ["s3"]}, 40),
        ),
        full_marks=4,
    ),
    Row(
        "cms-two-az",
        (need("http", ops="hands-off", persist=True, shared=True, azs=2),),
        (Design(Cluster(), (fargate(**alb("http"), storage="efs", azs=2),)),),
        (
            ("container", {"services.0.storage": "container"}, 59),
            ("EFS in one AZ", {"services.0.azs": 1}, 59),
            ("EC2 and host disks", {**TO_EC2, "services.0.storage": "instance"}, 20),
        ),
        full_marks=2,
    ),
    Row(
        "ledger-two-az",
        (need(persist=True, azs=2),),
        (Design(AGENTS, (ec2(storage="efs", azs=2),)), Design(Cluster(), (fargate(storage="efs", azs=2),))),
        (
            ("EC2 host disk", {"services.0.storage": "instance"}, 59),
            ("container", {"services.0.storage": "container"}, 59),
        ),
        full_marks=6,
    ),
    Row(
        "two-services-two-roles",
        (need("https", ops="hands-off", api=S3), need("https", ops="hands-off", api=DYNAMODB)),
        (Design(Cluster(), (fargate(**alb("https"), grants=S3), fargate(**alb("https"), grants=DYNAMODB))),),
        (
            ("both roles broad", {f"services.{i}.grants": ["s3", "dynamodb"] for i in (0, 1)}, 60),
            ("one role for both", shared(0, 1), 20),
            ("swapped", {"services.0.grants": ["dynamodb"], "services.1.grants": ["s3"]}, 0),
            ("profile only", {"services.0.role": "none", "services.1.role": "none", "cluster.profile": "agent+app"}, 0),
        ),
        mandatory=ISOLATE,
    ),
    Row(
        "mixed-fleet",
        (need("https", ops="hands-off"), need(ops="host-control", api=S3)),
        (Design(AGENTS, (fargate(**alb("https")), ec2(grants=S3))),),
        (
            (
                "all Fargate",
                {
                    "services.1.launch": "fargate",
                    "services.1.size": "set",
                    "cluster.instances": "none",
                    "cluster.profile": "none",
                },
                59,
            ),
            ("all EC2", {"services.0.launch": "ec2"}, 59),
            ("no profile", {"cluster.profile": "none"}, 59),
        ),
    ),
    Row(
        "render-farm",
        (need(ops="host-control", shared=True, persist=True, azs=2, api=S3),),
        (Design(AGENTS, (ec2(storage="efs", azs=2, grants=S3),)),),
        (
            ("an ALB", {"services.0.load_balancer": "alb"}, 95),
            ("host disks", {"services.0.storage": "instance"}, 59),
            ("Fargate and EFS", TO_FARGATE, 59),
        ),
        full_marks=2,
    ),
    Row(
        "game-platform",
        (need("udp", ops="hands-off", azs=2), need("https", ops="hands-off", api=DYNAMODB, azs=2)),
        (Design(Cluster(), (fargate(**nlb("udp"), azs=2), fargate(**alb("https"), grants=DYNAMODB, azs=2))),),
        (
            ("NLB for both", {"services.1.load_balancer": "nlb"}, 80),
            ("one role for both", shared(0, 1), 80),
            ("ALB for both", {"services.0.load_balancer": "alb"}, 59),
        ),
    ),
    Row(
        "whole-company",
        (
            need("http", ops="hands-off", persist=True, shared=True, azs=2),
            need("https", ops="hands-off", api=S3, azs=2),
            need("tcp", ops="host-control", api=DYNAMODB, azs=2),
        ),
        (
            Design(
                AGENTS,
                (
                    fargate(**alb("http"), storage="efs", azs=2),
                    fargate(**alb("https"), grants=S3, azs=2),
                    ec2(**nlb("tcp"), grants=DYNAMODB, azs=2),
                ),
            ),
        ),
        (
            ("CLB on the CMS", {"services.0.load_balancer": "clb"}, 59),
            (
                "all Fargate",
                {
                    "services.2.launch": "fargate",
                    "services.2.size": "set",
                    "cluster.instances": "none",
                    "cluster.profile": "none",
                },
                59,
            ),
            ("one role for the two that need one", shared(1, 2), 20),
            (
                "all EC2 and host disks",
                {
                    "services.0.launch": "ec2",
                    "services.1.launch": "ec2",
                    **{f"services.{i}.storage": "instance" for i in (0, 1, 2)},
                },
                0,
            ),
        ),
        mandatory=ISOLATE,
    ),
]
