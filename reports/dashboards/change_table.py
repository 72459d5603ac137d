"""The table of what changed: each figure beside what it was, and what made it so."""

import datetime as dt
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from figures.drilldown import rows_url
from figures.formatting import format_difference, format_figure, label_with_unit
from figures.models import Figure
from reports.dashboards.changes import FigureChange, Reason

NUMBER: Any = {
    "th": {"class": "text-end"},
    "td": {"class": "text-end number text-nowrap"},
}


class NumberColumn(tables.Column):
    """A number of the figure of the row, with the decimals of its unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(orderable=False, attrs=NUMBER, default="—", **kwargs)

    def render(self, value: Decimal, record: dict[str, Any]) -> str:
        return format_figure(record["key"], value)

    def value(self, value: Decimal) -> Decimal:
        """Return the number itself, for a file."""
        return value


class DifferenceColumn(NumberColumn):
    """A difference, always with its sign."""

    def render(self, value: Decimal, record: dict[str, Any]) -> str:
        return format_difference(record["key"], value)


class ChangeTable(OrderedTable):
    """Figures of a place in a month, the month before and a year ago."""

    label = tables.Column(verbose_name=_("Figure"), orderable=False)
    value = NumberColumn(verbose_name=_("This month"))
    before = NumberColumn(verbose_name=_("Month before"))
    difference = DifferenceColumn(verbose_name=_("Difference"))
    reasons = tables.Column(
        verbose_name=_("What made the change"), orderable=False, default="—"
    )
    year_ago = NumberColumn(verbose_name=_("A year ago"))
    over_the_year = DifferenceColumn(verbose_name=_("Over the year"))
    this_year = NumberColumn(verbose_name=_("Since January"))

    class Meta:
        model = Figure
        fields = ()
        sequence = (
            *("label", "value", "before", "difference", "reasons"),
            *("year_ago", "over_the_year", "this_year"),
        )

    def render_label(self, value: str, record: dict[str, Any]) -> str:
        """Return the name of the figure, linked to its rows."""
        return format_html('<a href="{}">{}</a>', record["url"], value)

    def value_label(self, value: str) -> str:
        """Return the name of the figure."""
        return value

    def render_reasons(self, value: list[Reason], record: dict[str, Any]) -> str:
        """Return what made the difference, each linked to its rows."""
        return format_html_join(
            "、", "{}", ((_link(reason, record["key"]),) for reason in value)
        )

    def value_reasons(self, value: list[Reason], record: dict[str, Any]) -> str:
        """Return what made the difference as words."""
        return "、".join(_say(reason, record["key"]) for reason in value)


def change_line(
    change: FigureChange, organization_id: int, month: dt.date
) -> dict[str, Any]:
    """Return the line of a figure."""
    indicator = change.indicator
    return {
        "key": indicator.key,
        "url": rows_url(organization_id, month, indicator.key),
        "label": label_with_unit(indicator.label_in(month), indicator.unit),
        "value": change.value,
        "before": change.before,
        "difference": change.difference,
        "reasons": change.reasons or None,
        "year_ago": change.year_ago,
        "over_the_year": change.over_the_year,
        "this_year": change.this_year,
    }


def _say(reason: Reason, key: str) -> str:
    return f"{reason.label} {format_difference(key, reason.difference)}"


def _link(reason: Reason, key: str) -> str:
    text = _say(reason, key)
    return format_html('<a href="{}">{}</a>', reason.url, text) if reason.url else text
