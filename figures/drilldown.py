"""The rows that make up a figure, as far as their reader may see them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, any_of
from core.db.tree import path_range
from figures.counting import count_figure
from figures.definitions import ChosenBand, Column, Indicator, Source
from figures.formatting import format_figure
from organizations.models import Organization
from organizations.month_tree import (
    OrganizationAt,
    children_of,
    ids_outside_children,
)

ITSELF = "itself"
"""The part of an address that asks for the rows of a place without its children's."""
BY, BAND = "by", "band"
"""The parts of an address that ask for the rows of one band of a breakdown."""


def rows_url(
    organization_id: int,
    month: dt.date,
    key: str,
    *,
    itself: bool = False,
    band: ChosenBand | None = None,
) -> str:
    """Return the page of a figure's rows, at the place itself alone or of one band."""
    url = reverse("figures:rows", args=[organization_id, month, key])
    query = {ITSELF: "1"} if itself else {}
    if band:
        query |= {BY: band[0], BAND: band[1]}
    return f"{url}?{urlencode(query)}" if query else url


def figures_url(organization_id: int, month: dt.date) -> str:
    """Return the page of every figure of a place."""
    return reverse("figures:list", args=[organization_id, month])


def ratios_url(organization_id: int, month: dt.date) -> str:
    """Return the page of every ratio of a place."""
    return reverse("figures:ratios", args=[organization_id, month])


def ratio_url(organization_id: int, month: dt.date, key: str) -> str:
    """Return the page of one ratio of a place and of what lies directly below it."""
    return reverse("figures:ratio", args=[organization_id, month, key])


def breakdown_url(organization_id: int, month: dt.date, key: str, by: str) -> str:
    """Return the page of a figure split in one way."""
    return reverse("figures:breakdown", args=[organization_id, month, key, by])


def readable_columns(
    source: Source, organization: Organization, reader: Actor
) -> tuple[Column, ...]:
    """Return the columns of a source that the reader may read at an organization.

    People without a role that reads names there see the rows without the columns that
    identify a person.
    """
    if scope_of(reader).has_role_over(organization.path, source.names_read_by):
        return source.columns
    return tuple(column for column in source.columns if not column.names_person)


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """What an organization directly below contributes to a number."""

    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Drilldown:
    """A number and its rows: those the reader may see, and how many are hidden.

    Where rows are hidden, `spread` lists what the organizations directly below
    contribute.
    """

    value: Decimal
    rows: QuerySet[Any]
    columns: Sequence[Column]
    count: int
    hidden: int
    spread: list[SpreadRow]


def drill_down(
    indicator: Indicator,
    organization: Organization,
    organization_at: OrganizationAt,
    month: dt.date,
    user: Actor,
    *,
    itself: bool = False,
) -> Drilldown:
    """Return what a number is made of, for one reader; at the place itself alone."""
    rows = _counted_rows(indicator, organization_at, month, itself=itself).order_by(
        "pk"
    )
    visible = rows.visible_to(user)
    count = rows.count()
    sees_all = _sees_every_row(rows, indicator.source, user)
    visible_count = count if sees_all else visible.count()
    return Drilldown(
        Decimal(count) if indicator.counts_rows else indicator.measure(rows),
        rows if sees_all else visible,
        readable_columns(indicator.source, organization, user),
        count,
        count - visible_count,
        _spread_below(indicator, organization_at, month)
        if visible_count < count and not itself
        else [],
    )


def _counted_rows(
    indicator: Indicator,
    organization_at: OrganizationAt,
    month: dt.date,
    *,
    itself: bool,
) -> ScopedQuerySet[Any]:
    if itself:
        return indicator.rows_of(ids_outside_children(organization_at, month), month)
    return indicator.rows_within(organization_at, month)


def _sees_every_row(rows: ScopedQuerySet[Any], source: Source, user: Actor) -> bool:
    """Whether the reader sees all rows without asking each: the whole tree is theirs.

    A city's figure may have a million rows, which are then counted once.
    """
    kind = type(rows)
    is_plain = (
        kind.visible_to is ScopedQuerySet.visible_to
        and kind.seen_by is ScopedQuerySet.seen_by
    )
    if not is_plain or source.organization not in rows.organization_lookups:
        return False
    seen = scope_of(user).seen_paths(rows.seen_with | rows.managed_with)
    here = any_of(path_range("", path) for path in seen)
    return not Organization.objects.exclude(here).exists()


def _spread_below(
    indicator: Indicator, organization_at: OrganizationAt, month: dt.date
) -> list[SpreadRow]:
    return [
        SpreadRow(
            child.name,
            format_figure(indicator.key, count_figure(indicator, child, month)),
            rows_url(child.pk, month, indicator.key, band=indicator.band),
        )
        for child in children_of(organization_at, month)
    ]
