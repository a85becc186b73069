"""The verdict in words and colour: a must that failed is said where one did, and nowhere else."""

import pytest
from django.test import Client
from django.utils.translation import override

from builder.engine.design import Cluster, Design, Service
from builder.views.panel import panel_of
from learning.models import Course
from tests.builder.people import HTMX, posted

THREE_SHOULDS = Design(
    Cluster("registered", "agent+app"),
    (
        Service(
            launch="ec2", role="own", grants=frozenset({"s3", "dynamodb"}), load_balancer="nlb", listener="https", azs=1
        ),
    ),
)


@pytest.mark.parametrize(
    ("score", "failed", "tone", "headline"),
    [
        (100, [], "right", "Just what the client asked for"),
        (80, ["should"], "right", "Almost there"),
        (60, ["should", "should"], "buoy", "Better choices remain"),
        (40, ["should", "should", "should"], "buoy", "Better choices remain"),
        (0, ["should"] * 5, "buoy", "Better choices remain"),
        (59, ["must"], "wrong", "Something must be put right"),
        (40, ["must", "should"], "wrong", "Something must be put right"),
    ],
)
def test_it_works(score: int, failed: list[str], tone: str, headline: str) -> None:
    findings = [{"result": "fail", "severity": one, "kind": "recommendation"} for one in failed]
    passed = {"result": "pass", "severity": "must", "kind": "violation"}
    with override("en"):
        panel = panel_of(score, [*findings, passed])
    assert (panel.tone, panel.headline, panel.left) == (tone, headline, len(failed))


def test_three_recommendations_are_no_must(course: Course, client: Client) -> None:
    page = client.post("/ko/builder/gpu-inference/check/", posted(THREE_SHOULDS), headers=HTMX).content.decode()
    assert 'class="ring buoy"' in page
    assert "더 나은 선택이 남았어요" in page
    assert "꼭 고칠 곳이 있어요" not in page
