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
from members.models import Member
from members.querysets import MemberQuerySet
from organizations.models import Organization
from reports.places import Place, children_of
from reports.printing import figure
from reports.queries.cells import url_of
from reports.rows import measured

NAMED_TO = MemberQuerySet.seen_with | MemberQuerySet.managed_with


@dataclass(frozen=True, slots=True)
class Part:
    """What an organization directly below brings to a number."""

    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A number and its rows: those open to the reader, and how many are not.

    Where rows stay closed, `spread` leads on to the organizations directly below.
    """

    value: Decimal
    rows: QuerySet[Any]
    columns: Sequence[Column]
    count: int
    hidden: int
    spread: list[Part]


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
        _spread(indicator, place, month) if open_to_reader < count else [],
    )


def _spread(indicator: Indicator, place: Place, month: dt.date) -> list[Part]:
    return [
        Part(
            child.name,
            figure(indicator.key, measured(indicator, child, month)),
            url_of(child.pk, month, indicator.key, from_last=False),
        )
        for child in children_of(place, month)
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
