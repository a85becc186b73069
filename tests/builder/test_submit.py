"""Handing a design in: the report is kept as given and counts as evidence."""

from datetime import UTC, datetime

from django.test import Client

from builder.engine.design import Design, Service, to_dict
from builder.models import Draft, Scenario, Submission
from builder.services import submit_design
from builder.services.submissions import SAME_PRESS
from learning.models import Course, Evidence, Learner
from tests.builder.people import BEST, CLASSIC, PAGE, posted

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SUBMIT = f"{PAGE}submit/"


def test_it_works(course: Course, as_alice: Client, alice: Learner) -> None:
    answer = as_alice.post(SUBMIT, posted(CLASSIC))
    row = Submission.objects.get(learner=alice)
    assert answer["Location"] == f"/ko/builder/submissions/{row.pk}/"
    assert row.score == 59
    assert row.design == to_dict(CLASSIC)
    assert len(row.rules_version) == 12


def test_the_report_is_kept_with_all_its_words(course: Course, client: Client) -> None:
    client.post(SUBMIT, posted(CLASSIC))
    report = Submission.objects.get().report
    assert report["score"] == 59
    assert report["scenario"]["title"] == {"ko": "회사 소개 페이지", "en": "Company page"}
    failed = [one for one in report["findings"] if one["result"] == "fail"]
    assert [one["rule"] for one in failed] == ["clb-does-not-fit-fargate"]
    assert failed[0]["statements"][0]["id"] == "clb-not-with-fargate"
    assert set(failed[0]["what"]) == {"ko", "en"}


def test_failed_rules_say_that_a_statement_is_not_known_and_passed_ones_that_it_is(
    course: Course, as_alice: Client, alice: Learner
) -> None:
    as_alice.post(SUBMIT, posted(CLASSIC))
    known = dict(Evidence.objects.filter(learner=alice).values_list("statement__slug", "correct"))
    assert known["clb-not-with-fargate"] is False
    assert known["fargate-cpu-memory"] is True
    assert set(Evidence.objects.values_list("subject", flat=True)) == {"scenario:company-page"}


def test_a_statement_counts_once_a_submission(course: Course, as_alice: Client, alice: Learner) -> None:
    as_alice.post(SUBMIT, posted(Design(services=(Service(launch="ec2"),))))
    slugs = list(Evidence.objects.filter(learner=alice).values_list("statement__slug", flat=True))
    assert slugs
    assert sorted(slugs) == sorted(set(slugs))


def test_each_submission_is_a_row_of_its_own(course: Course, client: Client) -> None:
    client.post(SUBMIT, posted(CLASSIC))
    client.post(SUBMIT, posted(BEST))
    assert sorted(Submission.objects.values_list("score", flat=True)) == [59, 100]


def test_the_button_pressed_twice_hands_in_once(course: Course, as_alice: Client, alice: Learner) -> None:
    first, second = (as_alice.post(SUBMIT, posted(BEST))["Location"] for _ in range(2))
    assert first == second
    assert Submission.objects.count() == 1
    slugs = list(Evidence.objects.filter(learner=alice).values_list("statement__slug", flat=True))
    assert sorted(slugs) == sorted(set(slugs))


def test_the_same_design_later_or_by_another_is_one_of_its_own(course: Course, alice: Learner, bob: Learner) -> None:
    scenario = Scenario.objects.select_related("course").get(slug="company-page")
    for learner, now in ((alice, NOW), (alice, NOW + SAME_PRESS * 2), (bob, NOW)):
        submit_design(learner=learner, scenario=scenario, design=BEST, now=now)
    assert Submission.objects.count() == 3


def test_the_draft_stays_to_go_on_with(course: Course, client: Client) -> None:
    client.post(SUBMIT, posted(CLASSIC))
    assert Draft.objects.get().design == to_dict(CLASSIC)


def test_nonsense_is_refused_and_nothing_kept(course: Course, client: Client) -> None:
    assert client.post(SUBMIT, posted(BEST) | {"services.0.launch": "x"}).status_code == 422
    assert not Submission.objects.exists()


def test_it_needs_the_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(SUBMIT, posted(BEST)).status_code == 403
