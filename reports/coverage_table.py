"""The matrix of coverage: a line for each place, a column for what it ought to have."""

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from core.web.tables import OrderedTable
from figures.coverage import Coverage, Share, coverages, shares_by_child
from organizations.models import Organization

NUMBER: Any = {"th": {"class": "text-end wrapped"}, "td": {"class": "text-end number"}}


class CoverageTable(OrderedTable):
    """Shares of what ought to be there, by place."""

    place = tables.Column(verbose_name=_("Organization"), orderable=False)

    def render_place(self, value: str, record: dict[str, Any]) -> str:
        """Return the name, linked to the place's own matrix."""
        if not record["opens"]:
            return value
        return format_html('<a href="{}">{}</a>', record["opens"], value)

    def value_place(self, value: str) -> str:
        """Return the name."""
        return value


class _ShareColumn(tables.Column):
    """How many of how many; what is lacking opens to its rows."""

    def __init__(self, coverage: Coverage) -> None:
        super().__init__(
            verbose_name=coverage.label,
            orderable=False,
            attrs=NUMBER,
            accessor=coverage.key,
            default="—",
        )

    def render(self, value: tuple[Share, str]) -> str:
        share, url = value
        text = describe_share(share)
        if not url or not share.missing:
            return text
        return format_html('<a href="{}">{}</a>', url, text)

    def value(self, value: tuple[Share, str]) -> str:
        """Return how many of how many, for a file."""
        return describe_share(value[0])


def describe_share(share: Share) -> str:
    """Write how many of how many."""
    return f"{share.covered}/{share.expected}"


def build_coverage_table(
    place: Organization, day: dt.date, request: HttpRequest
) -> tuple[CoverageTable, list[tuple[Coverage, Share, str]]]:
    """Return the table of what lies below a place, and the shares of the whole place.

    What is expected of the place itself stands with those of its children.
    """
    children = list(
        Organization.objects.open().filter(parent=place.pk).order_by("path")
    )
    lines: dict[str, dict[str, Any]] = {
        child.path: {"place": child.name, "opens": _page_of(child)}
        for child in children
    }
    whole = []
    shares = shares_by_child(coverages, place, day)
    for coverage in coverages:
        parts = shares[coverage.key]
        total = sum(parts.values(), Share())
        whole.append((coverage, total, _rows_url(place, coverage)))
        for child in children:
            if share := parts.get(child.path):
                url = _rows_url(child, coverage)
                lines[child.path][coverage.key] = (share, url)
    columns: dict[str, Any] = {
        # What the log says was taken away as a file.
        "Meta": type("Meta", (), {"model": Organization, "fields": ("place",)}),
        **{one.key: _ShareColumn(one) for one in coverages},
    }
    table_class = type("CoverageTable", (CoverageTable,), columns)
    table: CoverageTable = table_class(list(lines.values()))
    RequestConfig(request, paginate=False).configure(table)
    return table, whole


def _page_of(place: Organization) -> str:
    return reverse("reports:coverage_of", args=[place.pk])


def _rows_url(place: Organization, coverage: Coverage) -> str:
    return reverse("reports:lacking", args=[place.pk, coverage.key])
