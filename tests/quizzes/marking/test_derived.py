"""Options that are designs: read, written, and their key derived from the scenario."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.services import derive
from learning.catalogue.errors import Problem
from quizzes.marking.bank import read, write
from quizzes.marking.derived import underived
from quizzes.marking.designs import DEFAULTS, Design
from quizzes.marking.item import Bank
from quizzes.marking.lint import lint

COURSE = Path(__file__).resolve().parents[3] / "content" / "ecs"
TEXT = """\
---
type: quiz
id: d
lang: en
topic: efs
---

### Which design keeps the journal? ^d-001
scenario:: journal-worker

- [ ] Fargate, storage in the container
  design:: launch=fargate
  > No. [[efs#^containers-ephemeral]]
- [x] Fargate with EFS
  design:: storage=efs
  > Yes. [[efs#^efs-fargate-serverless]]
- [ ] EC2, storage on the instance
  design:: launch=ec2 storage=instance instances=registered profile=agent
  > No. [[efs#^efs-shared-file-system]]
"""


def bank(text: str = TEXT) -> Bank:
    reading = read(text, "d.en.quiz.md")
    assert reading.problems == ()
    return reading.bank


def by_the_builder(scenario: str, designs: Sequence[Design]) -> Sequence[bool | Problem] | None:
    return derive(COURSE, scenario, designs)


def said(text: str) -> list[str]:
    return [str(problem) for problem in underived([bank(text)], by_the_builder)]


def test_a_key_that_follows_has_no_problem() -> None:
    assert said(TEXT) == []


def test_a_wrong_key_is_named_with_file_and_line() -> None:
    turned = TEXT.replace("- [ ] Fargate,", "- [x] Fargate,").replace("- [x] Fargate with", "- [ ] Fargate with")
    assert said(turned) == [
        "d.en.quiz.md:8: error: Option 1 of ^d-001 is marked right, but its design is not right for journal-worker. "
        "Mark it `[ ]`, or change the design.",
        "d.en.quiz.md:8: error: Option 2 of ^d-001 is marked wrong, but its design earns full marks in journal-worker. "
        "Mark it `[x]`, or change the design.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("journal-worker", "no-such", "^d-001 names the scenario no-such, which there is not."),
        (
            "storage=efs",
            "storage=s3",
            "`storage=s3` cannot be in a design for journal-worker: expected one of container, instance, efs.",
        ),
        ("storage=efs", "azs=x", "`azs=x` cannot be in a design for journal-worker: expected one of 1, 2."),
        ("storage=efs", "grants=s4", "`grants=s4` cannot be in a design"),
        (
            "storage=efs",
            "storage=efs ; storage=efs",
            "The scenario journal-worker asks for this many services: 1. The design has 2.",
        ),
    ],
)
def test_what_the_builder_cannot_judge_is_said(old: str, new: str, expected: str) -> None:
    found = said(TEXT.replace(old, new))
    assert len(found) == 1
    assert found[0].startswith("d.en.quiz.md:8: error: ")
    assert expected in found[0]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("design:: store=efs", "Expected `key=value` with one of the keys launch, size"),
        ("design:: efs", "Expected `key=value`"),
        ("design:: storage=efs storage=instance", "`storage` stands twice"),
        ("design:: profile=agent ; profile=none", "one cluster, but `profile` differs"),
        ("design::", "Expected `key=value` after `design::`"),
    ],
)
def test_the_line_of_a_design_that_cannot_be_read_is_named(new: str, expected: str) -> None:
    (problem,) = read(TEXT.replace("design:: storage=efs", new)).problems
    assert (problem.line, expected in problem.text()) == (15, True)


def test_reading_then_writing_gives_the_same_text() -> None:
    assert write(bank()) == TEXT


def test_what_a_design_does_not_say_is_as_usual_and_the_cluster_is_shared() -> None:
    seen: list[Design] = []

    def keep(scenario: str, designs: Sequence[Design]) -> None:
        seen.extend(designs)

    text = TEXT.replace("design:: storage=efs", "design:: azs=2 profile=agent ; storage=efs")
    list(underived([bank(text)], keep))
    assert seen[0] == (dict(DEFAULTS),)
    first, second = seen[1]
    assert (first["azs"], first["storage"], first["profile"]) == ("2", "container", "agent")
    assert (second["azs"], second["storage"], second["profile"]) == ("1", "efs", "agent")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("scenario:: journal-worker\n", "", "has a `design::`, but the question names no `scenario::`."),
        ("  design:: launch=fargate\n", "", "has no `design::`, but the question names a `scenario::`."),
    ],
)
def test_scenario_and_designs_go_together(old: str, new: str, expected: str) -> None:
    found = lint([bank(TEXT.replace(old, new))], statements=[], topics=["efs"], languages=("en",))
    assert any(f"Option 1 of ^d-001 {expected}" in problem.text() for problem in found)


def test_designs_are_the_same_in_both_languages() -> None:
    other = bank(TEXT.replace("lang: en", "lang: ko").replace("design:: storage=efs", "design:: storage=efs azs=2"))
    found = lint([bank(), other], statements=[], topics=["efs"], languages=("en", "ko"))
    assert any("differs from d.en.quiz.md in its designs" in problem.text() for problem in found)


def test_a_design_goes_with_options_only() -> None:
    steps = "### Order? ^d-002\n1. One\n  > A.\n2. Two\n\nscenario:: journal-worker\n"
    for text, line in ((steps, 13), (steps.replace("One", "One\n  design:: azs=2"), 10)):
        (problem,) = read(TEXT.split("###")[0] + text).problems
        assert (problem.line, "goes with options only" in problem.text()) == (line, True)
