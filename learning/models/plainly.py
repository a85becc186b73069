"""Rows as plain data that JSON can say, for who asks for their own. Must not know what the rows mean."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


def told[M: Model](rows: "QuerySet[M]", **columns: str) -> list[dict[str, Any]]:
    """Return `rows`, each as its `columns`: what a column is called, and the path that leads to it from the row."""
    found = rows.values_list(*columns.values())
    return [{name: _said(value) for name, value in zip(columns, row, strict=True)} for row in found.iterator()]


def own(*names: str) -> Mapping[str, str]:
    """Return columns under their own names, to hand to `told`."""
    return {name: name for name in names}


def _said(value: object) -> object:
    """Times become ISO 8601 (UTC), decimals and ids text; what JSON knows stays."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
