"""What a class handed in for scenarios, in its results: scores, tries, findings with their statements, the files."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builder.engine.design import Design
from builder.models import Scenario, Submission
from builder.services import submit_design
from learning.models import Assignment, Classroom, Course, Learner
from learning.services.classes import extend, give, join_class, withdraw
from quizzes.services.class_results import class_results
from tests.builder.people import BEST, CLASSIC, START
from tests.conftest import person
from tests.quizzes.author.crowd import a_class, member
from tests.quizzes.conftest import NOW

HOUR = timedelta(hours=1)
HEADS = "Class,Learner,Scenario,Design,Handed in,Score,Findings,What was wrong,Statements missed,Report id"


@pytest.fixture
def classroom(course: Course, ines: Learner, alice: Learner, bob: Learner) -> Classroom:
    """A class of ines with alice and bob."""
    return a_class(ines, course, alice, bob)


@pytest.fixture
def task(classroom: Classroom) -> Assignment:
    """The scenario of the company page, given to the class for a day."""
    return give(classroom=classroom, source="scenario:company-page", opens_at=None, closes_at=NOW + 24 * HOUR, now=NOW)


def hand_in(learner: Learner, design: Design, at: datetime = NOW + HOUR) -> Submission:
    scenario = Scenario.objects.select_related("course").get(slug="company-page")
    return submit_design(learner=learner, scenario=scenario, design=design, now=at)


def page(client: Client, classroom: Classroom, more: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/author/results/classes/{classroom.pk}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def table(client: Client, classroom: Classroom, more: str = "") -> list[dict[str, str]]:
    response = client.get(f"/en/author/results/classes/{classroom.pk}/{more}results.csv?rows=designs")
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[0] == HEADS
    return list(csv.DictReader(io.StringIO(text)))


def test_it_works(as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner, bob: Learner) -> None:
    first, best = hand_in(alice, START), hand_in(alice, BEST, NOW + 2 * HOUR)
    text = page(as_ines, classroom)
    assert best.get_absolute_url().replace("/ko/", "/en/") in text
    assert "100 of 100</a> <small>the best of 2</small>" in text
    assert text.count("nothing handed in") == 1  # bob
    assert "1 of 1 learners" in text
    (wrong, *_) = [one for one in first.report["findings"] if one["result"] == "fail"]
    assert wrong["what"]["en"].split(".")[0].replace("’", "&#x27;")[:20] in text.replace("’", "&#x27;")
    assert f"#{wrong['statements'][0]['id']}" in text or wrong["statements"][0]["id"] in text
    assert page(as_ines, classroom, language="ko")


def test_only_the_owner_of_the_class_sees_it(
    client: Client,
    as_alice: Client,
    as_bob: Client,
    as_ivan: Client,
    classroom: Classroom,
    task: Assignment,
    alice: Learner,
) -> None:
    hand_in(alice, START)
    base = f"/en/author/results/classes/{classroom.pk}/"
    for more in ("", f"{member(classroom, alice).pk}/", "results.csv?rows=designs", "results.xlsx?rows=designs"):
        assert client.get(base + more).status_code == 302
        for other in (as_alice, as_bob, as_ivan):
            assert other.get(base + more).status_code == 404


def test_only_what_was_done_for_the_class_counts(
    as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner, bob: Learner, course: Course, ivan: Learner
) -> None:
    for at in (NOW - HOUR, NOW + 25 * HOUR):  # before it was given, after it closed
        hand_in(alice, BEST, at)
    outsider = person("carol")
    hand_in(outsider, BEST)
    classroom.memberships.filter(learner=bob).update(left_at=NOW + 3 * HOUR)
    hand_in(bob, BEST)  # who has left takes it along
    found = class_results(classroom, NOW + 48 * HOUR)
    assert (found.designs.people, found.designs.done, found.designs.findings) == (0, {}, [])
    assert "100 of 100" not in page(as_ines, classroom)
    assert table(as_ines, classroom) == []


def test_more_time_for_one_counts_for_them_alone(
    ines: Learner, classroom: Classroom, task: Assignment, alice: Learner, bob: Learner
) -> None:
    assert ines.user
    extend(assignment=task, learner=alice, minutes=120, actor=ines.user, now=NOW)
    for learner in (alice, bob):
        hand_in(learner, BEST, NOW + 25 * HOUR)
    assert list(class_results(classroom, NOW + 48 * HOUR).designs.done) == [(task.pk, alice.pk)]


def test_what_was_taken_back_is_there_only_with_work(classroom: Classroom, task: Assignment, alice: Learner) -> None:
    withdraw(assignment=task, now=NOW + 2 * HOUR)
    assert class_results(classroom, NOW + 3 * HOUR).designs.given == []
    hand_in(alice, START)
    assert [one for one, _ in class_results(classroom, NOW + 3 * HOUR).designs.given] == [task]


def test_findings_count_learners_and_say_who_still_has_them(
    classroom: Classroom, task: Assignment, alice: Learner, bob: Learner
) -> None:
    for hours in (1, 2):
        hand_in(alice, CLASSIC, NOW + hours * HOUR)
    hand_in(bob, CLASSIC)
    hand_in(bob, BEST, NOW + 2 * HOUR)
    found = class_results(classroom, NOW + 3 * HOUR).designs
    assert found.people == 2
    assert [(line.people, line.still) for line in found.findings] == [(2, 1)]
    (line,) = found.findings
    assert line.finding.statements
    assert found.done[task.pk, alice.pk].best == found.done[task.pk, alice.pk].tries[0]


def test_who_has_the_same_finding_twice_needs_help_with_its_statements(
    as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner, bob: Learner
) -> None:
    hand_in(alice, CLASSIC)
    assert class_results(classroom, NOW + 5 * HOUR).needs == []
    hand_in(alice, CLASSIC, NOW + 2 * HOUR)
    found = class_results(classroom, NOW + 5 * HOUR)
    (line,) = found.needs
    assert line.need
    assert (line.member.name, line.need.rate, line.need.below) == ("ALICE", None, False)
    assert {slug for slug, _ in line.need.statements} == set(found.designs.findings[0].finding.statements)
    assert "No question answered yet." in page(as_ines, classroom)
    assert "No question answered yet." in page(as_ines, classroom, f"{member(classroom, alice).pk}/")
    hand_in(alice, BEST, NOW + 3 * HOUR)
    assert class_results(classroom, NOW + 5 * HOUR).needs == []


def test_first_designs_are_among_the_statements_most_missed(
    as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner
) -> None:
    for n in range(5):
        learner = person(f"more{n}")
        join_class(classroom=classroom, learner=learner, name=f"more{n}", now=NOW)
        hand_in(learner, CLASSIC)
    hand_in(alice, BEST)
    hand_in(alice, CLASSIC, NOW + 2 * HOUR)  # not her first
    found = class_results(classroom, NOW + 5 * HOUR)
    (line,) = found.designs.findings
    assert {one.statement for one in found.missed} == set(line.finding.statements)
    assert {(one.missed, one.people) for one in found.missed} == {(5, 5)}
    assert "5 of 5 answers and designs" in page(as_ines, classroom)


def test_a_scenario_given_twice_is_one_piece_of_work_for_needs(
    classroom: Classroom, task: Assignment, alice: Learner
) -> None:
    again = give(classroom=classroom, source=task.source, opens_at=None, closes_at=None, now=NOW)
    hand_in(alice, CLASSIC)
    found = class_results(classroom, NOW + 5 * HOUR)
    assert set(found.designs.done) == {(task.pk, alice.pk), (again.pk, alice.pk)}
    assert (found.needs, found.designs.findings[0].people) == ([], 1)


def test_the_designs_of_class_and_learner_as_files(
    as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner, bob: Learner
) -> None:
    first, second = hand_in(alice, CLASSIC), hand_in(alice, BEST, NOW + 2 * HOUR)
    hand_in(bob, BEST, NOW + 3 * HOUR)
    rows = table(as_ines, classroom)
    assert [(row["Learner"], row["Design"], row["Score"], row["Findings"]) for row in rows] == [
        ("ALICE", "1", str(first.score), "1"),
        ("ALICE", "2", "100", "0"),
        ("BOB", "1", "100", "0"),
    ]
    assert rows[0]["What was wrong"]
    assert rows[0]["Statements missed"]
    own = table(as_ines, classroom, f"{member(classroom, alice).pk}/")
    assert [row["Report id"] for row in own] == [str(first.pk), str(second.pk)]
    workbook = as_ines.get(f"/en/author/results/classes/{classroom.pk}/results.xlsx?rows=designs")
    assert workbook.content.startswith(b"PK")
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/results.exe?rows=designs").status_code == 404


def test_a_name_is_never_a_formula(as_ines: Client, classroom: Classroom, task: Assignment, alice: Learner) -> None:
    classroom.memberships.filter(learner=alice).update(name="=1+1")
    hand_in(alice, BEST)
    assert table(as_ines, classroom)[0]["Learner"] == "'=1+1"


def test_queries_do_not_grow(
    as_ines: Client,
    classroom: Classroom,
    task: Assignment,
    alice: Learner,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hand_in(alice, START)
    page(as_ines, classroom)
    for name in ("carol", "dan"):
        learner = person(name)
        join_class(classroom=classroom, learner=learner, name=name, now=NOW)
        for hours in (1, 2, 3):
            hand_in(learner, CLASSIC, NOW + hours * HOUR)
        with django_assert_num_queries(18):
            page(as_ines, classroom)
