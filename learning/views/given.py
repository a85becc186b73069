"""What classes have given a learner to do, and how far they are: for home and for the pages of classes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from learning.activities import Gift, Standing, activities
from learning.models import Assignment, Classroom, Learner, Membership

type Phase = Literal["early", "open", "closed"]

NEW = Standing()


@dataclass(frozen=True, slots=True)
class Given:
    """Something given to a learner: where it is done, when, and how they stand.

    `state`: "early" (not open yet), "open", "working" (begun, or stuck in it), "done", or "closed" (over, not done).
    """

    label: str
    url: str
    classroom: str
    opens_at: datetime | None
    closes_at: datetime | None  # with the minutes this learner has on top
    state: str
    standing: Standing
    assignment: Assignment


def given_to(learner: Learner | None, now: datetime) -> list[Given]:
    """Return what is given to `learner`, the most urgent first; as many queries for ten things as for one."""
    return _lines(list(Assignment.objects.given_to(learner)), learner, now) if learner else []


def given_in(classroom: Classroom, learner: Learner, now: datetime) -> list[Given]:
    """Return what has been given in `classroom`, in the order it was given, as `learner` stands with it."""
    rows = classroom.assignments.filter(withdrawn_at=None).with_extra(learner).select_related("classroom")
    return _lines(list(rows), learner, now)


def _lines(rows: list[Assignment], learner: Learner, now: datetime) -> list[Given]:
    if not rows:
        return []
    names, stands = named(rows), standings(rows, [Membership(learner=learner)], now)
    return [_given(one, names[one.pk], stands.get((one.pk, learner.pk), NEW), now) for one in rows if one.pk in names]


def _given(one: Assignment, gift: Gift, standing: Standing, now: datetime) -> Given:
    phase = phase_of(one, one.extra, now)
    done = standing.state if standing.state in ("done", "working") else ""
    done = "working" if standing.state == "stuck" else done
    state = done if done == "done" or phase == "open" else phase
    return Given(
        label=gift.label,
        url=gift.url,
        classroom=one.classroom.name,
        opens_at=one.opens_at,
        closes_at=one.closing(one.extra),
        state=state or phase,
        standing=standing,
        assignment=one,
    )


def phase_of(one: Assignment, extra: int, now: datetime) -> Phase:
    """Return whether it can be done at `now` by somebody with `extra` minutes on top."""
    if not one.has_opened(now):
        return "early"
    return "closed" if one.has_closed(now, extra) else "open"


def named(given: Collection[Assignment]) -> Mapping[int, Gift]:
    """Return what is given by the primary key of its assignment; what no activity knows any more is left out."""
    found: dict[int, Gift] = {}
    for activity in activities():
        found |= activity.named(given)
    return found


def standings(
    given: Collection[Assignment], members: Collection[Membership], now: datetime
) -> Mapping[tuple[int, int], Standing]:
    """Return how members stand, by assignment and learner, whatever activity it is."""
    found: dict[tuple[int, int], Standing] = {}
    for activity in activities():
        found |= activity.standings(given, members, now)
    return found
