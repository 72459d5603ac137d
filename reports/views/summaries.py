"""Views of the month's summaries, for download."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.http import reader
from core.db.tree import path_range
from core.months import today
from core.web.components import Link
from core.web.downloads import hand_out
from core.web.months import has_not_begun, redirect_to_current_month
from figures.beginnings import find_missing_numbers
from figures.definitions import indicators
from figures.month_page import MonthPage
from organizations.models import Organization
from organizations.month_tree import OrganizationAt
from reports import permissions
from reports.actions import record_summary_download
from reports.forms import MonthForm
from reports.models import MonthlyReturn
from reports.querysets import EXPORTERS
from reports.returns.balance import CLOSING
from reports.returns.printing import join_title
from reports.views.base import chosen_month
from reports.workbooks.summary import build_summary
from reports.workbooks.summary_workbook import write_summary
from sheets.write import WORKBOOK


class Summaries(View):
    """The summaries of a month that the person may download."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List the places whose summary the person may download."""
        paths = reader(request).scope().paths(EXPORTERS)
        if not paths:
            raise PermissionDenied
        month = chosen_month(request)
        if has_not_begun(month):
            return redirect_to_current_month(request, month, request.path)
        own = Organization.objects.open().filter(path__in=paths)
        below = Organization.objects.open().streets().filter(parent__path__in=paths)
        organizations = (own | below).order_by("path")
        context = {
            "title": _("Monthly summaries"),
            "lead": _("One row for each community; downloads are recorded."),
            "form": MonthForm(initial={"month": month}),
            "month": month,
            "uncounted": _explain_missing(month),
            "page_actions": [
                Link(
                    _("Workbook on a topic, a quarter, a year"),
                    reverse("reports:periods"),
                    "calendar-event",
                    primary=True,
                ),
                Link(
                    _("Superiors' forms"),
                    reverse("reports:superior_forms"),
                    "file-earmark-excel",
                ),
            ],
            "links": [
                Link(one.name, reverse("reports:summary", args=[one.pk, month]))
                for one in organizations
            ],
        }
        return render(request, "reports/summaries.html", context)


def _explain_missing(month: dt.date) -> str:
    """Say why a month has no summary: without members its numbers would be none."""
    return find_missing_numbers(month, [indicators.get(CLOSING)]).text


class DownloadSummary(MonthPage):
    """Download the month's summary of one place; the download is recorded.

    A month that was not counted, and for which no return was asked, has no summary: its
    zeros would be no numbers.
    """

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_export(reader(self.request), obj)

    def url_in(self, month: dt.date) -> str:
        return reverse("reports:summaries")

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        is_below = path_range("organization", organization_at.path)
        asked = MonthlyReturn.objects.filter(is_below, month=month)
        uncounted = _explain_missing(month)
        if uncounted and not asked.exists():
            messages.info(self.request, uncounted)
            address = reverse("reports:dashboard_of", args=[organization.pk])
            return redirect(f"{address}?month={month:%Y-%m}")
        user, summary = reader(self.request), build_summary(organization_at, month)
        if summary is None:
            raise Http404
        content = write_summary(summary, compiled_by=str(user), on=today())
        record_summary_download(organization, month, rows=len(summary.rows), by=user)
        title = join_title(summary.organization.name, summary.title)
        name = f"{title}{month:%Y-%m}.xlsx"
        return hand_out(content, name, content_type=WORKBOOK)
