"""The tables of ratios: all of one place, or one of a place and its children."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from core.web.tables import OrderedTable
from figures.drilldown import ratio_url, ratios_url, rows_url
from figures.formatting import format_figure, label_with_unit
from figures.models import Figure
from figures.ratios import Ratio, RatiosAt, RatioValue
from figures.row_table import RIGHT
from organizations.month_tree import OrganizationAt


class RatioTable(OrderedTable):
    """Ratios with both of their numbers, each of which opens to its rows."""

    name = tables.Column(verbose_name=gettext_lazy("Ratio"), orderable=False)
    ratio = tables.Column(
        verbose_name=gettext_lazy("Value"),
        orderable=False,
        attrs={"th": RIGHT, "td": RIGHT},
    )
    part = tables.Column(verbose_name=gettext_lazy("Numerator"), orderable=False)
    whole = tables.Column(verbose_name=gettext_lazy("Denominator"), orderable=False)
    definition = tables.Column(verbose_name=gettext_lazy("Definition"), orderable=False)

    class Meta:
        model = Figure
        fields = ()
        sequence: tuple[str, ...] = ("name", "ratio", "part", "whole", "definition")

    def render_name(self, value: str, record: dict[str, Any]) -> str:
        """Return the name, linked to its own page."""
        if not record["opens"]:
            return value
        return format_html('<a href="{}">{}</a>', record["opens"], value)

    def value_name(self, value: str) -> str:
        """Return the name."""
        return value

    def render_ratio(self, value: RatioValue) -> str:
        """Return the ratio, or a dash and why there is none."""
        if value.value is None:
            return format_html("— <small>{}</small>", value.why_none)
        return value.text

    def value_ratio(self, value: RatioValue) -> str:
        """Return the ratio, or a dash and why there is none, as words."""
        return value.text if value.value is not None else f"— {value.why_none}"

    def render_part(self, value: tuple[str, str, str, Decimal]) -> str:
        """Return what is divided, linked to its rows."""
        return _open_number(value)

    def render_whole(self, value: tuple[str, str, str, Decimal]) -> str:
        """Return what it is divided by, linked to its rows."""
        return _open_number(value)

    def value_part(self, value: tuple[str, str, str, Decimal]) -> Any:
        """Return what is divided, for a file."""
        return _say_number(value)

    def value_whole(self, value: tuple[str, str, str, Decimal]) -> Any:
        """Return what it is divided by, for a file."""
        return _say_number(value)


class RatioByPlaceTable(RatioTable):
    """One ratio by place, under the names of its two figures."""

    class Meta(RatioTable.Meta):
        exclude = ("definition",)
        sequence = ("name", "ratio", "part", "whole")


def _open_number(value: tuple[str, str, str, Decimal]) -> str:
    label, text, url, _number = value
    link = format_html('<a href="{}" class="number">{}</a>', url, text)
    return format_html("{} {}", label, link) if label else link


def _say_number(value: tuple[str, str, str, Decimal]) -> Any:
    label, text, _url, number = value
    return f"{label} {text}" if label else number


def build_ratio_table(
    found: RatiosAt, place: OrganizationAt, month: dt.date, request: HttpRequest
) -> RatioTable:
    """Return every ratio of a place, with its definition."""
    lines = [
        {
            "name": str(one.ratio.label),
            "opens": ratio_url(place.pk, month, one.ratio.key),
            "definition": one.ratio.definition,
            **_numbers(one, place.pk, month, named=True),
        }
        for one in found.whole.values()
    ]
    table = RatioTable(lines)
    RequestConfig(request, paginate=False).configure(table)
    return table


def build_table_by_place(
    ratio: Ratio,
    found: RatiosAt,
    places: tuple[OrganizationAt, Sequence[OrganizationAt]],
    month: dt.date,
    request: HttpRequest,
) -> RatioByPlaceTable:
    """Return one ratio of the children, of the place by itself, and of the whole."""
    place, children = places
    lines: list[dict[str, Any]] = [
        {
            "name": child.name,
            "opens": ratios_url(child.pk, month),
            **_numbers(found.by_child[child.path][ratio.key], child.pk, month),
        }
        for child in children
    ]
    itself = found.itself[ratio.key]
    if itself.numerator or itself.denominator:
        numbers = _numbers(itself, place.pk, month, itself=True)
        lines.append({"name": _("At this level itself"), "opens": "", **numbers})
    numbers = _numbers(found.whole[ratio.key], place.pk, month)
    lines.append({"name": _("Together"), "opens": "", **numbers})
    table = RatioByPlaceTable(lines)
    table.columns["name"].column.verbose_name = _("Organization")
    for name, figure in (("part", ratio.numerator), ("whole", ratio.denominator)):
        heading = label_with_unit(figure.label_in(month), figure.unit)
        table.columns[name].column.verbose_name = heading
        table.columns[name].column.attrs = {"th": RIGHT, "td": RIGHT}
    RequestConfig(request, paginate=False).configure(table)
    return table


def _numbers(
    one: RatioValue,
    pk: int,
    month: dt.date,
    *,
    named: bool = False,
    itself: bool = False,
) -> dict[str, Any]:
    """Return the columns of a ratio: its value and both of its numbers."""
    both = (
        ("part", one.ratio.numerator, one.numerator),
        ("whole", one.ratio.denominator, one.denominator),
    )
    numbers = {
        name: (
            figure.label_in(month) if named else "",
            format_figure(figure.key, value),
            rows_url(pk, month, figure.key, itself=itself),
            value,
        )
        for name, figure, value in both
    }
    return {"ratio": one, **numbers}
