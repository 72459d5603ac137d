"""Declares opening the rounds as a chore, and supplies published numbers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.audit.presentation import label_names, label_values
from core.dates import format_month
from core.db.querysets import any_of
from core.db.tree import path_range
from core.months import month_of, today
from core.registries.chores import Chore, chores
from core.text import StrOrPromise
from exchange.job_kinds import JobKind, job_kinds
from figures.definitions import indicator_label, indicators
from figures.formatting import label_with_unit
from figures.published import published_values
from organizations.models import Organization
from organizations.place_columns import PlaceColumn, place_columns
from reports.actions import FILL_FORM, WRITE_WORKBOOK, open_current_rounds
from reports.enums import CellContent, CellPeriod, ReturnState
from reports.exports import may_have_workbook, write_months
from reports.filling import fill_form, may_have_filled_form
from reports.models import MappedCell, MonthlyReturn, PublishedMonth
from reports.permissions import can_see_returns
from reports.returns.balance import ADJUSTMENT

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
