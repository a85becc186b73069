"""Choosing how to design: guided, unaided, or from a broken design."""

import pytest
from django.test import Client

from builder.engine.design import from_dict, to_dict
from builder.engine.score import score
from builder.models import Draft, Mode, Scenario, Submission
from builder.services import half_built, shelf_of
from learning.models import Course, Learner
from tests.builder.people import BEST, CLASSIC, HTMX, PAGE, posted

MODE = f"{PAGE}mode/"


def choose(client: Client, mode: str) -> str:
    return client.post(MODE, {"mode": mode}, headers=HTMX).content.decode()


def check(client: Client, design: object) -> str:
    return client.post(f"{PAGE}check/", posted(design), headers=HTMX).content.decode()


def test_it_works(course: Course, client: Client) -> None:
    page = choose(client, "unaided")
    assert 'value="unaided" aria-pressed="true"' in page
    assert Draft.objects.get().mode == Mode.UNAIDED
    assert 'value="unaided" aria-pressed="true"' in client.get(PAGE).content.decode()


def test_unaided_tells_neither_score_nor_finding_before_it_is_handed_in(course: Course, client: Client) -> None:
    choose(client, "unaided")
    page = check(client, CLASSIC)
    assert "로드 밸런서: CLB." in page  # what changed is said all the same
    for word in ("59", 'class="dm', 'class="gravity', "통합되지 않", 'class="ring', "/fix/"):
        assert word not in page
    report = client.get(client.post(f"{PAGE}submit/", posted(CLASSIC))["Location"]).content.decode()
    assert "통합되지 않" in report


def test_guided_tells_them_again(course: Course, client: Client) -> None:
    choose(client, "unaided")
    check(client, CLASSIC)
    assert "통합되지 않" in choose(client, "guided")


def test_half_built_puts_a_broken_design_down_and_says_so(course: Course, client: Client) -> None:
    page = choose(client, "half-built")
    draft, shelf = Draft.objects.get(), shelf_of(Scenario.objects.get(slug="company-page"))
    assert "누군가" in page
    assert draft.design != to_dict(shelf.task.start)
    assert score(from_dict(draft.design), shelf.task, shelf.rules).score < 100


def test_ones_own_design_comes_back_by_undo(course: Course, client: Client) -> None:
    check(client, CLASSIC)
    choose(client, "half-built")
    client.post(f"{PAGE}undo/")
    assert Draft.objects.get().design == to_dict(CLASSIC)


def test_choosing_half_built_again_keeps_what_was_repaired(course: Course, client: Client) -> None:
    choose(client, "half-built")
    check(client, BEST)
    choose(client, "half-built")
    assert Draft.objects.get().design == to_dict(BEST)


def test_starting_over_stays_in_the_mode(course: Course, client: Client) -> None:
    choose(client, "half-built")
    given = Draft.objects.get().design
    check(client, BEST)
    client.post(f"{PAGE}restart/")
    assert Draft.objects.get().mode == Mode.HALF_BUILT
    assert Draft.objects.get().design == given


def test_the_submission_keeps_the_mode(course: Course, client: Client) -> None:
    choose(client, "half-built")
    answer = client.post(f"{PAGE}submit/", posted(BEST))
    assert Submission.objects.get().mode == Mode.HALF_BUILT
    assert "고장 난 설계에서 시작" in client.get(answer["Location"]).content.decode()


def test_every_scenario_has_broken_designs_and_a_seed_gives_always_the_same(course: Course) -> None:
    for scenario in Scenario.objects.live():
        shelf = shelf_of(scenario)
        designs = [half_built(shelf.task, shelf.rules, str(seed)) for seed in range(20)]
        assert designs == [half_built(shelf.task, shelf.rules, str(seed)) for seed in range(20)]
        assert len(set(designs)) > 1 or len(shelf.task.wrong) == 1
        for design in designs:
            assert score(design, shelf.task, shelf.rules).score < 100
            assert design != shelf.task.start
            assert design == design.normalised()


@pytest.mark.parametrize("mode", ["", "expert", "GUIDED", "\0"])
def test_a_mode_there_is_not_changes_nothing(course: Course, client: Client, mode: str) -> None:
    assert client.post(MODE, {"mode": mode}).status_code == 302
    assert not Learner.objects.exists()


def test_it_is_nobody_elses_mode(course: Course, as_alice: Client, as_bob: Client) -> None:
    choose(as_alice, "unaided")
    assert 'value="guided" aria-pressed="true"' in as_bob.get(PAGE).content.decode()


def test_it_needs_the_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(MODE, {"mode": "unaided"}).status_code == 403
