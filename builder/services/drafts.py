"""What a learner is building: kept at every change, undone, redone, begun again, and the hints asked for.

Must not know requests. Time is a parameter.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime

from django.db import transaction

from builder.engine.design import Design, to_dict
from builder.models import Draft, Mode, Scenario, Submission
from builder.services.half_built import half_built
from builder.services.library import shelf_of
from learning.models import Learner

MOST_HISTORY = 50
MOST_HINTS = 500


def save_draft(
    *, learner: Learner, scenario: Scenario, design: Design, now: datetime, seen: Draft | None = None
) -> Draft:
    """Keep `design` as the learner's draft; what it was before goes to the history, the last MOST_HISTORY of it.

    A change after undoing drops what was undone. `seen`, the draft as it was just read, saves reading it once more: it
    is written if nobody wrote it since.
    """
    return _written_over(seen, design, now) or _written(learner, scenario, design, now)


def _written_over(seen: Draft | None, design: Design, now: datetime) -> Draft | None:
    if seen is None:
        return None
    draft = copy(seen)
    _change(draft, to_dict(design))
    draft.updated_at = now
    values = {name: getattr(draft, name) for name in ("design", "history", "future", "updated_at")}
    return draft if Draft.objects.filter(pk=seen.pk, updated_at=seen.updated_at).update(**values) else None


@transaction.atomic
def _written(learner: Learner, scenario: Scenario, design: Design, now: datetime) -> Draft:
    draft = _draft(learner, scenario, now)
    _change(draft, to_dict(design))
    return _saved(draft, now)


@transaction.atomic
def undo_change(*, learner: Learner, scenario: Scenario, now: datetime) -> Draft | None:
    """Go back one change, and return the draft; None when there is nothing to go back to."""
    draft = _locked(learner, scenario)
    if draft is None or not draft.history:
        return None
    draft.future = [*draft.future, draft.design]
    draft.design = draft.history.pop()
    return _saved(draft, now)


@transaction.atomic
def redo_change(*, learner: Learner, scenario: Scenario, now: datetime) -> Draft | None:
    """Make the change again that was undone last, and return the draft; None when nothing was."""
    draft = _locked(learner, scenario)
    if draft is None or not draft.future:
        return None
    draft.history = [*draft.history, draft.design][-MOST_HISTORY:]
    draft.design = draft.future.pop()
    return _saved(draft, now)


@transaction.atomic
def choose_mode(*, learner: Learner, scenario: Scenario, mode: Mode, now: datetime) -> Draft:
    """Go on in `mode`. Half-built puts a broken design down, another after each submission; one may undo it."""
    draft = _draft(learner, scenario, now)
    if mode == Mode.HALF_BUILT and draft.mode != mode:
        _change(draft, to_dict(_given(learner, scenario)))
    draft.mode = mode
    return _saved(draft, now)


@transaction.atomic
def start_over(*, learner: Learner, scenario: Scenario, now: datetime) -> None:
    """Drop the learner's draft with its hints; the scenario is as it was at first, in the mode chosen."""
    draft = _locked(learner, scenario)
    if draft is not None:
        mode = Mode(draft.mode)
        draft.delete()
        if mode != Mode.GUIDED:
            choose_mode(learner=learner, scenario=scenario, mode=mode, now=now)


@transaction.atomic
def note_hints(*, learner: Learner, scenario: Scenario, keys: Iterable[str], now: datetime) -> Draft:
    """Remember the hints `keys` as asked for; each counts once."""
    draft = _draft(learner, scenario, now)
    draft.hints = list(dict.fromkeys([*draft.hints, *keys]))[:MOST_HINTS]
    return _saved(draft, now)


def _locked(learner: Learner, scenario: Scenario) -> Draft | None:
    return Draft.objects.select_for_update().filter(learner=learner, scenario=scenario).first()


def _draft(learner: Learner, scenario: Scenario, now: datetime) -> Draft:
    """The learner's draft; a new one starts where the scenario starts."""
    draft = _locked(learner, scenario)
    start = to_dict(shelf_of(scenario).task.start)
    return draft or Draft(learner=learner, scenario=scenario, design=start, updated_at=now)


def _change(draft: Draft, data: dict[str, object]) -> None:
    if draft.design != data:
        draft.history = [*draft.history, draft.design][-MOST_HISTORY:]
        draft.future = []
    draft.design = data


def _saved(draft: Draft, now: datetime) -> Draft:
    draft.updated_at = now
    draft.save()
    return draft


def _given(learner: Learner, scenario: Scenario) -> Design:
    shelf = shelf_of(scenario)
    tries = Submission.objects.filter(learner=learner, scenario=scenario).count()
    return half_built(shelf.task, shelf.rules, f"{scenario.slug}:{learner.pk}:{tries}")
