"""Bringing rows in line with what files say: added, changed, retired, back again; never deleted. Knows no content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync did to one kind of row, as ids. What returns from retirement counts as changed."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


def bring_in_line[M: models.Model](
    kind: str,
    rows: "models.QuerySet[M]",
    wanted: Mapping[str, Mapping[str, Any]],
    same: Mapping[str, Any],
    now: datetime,
) -> tuple[dict[str, M], Changes]:
    """Make `rows` say `wanted`, values by slug, and retire the rest; `same` are values that all `rows` share.

    Returns the wanted rows by slug. A row that says it already is not written.
    """
    old: dict[str, Any] = {row.slug: row for row in rows.filter(**same)}  # type: ignore[attr-defined]
    kept: dict[str, M] = {}
    added, changed = [], []
    for slug, values in wanted.items():
        row = old.get(slug)
        if row is None:
            row = rows.create(slug=slug, **same, **values)
            added.append(slug)
        elif write({**values, "retired_at": None}, row):
            changed.append(slug)
        kept[slug] = row
    gone = [slug for slug, row in old.items() if slug not in wanted and row.retired_at is None]
    rows.filter(**same, slug__in=gone).update(retired_at=now)
    return kept, Changes(kind, tuple(added), tuple(changed), tuple(gone))


def write(values: Mapping[str, Any], row: models.Model) -> bool:
    """Write `values` into `row` if any of them differs, and tell whether one did."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return bool(different)
