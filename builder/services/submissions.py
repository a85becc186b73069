"""Handing a design in: its report as given is kept and counts as evidence. Knows no requests; time is a parameter."""

from datetime import datetime

from django.db import transaction

from builder.engine.design import Design, to_dict
from builder.engine.score import score
from builder.models import Draft, Mode, Scenario, Submission
from builder.services.explaining import explained
from builder.services.library import quotes_of, shelf_of
from builder.services.reports import Given, given
from learning.models import Learner
from learning.services import record_evidence


@transaction.atomic
def submit_design(*, learner: Learner, scenario: Scenario, design: Design, now: datetime) -> Submission:
    """Score `design`, keep it with its report as given, and note what it shows the learner to know.

    The draft says in which mode it was built and how many hints were asked for.
    """
    shelf = shelf_of(scenario)
    report = given(score(design, shelf.task, shelf.rules), shelf, quotes_of(scenario.course))
    draft = Draft.objects.filter(learner=learner, scenario=scenario).first()
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


def show_name(*, submission: Submission, named: bool) -> None:
    """Let the report show its learner's name, or hide it again."""
    Submission.objects.filter(pk=submission.pk).update(named=named)


def _record(submission: Submission, report: Given, now: datetime) -> None:
    """A statement that some rule found broken is not known, whatever other rules say; facts show nothing."""
    scored = [one for one in report["findings"] if one["kind"] != "fact"]
    failed = {each["id"] for one in scored if one["result"] == "fail" for each in one["statements"]}
    passed = {each["id"] for one in scored if one["result"] == "pass" for each in one["statements"]} - failed
    source = f"scenario:{submission.scenario.slug}"
    record_evidence(
        learner=submission.learner,
        course=submission.scenario.course,
        observations=[(source, failed, False), (source, passed, True)],
        now=now,
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
