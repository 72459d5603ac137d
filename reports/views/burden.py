"""What filing and tasks from above cost a place: about the system, not about people."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from django_tables2 import RequestConfig

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, shift_month, today
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.queries import code_items
from organizations.roles import READERS
from reports import permissions
from reports.burden.counting import (
    count_by_child,
    count_by_month,
    count_by_source,
    hours_by_source,
    median_minutes,
    why_sent_back,
)
from reports.forms import MonthForm
from reports.models import Feedback, MonthlyReturn
from reports.tables import BurdenTable
from reports.views.base import chosen_month


class OwnBurden(View):
    """Redirects to the highest place that the person may read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect, or refuse people without a role that reads figures."""
        paths = reader(request).scope().paths(READERS)
        top = Organization.objects.filter(path__in=paths).order_by("path").first()
        if top is None:
            raise PermissionDenied
        return redirect("reports:burden_of", pk=top.pk)


class BurdenPage(ExportedPage, PermittedObjectMixin[Organization]):
    """What one month cost a place and each place below it (S0-05, S2-29, S3-09)."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return obj.ended_on is None and can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the counts with their rows, and what they come from."""
        place = self.get_permitted_object()
        month = (
            chosen_month(request)
            if "month" in request.GET
            else shift_month(month_of(today()), -1)
        )
        if has_not_begun(month):
            url = reverse("reports:burden_of", args=[place.pk])
            return redirect_to_current_month(request, month, url)
        total, lines = count_by_child(place, month, today())
        table = BurdenTable(lines)
        RequestConfig(request, paginate=False).configure(table)
        words = _("%(place)s %(month)s: what it cost")
        context = {
            "title": words % {"place": place.name, "month": format_month(month)},
            "lead": _(
                "Tasks from above and the filling in of returns. It says where work"
                " comes from, and nothing about people."
            ),
            "form": MonthForm(initial={"month": month}),
            "month": month,
            "total": total,
            "filled_share": total.filled_share,
            "median": median_minutes(place, month),
            "sources": list(_lines_by_source(place, month)),
            "chart": _chart_of_months(place, month),
            "sent_back": self._sent_back(place, month),
            "tasks_url": _tasks_url(place, month),
            "feedback": self._count_feedback(place),
            "table": table,
            "empty_text": _("Below a community nothing is counted apart."),
            "breadcrumbs": self._breadcrumbs(place, month),
            "page_actions": self._links(),
        }
        return TemplateResponse(request, "reports/burden.html", context)

    def _links(self) -> list[Link]:
        links = [Link(_("Tasks from above"), reverse("reports:requests"))]
        if permissions.can_record_requests(self.request.user):
            url = reverse("reports:record_request")
            links.insert(0, Link(_("Record a task"), url, "plus-lg", primary=True))
        return links

    def _breadcrumbs(self, place: Organization, month: dt.date) -> list[Link]:
        above = Organization.objects.visible_to(self.request.user).above(place.path)
        query = urlencode({"month": f"{month:%Y-%m}"})
        return [
            *(
                Link(one.name, f"{reverse('reports:burden_of', args=[one.pk])}?{query}")
                for one in above
            ),
            Link(place.name),
        ]

    def _sent_back(
        self, place: Organization, month: dt.date
    ) -> list[tuple[MonthlyReturn, str]]:
        """Return why returns went back, those that the reader may open."""
        visible = MonthlyReturn.objects.visible_to(self.request.user)
        keys = {*visible.filter(month=month).values_list("pk", flat=True)}
        return [pair for pair in why_sent_back(place, month) if pair[0].pk in keys]

    def _count_feedback(self, place: Organization) -> int:
        """Return how many wait for an answer of the reader; none for all others."""
        if not permissions.can_read_feedback(self.request.user):
            return 0
        rows = Feedback.objects.managed_by(self.request.user).within(place)
        return rows.open().count()


def _tasks_url(place: Organization, month: dt.date, **also: str) -> str:
    query = {"organization": f"{place.pk}", "month": f"{month:%Y-%m}", **also}
    return f"{reverse('reports:requests')}?{urlencode(query)}"


def _lines_by_source(place: Organization, month: dt.date) -> Any:
    """Yield each source with its tasks, what they ask for, and the hours they took."""
    names, kinds = (
        dict(code_items("request_sources")),
        dict(code_items("request_kinds")),
    )
    counts, hours = count_by_source(place, month), hours_by_source(place, month)
    for source, by_kind in sorted(
        counts.items(), key=lambda pair: (-pair[1].total(), pair[0])
    ):
        asked = "、".join(
            f"{kinds.get(kind, kind)} {count}" for kind, count in by_kind.most_common()
        )
        yield {
            "name": names.get(source, source),
            "count": by_kind.total(),
            "asked": asked,
            "hours": hours.get(source),
            "url": _tasks_url(place, month, source=source),
        }


def _chart_of_months(place: Organization, month: dt.date) -> dict[str, object]:
    """Return the chart of the tasks of twelve months, each bar leading to its rows."""
    months = count_by_month(place, month)
    title = _("Tasks from above")
    return {
        "title": title,
        "unit": "",
        "kind": "bar",
        "labels": [format_month(one) for one, _count in months],
        "series": [
            {
                "name": title,
                "values": [count for _one, count in months],
                "urls": [_tasks_url(place, one) for one, _count in months],
            }
        ],
    }
