"""Handing a design in: its report as given is kept and counts as evidence. Knows no requests; time is a parameter."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from builder.engine.design import Design, to_dict
from builder.engine.score import score
from builder.models import Draft, Mode, Scenario, Submission
from builder.services.explaining import explained
from builder.services.library import quotes_of, shelf_of
from builder.services.reports import Given, given
from learning.mastery import Observation
from learning.models import Learner
from learning.services import record_evidence

SAME_PRESS = timedelta(seconds=10)  # the same design again within this time is the same press of the button


@transaction.atomic
def submit_design(*, learner: Learner, scenario: Scenario, design: Design, now: datetime) -> Submission:
    """Score `design`, keep it with its report as given, and note what it shows the learner to know.

    The draft says in which mode it was built and how many hints were asked for. The button pressed twice hands in once.
    """
    shelf = shelf_of(scenario)
    draft = Draft.objects.select_for_update().filter(learner=learner, scenario=scenario).first()
    twice = _just_handed_in(learner, scenario, design, shelf.version, now)
    if twice:
        return twice
    report = given(score(design, shelf.task, shelf.rules), shelf, quotes_of(scenario.course))
    submission = Submission.objects.create(
        learner=learner,
        scenario=scenario,
        design=to_dict(design.normalised()),
        rules_version=shelf.version,
        score=report["score"],
        report={**report, "explained": explained(design, shelf)},
        mode=draft.mode if draft else Mode.GUIDED,
        hints=len(draft.hints) if draft else 0,
        created_at=now,
    )
    _record(submission, report, now)
    return submission


def _just_handed_in(
    learner: Learner, scenario: Scenario, design: Design, version: str, now: datetime
) -> Submission | None:
    """Return the last submission if it is this very design, moments ago."""
    rows = Submission.objects.filter(learner=learner, scenario=scenario, created_at__gte=now - SAME_PRESS)
    last = rows.select_related("scenario").order_by("-created_at").first()
    same = last and (last.design, last.rules_version) == (to_dict(design.normalised()), version)
    return last if same else None


def show_name(*, submission: Submission, named: bool) -> None:
    """Let the report show its learner's name, or hide it again."""
    Submission.objects.filter(pk=submission.pk).update(named=named)


def _record(submission: Submission, report: Given, now: datetime) -> None:
    failed, passed = shown_by(report)
    record_evidence(
        learner=submission.learner,
        course=submission.scenario.course,
        observations=[
            *(_observed(submission, slug, rule, False) for slug, rule in failed.items()),
            *(_observed(submission, slug, rule, True) for slug, rule in passed.items()),
        ],
        now=now,
    )


def shown_by(report: Given) -> tuple[dict[str, str], dict[str, str]]:
    """Return the statements that a report shows to be missed, and those known, each with the rule that says so.

    A statement that some rule found broken is not known, whatever other rules say; facts show nothing.
    """
    scored = [one for one in report["findings"] if one["kind"] != "fact"]
    failed = _by_statement(scored, "fail")
    return failed, {slug: rule for slug, rule in _by_statement(scored, "pass").items() if slug not in failed}


def _by_statement(findings: Sequence[Given], result: str) -> dict[str, str]:
    """Return the first rule with `result` for each statement that any such rule rests on."""
    found: dict[str, str] = {}
    for finding in findings:
        for each in finding["statements"] if finding["result"] == result else ():
            found.setdefault(each["id"], finding["rule"])
    return found


def _observed(submission: Submission, statement: str, rule: str, correct: bool) -> Observation:
    return Observation(
        act=f"{submission.pk}/{rule}",
        source="builder",
        subject=f"scenario:{submission.scenario.slug}",
        version=rule,
        statements=(statement,),
        correct=correct,
    )


def adopt(*, guest: Learner, learner: Learner) -> None:
    """Give `learner` the guest's submissions and drafts; of two drafts of one scenario the later one stays."""
    Submission.objects.filter(learner=guest).update(learner=learner)
    own = {draft.scenario_id: draft for draft in Draft.objects.filter(learner=learner)}
    for draft in Draft.objects.filter(learner=guest):
        mine = own.get(draft.scenario_id)
        if mine and mine.updated_at >= draft.updated_at:
            continue
        if mine:
            mine.delete()
        draft.learner = learner
        draft.save(update_fields=["learner"])
