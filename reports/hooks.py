"""Declares opening the rounds as a chore, and supplies published numbers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.audit.presentation import label_names, label_values
from core.dates import format_month
from core.db.querysets import any_of
from core.db.tree import path_range
from core.months import month_of, today
from core.numbers import format_number, percent_of
from core.registries.chores import Chore, chores
from core.text import StrOrPromise
from core.web.components import DetailRow
from exchange.job_kinds import JobKind, job_kinds
from figures.definitions import indicator_label, indicators
from figures.formatting import format_difference, label_with_unit
from figures.permissions import can_see_figures
from figures.published import published_values
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.enums import GlanceHeading
from organizations.figure_preview import FiledReturns, filed_returns
from organizations.glance import GlanceLines, glance_lines
from organizations.mergers import Merger, mergers
from organizations.models import Organization
from organizations.place_columns import PlaceColumn, place_columns
from reports.actions import FILL_FORM, WRITE_WORKBOOK, open_current_rounds
from reports.dashboards.growth import PastTotals, read_past_totals
from reports.enums import CellContent, CellPeriod, ReturnState
from reports.exports import may_have_workbook, write_months
from reports.filling import fill_form, may_have_filled_form
from reports.models import (
    MappedCell,
    MonthlyReturn,
    PublishedMonth,
    SuperiorRequest,
)
from reports.permissions import can_see_returns
from reports.returns.balance import ADJUSTMENT, CLOSING

ADJUSTMENT_LABEL = _("adjustment of the opening")


def label_logged_value(name: str) -> StrOrPromise | None:
    """Return what a number in the log of a return is called, with its unit.

    The log has yuan where the form has units of ten thousand.
    """
    other = {ADJUSTMENT: ADJUSTMENT_LABEL, "sha256": _("hash")}
    if name in indicators:
        indicator = indicators.get(name)
        return label_with_unit(indicator.label_in(month_of(today())), indicator.unit)
    return other.get(name)


label_names("reports.MonthlyReturn", label_logged_value)
label_names("reports.ReturnRound", {"reminded": _("reminded communities")}.get)


def label_of_cell(name: str) -> StrOrPromise | None:
    """Return what is said of a cell in the log of a superior's form."""
    if name in MappedCell.said:
        column: Any = MappedCell._meta.get_field(name)
        label: StrOrPromise = column.verbose_name
        return label
    return {"cell": _("cell of the form"), "cells": _("cell of the form")}.get(name)


def label_place(key: int) -> str:
    """Return what a place is called that a cell is about."""
    place = Organization.objects.filter(pk=key).first()
    return str(place or key)


label_names("reports.SuperiorForm", label_of_cell)
label_values(
    "reports.SuperiorForm",
    content=lambda value: str(CellContent(value).label),
    indicator=lambda key: indicator_label(key, month_of(today())),
    period=lambda value: str(CellPeriod(value).label),
    place=label_place,
)


def find_filed(organization_ids: Iterable[int], month: dt.date) -> FiledReturns:
    """Return the returns of a month that wait for the street, by who files them."""
    rows = MonthlyReturn.objects.filter(
        organization__in=organization_ids, month=month, state=ReturnState.SUBMITTED
    )
    return {
        row.organization_id: str(row) for row in rows.select_related("organization")
    }


filed_returns.connect(find_filed)


def last_returns(reader: Actor, paths: Sequence[str]) -> Mapping[str, str]:
    """Return how far the last return of each community has come."""
    below = any_of(path_range("organization", path) for path in paths)
    rows = MonthlyReturn.objects.visible_to(reader).filter(below)
    latest = rows.filter(month=rows.aggregate(last=Max("month"))["last"])
    return {
        path: f"{format_month(month)} {ReturnState(state).label}"
        for path, month, state in latest.values_list(
            "organization__path", "month", "state"
        )
    }


def page_of_returns(place: Organization) -> str:
    """Return the returns of a community."""
    return f"{reverse('reports:returns')}?{urlencode({'community': place.name})}"


def count_members_now(place: Organization, reader: Actor) -> Decimal | None:
    """Return the members of a place today, as its other numbers of people say."""
    column = place_columns.get("members.members")
    if not column.permitted(reader, place):
        return None
    return Decimal(sum(column.read(reader, [place.path]).values()))


def growth_by_year(place: Organization, reader: Actor) -> Iterator[DetailRow]:
    """Yield the members of each year's end, of twelve months ago and now (S0-13)."""
    if not can_see_figures(reader, place):
        return
    month = month_of(today())
    past = read_past_totals(place.pk, month, CLOSING)
    yield DetailRow(_("Figures since"), describe_since(past.since, month))
    former = None
    for point in past.year_ends:
        label = _("End of %(year)s") % {"year": point.month.year}
        yield DetailRow(label, with_difference(point.value, former))
        former = point.value
    now = count_members_now(place, reader)
    if now is None and past.current is not None:
        now = past.current.value
    if now is not None:
        url = reverse("reports:dashboard_of", args=[place.pk])
        yield DetailRow(_("This month"), with_difference(now, former), url)
        yield from compare_with(past, now)


def describe_since(since: dt.date | None, month: dt.date) -> str:
    """Say from which month on members were counted, or that there is nothing yet."""
    if since is None:
        return gettext("no month counted yet")
    if since == month:
        words = gettext("%(month)s: nothing earlier to compare with")
        return words % {"month": format_month(month)}
    return format_month(since)


def compare_with(past: PastTotals, now: Decimal) -> Iterator[DetailRow]:
    """Yield the growth of twelve months, and that since the first year's end."""
    if past.recent is not None:
        words = gettext("%(difference)s since %(month)s (%(value)s)") % {
            "difference": format_difference(CLOSING, now - past.recent.value),
            "month": format_month(past.recent.month),
            "value": past.recent.text,
        }
        yield DetailRow(_("Last twelve months"), words)
    first = past.year_ends[0].value if past.year_ends else None
    if first:
        yield DetailRow(_("Growth"), f"{percent_of(now - first, first):+} %")


def with_difference(value: Decimal, former: Decimal | None) -> str:
    """Return a number as it is printed, with what it differs from the former one."""
    if former is None:
        return format_number(value)
    return f"{format_number(value)}（{format_difference(CLOSING, value - former)}）"


glance_lines.add(
    GlanceLines("reports.growth", GlanceHeading.GROWTH, growth_by_year, rank=10)
)
place_columns.add(
    PlaceColumn(
        "reports.return",
        _("last return"),
        last_returns,
        page_of_returns,
        lambda reader, _place: can_see_returns(reader),
        adds_up=False,
        rank=30,
    )
)
mergers.add(
    Merger(
        "reports.requests",
        _("tasks from above that go along: %(count)s"),
        SuperiorRequest.objects.open,
        take_along(),
        take_back=give_back(),
        remember=name_of,
    )
)
closing_blockers.add(
    ClosingBlocker(
        "reports.requests",
        _("tasks from above to be done: %(count)s (finish or void them)"),
        SuperiorRequest.objects.open,
    )
)
chores.add(
    Chore("reports.rounds", open_current_rounds, daily_at=(0, 5)),
)

job_kinds.add(
    JobKind(FILL_FORM, _("Filling the form"), fill_form, may_have_filled_form),
    JobKind(WRITE_WORKBOOK, _("Writing the workbook"), write_months, may_have_workbook),
)


def find_published_value(
    organization_id: int, month: dt.date, key: str
) -> Decimal | None:
    """Return the number published for an organization, month and indicator."""
    rows = PublishedMonth.objects.filter(organization=organization_id, month=month)
    return next((figures.get(key) for _pk, _m, figures in rows.read_figures()), None)


published_values.connect(find_published_value)
