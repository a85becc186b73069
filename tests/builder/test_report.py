"""Reading a report by its link: as it was given, for anyone, without a name."""

import shutil
import uuid
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from builder.models import Scenario, Submission
from learning.models import Course, Learner, Statement
from tests.builder.people import CLASSIC, PAGE, posted
from tests.conftest import without_tokens


def handed_in(client: Client) -> str:
    return client.post(f"{PAGE}submit/", posted(CLASSIC))["Location"]


def test_it_works(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "59" in page
    assert "Classic Load Balancer" in page
    assert "글로 보는 설계" in page
    assert 'stroke-dasharray="130 220"' in page


def test_anyone_with_the_link_may_read_it(course: Course, as_alice: Client, as_bob: Client, client: Client) -> None:
    address = handed_in(as_alice)
    for reader in (as_bob, client):
        assert reader.get(address).status_code == 200


def test_it_does_not_show_the_name(course: Course, as_alice: Client, client: Client) -> None:
    assert "alice" not in client.get(handed_in(as_alice)).content.decode()


def test_its_link_can_be_copied(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    assert f'value="http://testserver{address}"' in as_alice.get(address).content.decode()


def test_it_stays_as_given_when_the_course_changes(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    before = as_alice.get(address).content.decode()
    Scenario.objects.filter(slug="company-page").update(title={"ko": "다른 과제", "en": "Other"}, content_hash="new")
    Statement.objects.update(words={"ko": "다른 말", "en": "Other words"})
    assert without_tokens(as_alice.get(address).content.decode()) == without_tokens(before)


def test_a_retired_scenario_keeps_its_reports_but_is_no_longer_offered(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    Scenario.objects.update(retired_at="2026-11-22T00:00:00Z")
    page = as_alice.get(address)
    assert page.status_code == 200
    assert f'href="{PAGE}"' not in page.content.decode()


def test_it_offers_nothing_to_change(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "/fix/" not in page
    assert 'href="#field-' not in page
    assert page.count('role="img"') == 2


def test_it_speaks_the_readers_language(course: Course, as_alice: Client, client: Client) -> None:
    address = handed_in(as_alice).replace("/ko/", "/en/")
    assert "A Classic Load Balancer stands in front of a Fargate service." in client.get(address).content.decode()


def test_an_unknown_report_is_not_found(course: Course, client: Client) -> None:
    assert client.get(f"/ko/builder/submissions/{uuid.uuid4()}/").status_code == 404
    assert client.get("/ko/builder/submissions/1/").status_code == 404


def test_a_report_is_never_written_again(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    before = Submission.objects.values().get()
    as_alice.get(address)
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    assert Submission.objects.values().get() == before


def test_it_asks_little_of_the_database(
    course: Course, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Once the process knows the questions of the course, which the first reader has it ask for."""
    address = handed_in(as_alice)
    as_alice.get(address)
    with django_assert_max_num_queries(3):
        as_alice.get(address)


def test_a_changed_rule_changes_no_old_report(
    course: Course, as_alice: Client, tmp_path: Path, settings: Settings
) -> None:
    """Whatever the rules say later: reworded, reweighed, their scenario rewritten."""
    shutil.copytree(settings.CONTENT_DIR, tmp_path / "content")
    settings.CONTENT_DIR = tmp_path / "content"
    address = handed_in(as_alice)
    before, row = as_alice.get(address).content.decode(), Submission.objects.values().get()
    rules, task = (tmp_path / "content" / "ecs" / name for name in ("rules.yaml", "scenarios/company-page.yaml"))
    rules.write_text(rules.read_text().replace("A Classic Load Balancer stands", "Something else stands"))
    rules.write_text(rules.read_text().replace("Classic Load Balancer", "다른 것"))
    task.write_text(task.read_text().replace("회사 소개 페이지", "다른 과제"))
    call_command("sync_content", verbosity=0)
    assert Scenario.objects.get(slug="company-page").title["ko"] == "다른 과제"
    assert "다른 과제" in as_alice.get(PAGE).content.decode()
    assert Submission.objects.values().get() == row
    assert without_tokens(as_alice.get(address).content.decode()) == without_tokens(before)


def test_it_says_what_would_be_right_instead(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "로드 밸런서: CLB → ALB" in page


def test_a_report_of_before_explanations_can_still_be_read(course: Course, as_alice: Client) -> None:
    address = handed_in(as_alice)
    row = Submission.objects.get()
    del row.report["explained"]
    row.save()
    assert as_alice.get(address).status_code == 200


def test_a_failed_rule_offers_its_lesson_and_its_questions(course: Course, as_alice: Client) -> None:
    page = as_alice.get(handed_in(as_alice)).content.decode()
    assert "?s=clb-not-with-fargate#clb-not-with-fargate" in page
    assert "/ko/quizzes/check/ecs/" in page


def test_its_owner_may_show_the_name_and_hide_it(course: Course, as_alice: Client, client: Client) -> None:
    address = handed_in(as_alice)
    as_alice.post(f"{address}name/", {"show": "1"})
    assert "alice" in client.get(address).content.decode()
    as_alice.post(f"{address}name/", {"show": "0"})
    assert "alice" not in client.get(address).content.decode()


def test_nobody_else_may(course: Course, as_alice: Client, as_bob: Client, client: Client) -> None:
    address = handed_in(as_alice)
    for reader in (as_bob, client):
        assert f"{address}name/" not in reader.get(address).content.decode()
        assert reader.post(f"{address}name/", {"show": "1"}).status_code == 404
    assert not Submission.objects.get().named


def test_a_guest_has_no_name_to_show(course: Course, client: Client) -> None:
    address = handed_in(client)
    client.post(f"{address}name/", {"show": "1"})
    page = client.get(address)
    assert page.status_code == 200
    assert f"{address}name/" not in page.content.decode()


def test_showing_the_name_needs_the_token(course: Course, as_alice: Client, alice: Learner) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice.user, backend="learning.auth.LearnerBackend")
    assert strict.post(f"{handed_in(as_alice)}name/", {"show": "1"}).status_code == 403
