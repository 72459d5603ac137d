"""The table of every figure: its number, what it counts, how it can be split."""

import datetime as dt
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from core.web.tables import OrderedTable
from figures.beginnings import MissingNumbers
from figures.definitions import Indicator, indicators
from figures.drilldown import breakdown_url, ratio_url, rows_url
from figures.formatting import format_figure
from figures.models import Figure
from figures.ratios import RatioValue, ratios
from figures.row_table import RIGHT
from figures.sums import Values, sum_figures
from organizations.month_tree import OrganizationAt


class FigureTable(OrderedTable):
    """Every figure of a place in a month."""

    label = tables.Column(verbose_name=_("Figure"), orderable=False)
    value = tables.Column(
        verbose_name=_("Number"), orderable=False, attrs={"th": RIGHT, "td": RIGHT}
    )
    unit = tables.Column(verbose_name=_("Unit"), orderable=False)
    kind = tables.Column(verbose_name=_("Counted"), orderable=False)
    source = tables.Column(verbose_name=_("Rows"), orderable=False)
    ratios = tables.Column(verbose_name=_("Ratios"), orderable=False)
    breakdowns = tables.Column(verbose_name=_("Split by"), orderable=False)

    class Meta:
        model = Figure
        fields = ()
        sequence = (
            *("label", "value", "unit", "ratios"),
            *("kind", "source", "breakdowns"),
        )

    def render_label(self, value: str, record: Any) -> str:
        """Return the name of the figure, linked to its rows."""
        return format_html('<a href="{}">{}</a>', record["url"], value)

    def value_label(self, value: str) -> str:
        """Return the name of the figure."""
        return value

    def render_value(self, value: Decimal, record: Any) -> str:
        """Return the number with the decimals of its unit."""
        return format_figure(record["key"], value)

    def value_value(self, value: Decimal) -> Decimal:
        """Return the number itself, for a file."""
        return value

    def render_ratios(self, value: list[tuple[str, str]]) -> str:
        """Return the ratios of which the figure is a part, each linked to its page."""
        return format_html_join(" ", '<a href="{}">{}</a>', value)

    def value_ratios(self, value: list[tuple[str, str]]) -> str:
        """Return the ratios as words."""
        return "、".join(text for _url, text in value)

    def render_breakdowns(self, value: list[tuple[str, str]]) -> str:
        """Return the ways to split the figure, each linked to its page."""
        return format_html_join(" ", '<a href="{}">{}</a>', value)

    def value_breakdowns(self, value: list[tuple[str, str]]) -> str:
        """Return the ways to split the figure as words."""
        return "、".join(str(label) for _url, label in value)


def build_figure_table(
    organization: OrganizationAt,
    month: dt.date,
    request: HttpRequest,
    missing: MissingNumbers,
) -> FigureTable:
    """Return the figures of a place, in the order in which apps declare them.

    Numbers that are missing are left blank.
    """
    values = sum_figures(organization, month, [i.key for i in indicators])
    lines = [_line(indicator, organization, month, values) for indicator in indicators]
    for line in lines:
        if line["key"] in missing:
            line |= {"value": None, "ratios": []}
    table = FigureTable(lines)
    RequestConfig(request, paginate=False).configure(table)
    return table


def _line(
    indicator: Indicator, organization: OrganizationAt, month: dt.date, values: Values
) -> dict[str, Any]:
    """Return one line of the table."""
    return {
        "key": indicator.key,
        "url": rows_url(organization.pk, month, indicator.key),
        "label": indicator.label_in(month),
        "value": values[indicator.key],
        "unit": indicator.unit,
        "kind": indicator.kind.label,
        "source": indicator.source.label,
        "ratios": [
            (ratio_url(organization.pk, month, one.ratio.key), _say(one))
            for one in _ratios_of(indicator, values)
        ],
        "breakdowns": [
            (breakdown_url(organization.pk, month, indicator.key, one.key), one.label)
            for one in indicator.breakdowns
        ],
    }


def _ratios_of(indicator: Indicator, values: Values) -> list[RatioValue]:
    """Return the ratios whose numerator the figure is."""
    return [
        RatioValue(one, values[indicator.key], values[one.denominator.key])
        for one in ratios
        if one.is_stored and one.numerator.key == indicator.key
    ]


def _say(one: RatioValue) -> str:
    return f"{one.ratio.label} {one.text}"
