"""Pages of coverage: how far a place has what it ought to have, and what lacks it."""

from typing import Any

import django_tables2 as tables
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django_tables2 import RequestConfig

from accounts.http import reader
from core.actors import scope_of
from core.months import today
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.tables import OrderedTable
from core.web.views import PermittedObjectMixin
from figures.coverage import Coverage, coverages, rows_lacking
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.roles import READERS, RECORD_KEEPERS
from reports.coverage_table import build_coverage_table

TITLE = _("Coverage")


class LackingTable(OrderedTable):
    """Rows that lack what they ought to have."""

    name = tables.Column(verbose_name=_("Organization or unit"), orderable=False)
    place = tables.Column(verbose_name=_("Where"), orderable=False)
    way_out = tables.Column(verbose_name=_("Way out"), orderable=False, default="")

    class Meta:
        model = Organization
        fields = ("name", "place", "way_out")

    def render_way_out(self, value: str) -> str:
        """Return the link to the page on which it is put right."""
        return format_html('<a href="{}">{}</a>', value, _("Put it right"))

    def value_way_out(self, value: str) -> str:
        """Leave the link out of files."""
        return ""


class OwnCoverage(View):
    """Redirects to the coverage of the highest place that the person may read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect, or refuse people without a role that reads figures."""
        paths = reader(request).scope().paths(READERS)
        top = Organization.objects.filter(path__in=paths).order_by("path").first()
        if top is None:
            raise PermissionDenied
        return redirect("reports:coverage_of", pk=top.pk)


class CoveragePlace(ExportedPage, PermittedObjectMixin[Organization]):
    """Base of pages about one place as it is today."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return obj.ended_on is None and can_see_figures(reader(self.request), obj)


class CoveragePage(CoveragePlace):
    """How far a place and what lies below it have what they ought to have."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the shares of the place and the matrix of its children."""
        place = self.get_permitted_object()
        table, whole = build_coverage_table(place, today(), request)
        context = {
            "title": f"{place.name} {TITLE}",
            "table": table,
            "whole": whole,
            "as_of": today(),
            "empty_text": _("Nothing lies below this organization."),
            "breadcrumbs": self._breadcrumbs(place),
        }
        return TemplateResponse(request, "reports/coverage.html", context)

    def _breadcrumbs(self, place: Organization) -> list[Link]:
        above = Organization.objects.visible_to(self.request.user).above(place.path)
        return [
            *(
                Link(one.name, reverse("reports:coverage_of", args=[one.pk]))
                for one in above
            ),
            Link(place.name),
        ]


class LackingRows(CoveragePlace):
    """What lacks it, each with the page on which that is put right."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """List the rows."""
        place = self.get_permitted_object()
        if kwargs["key"] not in coverages:
            raise Http404
        coverage = coverages.get(kwargs["key"])
        table = LackingTable(self._lines(coverage, place))
        RequestConfig(request, paginate={"per_page": 50}).configure(table)
        context = {
            "title": coverage.lacking,
            "table": table,
            "empty_text": _("Nothing is lacking here."),
            "breadcrumbs": [
                Link(place.name, reverse("reports:coverage_of", args=[place.pk])),
                Link(coverage.lacking),
            ],
        }
        return TemplateResponse(request, "core/list_page.html", context)

    def _lines(self, coverage: Coverage, place: Organization) -> list[dict[str, Any]]:
        keeps = scope_of(self.request.user).has_role_over(place.path, RECORD_KEEPERS)
        rows = rows_lacking(coverage, place, today())
        column = (
            f"{coverage.organization}__parent" if coverage.organization else "parent"
        )
        return [
            {
                "name": str(row),
                "place": _place_of(row),
                "way_out": coverage.way_out(row) if keeps else "",
            }
            for row in rows.select_related(column)
        ]


def _place_of(row: Any) -> str:
    """Return where a row lies: a unit in its community, an organization in its own."""
    above = row.parent if isinstance(row, Organization) else row.host
    return above.name if above is not None else ""
