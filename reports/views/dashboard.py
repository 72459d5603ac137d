"""The dashboard: city, street, community, each figure leading down to its rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.http import reader
from core.db.tree import path_range
from core.text import StrOrPromise
from core.web.components import Link
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.definitions import indicators
from figures.formatting import format_figure
from figures.permissions import can_see_figures
from figures.sums import ZERO
from organizations.models import Organization, RecountRequest
from organizations.month_tree import place_of
from organizations.roles import READERS
from reports import permissions
from reports.dashboards.growth import Growth, growth
from reports.dashboards.overview import Row, overview
from reports.forms import MonthForm
from reports.returns.balance import CLOSING
from reports.returns.cells import url_of
from reports.views.shapes import chosen_month

MAIN = (
    CLOSING,
    "members_developed",
    "members_checked_in",
    "meetings_members",
    "posts_open",
    "claims_made",
    "service_hours",
    "targets_on_course",
    "spending",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One number as the dashboard prints it, and the page of its rows."""

    label: StrOrPromise
    unit: StrOrPromise
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of the table: a place with its numbers and its coverage."""

    name: str
    url: str
    numbers: list[Shown]
    accepted: int
    filing: int


class OwnDashboard(View):
    """The way to the dashboard of the highest place the reader looks after."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead there; without such a duty there is nothing to see."""
        paths = reader(request).scope().paths(READERS)
        top = Organization.objects.filter(path__in=paths).order_by("path").first()
        if top is None:
            raise PermissionDenied
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("reports:dashboard_of", args=[top.pk]) + query)


class Dashboard(PermittedObjectMixin[Organization]):
    """One place in one month: its figures, what lies below, and how it grew."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the place as it was in the month."""
        node, month = self.get_permitted_object(), chosen_month(request)
        if has_not_begun(month):
            own = reverse("reports:dashboard_of", args=[node.pk])
            return redirect_to_current_month(request, month, own)
        place = place_of(node.pk, month)
        if place is None:
            raise Http404
        view = overview(place, month, MAIN)
        grown = growth(node.pk, month, CLOSING)
        context = {
            "title": f"{place.name} {month:%Y-%m}",
            "form": MonthForm(initial={"month": month}),
            "month": month,
            "breadcrumbs": self._crumbs(node, month),
            "cards": _numbers(view.whole, month, MAIN),
            "whole": view.whole,
            "rows": [_shown(row, month) for row in view.children],
            "rest": _rest(view.rest, month),
            "growth": grown,
            "chart": _chart(grown, place.name, month),
            "recounting": RecountRequest.objects.filter(
                path_range("organization", node.path)
            ).exists(),
            "page_actions": self._actions(node, month),
        }
        return render(request, "reports/dashboard.html", context)

    def _crumbs(self, node: Organization, month: dt.date) -> list[Link]:
        """Lead back up, as far as the reader's duty reaches."""
        above = Organization.objects.visible_to(self.request.user).above(node.path)
        return [
            *(Link(one.name, _address(one.pk, month)) for one in above),
            Link(node.name),
        ]

    def _actions(self, node: Organization, month: dt.date) -> list[Link]:
        if not permissions.can_export(reader(self.request), node):
            return []
        url = reverse("reports:summary", args=[node.pk, month])
        return [Link(_("Download the month's sheet"), url, "file-earmark-excel")]


def _address(pk: int, month: dt.date) -> str:
    return f"{reverse('reports:dashboard_of', args=[pk])}?month={month:%Y-%m}"


def _numbers(row: Row, month: dt.date, keys: Sequence[str]) -> list[Shown]:
    chosen = [indicators.get(key) for key in keys]
    return [
        Shown(
            one.label_in(month),
            one.unit,
            format_figure(one.key, row.values[one.key]),
            url_of(row.place.pk, month, one.key, from_last=False),
        )
        for one in chosen
    ]


def _rest(values: Mapping[str, Decimal], month: dt.date) -> list[Shown]:
    """Return what counts at the place itself; there is no list of that alone."""
    chosen = [indicators.get(key) for key in MAIN if values]
    return [
        Shown(
            i.label_in(month), i.unit, format_figure(i.key, values.get(i.key, ZERO)), ""
        )
        for i in chosen
    ]


def _shown(row: Row, month: dt.date) -> ShownRow:
    return ShownRow(
        row.place.name,
        _address(row.place.pk, month),
        _numbers(row, month, MAIN),
        row.accepted,
        row.filing,
    )


def _chart(grown: Growth, name: str, month: dt.date) -> dict[str, Any]:
    """Return what the chart draws: the same points stand in the table beside it."""
    closing = indicators.get(CLOSING)
    return {
        "title": closing.label_in(month),
        "unit": str(closing.unit),
        "kind": "line",
        "labels": [f"{point.month:%Y-%m}" for point in grown.points],
        "series": [{"name": name, "values": [int(p.value) for p in grown.points]}],
    }
