"""The table of a figure's bands: a line for each organization, the whole last."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from core.text import StrOrPromise
from core.web.tables import OrderedTable
from figures.breakdowns import Breakdown
from figures.composition import Composition, Part
from figures.definitions import Indicator
from figures.drilldown import breakdown_url, rows_url
from figures.formatting import format_figure
from figures.models import Figure
from figures.row_table import RIGHT, format_in_sheets

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class LinkedNumber:
    """One number, and the page of its rows if the reader may open it."""

    value: Decimal
    text: str
    url: str


class CompositionTable(OrderedTable):
    """The parts of a figure by bands."""


class _OrganizationColumn(tables.Column):
    """The names of the parts, each with the page that splits it in the same way."""

    def render(self, value: Any, record: Any) -> Any:
        if not record["opens"]:
            return value
        return format_html('<a href="{}">{}</a>', record["opens"], value)

    def value(self, value: Any) -> Any:
        """Return the name itself, for a file."""
        return value


class _CellColumn(tables.Column):
    """The numbers of one band."""

    def __init__(self, key: str, label: StrOrPromise, number_format: str) -> None:
        self.number_format = number_format
        super().__init__(
            accessor=key,
            verbose_name=label,
            orderable=False,
            attrs={"th": RIGHT, "td": RIGHT},
        )

    def render(self, value: LinkedNumber) -> Any:
        if not value.url:
            return value.text
        return format_html('<a href="{}">{}</a>', value.url, value.text)

    def value(self, value: LinkedNumber) -> Decimal:
        """Return the number itself, for a file."""
        return value.value


def build_composition_table(
    composition: Composition,
    indicator: Indicator,
    breakdown: Breakdown,
    month: dt.date,
    request: HttpRequest,
) -> CompositionTable:
    """Return the table of a composition: its parts, and all of them together."""
    number_format = format_in_sheets(indicator.decimals)
    columns: dict[str, Any] = {
        # What the log says was taken away as a file.
        "Meta": type("Meta", (), {"model": Figure, "fields": ()}),
        "organization": _OrganizationColumn(
            verbose_name=_("Organization"), orderable=False
        ),
    }
    for number, band in enumerate(composition.bands):
        columns[f"band{number}"] = _CellColumn(
            f"band{number}", band.label, number_format
        )
    columns[TOTAL] = _CellColumn(TOTAL, _("Total"), number_format)
    table_class = type("CompositionTable", (CompositionTable,), columns)
    lines = [
        {
            "organization": name,
            "opens": ""
            if part.organization is None or part.itself or part is composition.whole
            else breakdown_url(
                part.organization.pk, month, indicator.key, breakdown.key
            ),
            **cells(composition, part, indicator, breakdown, month),
        }
        for name, part in _named(composition)
    ]
    table: CompositionTable = table_class(lines)
    RequestConfig(request, paginate=False).configure(table)
    return table


def _named(composition: Composition) -> Iterable[tuple[StrOrPromise, Part]]:
    if composition.withheld:
        return
    for part in composition.parts:
        yield part.name, part
    yield _("Total"), composition.whole


def cells(
    composition: Composition,
    part: Part,
    indicator: Indicator,
    breakdown: Breakdown,
    month: dt.date,
) -> dict[str, LinkedNumber]:
    """Return the numbers of a part by the columns of the table."""

    def url(band: str | None) -> str:
        if part.organization is None or not composition.readable:
            return ""
        return rows_url(
            part.organization.pk,
            month,
            indicator.key,
            itself=part.itself,
            band=(breakdown.key, band) if band else None,
        )

    numbers = {
        f"band{number}": (band.key, part.values[band.key])
        for number, band in enumerate(composition.bands)
    }
    found = {
        name: LinkedNumber(value, format_figure(indicator.key, value), url(key))
        for name, (key, value) in numbers.items()
    }
    text = format_figure(indicator.key, part.total)
    return found | {TOTAL: LinkedNumber(part.total, text, url(None))}
