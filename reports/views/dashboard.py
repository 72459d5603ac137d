"""Views of the dashboard: city, street, community, each figure linked to its rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.http import reader
from core.actors import Actor
from core.dates import format_month
from core.db.tree import ancestor_paths, path_range
from core.months import month_of, shift_month, today
from core.text import StrOrPromise
from core.web.components import Link
from core.web.months import has_not_begun
from figures.beginnings import MissingNumbers, find_missing_numbers
from figures.definitions import indicators
from figures.drilldown import breakdown_url, figures_url, ratios_url, rows_url
from figures.formatting import format_difference, format_figure, label_with_unit
from figures.month_page import MonthPage
from figures.sums import ZERO, is_counted
from members.models import CheckInRound
from members.permissions import can_view_rounds
from organizations.models import Organization, RecountRequest
from organizations.month_tree import OrganizationAt, get_organization_at
from organizations.roles import READERS
from reports import permissions
from reports.dashboards.changes import compare_with_last_month
from reports.dashboards.growth import Growth, compute_growth
from reports.dashboards.overview import MAIN, Row, build_overview
from reports.forms import MonthForm
from reports.returns.balance import CLOSING
from reports.returns.cells import cell_url
from reports.views.base import chosen_month


@dataclass(frozen=True, slots=True)
class NumberCell:
    """One number as the dashboard prints it, and the page of its rows.

    `difference` is by how much it is more than in the month before, with its sign.
    There is no `url` where there is no number.
    """

    key: str
    label: StrOrPromise
    unit: StrOrPromise
    text: str
    url: str
    difference: str = ""

    @property
    def heading(self) -> str:
        """The label with the unit, over a column of bare numbers."""
        return label_with_unit(self.label, self.unit)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table: a place with its numbers and its accepted returns."""

    name: str
    url: str
    numbers: list[NumberCell]
    accepted: int
    filing: int


class OwnDashboard(View):
    """Redirects to the dashboard of the highest place that the person may read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect, or refuse people without a role that reads figures."""
        paths = reader(request).scope().paths(READERS)
        top = Organization.objects.filter(path__in=paths).order_by("path").first()
        if top is None:
            raise PermissionDenied
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("reports:dashboard_of", args=[top.pk]) + query)


class Dashboard(MonthPage):
    """One place in one month: its figures, its children, and its growth."""

    def get_month(self, organization: Organization) -> dt.date:
        if "month" in self.request.GET:
            return chosen_month(self.request)
        return _first_shown(organization)

    def url_in(self, month: dt.date) -> str:
        return reverse("reports:dashboard_of", args=[self.kwargs["pk"]])

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        overview = build_overview(organization_at, month, MAIN)
        missing = find_missing_numbers(month, map(indicators.get, MAIN))
        growth, closing = (
            compute_growth(organization.pk, month, CLOSING),
            indicators.get(CLOSING),
        )
        context = {
            "title": f"{organization_at.name} {format_month(month)}",
            "form": MonthForm(initial={"month": month}),
            "month": month,
            "breadcrumbs": self._breadcrumbs(organization, month),
            "uncounted": missing.text,
            "cards": [
                _shown(cell, missing)
                for cell in _cards(organization_at, overview.whole, month)
            ],
            "month_before": _month_beside(organization.pk, month, -1),
            "month_after": _month_beside(organization.pk, month, 1),
            "whole": overview.whole,
            "rows": [_table_row(row, month, missing) for row in overview.children],
            "rest": [
                _shown(cell, missing)
                for cell in _rest(organization_at, overview.rest, month)
            ],
            "growth": growth,
            "growth_heading": label_with_unit(closing.label_in(month), closing.unit),
            "chart": _chart(growth, organization_at.name, month),
            "recounting": RecountRequest.objects.filter(
                path_range("organization", organization.path)
            ).exists(),
            "page_actions": self._actions(
                organization, month, has_members=CLOSING not in missing
            ),
        }
        return render(self.request, "reports/dashboard.html", context)

    def _breadcrumbs(self, node: Organization, month: dt.date) -> list[Link]:
        """Return links to the ancestors that the person may see."""
        above = Organization.objects.visible_to(self.request.user).above(node.path)
        return [
            *(Link(one.name, dashboard_url(one.pk, month)) for one in above),
            Link(node.name),
        ]

    def _actions(
        self, node: Organization, month: dt.date, *, has_members: bool
    ) -> list[Link]:
        by = indicators.get(CLOSING).breakdowns[0].key
        split = breakdown_url(node.pk, month, CLOSING, by)
        actions = [
            Link(_("What changed"), _changes_url(node.pk, month), "bar-chart"),
            Link(
                _("Questions"),
                reverse("reports:questions", args=[node.pk, month]),
                "search",
            ),
            Link(_("Composition of the members"), split, "people"),
            Link(
                _("Coverage"),
                reverse("reports:coverage_of", args=[node.pk]),
                "check-circle",
            ),
            Link(_("Ratios"), ratios_url(node.pk, month), "bar-chart"),
            Link(_("All figures"), figures_url(node.pk, month), "list"),
            *_rounds_of(reader(self.request), node),
        ]
        if has_members and permissions.can_export(reader(self.request), node):
            url = reverse("reports:summary", args=[node.pk, month])
            label = _("Download the month's sheet")
            actions.append(Link(label, url, "file-earmark-excel"))
        return actions


def _rounds_of(user: Actor, node: Organization) -> list[Link]:
    """Return the way to the funnel of checking in, where a street runs a round (S4-11).

    Below a street that is the page of its round, and above the streets side by side.
    """
    if not can_view_rounds(user):
        return []
    rows = CheckInRound.objects.visible_to(user).begun()
    here = rows.filter(organization__path__in=[*ancestor_paths(node.path), node.path])
    label, icon = _("From checking in to service"), "bar-chart"
    if row := here.order_by("-starts_on", "-pk").first():
        return [Link(label, row.get_absolute_url(), icon)]
    if rows.filter(path_range("organization", node.path)).exists():
        return [Link(label, reverse("members:rounds_by_street"), icon)]
    return []


def _first_shown(node: Organization) -> dt.date:
    """Return the last whole month; this month where nothing was counted for it."""
    now = month_of(today())
    last = shift_month(now, -1)
    known = is_counted(last) and get_organization_at(node.pk, last) is not None
    return last if known else now


def dashboard_url(pk: int, month: dt.date) -> str:
    """Return the dashboard of a place in a month."""
    return f"{reverse('reports:dashboard_of', args=[pk])}?month={month:%Y-%m}"


def _changes_url(pk: int, month: dt.date) -> str:
    return reverse("reports:changes", args=[pk, month])


def _numbers(row: Row, month: dt.date, keys: Sequence[str]) -> list[NumberCell]:
    chosen = [indicators.get(key) for key in keys]
    return [
        NumberCell(
            one.key,
            one.label_in(month),
            one.unit,
            format_figure(one.key, row.values[one.key]),
            cell_url(row.organization.pk, month, one.key, from_last=False),
        )
        for one in chosen
    ]


def _cards(
    organization: OrganizationAt, whole: Row, month: dt.date
) -> list[NumberCell]:
    """Return the main figures, each with its difference to the month before."""
    differences = compare_with_last_month(organization, month, whole.values)
    return [
        replace(cell, difference=format_difference(key, differences[key]))
        if key in differences
        else cell
        for key, cell in zip(MAIN, _numbers(whole, month, MAIN), strict=True)
    ]


def _month_beside(pk: int, month: dt.date, by: int) -> Link | None:
    """Return the dashboard of another month; None if it has not begun."""
    beside = shift_month(month, by)
    if has_not_begun(beside):
        return None
    return Link(format_month(beside), dashboard_url(pk, beside))


def _rest(
    organization: OrganizationAt, values: Mapping[str, Decimal], month: dt.date
) -> list[NumberCell]:
    """Return what counts at the place itself, each number with its rows."""
    chosen = [indicators.get(key) for key in MAIN if values]
    return [
        NumberCell(
            i.key,
            i.label_in(month),
            i.unit,
            format_figure(i.key, values.get(i.key, ZERO)),
            rows_url(organization.pk, month, i.key, itself=True),
        )
        for i in chosen
    ]


def _shown(cell: NumberCell, missing: MissingNumbers) -> NumberCell:
    """Return a cell as it is shown: of some months there is no number to open."""
    if cell.key in missing:
        return replace(cell, text="—", difference="", url="")
    return cell


def _table_row(row: Row, month: dt.date, missing: MissingNumbers) -> TableRow:
    return TableRow(
        row.organization.name,
        dashboard_url(row.organization.pk, month),
        [_shown(cell, missing) for cell in _numbers(row, month, MAIN)],
        row.accepted,
        row.filing,
    )


def _chart(growth: Growth, name: str, month: dt.date) -> dict[str, Any]:
    """Return the data of the chart; the table beside it has the same points."""
    closing = indicators.get(CLOSING)
    return {
        "title": closing.label_in(month),
        "unit": str(closing.unit),
        "kind": "line",
        "labels": [format_month(point.month) for point in growth.points],
        "series": [{"name": name, "values": [int(p.value) for p in growth.points]}],
    }
