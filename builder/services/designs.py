"""What a learner does with a design: keep it, hand it in, start over; and what a change of launch type brings along.

Must not know requests. Time is a parameter.
"""

from datetime import datetime

from django.db import transaction

from builder.drawing import Said
from builder.engine.design import Design, changed, to_dict
from builder.engine.score import score
from builder.models import Draft, Scenario, Submission
from builder.services.library import quotes_of, shelf_of
from builder.services.reports import Given, given
from learning.catalogue.errors import N_
from learning.models import Learner
from learning.services import record_evidence

MOST_HISTORY = 50

TO_FARGATE = N_("Fargate: its CPU and memory were stated along with it.")
NO_EC2_LEFT = N_("Nothing runs on EC2 any more, so the instances and their profile went too.")
TO_EC2 = N_("EC2: instances were registered and given an instance profile for the agent.")
NO_LISTENER = N_("Without a load balancer there is no listener.")
NO_GRANTS = N_("Without a task role there is nothing to give permissions to.")


def carried(before: Design, after: Design) -> tuple[Design, tuple[Said, ...]]:
    """Return `after` with what a changed launch type needs, and what was changed for it, in words.

    To EC2: instances registered and a profile for the agent. To Fargate: the size stated; instances and profile go
    when nothing is left on EC2. What the learner chose in the same step beyond that stays.
    """
    moved = [i for i, one in enumerate(after.services) if one.launch != before.services[i].launch]
    changes: dict[str, object] = {}
    said: list[Said] = []
    fargate = [i for i in moved if after.services[i].launch == "fargate"]
    if any(after.services[i].size == "unset" for i in fargate):
        changes |= {f"services.{i}.size": "set" for i in fargate}
        said.append(Said(TO_FARGATE))
    if len(fargate) < len(moved) and after.cluster.instances == "none":
        changes["cluster.instances"] = "registered"
        if after.cluster.profile == "none":
            changes["cluster.profile"] = "agent"
        said.append(Said(TO_EC2))
    emptied = bool(fargate) and not after.any_ec2
    if emptied and (after.cluster.instances, after.cluster.profile) != ("none", "none"):
        changes |= {"cluster.instances": "none", "cluster.profile": "none"}
        said.append(Said(NO_EC2_LEFT))
    return changed(after, changes), tuple(said)


def dropped(chosen: Design) -> tuple[Said, ...]:
    """Return what of a design as chosen cannot be and is left out, in words."""
    said = []
    if any(one.load_balancer == "none" != one.listener for one in chosen.services):
        said.append(Said(NO_LISTENER))
    if any(one.role == "none" and one.grants for one in chosen.services):
        said.append(Said(NO_GRANTS))
    return tuple(said)


@transaction.atomic
def save_draft(*, learner: Learner, scenario: Scenario, design: Design, now: datetime) -> Draft:
    """Keep `design` as the learner's draft; what it was before goes to the history, the last MOST_HISTORY of it."""
    data = to_dict(design)
    start = to_dict(shelf_of(scenario).task.start)
    draft = Draft.objects.select_for_update().filter(learner=learner, scenario=scenario).first()
    draft = draft or Draft(learner=learner, scenario=scenario, design=start)
    if draft.pk is None or draft.design != data:
        draft.history = [*draft.history, draft.design][-MOST_HISTORY:]
    draft.design, draft.updated_at = data, now
    draft.save()
    return draft


def start_over(*, learner: Learner, scenario: Scenario) -> None:
    """Drop the learner's draft; the scenario is as it was at first."""
    Draft.objects.filter(learner=learner, scenario=scenario).delete()


@transaction.atomic
def submit_design(*, learner: Learner, scenario: Scenario, design: Design, now: datetime) -> Submission:
    """Score `design`, keep it with its report as given, and note what it shows the learner to know."""
    shelf = shelf_of(scenario)
    report = given(score(design, shelf.task, shelf.rules), shelf, quotes_of(scenario.course))
    submission = Submission.objects.create(
        learner=learner,
        scenario=scenario,
        design=to_dict(design.normalised()),
        rules_version=shelf.version,
        score=report["score"],
        report=report,
        created_at=now,
    )
    _record(submission, report, now)
    return submission


def _record(submission: Submission, report: Given, now: datetime) -> None:
    """A statement that some rule found broken is not known, whatever other rules say; facts show nothing."""
    scored = [one for one in report["findings"] if one["kind"] != "fact"]
    failed = {each["id"] for one in scored if one["result"] == "fail" for each in one["statements"]}
    passed = {each["id"] for one in scored if one["result"] == "pass" for each in one["statements"]} - failed
    for statements, knew in ((failed, False), (passed, True)):
        record_evidence(
            learner=submission.learner,
            course=submission.scenario.course,
            statement_slugs=statements,
            knew=knew,
            source=f"scenario:{submission.scenario.slug}",
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
