"""The pages of ratios: all of one place, and one by place."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import format_month
from core.web.components import Link
from core.web.exports import ExportedPage
from figures.beginnings import find_missing_numbers
from figures.drilldown import figures_url, ratio_url, ratios_url
from figures.month_page import MonthPage
from figures.ratio_table import build_ratio_table, build_table_by_place
from figures.ratios import Ratio, RatiosAt, ratios, read_ratios
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, children_of


class RatioList(ExportedPage, MonthPage):
    """Every ratio of a place: its value, both of its numbers and its definition."""

    def url_in(self, month: dt.date) -> str:
        return ratios_url(self.kwargs["pk"], month)

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        found = read_ratios(ratios, organization_at, [], month)
        context = {
            "title": f"{organization_at.name} {format_month(month)} {_('Ratios')}",
            "table": build_ratio_table(found, organization_at, month, self.request),
            "uncounted": _explain_missing(month, ratios),
            "page_actions": [
                Link(_("All figures"), figures_url(organization.pk, month), "list")
            ],
        }
        return TemplateResponse(self.request, "figures/ratios.html", context)


class RatioByPlace(ExportedPage, MonthPage):
    """One ratio of a place and of each place directly below it."""

    def url_in(self, month: dt.date) -> str:
        return ratio_url(self.kwargs["pk"], month, self.kwargs["key"])

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        if self.kwargs["key"] not in ratios:
            raise Http404
        ratio = ratios.get(self.kwargs["key"])
        children = children_of(organization_at, month)
        found = read_ratios([ratio], organization_at, children, month)
        context = {
            "title": f"{organization_at.name} {format_month(month)} {ratio.label}",
            "ratio": ratio,
            "found": found.whole[ratio.key],
            "table": build_table_by_place(
                ratio, found, (organization_at, children), month, self.request
            ),
            "chart": _chart(str(ratio.label), ratio.key, found, children),
            "uncounted": _explain_missing(month, [ratio]),
            "page_actions": [
                Link(_("Ratios"), ratios_url(organization.pk, month), "bar-chart")
            ],
        }
        return TemplateResponse(self.request, "figures/ratio.html", context)


def _explain_missing(month: dt.date, shown: Iterable[Ratio]) -> str:
    """Say why there is nothing to divide by in a month, where that is so."""
    return find_missing_numbers(month, [one.denominator for one in shown]).text


def _chart(
    title: str, key: str, found: RatiosAt, children: list[OrganizationAt]
) -> dict[str, Any] | None:
    """Return the ratios as bars, in the order of the tree; none where none has one."""
    known = [
        (child.name, found.by_child[child.path][key])
        for child in children
        if found.by_child[child.path][key].value is not None
    ]
    if not known:
        return None
    ratio = known[0][1].ratio
    values = [float(one.value or 0) for _name, one in known]
    return {
        "title": title,
        "unit": "%" if ratio.is_share else str(ratio.per),
        "kind": "bar",
        "labels": [name for name, _one in known],
        "series": [{"name": title, "values": values, "urls": [None] * len(values)}],
    }
