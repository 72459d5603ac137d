"""The rows behind a number, as far as the reader may see them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.indicators import Column, Indicator
from members.permissions import readable_columns
from organizations.models import Organization
from reports.places import Place, children_of
from reports.printing import figure
from reports.queries.cells import url_of
from reports.rows import measured


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
    return Behind(
        indicator.measure(rows),
        shown,
        readable_columns(user, organization, indicator.source, rows.model),
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
