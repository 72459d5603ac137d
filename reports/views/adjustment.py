"""The page of the entries that make up the adjustment of an opening."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from accounts.http import reader
from core.dates import format_month
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.links import links_from
from figures.definitions import indicators
from figures.drilldown import readable_columns
from members.models import Affiliation
from reports.models import MonthlyReturn
from reports.returns.adjustment import list_adjusted_entries
from reports.returns.balance import CLOSING
from reports.tables import AdjustmentTable
from reports.views.base import ReturnObjectMixin, return_title

ROWS_PER_PAGE = 50


class AdjustmentRows(ExportedPage, ReturnObjectMixin):
    """The entries that make up the adjustment, with the names the reader may see."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show each entry with its change and its reason."""
        row, user = self.get_permitted_object(), reader(request)
        entries = list_adjusted_entries(row.organization, row.month)
        keys = [entry.pk for entry in entries]
        seen = Affiliation.all_objects.visible_to(user).filter(pk__in=keys)
        visible = set(seen.order_by().values_list("pk", flat=True))
        table = AdjustmentTable(entries)
        table.visible = visible if self._may_read_names(row) else set()
        rows = [entry.row for entry in entries if entry.pk in table.visible]
        table.links = links_from(rows, ["member"], user)
        RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
        label = _("Adjustment of the opening")
        context = {
            "title": f"{row.organization.name} {format_month(row.month)} {label}",
            "total": sum(entry.change for entry in entries),
            "hidden": len(entries) - len(rows),
            "table": table,
            "breadcrumbs": [
                Link(return_title(row), row.get_absolute_url()),
                Link(label),
            ],
            "empty_text": _("Nothing was adjusted."),
        }
        return TemplateResponse(request, "reports/adjustment.html", context)

    def _may_read_names(self, row: MonthlyReturn) -> bool:
        source = indicators.get(CLOSING).source
        columns = readable_columns(source, row.organization, reader(self.request))
        return len(columns) == len(source.columns)
