"""How the members of a class stand: the table of the instructor's page, and one member's lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Sum

from learning.activities import Gift, Standing, activities
from learning.models import Assignment, Classroom, Extension, Membership
from learning.moments import zone_name
from learning.views.given import NEW, Phase, named, phase_of, standings

LAST_TURN = 90  # refreshes of the table by itself; then there is the button


@dataclass(frozen=True, slots=True)
class Column:
    """Something given, as a column of the table."""

    assignment: Assignment
    gift: Gift
    phase: Phase
    counts: Mapping[str, int]  # members by state


@dataclass(frozen=True, slots=True)
class Row:
    """A member, with a cell for each column."""

    member: Membership
    cells: Sequence[Standing]
    percent: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Something given, as one member stands with it."""

    assignment: Assignment
    label: str
    standing: Standing
    minutes: int


def gifts_of(room: Classroom, user: User) -> list[tuple[str, str]]:
    """Return what can be given, as choices."""
    gifts = [gift for activity in reversed(activities()) for gift in activity.gifts(room.course, user)]
    return [(gift.source, f"{gift.label} ({gift.about})" if gift.about else gift.label) for gift in gifts]


def class_table(room: Classroom, now: datetime, turn: int = 0) -> dict[str, Any]:
    """Return the table of members and what is given; as many queries for thirty members as for one."""
    given = list(room.assignments.filter(withdrawn_at=None).order_by("-made_at"))
    members = list(room.memberships.all())
    names, stands = named(given), standings(given, members, now)
    shown = [one for one in given if one.pk in names]
    percents = _percents(members)
    rows = [
        Row(one, [stands.get((each.pk, one.learner_id), NEW) for each in shown], percents.get(one.learner_id, 0))
        for one in members
    ]
    here = [row for row in rows if row.member.left_at is None]
    columns = [_column(one, names[one.pk], [row.cells[n] for row in here], now) for n, one in enumerate(shown)]
    return {
        "columns": columns,
        "rows": here,
        "left": [row for row in rows if row.member.left_at],
        "as_of": now,
        "next_turn": turn + 1 if turn < LAST_TURN else None,
        "zone": zone_name(),
    }


def _column(one: Assignment, gift: Gift, cells: Sequence[Standing], now: datetime) -> Column:
    counts = {state: sum(cell.state == state for cell in cells) for state in ("new", "working", "stuck", "done")}
    return Column(one, gift, phase_of(one, 0, now), counts)


def _percents(members: Sequence[Membership]) -> dict[int, int]:
    found: dict[int, int] = {}
    for activity in activities():
        found |= activity.allowed([one.learner_id for one in members])
    return found


def member_lines(room: Classroom, one: Membership, now: datetime) -> list[MemberLine]:
    """Return all that is given as `one` stands with it, with the minutes they have on top."""
    given = list(room.assignments.filter(withdrawn_at=None).order_by("-made_at"))
    names, stands = named(given), standings(given, [one], now)
    rows = Extension.objects.filter(assignment__in=given, learner=one.learner).order_by()
    minutes = dict(rows.values("assignment").annotate(n=Sum("minutes")).values_list("assignment", "n"))
    return [
        MemberLine(each, names[each.pk].label, stands.get((each.pk, one.learner_id), NEW), minutes.get(each.pk, 0))
        for each in given
        if each.pk in names
    ]
