"""The rows behind a number, as far as the reader may see them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.duties import scope_of
from core.indicators import Column, Indicator
from core.querysets import joined
from members.models import Member
from members.querysets import MemberQuerySet
from organizations.models import Organization
from reports.places import Place

NAMED_TO = MemberQuerySet.seen_with | MemberQuerySet.managed_with


@dataclass(frozen=True, slots=True)
class Behind:
    """A number and its rows: those open to the reader, and how many are not.

    Where rows stay closed, `spread` says how the number spreads over organizations.
    """

    value: Decimal
    rows: QuerySet[Any]
    columns: Sequence[Column]
    count: int
    hidden: int
    spread: list[tuple[str, Decimal]]


def behind(
    indicator: Indicator,
    organization: Organization,
    place: Place,
    month: dt.date,
    user: User,
) -> Behind:
    """Return what a number is made of, for one reader."""
    rows = indicator.rows_within(place, month).order_by("pk")
    shown = rows.visible_to(user) if hasattr(rows, "visible_to") else rows.none()
    count, open_to_reader = rows.count(), shown.count()
    columns = indicator.source.columns
    if not scope_of(user).reaches(organization.path, NAMED_TO):
        columns = tuple(c for c in columns if not _names_a_member(rows.model, c))
    return Behind(
        indicator.measure(rows),
        shown,
        columns,
        count,
        count - open_to_reader,
        _spread(indicator, rows, month) if open_to_reader < count else [],
    )


def _spread(
    indicator: Indicator, rows: QuerySet[Any], month: dt.date
) -> list[tuple[str, Decimal]]:
    lookup = indicator.source.organization
    name, path = joined(lookup, "name"), joined(lookup, "path")
    found = rows.order_by(path).values_list(name, path)
    return [
        (row[0], Decimal(row[2]))
        for row in found.annotate(number=indicator.aggregate(month))
    ]


def _names_a_member(model: Any, column: Column) -> bool:
    """Whether the way to a column's value leads through a member."""
    for part in column.accessor.replace(".", "__").split("__"):
        field = next((f for f in model._meta.get_fields() if f.name == part), None)
        model = getattr(field, "related_model", None)
        if model is None:
            return False
        if model is Member:
            return True
    return False
